"""One value as it would be typed, of any indicator, planned or not: rows for other tests to stand on."""

from datetime import date

from figures.actions import stale
from figures.enums import ValueKind
from figures.rules.value import value_of
from figures.rules.words import read_comment
from governance.models import Period, Unit, User
from governance.refusals import atomic
from rounds.actions.locks import check_open
from targets.enums import PART, Breakdown
from targets.models import Category, Indicator, Outcome
from targets.outcomes.actions.values import hold, new_value, write_outcome
from targets.outcomes.grids import read_typed


@atomic()
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
    by: User,
    today: date,
) -> Outcome | None:
    """Save a typed value, a comment, or both; None for either leaves it alone.

    Nothing typed means that the outcome is missing. ``seen`` is the version that was known, 0 for a
    row that did not exist. The same again writes nothing; None only when nothing was said and
    nothing existed. Raises NotANumber, OutOfRange, NotWords, NotBlank (422), PeriodLocked,
    PeriodNotOpen or Stale (409).
    """
    check_open(period=period, body=unit.body, part=PART, today=today)
    typed = None if text is None else read_typed(indicator, text, kind)
    said = None if comment is None else read_comment(comment)
    row = hold(
        {
            "indicator": indicator,
            "unit": unit,
            "period": period,
            "breakdown": breakdown,
            "category": category,
        }
    )
    values: dict[str, object] = {}
    if typed and not typed.says_the_same(value_of(row), is_fixed=indicator.decimals is not None):
        values = new_value(row, typed)
    if said is not None and said != row.comment:
        values["comment"] = said
    if values:
        if row.pk and row.version != seen:
            theirs = value_of(row).told(indicator.decimals)
            raise stale(row, "value", typed=text or "", theirs=theirs, version=row.version)
        write_outcome(row, values, by=by)
    return row if row.pk else None
