"""A value taken from elsewhere: written with where it came from, by an upper floor's word."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from governance.actions import audit, raise_version
from governance.models import Period, Unit, User
from governance.rules import FigureRef, Refusal
from rounds.actions.locks import check_open
from targets.actions.outcomes import told_value
from targets.actions.rollup import roll_up
from targets.enums import PART, OutcomeKind
from targets.models import Indicator, Outcome
from targets.rules import read_number


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
    kept = kept or Outcome(**address, kind=OutcomeKind.MISSING)
    kept.indicator, kept.unit, kept.period = indicator, unit, period
    if kept.is_rolled_up:
        raise NotFetchable("Värdet räknas ur enheternas och kan inte hämtas.")
    values = {
        "kind": OutcomeKind.NUMBER,
        "number": number,
        "decimals": decimals,
        "text": "",
        "numerator": None,
        "denominator": None,
        "origin_model": origin.model,
        "origin_id": origin.id,
        "origin_version": origin.version,
        "origin_label": label,
    }
    if kept.pk and all(getattr(kept, name) == value for name, value in values.items()):
        return kept
    was, was_label = told_value(kept), kept.origin_label
    if kept.pk:
        raise_version(kept, seen=seen)
    for name, value in values.items():
        setattr(kept, name, value)
    if kept.pk:
        kept.save(update_fields=list(values))
    else:
        kept.save(force_insert=True)
    _log(kept, field="value", old=was, new=told_value(kept), by=by)
    if was_label != label:
        _log(kept, field="origin_label", old=was_label, new=label, by=by)
    if unit.parent_id is not None:
        roll_up(indicator=indicator, body=unit.body, period=period, by=by)
    return kept


def _log(kept: Outcome, *, field: str, old: str, new: str, by: User) -> None:
    audit(
        by=by,
        obj=kept,
        organisation_id=kept.indicator.organisation_id,
        body_id=kept.unit.body_id,
        field=field,
        old=old,
        new=new,
    )
