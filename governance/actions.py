"""Writes of the ground: the audit row and the version that every other action uses."""

from datetime import date

from django.db import models, transaction

from governance.enums import RoundStateName
from governance.models import AuditEntry, RoundState, User
from governance.rules import Refusal, Stale

STALE = "Någon annan har ändrat uppgiften sedan du öppnade sidan. Ladda om och försök igen."
ALLOWED = {
    RoundStateName.OPEN: {RoundStateName.SUBMITTED, RoundStateName.LOCKED},
    RoundStateName.RETURNED: {RoundStateName.SUBMITTED, RoundStateName.LOCKED},
    RoundStateName.SUBMITTED: {
        RoundStateName.RETURNED,
        RoundStateName.APPROVED,
        RoundStateName.LOCKED,
    },
    RoundStateName.APPROVED: {RoundStateName.LOCKED},
    RoundStateName.LOCKED: {RoundStateName.OPEN},
}


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
        actor_id=by.pk if by else None,
        actor=str(by) if by else "Systemet",
        organisation_id=organisation_id,
        body_id=body_id,
        object_type=obj._meta.label,  # noqa: SLF001 -- _meta is Django's public API
        object_id=obj.pk,
        object_label=str(obj)[:200],
        field=field,
        old="" if old is None else str(old),
        new="" if new is None else str(new),
    )


def raise_version(row: models.Model, *, seen: int) -> None:
    """Raise the row's version, or raise Stale when it is no longer the one seen (wall 6)."""
    manager = type(row)._default_manager  # noqa: SLF001 -- Django's documented default manager
    if not manager.filter(pk=row.pk, version=seen).update(version=seen + 1):
        raise Stale(STALE)
    row.version = seen + 1  # type: ignore[attr-defined]


@transaction.atomic
def change_round_state(
    *, state: RoundState, to: RoundStateName, by: User, today: date, seen: int
) -> None:
    """Submit, return, approve, lock or reopen a body's reporting round.

    Raises Refusal for a transition the table does not allow, Stale when someone was first.
    """
    if to not in ALLOWED[RoundStateName(state.state)]:
        raise Refusal(
            f"Perioden är redan {state.get_state_display().lower()} och kan inte ändras så."
        )
    raise_version(state, seen=seen)
    old = state.state
    state.state, state.changed_on, state.changed_by = to, today, str(by)
    state.save(update_fields=["state", "changed_on", "changed_by"])
    audit(
        by=by,
        obj=state,
        organisation_id=state.body.organisation_id,
        body_id=state.body_id,
        field="state",
        old=old,
        new=to,
    )
