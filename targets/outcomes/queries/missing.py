"""What is still missing in a reporting round, for any number of bodies at once."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from figures.enums import ValueKind
from governance.models import Unit
from rounds.models import RoundState
from targets.enums import Breakdown, RollUp
from targets.models import Outcome, PlannedIndicator
from targets.outcomes.queries.entry import uncommented_rows
from targets.outcomes.queries.units import CalledUnit, below, called


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
        .exclude(kind=ValueKind.MISSING)
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


def units_without_outcomes(states: Sequence[RoundState]) -> dict[int, tuple[str, ...]]:
    """The units that lack a value of what is collected from units, by name, per round state.

    Three queries for any number.
    """
    bodies = {state.body_id for state in states}
    periods = {state.reporting_round.period_id: state.reporting_round.period for state in states}
    collected: dict[tuple[int, int], set[int]] = defaultdict(set)
    for body, year, indicator in (
        PlannedIndicator.objects.filter(
            plan__body__in=bodies, plan__year__in={each.ends_on.year for each in periods.values()}
        )
        .exclude(indicator__rollup=RollUp.ENTERED)
        .values_list("plan__body_id", "plan__year", "indicator_id")
    ):
        collected[body, year].add(indicator)
    units: dict[int, list[CalledUnit]] = defaultdict(list)
    for each in called(Unit.objects.filter(body__in=bodies)):
        units[each.row.body_id].append(each)
    known: dict[tuple[int, int], set[int]] = defaultdict(set)
    for unit_id, period_id, indicator in (
        Outcome.objects.filter(unit__body__in=bodies, period__in=periods, breakdown=Breakdown.TOTAL)
        .exclude(Q(kind=ValueKind.MISSING) | Q(unit__parent=None))
        .values_list("unit_id", "period_id", "indicator_id")
    ):
        known[unit_id, period_id].add(indicator)
    lacking = {}
    for state in states:
        period = state.reporting_round.period
        asked = collected[state.body_id, period.ends_on.year]
        lacking[state.pk] = tuple(
            unit.name
            for unit in below(units[state.body_id], period)
            if unit.is_asked and asked - known[unit.pk, period.pk]
        )
    return lacking


def missing_comments(state: RoundState) -> int:
    """How many outcomes block submission because they ask for a comment and have none."""
    return len(uncommented_rows(state.body, state.reporting_round.period))
