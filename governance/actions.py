"""Writes of the ground: the audit row and the version that every other action uses."""

from collections.abc import Mapping, Sequence

from django.db import models, transaction
from django.utils import timezone

from governance.enums import ChangeKind
from governance.models import AuditEntry, User
from governance.rules import Stale

READ_FROM_FILE = "Inläst från styrfil"
STALE = "Någon annan har ändrat uppgiften sedan du öppnade sidan. Ladda om och försök igen."


def audit(
    *,
    by: User | None,
    obj: models.Model,
    organisation_id: int,
    body_id: int | None = None,
    field: str = "",
    old: object = "",
    new: object = "",
) -> None:
    """Write one history row; call it inside the action's own transaction (wall 7)."""
    AuditEntry.objects.create(
        at=timezone.now(),
        kind=ChangeKind.TYPED if field else ChangeKind.ACT,
        actor_id=by.pk if by else None,
        actor=str(by) if by else "Systemet",
        organisation_id=organisation_id,
        body_id=body_id,
        object_type=obj._meta.label,
        object_id=obj.pk,
        object_label=str(obj)[:200],
        field=field,
        old="" if old is None else str(old),
        new="" if new is None else str(new),
    )


def raise_version(row: models.Model, *, seen: int) -> None:
    """Raise the row's version, or raise Stale when it is no longer the one seen (wall 6)."""
    manager = type(row)._default_manager
    if not manager.filter(pk=row.pk, version=seen).update(version=seen + 1):
        raise Stale(STALE)
    row.version = seen + 1  # type: ignore[attr-defined]


@transaction.atomic
def put_row(
    *,
    row: models.Model,
    values: Mapping[str, object],
    organisation_id: int | None,
    body_id: int | None = None,
    by: User | None = None,
) -> None:
    """Make the row, or change the fields of one that stands, as a governance file says.

    Facts only: the caller has checked that the row is neither frozen nor signed, and the
    database's guards refuse it otherwise. ``organisation_id`` is None for the organisation itself.
    """
    is_new = row.pk is None
    old = {name: None if is_new else getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    if is_new:
        row.save(force_insert=True)
        old, values = {"": ""}, {"": READ_FROM_FILE}
    else:
        if hasattr(row, "version"):
            raise_version(row, seen=row.version)
        row.save(update_fields=list(values))
    for name, value in values.items():
        audit(
            by=by,
            obj=row,
            organisation_id=organisation_id or row.pk,
            body_id=body_id,
            field=name,
            old=old[name],
            new=value,
        )


@transaction.atomic
def put_links(
    *,
    row: models.Model,
    field: str,
    others: Sequence[models.Model],
    organisation_id: int,
    body_id: int | None = None,
    by: User | None = None,
) -> None:
    """Make a row's many-to-many field hold exactly these rows, as a governance file says."""
    manager = getattr(row, field)
    old = ", ".join(str(other) for other in manager.all())
    manager.set(others)
    audit(
        by=by,
        obj=row,
        organisation_id=organisation_id,
        body_id=body_id,
        field=field,
        old=old,
        new=", ".join(str(other) for other in others),
    )
