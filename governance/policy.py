"""Every view says in words who may; a test walks the URLconf and fails on a bare view."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def policy(who: str) -> Callable[[View], View]:
    """Mark a view with the sentence the permission matrix is checked against."""

    def mark(view: View) -> View:
        view.policy = who  # type: ignore[attr-defined]
        return view

    return mark
