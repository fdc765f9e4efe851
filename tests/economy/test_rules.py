from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.enums import Measure, SignStyle
from economy.rules import amount_has_plus, deviation, printed, share

KRONOR = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("value", "measure", "decimals", "style", "text"),
    [
        ("867500000", Measure.KR, 1, SignStyle.PLAIN, "867,5"),
        ("1700000", Measure.KR, 1, SignStyle.RESULT, "+1,7"),
        ("-24150000", Measure.KR, 1, SignStyle.RESULT, "−24,2"),
        ("0.26", Measure.PERCENT, 2, SignStyle.RESULT, "+0,26"),
        ("2577200000", Measure.KR, 1, SignStyle.PLAIN, "2\u00a0577,2"),
        ("40000", Measure.KR, 1, SignStyle.RESULT, "0,0"),
    ],
)
def test_amounts_are_shown_in_millions(value, measure, decimals, style, text):
    plus = amount_has_plus(style)

    assert printed(Decimal(value), measure=measure, decimals=decimals, plus=plus) == text


@pytest.mark.parametrize(
    ("amount", "budget", "style", "expected"),
    [
        ("-187700000", "-204600000", SignStyle.RESULT, "16900000"),
        ("77300000", "73200000", SignStyle.EXPENDITURE, "-4100000"),
        ("1", "2", SignStyle.PLAIN, None),
    ],
)
def test_plus_is_favourable_in_both_styles(amount, budget, style, expected):
    found = deviation(amount=Decimal(amount), budget=Decimal(budget), style=style)

    assert found == (Decimal(expected) if expected else None)


def test_deviation_is_reckoned_from_stored_amounts_not_from_cells():
    found = deviation(
        amount=Decimal("2577249000"), budget=Decimal("2554751000"), style=SignStyle.RESULT
    )

    shown = printed(found, measure=Measure.KR, decimals=1, plus=True)
    assert shown == "+22,5"


@given(KRONOR, KRONOR)
def test_the_styles_are_each_others_mirror(amount, budget):
    styles = (SignStyle.RESULT, SignStyle.EXPENDITURE)

    found = [deviation(amount=amount, budget=budget, style=style) for style in styles]

    assert found[0] == -found[1]


def test_share_shows_that_the_stated_per_cent_has_another_base():
    assert share(part=Decimal("1.7"), whole=Decimal("867.5"), decimals=2) == Decimal("0.20")
    assert share(part=Decimal(1), whole=Decimal(0), decimals=2) is None
