"""Writes of the ground: the audit row and the version that every other action uses."""

from datetime import date

from django.db import models, transaction

from governance.enums import ALLOWED, ChangeKind, RoundStateName
from governance.history import record
from governance.models import RoundState, User
from governance.rules import Invalid, Refusal
from governance.writing import update

NEEDS_REASON = {
    RoundStateName.RETURNED: "Skriv vad som behöver ändras.",
    RoundStateName.OPEN: "Skriv varför perioden öppnas igen.",
}


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


@transaction.atomic
def change_round_state(
    *, state: RoundState, to: RoundStateName, by: User, today: date, seen: int, reason: str = ""
) -> None:
    """Submit, return, approve, lock or reopen a body's reporting round.

    A return and a reopening carry a reason, which stands in the row until the next change and
    in the history for good. Raises Refusal for a transition the table does not allow, Invalid
    without a due reason, Stale when someone was first.
    """
    if to not in ALLOWED[RoundStateName(state.state)]:
        raise Refusal(
            f"Perioden är redan {state.get_state_display().lower()} och kan inte ändras så."
        )
    reason = reason.strip()
    if to in NEEDS_REASON and not reason:
        raise Invalid(NEEDS_REASON[to])
    raise_version(state, seen=seen)
    changes = {"state": (state.state, to.value)}
    if reason:
        changes["reason"] = ("", reason)
    state.state, state.changed_on, state.changed_by = to, today, str(by)
    state.reason = reason
    state.save(update_fields=["state", "changed_on", "changed_by", "reason"])
    for field, (old, new) in changes.items():
        audit(
            by=by,
            obj=state,
            organisation_id=state.body.organisation_id,
            body_id=state.body_id,
            field=field,
            old=old,
            new=new,
        )
