"""Who has reported a value and who has not, unit by unit."""

from dataclasses import dataclass

from figures.enums import ValueKind
from governance.models import Body, Period, Unit
from targets.enums import Breakdown, RollUp
from targets.models import Category, Indicator, Outcome
from targets.outcomes.queries.figures import printed, units_of
from targets.outcomes.rules.wholes import has_reported


@dataclass(frozen=True, kw_only=True)
class UnitReport:
    """One unit right under the root; ``word`` says what is missing or which blank it is."""

    unit: Unit
    outcome: Outcome | None
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
    is_done = has_reported(outcome, RollUp(indicator.rollup))
    word = "" if is_done or outcome is None else "Täljare och nämnare saknas"
    if outcome is None or outcome.number is None:
        word = str(ValueKind(outcome.kind if outcome else ValueKind.MISSING).label)
    return UnitReport(
        unit=unit,
        outcome=outcome,
        value=printed(indicator, outcome),
        has_reported=is_done,
        word=word,
    )
