"""Writes of the ground: the audit row and the version that every other action uses."""

from django.db import models

from governance.enums import ChangeKind
from governance.history import record
from governance.models import User
from governance.writing import update


def audit(
    *,
    by: User | None,
    obj: models.Model,
    organisation_id: int,  # noqa: ARG001 -- the row's declared path says it
    body_id: int | None = None,  # noqa: ARG001 -- the same
    field: str = "",
    old: object = "",
    new: object = "",
    kind: ChangeKind | None = None,
) -> None:
    """Write one history row; call it inside the action's own transaction (wall 7)."""
    found = kind or (ChangeKind.TYPED if field else ChangeKind.ACT)
    record(row=obj, told={field: (old, new)}, by=by, kind=found)


def raise_version(row: models.Model, *, seen: int) -> None:
    """Raise the row's version, or raise Stale when it is no longer the one seen (wall 6)."""
    update(row, {}, seen=seen)
