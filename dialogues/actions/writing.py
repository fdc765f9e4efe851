"""What every write of this floor shares: its history row, its version, its stated time."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import Model
from django.utils import timezone

from dialogues.models import Paragraph, Proposal
from governance.actions import audit, raise_version
from governance.models import Body, User


def note(obj: Model, body: Body, *, by: User, field: str, old: object = "", new: object) -> None:
    audit(
        by=by,
        obj=obj,
        organisation_id=body.organisation_id,
        body_id=body.pk,
        field=field,
        old=old,
        new=new,
    )


def write_fields(
    row: Proposal | Paragraph, body: Body, values: Mapping[str, object], *, by: User, seen: int
) -> None:
    """Save the fields that differ, one history row each; Stale when someone was first."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    raise_version(row, seen=seen)
    for name, value in changed.items():
        note(row, body, by=by, field=name, old=getattr(row, name), new=value)
        setattr(row, name, value)
    row.save(update_fields=list(changed))


def at_noon(day: date) -> datetime:
    """The time a document states: the day it bears, so that its bytes do not depend on the clock."""
    return timezone.make_aware(datetime.combine(day, time(12)))
