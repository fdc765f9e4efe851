from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.enums import ValueKind
from figures.rules.numbers import NotANumber, OutOfRange, read_number
from governance.enums import Light
from governance.rules import Stale, parse_swedish, swedish
from rounds.rules.lock_reason import Lock, lock_reason
from targets.enums import Direction
from targets.indicators.rules.target_values import ParsedTarget, parse_target
from targets.outcomes.rules.lights import change, light, shown_decimals

LOWER, HIGHER, INSIDE = Direction.LOWER, Direction.HIGHER, Direction.INSIDE
ZERO, NONE = Direction.ZERO, Direction.NONE
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


@pytest.mark.parametrize(
    ("text", "direction", "words"),
    [
        ("högst 7,0", LOWER, "högst 7,0"),
        ("max 15 %", LOWER, "högst 15"),
        ("Max 15 procent", LOWER, "högst 15"),
        ("minst 95 %", HIGHER, "minst 95"),
        ("≤ 7,0", LOWER, "högst 7,0"),
        ("<=7,0", LOWER, "högst 7,0"),
        ("≥ 80", HIGHER, "minst 80"),
        ("> 5 %", HIGHER, "mer än 5"),
        ("under 5", LOWER, "mindre än 5"),
        ("77", HIGHER, "minst 77"),
        ("77", LOWER, "högst 77"),
        ("77", INSIDE, "exakt 77"),
        ("90–100 %", INSIDE, "mellan 90 och 100"),
        ("77-80", INSIDE, "mellan 77 och 80"),
        ("mellan 77 och 80", INSIDE, "mellan 77 och 80"),
        ("90–100 %", HIGHER, "minst 90"),
        ("0", ZERO, "exakt 0"),
        ("minst 2 577,2", HIGHER, "minst 2\u00a0577,2"),
    ],
)
def test_target_is_read_and_echoed_in_words(text, direction, words):
    assert parse_target(text, direction).in_words == words


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("", LOWER),
        ("ska minska", LOWER),
        ("minskning med 6 procentenheter", LOWER),
        ("minst", HIGHER),
        ("77", NONE),
        ("100–90", INSIDE),
        ("kritiska - kartlagda", INSIDE),
        ("5", ZERO),
    ],
)
def test_target_that_cannot_be_read_stays_unread(text, direction):
    assert parse_target(text, direction) is None


def test_target_whose_sign_contradicts_the_direction_stays_unread():
    assert parse_target("> 5 %", LOWER) is None
    assert parse_target("högst 80", HIGHER) is None


@given(NUMBERS, st.sampled_from([("minst", HIGHER), ("högst", LOWER), ("exakt", INSIDE)]))
def test_target_in_words_reads_back_as_itself(number, wording):
    word, direction = wording

    target = parse_target(f"{word} {swedish(number)}", direction)

    assert parse_target(target.in_words, direction) == target


def lit(number, wanted, **changed):
    direction = changed.pop("direction", LOWER)
    arguments = {
        "kind": ValueKind.NUMBER,
        "number": Decimal(number) if number is not None else None,
        "decimals": 2,
        "has_target": wanted != "",
        "target": parse_target(wanted, direction) if wanted else None,
        "direction": direction,
        "tolerance": None,
    }
    return light(**arguments | changed)


@pytest.mark.parametrize(
    ("number", "target", "direction", "tolerance", "expected"),
    [
        ("6.94", "högst 7,0", LOWER, None, Light.MET),
        ("7.00", "högst 7,0", LOWER, None, Light.MET),
        ("7.01", "högst 7,0", LOWER, None, Light.MISSED),
        ("7.01", "högst 7,0", LOWER, "0.5", Light.NEAR),
        ("7.50", "högst 7,0", LOWER, "0.5", Light.NEAR),
        ("7.51", "högst 7,0", LOWER, "0.5", Light.MISSED),
        ("5.00", "under 5", LOWER, None, Light.MISSED),
        ("4.99", "under 5", LOWER, None, Light.MET),
        ("76", "77", HIGHER, None, Light.MISSED),
        ("76", "77", HIGHER, "1", Light.NEAR),
        ("81", "77-80", INSIDE, None, Light.MISSED),
        ("78", "77-80", INSIDE, None, Light.MET),
        ("0", "0", ZERO, None, Light.MET),
        ("-0.01", "0", ZERO, None, Light.MISSED),
        ("6.94", "ska minska", LOWER, None, Light.NOT_JUDGED),
        ("6.94", "högst 7", NONE, None, Light.NOT_JUDGED),
    ],
)
def test_light(number, target, direction, tolerance, expected):
    room = Decimal(tolerance) if tolerance else None

    assert lit(number, target, direction=direction, tolerance=room) == expected


def test_light_is_judged_on_the_value_as_displayed():
    assert lit("2.04", "högst 2,0", decimals=1) == Light.MET
    assert lit("2.05", "högst 2,0", decimals=1) == Light.MISSED


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [
        (None, "högst 7", Light.NO_OUTCOME),
        (None, "", Light.NO_OUTCOME),
        (ValueKind.MISSING, "högst 7", Light.NO_OUTCOME),
        (ValueKind.SUPPRESSED, "högst 7", Light.SUPPRESSED),
        (ValueKind.NOT_APPLICABLE, "högst 7", Light.NOT_APPLICABLE),
        (ValueKind.TEXT, "högst 7", Light.NOT_JUDGED),
        (ValueKind.TEXT, "", Light.NO_TARGET),
        (ValueKind.INEQUALITY, "", Light.NO_TARGET),
    ],
)
def test_blanks_are_different_things(kind, target, expected):
    assert lit(None, target, kind=kind) == expected


