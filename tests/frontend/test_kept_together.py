"""What the product's templates print is kept together; the suite itself reads plain spaces."""

from django.conf import settings

from config.templates import Templates
from governance.rules import HARD_SPACE


def test_a_page_keeps_a_number_with_its_unit():
    (plain,) = settings.TEMPLATES
    given = {name: value for name, value in plain.items() if name != "BACKEND"}
    backend = Templates({**given, "NAME": "kept", "APP_DIRS": False})
    page = backend.get_template("components/state.html")

    assert f"5{HARD_SPACE}%" in page.render({"tone": "neutral", "text": "5 % av hälso- och"})
