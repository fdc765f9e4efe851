"""A value taken from elsewhere: written with where it came from, by an upper floor's word."""

from datetime import date
from decimal import Decimal

from figures.enums import ValueKind
from figures.rules.numbers import read_number
from figures.rules.value import Value
from governance.enums import ChangeKind
from governance.models import Period, Unit, User
from governance.refusals import atomic
from governance.rules import FigureRef, Refusal, swedish
from rounds.actions.locks import check_open
from targets.enums import PART, Breakdown
from targets.indicators.rules.value_range import limits_of
from targets.models import Indicator, Outcome
from targets.outcomes.actions.values import hold, new_value, write_outcome

FETCHED = (
    "kind", "number", "decimals", "text", "origin_model", "origin_id", "origin_version",
    "origin_label",
)  # fmt: skip


class NotFetchable(Refusal):
    pass


@atomic()
def record_fetched(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    number: Decimal,
    decimals: int,
    origin: FigureRef,
    label: str,
    by: User,
    today: date,
    seen: int,
) -> Outcome:
    """Write the number and the row it was fetched from; ``label`` says it in words.

    The number is in the indicator's own unit. Fetched again with the same origin it writes
    nothing. Raises OutOfRange (422), NotFetchable for a whole that is rolled up, PeriodLocked,
    PeriodNotOpen or Stale (409).
    """
    check_open(period=period, body=unit.body, part=PART, today=today)
    read_number(swedish(number), unit_label="")
    limits_of(indicator).check(number, indicator.unit_label)
    row = hold(
        {
            "indicator": indicator,
            "unit": unit,
            "period": period,
            "breakdown": Breakdown.TOTAL,
            "category": None,
        }
    )
    if row.is_rolled_up:
        raise NotFetchable("Värdet räknas ur enheternas och kan inte hämtas.")
    value = Value(
        kind=ValueKind.NUMBER,
        number=number,
        decimals=decimals,
        origin_model=origin.model,
        origin_id=origin.id,
        origin_version=origin.version,
        origin_label=label,
    )
    if row.pk and all(getattr(row, name) == getattr(value, name) for name in FETCHED):
        return row
    write_outcome(row, new_value(row, value), by=by, seen=seen, kind=ChangeKind.FETCHED)
    return row
