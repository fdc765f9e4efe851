"""Keeping the whole equal to its units: a stored row, written when a unit's is (ADR 9)."""

from typing import Any

from figures.enums import ValueKind
from governance.enums import ChangeKind
from governance.models import Body, Period, Unit, User
from governance.queries import root_unit
from targets.enums import Breakdown, RollUp
from targets.models import Category, Indicator, Outcome
from targets.outcomes.actions.values import new_value, write_outcome
from targets.outcomes.queries.unit_reports import unit_reports
from targets.outcomes.rules.wholes import Whole, rolled_up


def roll_up(
    *,
    indicator: Indicator,
    body: Body,
    period: Period,
    breakdown: Breakdown = Breakdown.TOTAL,
    category: Category | None = None,
    by: User | None,
) -> Outcome | None:
    """Write the root unit's value from the units' as they stand now; call it after each of them.

    Inside the caller's transaction; the caller has checked that the period is open. The root
    unit is locked first, so that two units saved in the same moment both count. A value somebody
    entered for the whole stands until every unit has reported. Writes nothing where the whole is
    entered, where the body has no units, or where the value would be the same.
    Returns the root's row, None where it has none. Raises OutOfRange.
    """
    if indicator.rollup == RollUp.ENTERED:
        return None
    root = _locked_root(body)
    reports = unit_reports(
        indicator=indicator, body=body, period=period, breakdown=breakdown, category=category
    )
    kept = Outcome.objects.filter(
        indicator=indicator, unit=root, period=period, breakdown=breakdown, category=category
    ).first()
    whole = rolled_up(
        RollUp(indicator.rollup),
        [report.reported for report in reports],
        unit_label=indicator.unit_label,
    )
    if whole is None and (kept is None or not kept.is_rolled_up):
        return kept
    value = _fields(whole or Whole(kind=ValueKind.MISSING))
    if kept is None:
        kept = Outcome(
            indicator=indicator, unit=root, period=period, breakdown=breakdown, category=category
        )
    kept.indicator, kept.period, kept.unit = indicator, period, root
    if not kept.pk or any(getattr(kept, name) != new for name, new in value.items()):
        write_outcome(kept, new_value(kept, value), by=by, kind=ChangeKind.COMPUTED)
    return kept


def _locked_root(body: Body) -> Unit:
    root = Unit.objects.select_for_update(no_key=True).get(pk=root_unit(body).pk)
    root.body = body
    return root


def _fields(whole: Whole) -> dict[str, Any]:
    return {**vars(whole), "text": "", "is_rolled_up": True}
