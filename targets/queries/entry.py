"""The entry grid of a body and period: who may open it, its page, and the answer to a save."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import Http404

from governance.enums import RoundStateName
from governance.models import Body, Period, RoundState, User
from governance.queries import period_states
from targets.enums import Breakdown, Concept, OutcomeKind
from targets.models import Outcome, PlannedIndicator
from targets.permissions import can_read_outcomes, can_record
from targets.queries.entry_rows import EntryGroup, EntryRow, entry_groups, helps_of
from targets.queries.frame import Frame, entry_frame
from targets.queries.words import words_for
from targets.rules import CellKey, Lock, cell_key, lock_reason, return_reason

LOCKING = {RoundStateName.SUBMITTED, RoundStateName.APPROVED, RoundStateName.LOCKED}


@dataclass(frozen=True, kw_only=True)
class EntryCount:
    """How many of the planned indicators still lack an outcome for the whole."""

    total: int
    missing: int


@dataclass(frozen=True, kw_only=True)
class EntryLabels:
    """The column headings, by the organisation's vocabulary."""

    indicator: str
    target: str
    previous: str
    outcome: str
    change: str


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    state: RoundState
    body: Body
    period: Period
    labels: EntryLabels
    groups: tuple[EntryGroup, ...]
    lock: str
    returned: str
    may_write: bool
    only_missing: bool = False

    @property
    def rows(self) -> tuple[EntryRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def count(self) -> EntryCount:
        wholes = [row for row in self.rows if row.is_whole]
        return EntryCount(total=len(wholes), missing=sum(row.is_missing for row in wholes))

    @property
    def uncommented(self) -> tuple[EntryRow, ...]:
        return tuple(row for row in self.rows if row.asks_comment)

    @property
    def is_open(self) -> bool:
        return self.may_write and not self.lock


def entry_page(
    user: User, state: RoundState, today: date, *, only_missing: bool = False
) -> EntryPage:
    body, period = state.body, state.reporting_round.period
    frame = entry_frame(body=body, period=period)
    lock = lock_of(period, body)
    may_write = can_record(user, body, today)
    groups = entry_groups(frame, is_open=may_write and not lock, helps=helps_of(frame))
    if only_missing:
        groups = tuple(_without_filled(group) for group in groups)
    return EntryPage(
        state=state,
        body=body,
        period=period,
        labels=labels_of(body, period),
        groups=groups,
        lock=lock,
        returned=returned(state),
        may_write=may_write,
        only_missing=only_missing,
    )


def labels_of(body: Body, period: Period) -> EntryLabels:
    words = words_for(body.organisation_id, period.ends_on.year)
    return EntryLabels(
        indicator=words[Concept.INDICATOR],
        target=words[Concept.TARGET_YEAR],
        previous=period.previous.name if period.previous else words[Concept.PREVIOUS],
        outcome=words[Concept.OUTCOME],
        change=words[Concept.CHANGE],
    )


def _without_filled(group: EntryGroup) -> EntryGroup:
    """Hides the rows that have an outcome, unless one right under them has not."""
    rows: list[EntryRow] = []
    shown = [False, False, False]  # per level: whether a row beneath the next one above is shown
    for row in reversed(group.rows):
        is_shown = row.is_missing or any(shown[row.level + 1 :])
        shown[row.level + 1 :] = [False] * (len(shown) - row.level - 1)
        shown[row.level] = row.level > 0 and (shown[row.level] or is_shown)
        rows.append(replace(row, is_hidden=not is_shown))
    return replace(group, rows=tuple(reversed(rows)))


def entry_answer(frame: Frame, keys: Iterable[CellKey]) -> tuple[EntryRow, ...]:
    """The rows a save may have changed: those written, and the wholes and parts beside them."""
    written = {(key.indicator, key.unit) for key in keys}
    written |= {(indicator, None) for indicator, _unit in written}
    rows = (row for group in entry_groups(frame, is_open=True) for row in group.rows)
    return tuple(row for row in rows if _family_of(row) in written)


def _family_of(row: EntryRow) -> tuple[int, int | None]:
    key = cell_key(row.id)
    return (key.indicator, key.unit) if key else (0, None)


def entry_count(body: Body, period: Period) -> EntryCount:
    """The counter of the whole grid, in one query."""
    known = Outcome.objects.filter(
        indicator=OuterRef("indicator"),
        unit__body=body,
        unit__parent=None,
        period=period,
        breakdown=Breakdown.TOTAL,
    ).exclude(kind=OutcomeKind.MISSING)
    found = PlannedIndicator.objects.filter(
        plan__body=body, plan__year=period.ends_on.year
    ).aggregate(
        total=Count("indicator", distinct=True),
        known=Count("indicator", distinct=True, filter=Exists(known)),
    )
    return EntryCount(total=found["total"], missing=found["total"] - found["known"])


def uncommented_rows(body: Body, period: Period) -> tuple[EntryRow, ...]:
    """The indicators beside their target that nobody has commented; they block submission."""
    groups = entry_groups(entry_frame(body=body, period=period), is_open=True)
    return tuple(row for group in groups for row in group.rows if row.asks_comment)


def returned(state: RoundState) -> str:
    """Who sent the period back, when and why; "" when nobody did."""
    if state.state != RoundStateName.RETURNED:
        return ""
    return return_reason(on=state.changed_on, by=state.changed_by, reason=state.reason)


def lock_of(period: Period, body: Body) -> str:
    """Why the period's outcomes cannot be changed, in words; "" when they can."""
    return lock_reason(locks(period_states(period, body)))


def locks(states: Iterable[RoundState]) -> Iterable[Lock]:
    """The states that have left the controller's hands."""
    for state in states:
        if state.state in LOCKING:
            yield Lock(word=state.get_state_display(), on=state.changed_on, by=state.changed_by)


def get_round_state_for(user: User, pk: int, today: date, *, write: bool = False) -> RoundState:
    """The round state whose outcomes the user may read, and write when asked for."""
    state = (
        RoundState.objects.select_related("body__organisation", "reporting_round__period__previous")
        .filter(pk=pk)
        .first()
    )
    if state is None or not can_read_outcomes(user, state.body, today):
        raise Http404
    if write and not can_record(user, state.body, today):
        raise PermissionDenied
    return state
