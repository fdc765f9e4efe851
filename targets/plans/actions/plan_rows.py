"""Rows of the plan are added, changed and removed here: row, version and history together."""

from collections.abc import Mapping
from typing import TypeVar

from django.db import models
from django.utils.text import slugify

from governance import writing
from governance.models import User
from governance.refusals import atomic
from governance.rules import Refusal, Stale

LONGEST_SLUG = 60
Row = TypeVar("Row", bound=models.Model)


class InUse(Refusal):
    """The row cannot be removed because other rows hang on it."""


class AlreadyAdded(Refusal):
    """The form was sent twice; its row stands."""


def new_key(name: str, token: str = "") -> str:
    """A key that no row has had before (wall 3): the name and a random end, which a form brings."""
    slug = slugify(name)[:LONGEST_SLUG].strip("-") or "rad"
    return f"{slug}-{token or writing.new_token()}"


def add_row(row: Row, *, by: User) -> Row:
    """Insert a row with a key of its form's token. Raises AlreadyAdded (409)."""
    with atomic(
        AlreadyAdded(
            "Det här är redan sparat. Öppna formuläret på nytt för att lägga till en till."
        )
    ):
        return writing.add(row, by=by)


def change_row(row: models.Model, values: Mapping[str, object], *, seen: int, by: User) -> bool:
    """Write the fields that differ, one history line each; False when nothing does.

    ``seen`` is the version the form showed. Raises Stale (409) with what stands now when the
    row has moved on and differs from what was typed. Call it in a transaction.
    """
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    try:
        return bool(writing.change(row, values, by=by, seen=seen))
    except Stale:
        raise writing.stale_form(row, values) from None
