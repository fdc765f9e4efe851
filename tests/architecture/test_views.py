"""Every view says who may; login is the rule and the exceptions are listed here."""

from inspect import signature

import pytest

from tests.architecture.house import url_patterns

PUBLIC = {
    "governance:login",
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


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_view_is_a_function_named_as_its_url(name):
    callback = VIEWS[name].callback

    assert callback.__name__ == name.partition(":")[2]
    assert "request" in next(iter(signature(callback).parameters))
