"""Kronor shown in millions, and deviations with the right sign. Pure; Decimal only."""

from collections.abc import Mapping
from decimal import Decimal

from economy.enums import Measure, SignStyle
from governance.rules import rounded, swedish

KR_PER_MNKR = Decimal(1_000_000)
UNIT_WORDS = {Measure.KR: "mnkr", Measure.PERCENT: "%"}
DIGITS = {Measure.KR: (7, 8), Measure.PERCENT: (13, 2)}  # as typed, of 13 and 2 that are stored
MAX_NOTE = 200


def displayed(value: Decimal, measure: Measure) -> Decimal:
    """Kronor to millions, unrounded; a percentage as it is. 867 500 000 kr is 867,5 mnkr."""
    return value / KR_PER_MNKR if measure == Measure.KR else value


def kept(number: Decimal | None, measure: Measure) -> Decimal | None:
    """What is displayed, as it is stored."""
    return number * KR_PER_MNKR if number is not None and measure == Measure.KR else number


def lost_by(_row: object, changed: Mapping[str, object]) -> dict[str, object]:
    """What was true of the value that another takes the place of."""
    lost = ("is_stated", "is_not_applicable", "is_confirmed")
    return dict.fromkeys(lost, False) if "value" in changed else {}


def printed(value: Decimal, *, measure: Measure, decimals: int, plus: bool) -> str:
    """The figure as printed, without unit."""
    return swedish(displayed(value, measure), decimals, plus=plus)


def amount_has_plus(style: SignStyle) -> bool:
    """Results carry a plus (+1,7 mnkr); revenue and expenditure, plain amounts, carry none."""
    return style == SignStyle.RESULT


def deviation(
    *, amount: Decimal | None, budget: Decimal | None, style: SignStyle
) -> Decimal | None:
    """The deviation in the amounts' own unit; plus is favourable in both styles.

    Result style: outcome minus budget (net costs are negative amounts). Expenditure style
    (investments as positive amounts): budget minus outcome. Reckoned from the stored amounts,
    never from rounded cells: 2 577,2 minus 2 554,8 may print 22,5 (domain.md 2.5).
    Plain figures have no favourable side: None, as where one of them is missing.
    """
    if amount is None or budget is None:
        return None
    if style == SignStyle.RESULT:
        return amount - budget
    return budget - amount if style == SignStyle.EXPENDITURE else None


def share(*, part: Decimal, whole: Decimal, decimals: int) -> Decimal | None:
    """Part of whole in per cent, half away from zero; None when the whole is zero."""
    return rounded(part * 100 / whole, decimals) if whole else None
