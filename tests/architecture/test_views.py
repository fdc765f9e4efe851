"""Every view says who may; login is the rule and the exceptions are listed here."""

from collections.abc import Iterator
from inspect import signature

import pytest
from django.forms import BaseForm, IntegerField, ModelMultipleChoiceField

from governance.fields import RowsField, WholeNumberField
from tests.architecture.house import FLOORS, url_patterns

PUBLIC = {
    "governance:login",
    "governance:session",
    "governance:accessibility",
    "governance:health",
}
VIEWS = dict(url_patterns())


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_view_states_its_policy(name):
    assert getattr(VIEWS[name].callback, "policy", "") != ""


def test_login_is_required_but_for_the_public_pages():
    public = {
        name
        for name, pattern in VIEWS.items()
        if not getattr(pattern.callback, "login_required", True)
    }

    assert public == PUBLIC


def test_public_views_say_so():
    said = {name for name, pattern in VIEWS.items() if pattern.callback.policy == "public"}

    assert said == PUBLIC


def forms_of(kind: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    """Every form of ours: the addresses above have loaded them."""
    for form in kind.__subclasses__():
        yield from forms_of(form)
        if form.__module__.split(".")[0] in FLOORS:
            yield form


def test_ticked_rows_are_read_in_one_way():
    fields = [field for form in forms_of() for field in form.base_fields.values()]
    ticked = {type(field) for field in fields if isinstance(field, ModelMultipleChoiceField)}

    assert ticked == {RowsField}


def test_whole_numbers_are_read_in_one_way():
    fields = [field for form in forms_of() for field in form.base_fields.values()]

    assert {type(field) for field in fields if isinstance(field, IntegerField)} == {
        WholeNumberField
    }


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_view_is_a_function_named_as_its_url(name):
    callback = VIEWS[name].callback

    assert callback.__name__ == name.partition(":")[2]
    assert "request" in next(iter(signature(callback).parameters))
