"""The entry grid of a body and period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from governance.enums import Light, RoundStateName
from governance.models import Body, Period, RoundState, User
from governance.queries import period_states
from targets.enums import OutcomeKind
from targets.permissions import can_read_outcomes, can_record
from targets.queries.figures import IndicatorRow, figures
from targets.rules import Lock, lock_reason

LOCKING = {RoundStateName.SUBMITTED, RoundStateName.APPROVED, RoundStateName.LOCKED}


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """A row of the entry grid; ``id`` is the indicator's, ``outcome_id`` None before the first."""

    id: int
    outcome_id: int | None
    version: int
    is_writable: bool
    figure: IndicatorRow
    typed: str
    state: str = "saved"
    error: str = ""
    is_conflict: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    state: RoundState
    body: Body
    period: Period
    rows: tuple[EntryRow, ...]
    lock: str
    may_write: bool

    @property
    def missing(self) -> int:
        return sum(row.figure.light == Light.NO_OUTCOME for row in self.rows)

    @property
    def is_open(self) -> bool:
        return self.may_write and not self.lock


def entry_rows(*, body: Body, period: Period) -> list[EntryRow]:
    """What the controller fills in; rows held as words or suppressed are shown, not typed over."""
    return [
        EntryRow(
            id=figure.indicator.pk,
            outcome_id=figure.outcome.pk if figure.outcome else None,
            version=figure.outcome.version if figure.outcome else 0,
            is_writable=figure.outcome is None
            or figure.outcome.kind in {OutcomeKind.NUMBER, OutcomeKind.MISSING},
            figure=figure.row,
            typed=figure.row.value,
        )
        for figure in figures(body=body, period=period)
    ]


def entry_page(user: User, state: RoundState, today: date) -> EntryPage:
    body, period = state.body, state.reporting_round.period
    return EntryPage(
        state=state,
        body=body,
        period=period,
        rows=tuple(entry_rows(body=body, period=period)),
        lock=lock_of(period, body),
        may_write=can_record(user, body, today),
    )


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
