"""Rows of the plan are added, changed and removed here: row, version and history together."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from governance import writing
from governance.history import history_of
from governance.models import User
from governance.rules import Refusal, Stale

LONGEST_SLUG = 60


class StaleText(Stale):
    """Somebody else changed the row while it was being edited; what stands now goes with it.

    ``theirs`` are (label, text) of the fields that differ from what was typed.
    """

    def __init__(
        self, *, who: str, at: datetime | None, theirs: tuple[tuple[str, str], ...]
    ) -> None:
        self.theirs = theirs
        when = f" kl. {timezone.localtime(at):%H.%M}" if at else ""
        super().__init__(
            f"{who or 'Någon annan'} ändrade samma sak{when}, medan du skrev. Din text står kvar "
            "nedan. Spara igen om den ska ersätta det som står nu."
        )


class InUse(Refusal):
    """The row cannot be removed because other rows hang on it."""


def new_key(name: str) -> str:
    """A key that no row has had before (wall 3): the name and a random end."""
    return f"{slugify(name)[:LONGEST_SLUG].strip('-') or 'rad'}-{uuid4().hex[:8]}"


def change_row(row: models.Model, values: Mapping[str, object], *, seen: int, by: User) -> bool:
    """Write the fields that differ, one history line each; False when nothing does.

    ``seen`` is the version the form showed. Raises StaleText (409) with what stands now when the
    row has moved on and differs from what was typed. Call it in a transaction.
    """
    kept = type(row)._default_manager.select_for_update().get(pk=row.pk)
    try:
        return bool(writing.change(kept, values, by=by, seen=seen))
    except Stale:
        raise _stale(kept, values) from None


def _stale(kept: models.Model, values: Mapping[str, object]) -> StaleText:
    last = next((entry for entry in history_of(kept) if entry.field), None)
    names = {field.name: field for field in kept._meta.fields}
    return StaleText(
        who=last.actor if last else "",
        at=last.at if last else None,
        theirs=tuple(
            (str(names[name].verbose_name).capitalize(), writing.printed(kept, name) or "tomt")
            for name, value in values.items()
            if name in names and getattr(kept, name) != value
        ),
    )
