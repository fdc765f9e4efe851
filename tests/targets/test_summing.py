"""How the whole follows from the units: tables of cases and properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.enums import ValueKind
from figures.rules.numbers import OutOfRange
from figures.rules.value import Value
from targets.enums import RollUp
from targets.outcomes.rules.wholes import ratio, rolled_up

MISSING = Value(kind=ValueKind.MISSING)
NOT_APPLICABLE = Value(kind=ValueKind.NOT_APPLICABLE)
NUMBERS = st.decimals(min_value=-99999, max_value=99999, places=3)
COUNTS = st.integers(min_value=0, max_value=99999)


def number(text, of=None, size=None):
    """One unit's number; ``of`` is "228/413"."""
    numerator, _, denominator = (of or "").partition("/")
    value = Decimal(text)
    return Value(
        kind=ValueKind.NUMBER,
        number=value,
        decimals=-value.as_tuple().exponent,
        numerator=Decimal(numerator) if of else None,
        denominator=Decimal(denominator) if of else None,
        group_size=size,
    )


@pytest.mark.parametrize(
    ("rule", "values", "expected", "decimals"),
    [
        (RollUp.SUM, [number("12"), number("8.5"), number("0")], "20.5", 1),
        (RollUp.SUM, [number("7")], "7", 0),
        (RollUp.SUM, [number("-2.4"), number("2.4")], "0", 1),
        (RollUp.SUM, [number("7"), NOT_APPLICABLE], "7", 0),
        (RollUp.MEAN, [number("6.9"), number("4.1")], "5.5", 1),
        (RollUp.MEAN, [number("1"), number("1"), number("2")], "1.333333", 0),
        (RollUp.MEAN, [number("1"), number("2"), NOT_APPLICABLE], "1.5", 0),
        (RollUp.RATIO, [number("55.2", "228/413")], "55.205811", 1),
        (RollUp.RATIO, [number("50", "1/2"), number("10", "1/10")], "16.666667", 0),
    ],
)
def test_whole_of_units(rule, values, expected, decimals):
    whole = rolled_up(rule, values, unit_label="%")

    assert whole.number == Decimal(expected)
    assert whole.decimals == decimals


@pytest.mark.parametrize("rule", [RollUp.SUM, RollUp.MEAN, RollUp.RATIO])
@pytest.mark.parametrize(
    "other",
    [
        MISSING,
        None,
        Value(kind=ValueKind.SUPPRESSED),
        Value(kind=ValueKind.TEXT),
        Value(kind=ValueKind.INEQUALITY),
    ],
)
def test_no_whole_until_every_unit_has_a_number(rule, other):
    assert rolled_up(rule, [number("5", "1/20"), other], unit_label="%") is None


def test_ratio_waits_for_numerator_and_denominator():
    assert rolled_up(RollUp.RATIO, [number("5", "1/20"), number("5")], unit_label="%") is None


def test_nothing_is_computed_where_the_whole_is_entered_or_there_are_no_units():
    assert rolled_up(RollUp.ENTERED, [number("5")], unit_label="") is None
    assert rolled_up(RollUp.SUM, [], unit_label="") is None


def test_whole_is_not_applicable_when_every_unit_is():
    whole = rolled_up(RollUp.SUM, [NOT_APPLICABLE, NOT_APPLICABLE], unit_label="")

    assert (whole.kind, whole.number, whole.decimals) == (ValueKind.NOT_APPLICABLE, None, None)


def test_ratio_keeps_its_sums_and_is_plain_without_per_cent():
    values = [number("2", "10/5"), number("1", "5/5")]

    whole = rolled_up(RollUp.RATIO, values, unit_label="besök per dag")

    assert (whole.number, whole.numerator, whole.denominator) == (
        Decimal("1.5"),
        Decimal(15),
        Decimal(10),
    )


def test_group_sizes_are_added_only_when_all_are_known():
    both = rolled_up(RollUp.SUM, [number("1", size=4), number("2", size=5)], unit_label="")
    one = rolled_up(RollUp.SUM, [number("1", size=4), number("2")], unit_label="")

    assert (both.group_size, one.group_size) == (9, None)


def test_too_large_a_whole_is_refused():
    with pytest.raises(OutOfRange, match="för stort"):
        rolled_up(RollUp.SUM, [number("999999999"), number("1")], unit_label="kr")


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_of_the_units_does_not_matter(numbers, random):
    values = [number(str(value)) for value in numbers]
    shuffled = random.sample(values, len(values))

    for rule in (RollUp.SUM, RollUp.MEAN):
        assert rolled_up(rule, values, unit_label="") == rolled_up(rule, shuffled, unit_label="")


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_mean_lies_between_the_units_and_sum_is_exact(numbers):
    values = [number(str(value)) for value in numbers]

    assert min(numbers) <= rolled_up(RollUp.MEAN, values, unit_label="").number <= max(numbers)
    assert rolled_up(RollUp.SUM, values, unit_label="").number == sum(numbers)


@given(st.lists(st.tuples(COUNTS, st.integers(1, 99999)), min_size=1, max_size=8))
def test_ratio_lies_between_the_units_ratios(pairs):
    values = [number("0", f"{numerator}/{denominator}") for numerator, denominator in pairs]
    shares = [ratio(Decimal(a), Decimal(b), unit_label="%") for a, b in pairs]

    whole = rolled_up(RollUp.RATIO, values, unit_label="%").number

    assert min(shares) <= whole <= max(shares)
