"""Rows of the plan are added, changed and removed here: row, version and history together."""

from collections.abc import Mapping
from uuid import uuid4

from django.db import models
from django.utils.text import slugify

from governance import writing
from governance.models import User
from governance.rules import Refusal, Stale

LONGEST_SLUG = 60


class InUse(Refusal):
    """The row cannot be removed because other rows hang on it."""


def new_key(name: str) -> str:
    """A key that no row has had before (wall 3): the name and a random end."""
    return f"{slugify(name)[:LONGEST_SLUG].strip('-') or 'rad'}-{uuid4().hex[:8]}"


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
