"""What happened to a value, and what of it can be brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from figures.enums import ValueScope
from governance.enums import ChangeKind
from governance.history import HistoryEntry, history_of
from targets.models import Outcome
from targets.outcomes.rules.details import OF_THE_UNITS, Details, detail_text

VALUE = "Värde"
EVENTS = {"evidence": "Underlag"}
# Of a value that a small group hides these are told all the same; nothing else is.
SAID_OPENLY = frozenset(
    {
        "comment", "is_carried_forward", "is_stated", "measured_on", "origin_label", "scope",
        "source",
    }
)  # fmt: skip


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
    entries = history_of(outcome, shown=SAID_OPENLY, is_open=may_write or not is_hidden)
    untyped = untyped_before(entries)
    return tuple(
        HistoryLine(
            id=entry.id,
            at=entry.at,
            actor=entry.actor,
            what=what_of(entry.field) or entry.new,
            is_change=entry.field != "",
            old=entry.old,
            new=entry.new,
            restores=entry.old
            if may_write and entry.id not in untyped and _differs(entry, outcome, value)
            else "",
        )
        for entry in entries
    )


def change_of(outcome: Outcome, pk: int) -> tuple[HistoryEntry | None, bool]:
    """(a change of this very value, whether what stood before it was typed by somebody)."""
    entries = history_of(outcome, is_open=True)
    entry = next((each for each in entries if each.id == pk), None)
    return entry, pk not in untyped_before(entries)


def untyped_before(entries: Sequence[HistoryEntry]) -> set[int]:
    """The changes of which the old value was computed: nobody typed it, so nobody restores it."""
    last: dict[str, ChangeKind] = {}
    found = set()
    for entry in reversed(entries):
        if last.get(entry.field) == ChangeKind.COMPUTED:
            found.add(entry.id)
        last[entry.field] = entry.kind
    return found


def _differs(entry: HistoryEntry, outcome: Outcome, value: str) -> bool:
    """An earlier value or detail that is not what stands now; of a whole only its own details."""
    if not entry.old:
        return False
    if entry.field == "value":
        return not outcome.is_rolled_up and entry.old != value
    details = details_of(outcome)
    if not hasattr(details, entry.field) or (outcome.is_rolled_up and entry.field in OF_THE_UNITS):
        return False
    return entry.old != detail_text(details, entry.field)


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
    return Details(**{**values, "scope": ValueScope(outcome.scope)})
