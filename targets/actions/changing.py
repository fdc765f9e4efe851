"""Rows of the plan are added, changed and removed here: row, version and history together."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from governance.actions import audit, raise_version
from governance.history import history_of
from governance.models import Body, User
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


def add_row(row: models.Model, *, body: Body, by: User, what: str = "Tillagd") -> None:
    """Insert the row; its one history line says that it came. Call it in a transaction."""
    row.save(force_insert=True)
    audit(by=by, obj=row, organisation_id=body.organisation_id, body_id=body.pk, new=what)


def change_row(
    row: models.Model, values: Mapping[str, object], *, seen: int, body: Body, by: User
) -> bool:
    """Write the fields that differ, one history line each; False when nothing does.

    ``seen`` is the version the form showed. Raises StaleText (409) with what stands now when the
    row has moved on and differs from what was typed. Call it in a transaction.
    """
    kept = type(row)._default_manager.select_for_update().get(pk=row.pk)
    differing = {name: value for name, value in values.items() if getattr(kept, name) != value}
    if not differing:
        return False
    try:
        raise_version(kept, seen=seen)
    except Stale:
        raise _stale(kept, differing) from None
    was = {name: printed_field(kept, name) for name in differing}
    for name, value in differing.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(differing))
    for name in differing:
        audit(
            by=by,
            obj=kept,
            organisation_id=body.organisation_id,
            body_id=body.pk,
            field=name,
            old=was[name],
            new=printed_field(kept, name),
        )
    return True


def remove_row(row: models.Model, *, body: Body, by: User) -> None:
    """Delete a row on which nothing hangs; what it was stays in the history."""
    audit(
        by=by,
        obj=row,
        organisation_id=body.organisation_id,
        body_id=body.pk,
        new="Borttagen",
        old=str(row),
    )
    row.delete()


def printed_field(row: models.Model, name: str) -> str:
    """The field as a reader meets it: a choice by its label, yes or no, a row by its name."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    shown = getattr(row, f"get_{name}_display", None)
    if callable(shown) and value:
        return str(shown())
    return "" if value is None else str(value)


def _stale(kept: models.Model, differing: Mapping[str, object]) -> StaleText:
    last = next((entry for entry in history_of(kept) if entry.field), None)
    names = {field.name: field for field in kept._meta.fields}
    return StaleText(
        who=last.actor if last else "",
        at=last.at if last else None,
        theirs=tuple(
            (str(names[name].verbose_name).capitalize(), printed_field(kept, name) or "tomt")
            for name in differing
            if name in names
        ),
    )
