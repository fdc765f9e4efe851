"""Who has reported a value and who has not, unit by unit."""

from dataclasses import dataclass

from figures.enums import ValueKind
from governance.models import Body, Period, Unit
from targets.enums import Breakdown, RollUp
from targets.models import Category, Indicator, Outcome
from targets.outcomes.queries.figures import printed, units_of
from targets.outcomes.rules.wholes import UnitValue


@dataclass(frozen=True, kw_only=True)
class UnitReport:
    """One unit right under the root; ``word`` says what is missing or which blank it is."""

    unit: Unit
    outcome: Outcome | None
    reported: UnitValue
    value: str
    has_reported: bool
    word: str


def unit_reports(
    *,
    indicator: Indicator,
    body: Body,
    period: Period,
    breakdown: Breakdown = Breakdown.TOTAL,
    category: Category | None = None,
) -> list[UnitReport]:
    """The units in force at the period's end, each with its value; two queries."""
    _root, *units = units_of(body, period.ends_on)
    held = {
        outcome.unit_id: outcome
        for outcome in Outcome.objects.filter(
            indicator=indicator,
            unit__in=units,
            period=period,
            breakdown=breakdown,
            category=category,
        )
    }
    return [_report(indicator, unit, held.get(unit.pk)) for unit in units]


def _report(indicator: Indicator, unit: Unit, outcome: Outcome | None) -> UnitReport:
    reported = unit_value(outcome)
    has_reported = reported.has_reported(RollUp(indicator.rollup))
    word = "" if reported.kind == ValueKind.NUMBER else ValueKind.MISSING.label
    if reported.kind is not None and reported.number is None:
        word = reported.kind.label
    elif not has_reported and reported.number is not None:
        word = "Täljare och nämnare saknas"
    return UnitReport(
        unit=unit,
        outcome=outcome,
        reported=reported,
        value=printed(indicator, outcome),
        has_reported=has_reported,
        word=str(word),
    )


def unit_value(outcome: Outcome | None) -> UnitValue:
    if outcome is None:
        return UnitValue(kind=None)
    return UnitValue(
        kind=ValueKind(outcome.kind),
        number=outcome.number,
        decimals=outcome.decimals or 0,
        numerator=outcome.numerator,
        denominator=outcome.denominator,
        group_size=outcome.group_size,
    )
