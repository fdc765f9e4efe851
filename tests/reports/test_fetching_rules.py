"""Units of the same thing, and figures read as they are printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules import swedish
from reports.fetching.rules import Measured, converted, read_printed


def measured(number, decimals, unit):
    return Measured(number=Decimal(number), decimals=decimals, unit=unit)


@pytest.mark.parametrize(
    ("number", "decimals", "unit", "to", "expected", "printed"),
    [
        ("16.4", 1, "mnkr", "mnkr", "16.4", "16,4 mnkr"),
        ("16.4", 1, "mnkr", "Mkr", "16.4", "16,4 Mkr"),
        ("16.437512", 1, "mnkr", "tkr", "16437.512", "16\u00a0438 tkr"),
        ("16.437512", 1, "mnkr", "kr", "16437512", "16\u00a0437\u00a0512 kr"),
        ("16437512", 0, "kr", "mnkr", "16.437512", "16,437512 mnkr"),
        ("-2.5", 1, "tkr", "kr", "-2500", "−2\u00a0500 kr"),
        ("1", 0, "tkr", "mnkr", "0.001", "0,001 mnkr"),
        ("16.43751234", 1, "mnkr", "mnkr", "16.437512", "16,4 mnkr"),
        ("5.70", 2, "%", "procent", "5.70", "5,70 procent"),
        ("7", 0, "antal", "Antal", "7", "7 Antal"),
    ],
)
def test_value_in_another_unit_of_the_same_thing(number, decimals, unit, to, expected, printed):
    value = converted(measured(number, decimals, unit), to)

    assert value.number == Decimal(expected)
    assert value.in_words == printed


@pytest.mark.parametrize(
    ("unit", "to"), [("mnkr", "%"), ("%", "mnkr"), ("antal", "dagar"), ("kr", "")]
)
def test_other_units_are_not_converted(unit, to):
    assert converted(measured("1", 0, unit), to) is None


@given(
    st.decimals(min_value=-99999, max_value=99999, places=6),
    st.sampled_from(["kr", "tkr", "mnkr"]),
)
def test_millions_to_a_smaller_unit_and_back_is_the_same(number, unit):
    value = Measured(number=number, decimals=6, unit="mnkr")

    there = converted(value, unit)

    assert converted(there, "mnkr") == value


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("16,4", "mnkr", ("16.4", 1, "mnkr")),
        ("16,40\u00a0mnkr", "", ("16.40", 2, "mnkr")),
        ("−187,7 mnkr", "", ("-187.7", 1, "mnkr")),
        ("+1,7", "mnkr", ("1.7", 1, "mnkr")),
        ("2\u00a0577,2 %", "", ("2577.2", 1, "%")),
        ("0", "", ("0", 0, "")),
        (">80 %", "", None),
        ("kartlagda", "", None),
        ("–", "", None),
        ("", "%", None),
        ("3 av 4", "%", None),
    ],
)
def test_printed_figure_is_read_back(text, unit, expected):
    assert read_printed(text, unit) == (measured(*expected) if expected else None)


@given(
    st.decimals(min_value=-(10**8), max_value=10**8, places=3),
    st.integers(min_value=0, max_value=3),
    st.sampled_from(["", "%", "mnkr", "kr per invånare"]),
)
def test_what_is_printed_can_be_read(number, decimals, unit):
    shown = round(number, decimals)

    read = read_printed(f"{swedish(number, decimals)} {unit}".strip())

    assert read.unit == unit
    assert read.decimals == decimals
    assert swedish(read.number, decimals) == swedish(number, decimals)
    assert abs(read.number - shown) <= Decimal(1).scaleb(-decimals)
