"""What the acts of this floor share: a row's children made to match, and a document's stated time."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime, time
from typing import TypeVar

from django.db.models import Model
from django.utils import timezone

from governance.models import User
from governance.writing import add, differing_of, remove, update

K = TypeVar("K", bound=Hashable)
Row = TypeVar("Row", bound=Model)


def match_rows(
    found: Mapping[K, Row],
    wanted: Mapping[K, Mapping[str, object]],
    make: Callable[[K], Row],
    *,
    about: Model,
    by: User,
) -> None:
    """Make the children those wanted, by key; the caller holds the parent and tells its history."""
    for key, row in found.items():
        if key not in wanted:
            remove(row, by=by, told={}, about=about)
    for key, values in wanted.items():
        if key in found:
            if differing := differing_of(found[key], values):
                update(found[key], differing)
            continue
        new = make(key)
        for name, value in differing_of(new, values).items():
            setattr(new, name, value)
        add(new, by=by, told={}, about=about)


def at_noon(day: date) -> datetime:
    """The time a document states: the day it bears, so that its bytes do not depend on the clock."""
    return timezone.make_aware(datetime.combine(day, time(12)))
