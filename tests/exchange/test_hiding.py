"""A governance file that changes a small group's value gives it away to nobody."""

import html

from django.urls import reverse

from exchange.governance_file.actions import load
from governance.enums import Role
from governance.models import Body, Organisation
from targets.models import Outcome
from tests.exchange.conftest import SMALL
from tests.factories import make_user

TEXT = (
    SMALL.read_text(encoding="utf-8")
    .replace("direction: lower\n", "direction: lower\n        hides_small_groups: true\n")
    .replace("value: 6.940\n", "value: 6.940\n            group_size: 8\n")
    .replace("name: Region Prov\n", "name: Region Prov\n    demo_today: 2026-03-10\n")
)  # fmt: skip


def page_for(login, role: Role) -> str:
    org, body = Organisation.objects.get(), Body.objects.get(key="nn")
    user = make_user(org, role.value, roles={role: body})
    url = reverse("targets:outcome_detail", args=[Outcome.objects.get().pk])
    return html.unescape(login(user).get(url).content.decode())


def test_history_of_a_loaded_value_hides_what_a_small_group_hides(db, write, login):
    load([write(TEXT)])
    load([write(TEXT.replace("6.940", "7.120").replace("size: 8", "size: 7"))])

    inside, outside = (page_for(login, role) for role in (Role.CONTROLLER, Role.READER))
    for told in ("6.94", "7.12"):
        assert told in inside
        assert told not in outside
    for number in ("8", "7"):
        assert f">{number}<" in inside
        assert f">{number}<" not in outside
    assert outside.count("Visas inte") == 4
