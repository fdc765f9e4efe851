"""The one lock order of figures (wall 20): the body's round states first, then the rows written.

Who writes figures shares them and reads their state after that, so that a save which waited for a
hand-in is refused; who hands in, approves, returns, locks or reopens holds them alone.
"""

from collections.abc import Iterable
from datetime import date

from governance.locks import exclusive, share
from governance.models import Body, Period
from governance.rules import Refusal
from rounds.models import RoundState
from rounds.queries.states import lock_words, not_open, year_states


class PeriodLocked(Refusal):
    pass


class PeriodNotOpen(Refusal):
    pass


def sharing(body: Body, period: Period) -> list[RoundState]:
    """The body's states of the period, shared until the transaction ends."""
    return share(
        RoundState.objects.filter(reporting_round__period=period, body=body).select_related(
            "reporting_round"
        )
    )


def holding(bodies: Iterable[int], period: Period) -> dict[int, RoundState]:
    """The bodies' states of the period by id, held alone until the transaction ends."""
    states = RoundState.objects.filter(reporting_round__period=period, body__in=list(bodies))
    return {
        state.pk: state
        for state in exclusive(
            states.select_related("reporting_round__period", "body__organisation")
        )
    }


def hold_states(body: Body) -> list[RoundState]:
    """All the body's states, for who changes rows of any period."""
    return exclusive(RoundState.objects.filter(body=body))


def check_open(*, period: Period, body: Body, part: str, today: date) -> None:
    """Refuse a period that has not begun, is not open for the body, or has been handed in.

    Call it first in the transaction that writes: the states stay shared until it ends.
    """
    states = [each for each in sharing(body, period) if each.reporting_round.asks(part)]
    if reason := not_open(states, period, today):
        raise PeriodNotOpen(reason)
    if reason := lock_words(states):
        raise PeriodLocked(reason)


def year_lock_held(body: Body, year: int, part: str) -> str:
    """As ``year_lock``, with the year's states shared until the transaction ends."""
    return lock_words(
        state for state in share(year_states(body, year)) if state.reporting_round.asks(part)
    )
