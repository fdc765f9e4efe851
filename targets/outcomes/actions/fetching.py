"""A value taken from elsewhere: written with where it came from, by an upper floor's word."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from figures.enums import ValueKind
from figures.rules.numbers import read_number
from governance.enums import ChangeKind
from governance.models import Period, Unit, User
from governance.rules import FigureRef, Refusal
from rounds.actions.locks import check_open
from targets.enums import PART
from targets.models import Indicator, Outcome
from targets.outcomes.actions.values import new_value, write_outcome
from targets.outcomes.actions.wholes import roll_up


class NotFetchable(Refusal):
    pass


@transaction.atomic
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
    read_number(f"{number:f}", unit_label="" if indicator.base_year else indicator.unit_label)
    address = {"indicator": indicator, "unit": unit, "period": period, "category": None}
    kept = Outcome.objects.select_for_update().filter(**address, breakdown="total").first()
    kept = kept or Outcome(**address, kind=ValueKind.MISSING)
    kept.indicator, kept.unit, kept.period = indicator, unit, period
    if kept.is_rolled_up:
        raise NotFetchable("Värdet räknas ur enheternas och kan inte hämtas.")
    value = {
        "kind": ValueKind.NUMBER,
        "number": number,
        "decimals": decimals,
        "text": "",
        "origin_model": origin.model,
        "origin_id": origin.id,
        "origin_version": origin.version,
        "origin_label": label,
    }
    if kept.pk and all(getattr(kept, name) == new for name, new in value.items()):
        return kept
    write_outcome(kept, new_value(kept, value), by=by, seen=seen, kind=ChangeKind.FETCHED)
    if unit.parent_id is not None:
        roll_up(indicator=indicator, body=unit.body, period=period, by=by)
    return kept
