"""What is said about a value beside the value itself, and bringing back what once stood."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from figures.enums import ValueKind, ValueScope
from figures.rules.numbers import read_number
from figures.rules.value import BLANK, ORIGIN, Value, columns_of
from governance.history import HistoryEntry, history_of
from governance.models import Period, Unit, User
from governance.refusals import atomic
from governance.rules import Refusal, Stale, swedish
from rounds.actions.locks import check_open
from targets.enums import PART, Breakdown
from targets.indicators.rules.value_range import limits_of
from targets.models import Category, Indicator, Outcome
from targets.outcomes.actions.values import hold, word_lost_by, write_outcome
from targets.outcomes.queries.frame import NOT_PLANNED, RowAddress, is_planned
from targets.outcomes.queries.value_history import change_of, details_of, what_of
from targets.outcomes.rules.details import OF_THE_UNITS, Details, check_details, reread
from targets.outcomes.rules.wholes import ratio


class NotRestorable(Refusal):
    pass


class NothingToCompute(Refusal):
    status = 422


@atomic()
def record_details(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    breakdown: Breakdown = Breakdown.TOTAL,
    category: Category | None = None,
    details: Details,
    compute: bool = False,
    seen: int,
    by: User,
    today: date,
) -> Outcome | None:
    """Write the details that differ, one history row each; the same again writes nothing.

    With ``compute`` the value itself becomes numerator by denominator; else it is left alone.
    ``seen`` is 0 for a row that did not exist: it is made, and its value is still missing.
    Raises Contradiction or NothingToCompute (422), PeriodLocked, PeriodNotOpen, Stale (409).
    """
    check_open(period=period, body=unit.body, part=PART, today=today)
    check_details(details, limits=limits_of(indicator), today=today)
    row = hold(
        {
            "indicator": indicator,
            "unit": unit,
            "period": period,
            "breakdown": breakdown,
            "category": category,
        }
    )
    values = _changed(row, details)
    if compute:
        values |= _computed(row, details)
    if values:
        _write(row, values, seen=seen, by=by)
    return row if row.pk else None


@atomic()
def restore(*, outcome: Outcome, change: int, seen: int, by: User, today: date) -> str:
    """Make a value or a detail what it was before a change in its history; returns what it is.

    A value comes back with all that belonged to it, exactly, its scope as it stands; a locked period is refused.
    Raises NotRestorable for what nobody typed or is not in this history, else as record_outcome
    and record_details.
    """
    if not is_planned(outcome.indicator, outcome.unit.body, outcome.period):
        raise NotRestorable(NOT_PLANNED)
    entry, was_typed = change_of(outcome, change)
    if entry is None:
        raise NotRestorable("Ändringen finns inte i värdets historik.")
    if entry.field in asdict(Details()) and entry.old_data:
        details = reread(details_of(outcome), entry.old_data)
        record_details(**_address(outcome), details=details, seen=seen, by=by, today=today)
        return entry.old
    value = Value.from_data(entry.old_data)
    if entry.field != "value" or outcome.is_rolled_up or not was_typed or value is None:
        raise NotRestorable("Det här kan inte återställas: ingen har skrivit det.")
    check_open(period=outcome.period, body=outcome.unit.body, part=PART, today=today)
    row = hold(_address(outcome))
    values = columns_of(replace(value, scope=ValueScope(row.scope)))
    if row.indicator.hides_small_groups and value.group_size is None:
        del values["group_size"]  # an unknown size would show the value
    _write(row, values, seen=seen, by=by)
    return entry.old


def _address(outcome: Outcome) -> RowAddress:
    return {
        "indicator": outcome.indicator,
        "unit": outcome.unit,
        "period": outcome.period,
        "breakdown": Breakdown(outcome.breakdown),
        "category": outcome.category,
    }


def _changed(kept: Outcome, details: Details) -> dict[str, Any]:
    """The columns that differ; of a rolled-up whole some come from the units alone."""
    left_out = OF_THE_UNITS if kept.is_rolled_up else frozenset()
    found = {
        name: value
        for name, value in asdict(details).items()
        if name not in left_out and getattr(kept, name) != value
    }
    return found | word_lost_by(found)


def _computed(kept: Outcome, details: Details) -> dict[str, Any]:
    if kept.is_rolled_up or details.numerator is None or details.denominator is None:
        raise NothingToCompute("Skriv täljare och nämnare, så räknas utfallet ut.")
    unit_label = kept.indicator.unit_label
    number = ratio(details.numerator, details.denominator, unit_label=unit_label)
    read_number(swedish(number), unit_label="")  # or OutOfRange
    limits_of(kept.indicator).check(number, unit_label)
    decimals = kept.decimals if kept.decimals is not None else 1
    value = {"kind": ValueKind.NUMBER, "number": number, "decimals": decimals, "text": ""}
    value |= {
        name: BLANK[name] for name in ORIGIN
    }  # the rest of what is said of the value was on the form with it
    return {} if all(getattr(kept, name) == new for name, new in value.items()) else value


def _write(kept: Outcome, values: Mapping[str, Any], *, seen: int, by: User) -> None:
    try:
        write_outcome(kept, values, by=by, seen=seen)
    except (IntegrityError, Stale) as error:
        last = next(iter(history_of(kept)), None) if kept.pk else None
        raise Stale(_who_was_first(last)) from error


def _who_was_first(entry: HistoryEntry | None) -> str:
    what = "Någon annan hann före."
    if entry is not None:
        clock = f"{timezone.localtime(entry.at):%H.%M}"
        what = f"{entry.actor} ändrade {what_of(entry.field).lower()} kl. {clock}."
    return f"{what} Det du skrev står kvar. Spara igen om det ska gälla."
