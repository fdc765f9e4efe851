"""A day is text in the Swedish order, and a file is chosen with a Swedish button, everywhere."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from documents.uploads import UploadField
from governance.fields import day_field
from tests.architecture.house import FLOORS, ROOT, project_files


@pytest.mark.parametrize("text", ["2026-03-12", "20260312", "12/3 2026", "12.3.2026"])
def test_a_day_is_read_as_swedes_write_it(text):
    assert day_field("Dag").clean(text) == date(2026, 3, 12)


def test_a_day_in_another_order_is_refused_with_an_example():
    with pytest.raises(ValidationError, match="till exempel 2026-03-12"):
        day_field("Dag").clean("03/12/2026")


def test_every_form_asks_for_days_and_files_in_the_same_way():
    own = {
        path.relative_to(ROOT).as_posix()
        for path in project_files(".py")
        if path.relative_to(ROOT).parts[0] in FLOORS
        if any(word in path.read_text() for word in ("forms.DateField(", "forms.FileField("))
    }

    assert own == {"governance/fields.py"}


def test_no_button_speaks_the_browsers_language():
    class Form(forms.Form):
        day = day_field("Dag")
        file = UploadField(most_bytes=10, label="Fil")

    html = str(Form())

    assert 'type="date"' not in html
    assert html.count("Välj fil") == 1
