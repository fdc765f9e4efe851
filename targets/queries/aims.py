"""Targets read: what a place in a plan aims at, in bounds that an outcome can be held against."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from governance.rules import rounded
from targets.enums import Breakdown, Direction, OutcomeKind
from targets.models import Indicator, Outcome
from targets.rules import TargetReading, hidden_parts, read_target, resolved, shown_decimals

Bases = Mapping[tuple[int, int, int], Decimal]  # root unit, indicator, year


def reading_of(
    indicator: Indicator, text: str, *, root_id: int = 0, bases: Bases | None = None
) -> TargetReading:
    """The target read in the indicator's unit; a change since a base year is resolved by
    ``bases``, and keeps its words and says why where that year's outcome is not known."""
    reading = read_target(
        text,
        Direction(indicator.direction),
        unit_label=indicator.unit_label,
        base_year=indicator.base_year,
    )
    target = reading.target
    if target is None or target.is_bound or target.base_year is None:
        return reading
    base = (bases or {}).get((root_id, indicator.pk, target.base_year))
    if base is None:
        reason = f"Utfallet för helår {target.base_year} saknas, så målvärdet kan inte räknas ut."
        return replace(reading, reason=reason)
    return replace(reading, target=resolved(target, base))


def bases_of(aims: Iterable[tuple[Indicator, str]], root_ids: Iterable[int]) -> Bases:
    """The base years' outcomes that these targets need: one query, none when none needs any.

    A base year's outcome is the whole's at the calendar year, where it is a number and shown, as it is printed.
    """
    wanted = {
        (indicator.pk, target.base_year): indicator
        for indicator, text in aims
        if (target := reading_of(indicator, text).target) and not target.is_bound
    }
    if not wanted:
        return {}
    years = {year for _indicator, year in wanted if year}
    found = Outcome.objects.filter(
        indicator__in={indicator for indicator, _year in wanted},
        unit__in=list(root_ids),
        breakdown=Breakdown.TOTAL,
        kind=OutcomeKind.NUMBER,
        period__starts_on__in=[date(year, 1, 1) for year in years],
        period__ends_on__in=[date(year, 12, 31) for year in years],
    ).select_related("period")
    bases: dict[tuple[int, int, int], Decimal] = {}
    for outcome in found.order_by("-period_id"):
        year = outcome.period.ends_on.year
        indicator = wanted.get((outcome.indicator_id, year))
        if outcome.period.starts_on.year == year and indicator and _is_shown(indicator, outcome):
            decimals = shown_decimals(entered=outcome.decimals, fixed=indicator.decimals)
            bases[outcome.unit_id, indicator.pk, year] = rounded(
                outcome.number or Decimal(0), decimals
            )
    return bases


def _is_shown(indicator: Indicator, outcome: Outcome) -> bool:
    """A bound reckoned from a small group's value would give it away."""
    whole = Breakdown.TOTAL
    return not (
        indicator.hides_small_groups and hidden_parts({whole: outcome.group_size}, total=whole)
    )
