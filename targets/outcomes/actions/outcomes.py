"""Writing an outcome: one row, one version, one history row per field, in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from figures.enums import ValueKind
from governance.history import HistoryEntry, history_of
from governance.models import Period, Unit, User
from governance.rules import Refusal, swedish
from rounds.actions.locks import check_open
from targets.enums import PART, Breakdown, RollUp
from targets.models import Category, Indicator, Outcome
from targets.outcomes.actions.values import audit_text, new_value, write_outcome
from targets.outcomes.actions.wholes import roll_up
from targets.outcomes.queries.entry_rows import as_entered
from targets.outcomes.queries.figures import printed
from targets.outcomes.queries.frame import Frame
from targets.outcomes.rules.conflicts import StaleComment, StaleOutcome
from targets.outcomes.rules.outcome_input import TypedOutcome, read_comment, read_outcome
from targets.outcomes.rules.row_key import CellKey


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What one writer says of one row, and what the row showed then."""

    typed: TypedOutcome | None
    text: str
    comment: str | None
    seen: int
    was: str | None
    was_comment: str | None


@transaction.atomic
def record_outcome(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    breakdown: Breakdown = Breakdown.TOTAL,
    category: Category | None = None,
    text: str | None = None,
    kind: ValueKind = ValueKind.NUMBER,
    comment: str | None = None,
    seen: int,
    was: str | None = None,
    was_comment: str | None = None,
    by: User,
    today: date,
) -> Outcome | None:
    """Save a typed value, a comment, or both; None for either leaves it alone.

    Nothing typed means that the outcome is missing; ``kind`` is what the writer chose of
    ``enums.CHOICES``. ``seen`` is the version the form showed, 0 for a row that did not exist;
    where ``was`` and ``was_comment`` tell what it showed (``as_entered``), two who change
    different fields of a row do not stand in each other's way. The same again writes nothing;
    None only when nothing was said and nothing existed. A unit's value is rolled up.
    Raises NotANumber, OutOfRange, NotWords, NotBlank (422), PeriodLocked, PeriodNotOpen,
    StaleOutcome or StaleComment (409).
    """
    check_open(period=period, body=unit.body, part=PART, today=today)
    entered = Entered(
        typed=None if text is None else _read(text, kind, indicator),
        text=text or "",
        comment=None if comment is None else read_comment(comment),
        seen=seen,
        was=was,
        was_comment=was_comment,
    )
    address = {
        "indicator": indicator,
        "unit": unit,
        "period": period,
        "breakdown": breakdown,
        "category": category,
    }
    row = _kept(address) or Outcome(**address, kind=ValueKind.MISSING)
    try:
        return _written(row, entered, by=by)
    except IntegrityError:  # somebody else made the row in the same moment
        theirs = _kept(address)
        if theirs is None:
            raise
        return _written(theirs, entered, by=by)


def _read(text: str, kind: ValueKind, indicator: Indicator) -> TypedOutcome:
    return read_outcome(
        text,
        kind=kind,
        unit_label=indicator.unit_label,
        decimals=indicator.decimals,
        is_change=indicator.base_year is not None,
        is_ratio=indicator.rollup == RollUp.RATIO,
    )


def _kept(address: Mapping[str, Any]) -> Outcome | None:
    """The row as it stands, locked; its relations are those at hand."""
    row = Outcome.objects.select_for_update().filter(**address).first()
    if row is not None:
        row.indicator, row.unit = address["indicator"], address["unit"]
        row.period = address["period"]
    return row


def _written(row: Outcome, entered: Entered, *, by: User) -> Outcome | None:
    changes = _value_changes(row, entered.typed)
    is_value = bool(changes)
    if entered.comment is not None and entered.comment != row.comment:
        changes["comment"] = entered.comment
    if not changes:
        return row if row.pk else None
    if row.pk:
        _check_seen(row, entered, changes)
    write_outcome(row, changes, by=by)
    if is_value:
        _roll_up(row, by=by)
    return row


