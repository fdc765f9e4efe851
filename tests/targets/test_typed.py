"""What is typed as an outcome, and in which row."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.enums import ValueKind
from figures.rules.limits import FREE, SHARE
from figures.rules.numbers import Doubtful, NotANumber, OtherUnit, OutOfRange
from figures.rules.words import NotBlank, NotWords, read_comment
from governance.enums import Light
from governance.rules import swedish
from targets.outcomes.rules.outcome_input import (
    is_inequality,
    needs_comment,
    read_outcome,
)

NUMBERS = json.loads((Path(__file__).parent.parent / "data" / "numbers.json").read_text())


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [("0", "0", 0), ("6,94", "6.94", 2), ("3,30 %", "3.30", 2), (" −0,5 ", "-0.5", 1)],
)
def test_number_keeps_its_decimals(text, number, decimals):
    typed = read_outcome(text, unit_label="index")

    assert (typed.kind, typed.number, typed.decimals) == ("number", Decimal(number), decimals)


@pytest.mark.parametrize("case", NUMBERS["inequality"], ids=lambda case: case["text"])
def test_inequality_is_recognised_by_itself(case):
    assert is_inequality(case["text"]) == case["inequality"]


def test_inequality_is_kept_as_it_was_written():
    typed = read_outcome("  >80  % ", unit_label="%")

    assert (typed.kind, typed.number, typed.text) == (ValueKind.INEQUALITY, None, ">80 %")


@pytest.mark.parametrize(
    ("text", "unit", "error"),
    [
        ("ca 70", "%", NotANumber),
        ("kartlagda", "", NotANumber),
        ("ej tillämpligt", "", NotANumber),
        ("-", "", NotANumber),
        ("–", "", NotANumber),
        ("90–100", "%", NotANumber),
        ("228 av 413", "antal", NotANumber),
        ("180", "%", OutOfRange),
        ("> 180 %", "%", OutOfRange),
        ("-3", "%", OutOfRange),
        ("5 av 0", "%", OutOfRange),
        ("500 av 413", "%", OutOfRange),
        ("minst 12345678901", "antal", OutOfRange),
        ("> 0,1234567", "antal", OutOfRange),
    ],
)
def test_what_is_neither_is_refused(text, unit, error):
    with pytest.raises(error) as refused:
        read_outcome(text, unit_label=unit, limits=SHARE if unit == "%" else FREE)

    assert refused.value.status == 422


def test_change_since_a_base_year_may_be_negative():
    typed = read_outcome("−6", unit_label="%", limits=FREE)

    assert typed.number == -6


@pytest.mark.parametrize(
    ("decimals", "number", "shown"),
    [(None, "55.205811", 1), (0, "55.205811", 0), (2, "55.205811", 2)],
)
def test_fraction_of_a_share_is_its_number_and_keeps_both_terms(decimals, number, shown):
    typed = read_outcome("228 av 413", unit_label="%", decimals=decimals)

    assert (typed.number, typed.decimals) == (Decimal(number), shown)
    assert (typed.numerator, typed.denominator) == (228, 413)


def test_fraction_of_a_ratio_that_is_no_share():
    typed = read_outcome("10/4", unit_label="dagar", is_ratio=True)

    assert typed.number == Decimal("2.5")


@pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
@pytest.mark.parametrize("kind", [ValueKind.NUMBER, ValueKind.TEXT])
def test_nothing_typed_is_missing(text, kind):
    assert read_outcome(text, kind=kind, unit_label="%").kind == ValueKind.MISSING


@pytest.mark.parametrize("kind", [ValueKind.SUPPRESSED, ValueKind.NOT_APPLICABLE])
def test_blank_is_chosen_and_holds_nothing(kind):
    assert read_outcome("", kind=kind, unit_label="%").kind == kind
    with pytest.raises(NotBlank) as refused:
        read_outcome("6,94", kind=kind, unit_label="%")

    assert refused.value.message == "Ta bort ”6,94” eller välj ett annat slag."


def test_words_are_words_when_they_are_said_to_be():
    typed = read_outcome("  kritiska   processer kartlagda", kind=ValueKind.TEXT, unit_label="")

    assert (typed.kind, typed.text) == (ValueKind.TEXT, "kritiska processer kartlagda")


@pytest.mark.parametrize("text", ["77", "6,94 %", "x" * 201, "a\x86b"])
def test_number_long_text_and_control_signs_are_no_words(text):
    with pytest.raises(NotWords):
        read_outcome(text, kind=ValueKind.TEXT, unit_label="")


def test_comment_is_plain():
    assert read_comment("  två\r\nrader\t \n") == "två\nrader"


def test_what_xml_cannot_hold_is_dropped():
    assert read_outcome("7\x0b,\x000", unit_label="%").number == 7
    assert read_outcome("\x00", unit_label="%").kind == ValueKind.MISSING
    assert read_comment("a\x0bb\x00c\n") == "abc"


@pytest.mark.parametrize("text", ["x" * 4001, "a\x86b"])
def test_comment_that_cannot_be_kept(text):
    with pytest.raises(NotWords):
        read_comment(text)


DIGITS = st.decimals(
    min_value=Decimal(-999_999_999), max_value=Decimal(999_999_999), places=None, allow_nan=False
).map(lambda number: round(number, 6))


@given(DIGITS)
def test_printed_number_is_read_back(number):
    typed = read_outcome(swedish(number), unit_label="")

    assert typed.number == number
    assert swedish(typed.number, typed.decimals) == swedish(number)


@given(DIGITS, st.sampled_from(["> ", "<", "≥ ", "minst ", "högst ", "mer än ", "under "]))
def test_printed_inequality_is_read_back(number, sign):
    typed = read_outcome(sign + swedish(number), unit_label="")

    assert typed.kind == ValueKind.INEQUALITY
    assert read_outcome(typed.text, unit_label="") == typed


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for kind in (ValueKind.NUMBER, ValueKind.TEXT, ValueKind.NOT_APPLICABLE):
        try:
            typed = read_outcome(text, kind=kind, unit_label="%")
        except (NotANumber, OtherUnit, Doubtful, OutOfRange, NotWords, NotBlank):
            continue
        assert len(typed.text) <= 200


@pytest.mark.parametrize("light", list(Light))
def test_comment_is_asked_for_beside_the_target(light):
    assert needs_comment(light) == (light in {Light.NEAR, Light.MISSED})
