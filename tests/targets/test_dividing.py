"""Small groups, and a whole beside its parts: tables of cases and properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.rules.small_groups import hidden_parts
from targets.enums import Dimension
from targets.outcomes.rules.parts import PartsRule, Printed, parts_rule, parts_warning

TOTAL = "totalt"
SIZES = st.one_of(st.none(), st.integers(min_value=0, max_value=60))
DIVISIONS = st.dictionaries(st.sampled_from("abcdef"), SIZES, min_size=1).flatmap(
    lambda parts: st.fixed_dictionaries({TOTAL: SIZES, **{k: st.just(v) for k, v in parts.items()}})
)
SUPPRESSED = st.frozensets(st.sampled_from("abcdef"))


@pytest.mark.parametrize(
    ("sizes", "suppressed", "hidden"),
    [
        ({TOTAL: 40, "k": 29, "m": 11}, "", ""),
        ({TOTAL: 40, "k": 30, "m": 10}, "", "km"),
        ({TOTAL: 10, "k": 5, "m": 5}, "", f"km {TOTAL}"),
        ({TOTAL: None, "k": 30, "m": None}, "", ""),
        ({TOTAL: None, "k": 3, "m": None}, "", "km"),
        ({TOTAL: 90, "a": 50, "b": 36, "c": 4}, "", "bc"),
        ({TOTAL: 107, "a": 3, "b": 4, "c": 40, "d": 60}, "", "abc"),
        ({TOTAL: 112, "a": 6, "b": 6, "c": 100}, "", "ab"),
        ({TOTAL: None, "k": None, "m": None}, "k", "km"),
        ({TOTAL: 8}, "", TOTAL),
        ({TOTAL: None, "enda": 8}, "", f"enda {TOTAL}"),
        ({TOTAL: 40, "k": 8}, "", "k"),
    ],
)
def test_what_small_groups_hide(sizes, suppressed, hidden):
    found = hidden_parts(sizes, total=TOTAL, suppressed=frozenset(suppressed))

    assert found == {part for part in sizes if part in hidden}


@given(DIVISIONS, SUPPRESSED)
def test_no_hidden_value_can_be_computed_from_what_is_shown(sizes, suppressed):
    hidden = hidden_parts(sizes, total=TOTAL, suppressed=suppressed)
    parts = [part for part in sizes if part != TOTAL]
    behind = [sizes[part] for part in parts if part in hidden]

    assert all(part in hidden for part, size in sizes.items() if size is not None and size <= 10)
    assert suppressed & sizes.keys() <= hidden
    if TOTAL in hidden or not behind:
        return
    if len(parts) == 1:
        assert None not in {behind[0], sizes[TOTAL]}
        assert behind[0] != sizes[TOTAL]
    else:
        assert len(behind) != 1
        assert None in behind or sum(behind) > 10 or len(behind) == len(parts)


@given(DIVISIONS, SUPPRESSED)
def test_nothing_is_hidden_without_a_reason(sizes, suppressed):
    large = {part: None if size is None else size + 11 for part, size in sizes.items()}

    assert hidden_parts(large, total=TOTAL) == frozenset()
    assert hidden_parts(sizes, total=TOTAL, suppressed=suppressed) <= sizes.keys()


@given(DIVISIONS, SUPPRESSED, st.integers(min_value=1, max_value=60), st.data())
def test_larger_group_is_never_hidden_where_the_smaller_was_shown(sizes, suppressed, more, data):
    part = data.draw(st.sampled_from(sorted(sizes)))
    if part in hidden_parts(sizes, total=TOTAL, suppressed=suppressed) or sizes[part] is None:
        return

    grown = {**sizes, part: sizes[part] + more}

    assert part not in hidden_parts(grown, total=TOTAL, suppressed=suppressed)


@pytest.mark.parametrize(
    ("unit", "dimension", "rule"),
    [
        ("antal", Dimension.SEX, PartsRule.ADDS_UP),
        ("St", Dimension.SEX, PartsRule.ADDS_UP),
        ("mnkr", Dimension.CATEGORIES, PartsRule.ADDS_UP),
        ("årsarbetare", Dimension.SEX, PartsRule.ADDS_UP),
        ("km", Dimension.SEX, PartsRule.ADDS_UP),
        ("%", Dimension.SEX, PartsRule.LIES_BETWEEN),
        ("index", Dimension.SEX, PartsRule.LIES_BETWEEN),
        ("kr per invånare", Dimension.SEX, PartsRule.LIES_BETWEEN),
        ("kr/m²", Dimension.SEX, PartsRule.LIES_BETWEEN),
        ("%", Dimension.CATEGORIES, PartsRule.EITHER),
        ("poäng", Dimension.SEX, PartsRule.EITHER),
        ("", Dimension.SEX, PartsRule.EITHER),
    ],
)
def test_rule_follows_from_the_unit(unit, dimension, rule):
    assert parts_rule(unit, dimension) == rule


def printed(text, label="Totalt"):
    value = Decimal(text.replace(",", "."))
    return Printed(label=label, number=value, decimals=-value.as_tuple().exponent)


@pytest.mark.parametrize(
    ("rule", "whole", "parts", "warning"),
    [
        # S4: sick leave of women, men and all.
        (PartsRule.LIES_BETWEEN, "5,7", ["6,9", "4,1"], ""),
        (PartsRule.LIES_BETWEEN, "7,0", ["6,9", "4,1"], ""),
        (
            PartsRule.LIES_BETWEEN,
            "7,5",
            ["6,9", "4,1"],
            "Totalt 7,5 ligger inte mellan delarna (kvinnor 6,9, män 4,1).",
        ),
        # S4: short and long sick leave are parts that add up.
        (PartsRule.EITHER, "5,7", ["2,4", "3,3"], ""),
        (PartsRule.EITHER, "3,0", ["2,4", "3,3"], ""),
        (
            PartsRule.EITHER,
            "9,0",
            ["2,4", "3,3"],
            (
                "Totalt 9,0 är varken summan av delarna, 5,7, eller ett värde mellan dem "
                "(kvinnor 2,4, män 3,3)."
            ),
        ),
        (PartsRule.ADDS_UP, "413", ["228", "185"], ""),
        (PartsRule.ADDS_UP, "100,0", ["33,3", "66,6"], ""),
        (PartsRule.ADDS_UP, "0", ["0", "0"], ""),
        (
            PartsRule.ADDS_UP,
            "415",
            ["228", "185"],
            "Delarna blir tillsammans 413 (kvinnor 228, män 185), men totalt är 415.",
        ),
        (PartsRule.ADDS_UP, "415", ["228"], ""),
    ],
)
def test_whole_beside_its_parts(rule, whole, parts, warning):
    labelled = [
        printed(text, label) for text, label in zip(parts, ["Kvinnor", "Män"], strict=False)
    ]

    assert parts_warning(printed(whole), labelled, rule=rule) == warning


NUMBERS = st.decimals(min_value=0, max_value=9999, places=4)


@given(st.lists(NUMBERS, min_size=2, max_size=6), st.integers(min_value=0, max_value=3))
def test_rounding_alone_is_never_warned_about(numbers, decimals):
    """Parts and whole rounded each on their own: neither the sum nor the mean is warned about."""
    parts = [
        Printed(label="del", number=round(each, decimals), decimals=decimals) for each in numbers
    ]
    total, mean = sum(numbers), sum(numbers) / len(numbers)

    for value, rule in ((total, PartsRule.ADDS_UP), (mean, PartsRule.LIES_BETWEEN)):
        whole = Printed(label="Totalt", number=round(value, decimals), decimals=decimals)
        assert parts_warning(whole, parts, rule=rule) == ""