def test_zero_is_an_outcome_and_no_target_is_not_no_outcome():
    assert lit("0", "högst 7,0") == Light.MET
    assert lit("0", "") == Light.NO_TARGET


WORSE = [Light.MET, Light.NEAR, Light.MISSED]


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([LOWER, HIGHER]), st.integers(0, 3))
def test_a_better_value_never_gives_a_worse_light(one, other, target, direction, decimals):
    better, worse = sorted([one, other], reverse=direction == HIGHER)

    lights = [
        lit(value, swedish(target), direction=direction, decimals=decimals, tolerance=Decimal(5))
        for value in (better, worse)
    ]

    assert WORSE.index(lights[0]) <= WORSE.index(lights[1])


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_nearer_the_span_never_gives_a_worse_light(low, width, outside, further):
    band = ParsedTarget(low=low, high=low + abs(width))

    lights = [
        lit(
            band.high + beyond,
            "span",
            target=band,
            direction=INSIDE,
            tolerance=Decimal(5),
        )
        for beyond in sorted([abs(outside), abs(further)])
    ]

    assert WORSE.index(lights[0]) <= WORSE.index(lights[1])


@pytest.mark.parametrize(
    ("number", "previous", "unit", "words"),
    [
        ("6.94", "7.53", "%", "−0,59 procentenheter"),
        ("3.3", "3.58", "%", "−0,28 procentenheter"),
        ("8.92", "7.03", "%", "+1,89 procentenheter"),
        ("76", "74", "index", "+2"),
        ("12", "11", "%", "+1 procentenhet"),
        ("7.53", "7.53", "%", "0,00 procentenheter"),
        ("161295", "166506", "kr", "−5\u00a0211 kr"),
    ],
)
def test_change_has_sign_word_and_the_finer_decimals(number, previous, unit, words):
    now, then = Decimal(number), Decimal(previous)

    found = change(
        number=now,
        decimals=-now.as_tuple().exponent,
        previous=then,
        previous_decimals=-then.as_tuple().exponent,
        unit_label=unit,
    )

    assert found.in_words == words


def test_change_needs_two_numbers():
    assert (
        change(number=Decimal(1), decimals=0, previous=None, previous_decimals=0, unit_label="%")
        is None
    )


def test_not_a_number_says_what_to_write():
    with pytest.raises(NotANumber) as refused:
        read_number("ca 70", unit_label="%")

    assert refused.value.message == "”ca 70” är inte ett tal. Skriv till exempel 2\u00a0577,2."
    assert refused.value.status == 422


def test_long_nonsense_is_echoed_short():
    with pytest.raises(NotANumber) as refused:
        read_number("x" * 10_000, unit_label="%")

    assert len(refused.value.message) < 120


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("1 000 000 000", "kr", "Talet är för stort. Skriv högst nio siffror före kommat."),
        ("0,1234567", "kr", "Skriv högst sex decimaler."),
    ],
)
def test_number_out_of_range(text, unit, message):
    with pytest.raises(OutOfRange) as refused:
        read_number(text, unit_label=unit)

    assert refused.value.message == message


def test_number_may_be_anything_where_the_unit_allows():
    assert read_number("-24,2", unit_label="mnkr") == Decimal("-24.2")
    assert read_number("100", unit_label="%") == Decimal(100)


@given(st.decimals(min_value=0, max_value=100, places=3))
def test_printed_number_reads_back_with_its_decimals(number):
    assert str(read_number(swedish(number), unit_label="%")) == str(parse_swedish(f"{number:f}"))


def test_stale_names_who_what_and_when():
    stale = Stale.of(
        what="Värdet",
        typed="92,5",
        theirs="93,0",
        version=2,
        was="92,1",
        who="Anna Berg",
        at=datetime(2026, 3, 10, 14, 32),  # noqa: DTZ001 -- already local
    )

    assert stale.message == "Anna Berg ändrade 92,1 till 93,0 kl. 14.32. Du skrev 92,5."


def test_stale_without_history_names_nobody():
    stale = Stale.of(what="Värdet", typed="", theirs="93,0", version=2)

    assert (
        stale.message
        == "Värdet har ändrats till 93,0 sedan du öppnade sidan. Du skrev inget värde."
    )


def test_lock_reason_is_in_words():
    handed_in = Lock(word="Inlämnad", on=date(2026, 2, 10), by="Karin Lund")
    locked = Lock(word="Låst", on=date(2026, 2, 11), by="")

    assert lock_reason([handed_in, locked]) == "Låst: inlämnad 2026-02-10 av Karin Lund."
    assert lock_reason([locked]) == "Låst 2026-02-11."
    assert lock_reason([]) == ""


def test_decimals_are_the_indicators_own_else_as_entered():
    assert shown_decimals(entered=2, fixed=1) == 1
    assert shown_decimals(entered=2, fixed=None) == 2
    assert shown_decimals(entered=None, fixed=None) == 0


def test_locked_by_nobody_known_says_what_that_means():
    lock = Lock(word="Låst", on=None, by="")

    assert lock_reason([lock]) == "Låst: perioden är avslutad. Regionkontoret kan öppna den igen."
