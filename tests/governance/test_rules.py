from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance import rules

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, max_value=10**9, min_value=-(10**9)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6,94", "6.94"),
        ("6.94", "6.94"),
        ("2 577,2", "2577.2"),
        ("2\u00a0577,2", "2577.2"),
        ("2\u202f577,2", "2577.2"),
        ("\u221224,2", "-24.2"),
        ("-24,2", "-24.2"),
        ("+1,7", "1.7"),
        ("88,1 %", "88.1"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1.234", "1.234"),
        ("3,30", "3.30"),
        (",5", "0.5"),
        ("0", "0"),
    ],
)
def test_parse_swedish_reads_what_people_type(text: str, value: str) -> None:
    parsed = rules.parse_swedish(text)

    assert parsed == Decimal(value)
    assert rules.decimals_of(parsed) == rules.decimals_of(Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ca 70",
        "70-80",
        "1,2,3",
        "--1",
        "1e5",
        "NaN",
        "Infinity",
        "%",
        "\u0663",
        "1,2.3",
        "0x1",
        "1.234.5",
        "12.34,5",
        "12.345.6789",
    ],
)
def test_parse_swedish_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the rule names no message
        rules.parse_swedish(text)


@given(numbers)
def test_what_is_printed_can_be_parsed_back(value: Decimal) -> None:
    assert rules.parse_swedish(rules.swedish(value)) == value
    assert rules.parse_swedish(rules.swedish(value, plus=True)) == value


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("6.945", 2, "6,95"),
        ("-6.945", 2, "\u22126,95"),
        ("2.05", 1, "2,1"),
        ("2577.2", 1, "2\u00a0577,2"),
        ("-0.04", 1, "0,0"),
        ("0", 0, "0"),
        ("867500000", 0, "867\u00a0500\u00a0000"),
    ],
)
def test_swedish_rounds_half_up_and_prints_real_signs(
    value: str, decimals: int, printed: str
) -> None:
    assert rules.swedish(Decimal(value), decimals) == printed


def test_swedish_prints_the_scale_that_was_entered() -> None:
    assert rules.swedish(Decimal("3.3")) == "3,3"
    assert rules.swedish(Decimal("3.58")) == "3,58"
    assert rules.swedish(Decimal("1.7"), plus=True) == "+1,7"
    assert rules.swedish(Decimal(0), plus=True) == "0"


def test_verification_due_is_not_moved() -> None:
    assert rules.verification_due(date(2026, 2, 28)) == date(2026, 3, 14)  # a Saturday


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        (None, None, True),
        (date(2026, 3, 10), date(2026, 3, 10), True),
        (date(2026, 3, 11), None, False),
        (None, date(2026, 3, 9), False),
    ],
)
def test_in_force_includes_both_days(start: date | None, end: date | None, inside: bool) -> None:
    assert rules.in_force(start, end, date(2026, 3, 10)) is inside


@pytest.mark.parametrize(
    "text", ["9" * 30, "9" * 500, "1E+300", "-" + "9" * 40 + ".945", "0." + "0" * 40 + "5"]
)
def test_a_number_of_any_length_can_be_told(text):
    told = rules.swedish(Decimal(text), 2)

    assert Decimal(
        told.replace(rules.HARD_SPACE, "").replace(rules.MINUS, "-").replace(",", ".")
    ) == Decimal(text).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP, context=Context(prec=1000))
