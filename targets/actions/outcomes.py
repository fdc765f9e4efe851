"""Writing an outcome: one row, one version, one history row, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.actions import audit, raise_version
from governance.models import Body, Period, RoundState, Unit, User
from governance.queries import period_states, root_unit
from governance.rules import Refusal, Stale, decimals_of
from targets.enums import Breakdown, OutcomeKind
from targets.models import Indicator, Outcome
from targets.queries import last_value_change, locks, printed
from targets.rules import StaleOutcome, lock_reason, read_number


class PeriodLocked(Refusal):
    pass


class PeriodNotOpen(Refusal):
    pass


@transaction.atomic
def record_outcome(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    breakdown: Breakdown = Breakdown.TOTAL,
    text: str,
    seen: int,
    by: User,
    today: date,
) -> Outcome | None:
    """Save what was typed; nothing typed means that the outcome is missing.

    ``seen`` is the version the form showed, 0 for a row that did not exist. The same value
    again writes nothing. None only when nothing was typed and nothing existed.
    Raises NotANumber or OutOfRange (422), PeriodLocked, PeriodNotOpen or StaleOutcome (409).
    """
    check_open(period=period, body=unit.body, today=today)
    number = read_number(text, unit_label=indicator.unit_label) if text.strip() else None
    new = Outcome(
        indicator=indicator, unit=unit, period=period, breakdown=breakdown, **_fields(number)
    )
    kept = _kept(new)
    if kept is None:
        if number is None:
            return None
        kept = _first(new)
        if kept is new:
            _write_history(new, was="", by=by)
            return new
    kept.indicator, kept.period, kept.unit = indicator, period, unit
    if _same(kept, new):
        return kept
    was = printed(indicator, kept)
    try:
        raise_version(kept, seen=seen)
    except Stale:
        raise _stale(kept, typed=text) from None
    for field, value in _fields(number).items():
        setattr(kept, field, value)
    kept.save(update_fields=[*_fields(number)])
    _write_history(kept, was=was, by=by)
    return kept


def check_open(*, period: Period, body: Body, today: date) -> None:
    """Refuse a period that has not begun, is not open for the body, or has been handed in."""
    states = period_states(period, body)
    if not states:
        raise PeriodNotOpen(f"{period.name} är inte öppen för rapportering.")
    if period.starts_on > today:
        raise PeriodNotOpen(f"{period.name} börjar först {period.starts_on.isoformat()}.")
    reason = lock_reason(locks(states))
    if reason:
        raise PeriodLocked(reason)


def _fields(number: Decimal | None) -> dict[str, Any]:
    """The columns that hold a typed value."""
    return {
        "kind": OutcomeKind.MISSING if number is None else OutcomeKind.NUMBER,
        "number": number,
        "decimals": None if number is None else decimals_of(number),
        "text": "",
    }


def _kept(new: Outcome) -> Outcome | None:
    return (
        Outcome.objects.select_for_update()
        .filter(
            indicator_id=new.indicator_id,
            unit_id=new.unit_id,
            period_id=new.period_id,
            breakdown=new.breakdown,
        )
        .first()
    )


def _first(new: Outcome) -> Outcome:
    """Insert the row; when somebody else inserted it in the same moment, theirs."""
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        theirs = _kept(new)
        if theirs is None:
            raise
        return theirs
    return new


def _same(kept: Outcome, new: Outcome) -> bool:
    """Equal as printed: 3,3 and 3,30 are two different ways of writing."""
    return (kept.kind, kept.number, kept.decimals) == (new.kind, new.number, new.decimals)


def _stale(kept: Outcome, *, typed: str) -> StaleOutcome:
    theirs = printed(kept.indicator, kept)
    entry = last_value_change(kept)
    named = entry is not None and entry.new == theirs
    return StaleOutcome(
        typed=typed,
        theirs=theirs,
        version=kept.version,
        was=entry.old if entry is not None and named else "",
        who=entry.actor if entry is not None and named else "",
        at=timezone.localtime(entry.at) if entry is not None and named else None,
    )


def _write_history(outcome: Outcome, *, was: str, by: User) -> None:
    audit(
        by=by,
        obj=outcome,
        organisation_id=outcome.indicator.organisation_id,
        body_id=outcome.unit.body_id,
        field="value",
        old=was,
        new=printed(outcome.indicator, outcome),
    )


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One cell of the entry grid as it was sent."""

    row: int
    text: str
    seen: int


def record_grid(
    *, state: RoundState, typed: Iterable[Typed], by: User, today: date
) -> dict[int, Refusal | None]:
    """Save each cell on its own; one refused cell does not stop the others.

    Returns the refusal, or None, per row.
    """
    period, body = state.reporting_round.period, state.body
    cells = list(typed)
    indicators = Indicator.objects.in_bulk([cell.row for cell in cells])
    unit = root_unit(body)
    unit.body = body
    answers: dict[int, Refusal | None] = {}
    for cell in cells:
        try:
            record_outcome(
                indicator=indicators[cell.row],
                unit=unit,
                period=period,
                text=cell.text,
                seen=cell.seen,
                by=by,
                today=today,
            )
            answers[cell.row] = None
        except Refusal as refusal:
            answers[cell.row] = refusal
    return answers