def _value_changes(row: Outcome, typed: TypedOutcome | None) -> dict[str, Any]:
    """The columns a typed value writes; none when it says what stands there already."""
    return {} if typed is None or _same(row, typed) else new_value(row, vars(typed))


def _same(row: Outcome, typed: TypedOutcome) -> bool:
    """Equal as printed: 3,3 and 3,30 are two ways of writing, and so is a fraction."""
    if typed.numerator is not None:
        return (row.numerator, row.denominator) == (typed.numerator, typed.denominator)
    if row.kind != typed.kind or row.text != typed.text:
        return False
    return typed.number is None or swedish(typed.number, typed.decimals) == printed(
        row.indicator, row
    )


def _check_seen(row: Outcome, entered: Entered, changes: Mapping[str, Any]) -> None:
    """Refuse to write over what the writer has not seen."""
    is_old = row.version != entered.seen
    if "kind" in changes and (
        is_old if entered.was is None else entered.was != as_entered(row.indicator, row)
    ):
        raise _stale(row, typed=entered.text)
    if "comment" in changes and (
        is_old if entered.was_comment is None else read_comment(entered.was_comment) != row.comment
    ):
        raise _stale_comment(row, typed=entered.comment or "")


def _last_change(row: Outcome, field: str, theirs: str) -> HistoryEntry | None:
    """Who made the field what it is now; None when it was not written through an action."""
    entry = next((one for one in history_of(row, is_open=True) if one.field == field), None)
    return entry if entry is not None and entry.new == theirs else None


def _stale(row: Outcome, *, typed: str) -> StaleOutcome:
    theirs = audit_text(row)
    entry = _last_change(row, "value", theirs)
    return StaleOutcome(
        typed=typed,
        theirs=theirs,
        version=row.version,
        was=entry.old if entry else "",
        who=entry.actor if entry else "",
        at=_at(entry),
    )


def _stale_comment(row: Outcome, *, typed: str) -> StaleComment:
    entry = _last_change(row, "comment", row.comment)
    return StaleComment(
        typed=typed, theirs=row.comment, who=entry.actor if entry else "", at=_at(entry)
    )


def _at(entry: HistoryEntry | None) -> datetime | None:
    return timezone.localtime(entry.at) if entry else None


def _roll_up(row: Outcome, *, by: User) -> None:
    """After a unit's value, the whole's."""
    if row.unit.parent_id is not None:
        roll_up(
            indicator=row.indicator,
            body=row.unit.body,
            period=row.period,
            breakdown=Breakdown(row.breakdown),
            category=row.category,
            by=by,
        )


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One field of the entry grid as it was sent: a row's value, or its comment."""

    row: CellKey
    text: str
    seen: int
    kind: ValueKind = ValueKind.NUMBER
    was: str | None = None
    is_comment: bool = False


def record_grid(
    *, frame: Frame, typed: Iterable[Typed], by: User, today: date
) -> dict[Typed, Refusal | None]:
    """Save each field on its own; one refused field does not stop the others.

    Returns the refusal, or None, per field. Raises Http404 for a row, or the value of a row that
    is computed, that is not to be written in this grid.
    """
    fields = list(typed)
    cells = {field: frame.cell(field.row, is_comment=field.is_comment) for field in fields}
    seen: dict[CellKey, int] = {}
    answers: dict[Typed, Refusal | None] = {}
    for field, cell in cells.items():
        entered: dict[str, Any] = {"text": field.text, "kind": field.kind, "was": field.was}
        if field.is_comment:
            entered = {"comment": field.text, "was_comment": field.was}
        try:
            outcome = record_outcome(
                **entered,
                indicator=cell.indicator,
                unit=cell.unit,
                period=frame.period,
                breakdown=cell.breakdown,
                category=cell.category,
                seen=seen.get(field.row, field.seen),
                by=by,
                today=today,
            )
        except Refusal as refusal:
            answers[field] = refusal
        else:
            answers[field] = None
            seen[field.row] = outcome.version if outcome else 0
    return answers
