"""What happened to a value, and what of it can be brought back."""

from dataclasses import dataclass
from datetime import datetime

from governance.models import AuditEntry
from governance.queries import history
from targets.enums import OutcomeKind, OutcomeScope
from targets.models import Outcome
from targets.rules import OF_THE_UNITS, Details, said, was_computed

VALUE = "Värde"
EVENTS = {"evidence": "Underlag"}
HELD_BACK = OutcomeKind.SUPPRESSED.label
GIVES_AWAY = frozenset({"value", "numerator", "denominator", "group_size", "restated_number"})


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One change: of a named field from old to new, or an event in words. ``restores`` is the
    earlier value as it is offered back, "" where it is not."""

    id: int
    at: datetime
    actor: str
    what: str
    is_change: bool
    old: str
    new: str
    restores: str


def history_lines(
    outcome: Outcome, *, value: str, may_write: bool, is_hidden: bool
) -> tuple[HistoryLine, ...]:
    """Newest first. What a small group hides is hidden here too, from all but who may write it."""
    return tuple(
        _line(entry, outcome, value, may_write=may_write, conceal=is_hidden and not may_write)
        for entry in history(outcome)
    )


def _line(
    entry: AuditEntry, outcome: Outcome, value: str, *, may_write: bool, conceal: bool
) -> HistoryLine:
    old, new = entry.old, entry.new
    if conceal and entry.field in GIVES_AWAY:
        old, new = (HELD_BACK if told else "" for told in (old, new))
    return HistoryLine(
        id=entry.pk,
        at=entry.at,
        actor=entry.actor,
        what=what_of(entry.field) or entry.new,
        is_change=entry.field != "",
        old=old,
        new=new,
        restores=old if may_write and _is_restorable(entry, outcome, value) else "",
    )


def _is_restorable(entry: AuditEntry, outcome: Outcome, value: str) -> bool:
    """An earlier value or detail that a person wrote and that is not what stands now."""
    if not entry.old or was_computed(entry.old):
        return False
    if entry.field == "value":
        return not outcome.is_rolled_up and entry.old != value
    details = details_of(outcome)
    if not hasattr(details, entry.field) or (outcome.is_rolled_up and entry.field in OF_THE_UNITS):
        return False
    return entry.old != said(details, entry.field)


def what_of(field: str) -> str:
    """What a history row's field is called; "" for an event."""
    if field == "value":
        return VALUE
    names = {each.name: each for each in Outcome._meta.fields}
    known = names.get(field)
    return str(known.verbose_name).capitalize() if known else EVENTS.get(field, field)


def details_of(outcome: Outcome | None) -> Details:
    """The row's details as the rules take them."""
    if outcome is None:
        return Details()
    values = {name: getattr(outcome, name) for name in vars(Details())}
    return Details(**{**values, "scope": OutcomeScope(outcome.scope)})
