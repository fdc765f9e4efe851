"""What belongs to a value is one thing: told exactly, shown uncut, replaced whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.enums import ValueKind, ValueScope
from figures.rules.value import SAID, Value
from governance.rules import decimals_of, parse_swedish

NUMBERS = st.decimals(min_value=-999_999_999, max_value=999_999_999, places=6)
DECIMALS = st.integers(min_value=0, max_value=6)
VALUES = st.builds(
    Value,
    kind=st.sampled_from(ValueKind),
    number=st.one_of(st.none(), NUMBERS),
    decimals=st.one_of(st.none(), DECIMALS),
    text=st.text(max_size=20),
    group_size=st.one_of(st.none(), st.integers(0, 99)),
    scope=st.sampled_from(ValueScope),
    measured_on=st.one_of(st.none(), st.dates()),
    is_stated=st.booleans(),
    source=st.text(max_size=10),
)
MARKED = Value(
    kind=ValueKind.NUMBER,
    number=Decimal("7.53"),
    decimals=2,
    group_size=42,
    scope=ValueScope.REGION,
    measured_on=date(2024, 11, 3),
    is_carried_forward=True,
    is_stated=True,
    source="Heroma",
    origin_model="economy.Amount",
    origin_id=1,
    origin_label="Budget",
)
TYPED = Value(kind=ValueKind.NUMBER, number=Decimal("6.94"), decimals=2)


@given(VALUES)
def test_value_comes_back_from_its_data(value):
    assert Value.from_data(value.data) == value


@pytest.mark.parametrize("data", ["", "{", "[]", "1", '{"kind":"no such"}', '{"number":[]}'])
def test_anything_else_is_no_value(data):
    assert Value.from_data(data) is None


@given(NUMBERS, DECIMALS)
def test_field_shows_the_stored_number_uncut(number, decimals):
    shown = Value(kind=ValueKind.NUMBER, number=number, decimals=decimals).shown

    assert parse_swedish(shown) == number
    assert decimals_of(parse_swedish(shown)) >= decimals


@pytest.mark.parametrize(
    ("number", "decimals", "shown", "printed"),
    [
        ("867.512345", 1, "867,512345", "867,5"),
        ("3.300000", 2, "3,30", "3,30"),
        ("1200", 0, "1\u00a0200", "1\u00a0200"),
        ("-0.05", 1, "\u22120,05", "\u22120,1"),
    ],
)
def test_reader_is_told_it_rounded(number, decimals, shown, printed):
    value = Value(kind=ValueKind.NUMBER, number=Decimal(number), decimals=decimals)

    assert (value.shown, value.printed()) == (shown, printed)


def test_new_value_keeps_the_scope_alone_of_the_old_one():
    assert TYPED.in_place_of(MARKED) == replace(TYPED, scope=ValueScope.REGION)


def test_group_keeps_its_size_where_small_groups_are_hidden():
    assert TYPED.in_place_of(MARKED, keeps_group=True).group_size == 42


def test_what_was_said_before_there_was_a_value_stays():
    said = Value(group_size=42, source="Heroma", is_stated=True)

    found = TYPED.in_place_of(said)

    assert {name: getattr(found, name) for name in SAID} == {
        name: getattr(said, name) for name in SAID
    }


@pytest.mark.parametrize(
    ("kind", "shown", "was", "told"),
    [
        (ValueKind.MISSING, "", "", ""),
        (ValueKind.SUPPRESSED, "", "suppressed", "Redovisas inte (liten grupp)"),
        (ValueKind.NOT_APPLICABLE, "", "not_applicable", "Ej tillämpligt"),
    ],
)
def test_blanks_are_different_things(kind, shown, was, told):
    value = Value(kind=kind)

    assert (value.shown, value.was, value.told()) == (shown, was, told)
