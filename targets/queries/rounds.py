"""Reporting rounds: what is still missing."""

from collections import defaultdict
from collections.abc import Sequence

from governance.models import RoundState
from targets.enums import Breakdown, OutcomeKind
from targets.models import Outcome, PlannedIndicator


def missing_outcomes(states: Sequence[RoundState]) -> dict[int, int]:
    """How many planned indicators lack an outcome, per round state; two queries for any number."""
    bodies = {state.body_id for state in states}
    periods = {state.reporting_round.period_id: state.reporting_round.period for state in states}
    planned: dict[tuple[int, int], set[int]] = defaultdict(set)
    for body, year, indicator in PlannedIndicator.objects.filter(
        plan__body__in=bodies, plan__year__in={each.ends_on.year for each in periods.values()}
    ).values_list("plan__body_id", "plan__year", "indicator_id"):
        planned[body, year].add(indicator)
    known: dict[tuple[int, int], set[int]] = defaultdict(set)
    for body, period, indicator in (
        Outcome.objects.filter(
            unit__body__in=bodies,
            unit__parent=None,
            period__in=periods,
            breakdown=Breakdown.TOTAL,
        )
        .exclude(kind=OutcomeKind.MISSING)
        .values_list("unit__body_id", "period_id", "indicator_id")
    ):
        known[body, period].add(indicator)
    return {
        state.pk: len(
            planned[state.body_id, state.reporting_round.period.ends_on.year]
            - known[state.body_id, state.reporting_round.period_id]
        )
        for state in states
    }
