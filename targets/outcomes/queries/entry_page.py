"""The entry grid of a body and period: its page, and the answer to a save."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef

from figures.enums import ValueKind
from governance.models import Body, Period, User
from rounds.models import RoundState
from rounds.permissions import can_record
from rounds.queries.states import lock_of, returned
from targets.enums import PART, Breakdown, Concept
from targets.models import Outcome, PlannedIndicator
from targets.outcomes.queries.entry_rows import EntryGroup, EntryRow, entry_groups, helps_of
from targets.outcomes.queries.frame import Frame, entry_frame
from targets.outcomes.rules.row_key import CellKey, cell_key
from targets.plans.queries.words import words_for


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
    lock = lock_of(period, body, PART)
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
    ).exclude(kind=ValueKind.MISSING)
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
