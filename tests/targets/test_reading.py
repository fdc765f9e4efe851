from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.enums import ValueKind
from figures.rules.units import SPELLINGS, canonical_unit
from governance.enums import Light
from governance.rules import rounded, swedish
from targets.enums import Direction
from targets.indicators.rules.target_values import A_YEAR, parse_target, read_target, resolved
from targets.outcomes.rules.lights import light

LOWER, HIGHER, INSIDE = Direction.LOWER, Direction.HIGHER, Direction.INSIDE
ZERO, NONE = Direction.ZERO, Direction.NONE
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)
WORSE = [Light.MET, Light.NEAR, Light.MISSED]


def echo(text, direction, unit="%", base_year=None):
    return read_target(text, direction, unit_label=unit, base_year=base_year).echo


@pytest.mark.parametrize(
    ("text", "direction", "unit", "words"),
    [
        ("90–100 %", INSIDE, "%", "mellan 90 och 100 %"),
        ("90- 100 %", INSIDE, "procent", "mellan 90 och 100 procent"),
        ("90 % – 100 %", HIGHER, "%", "minst 90 %"),
        ("> 5 %", HIGHER, "%", "mer än 5 %"),
        (">80 %", HIGHER, "%", "mer än 80 %"),
        ("minst 95 %", HIGHER, "%", "minst 95 %"),
        ("Minst 95 procent.", HIGHER, "%", "minst 95 %"),
        ("max 15 %", LOWER, "%", "högst 15 %"),
        ("Max 15 %", LOWER, "%", "högst 15 %"),
        ("<= 7,0", LOWER, "%", "högst 7,0 %"),
        ("5,2%", LOWER, "%", "högst 5,2 %"),
        ("11%", HIGHER, "%", "minst 11 %"),
        ("77", HIGHER, "index", "minst 77 index"),
        ("77–80", INSIDE, "index", "mellan 77 och 80 index"),
        ("77 till 80", INSIDE, "", "mellan 77 och 80"),
        ("0 mnkr", ZERO, "mnkr", "exakt 0 mnkr"),
        ("0 miljoner kronor", HIGHER, "mnkr", "minst 0 mnkr"),
        ("−4 %", LOWER, "%", "högst −4 %"),
        ("-4 %", LOWER, "%", "högst −4 %"),
        ("-4 – -2", INSIDE, "mnkr", "mellan −4 och −2 mnkr"),
        ("högst 12 500 kronor", LOWER, "kr", "högst 12\u00a0500 kr"),
        ("minst 3 stycken", HIGHER, "st", "minst 3 st"),
        ("högst 90 dagar", LOWER, "dagar", "högst 90 dagar"),
        ("95 %", HIGHER, "", "minst 95"),
    ],
)
def test_target_as_people_write_it_is_echoed_at_once(text, direction, unit, words):
    assert read_target(text, direction, unit_label=unit).in_words == words


@pytest.mark.parametrize(
    ("text", "direction", "unit", "said"),
    [
        ("max 15 %", LOWER, "%", "Tolkas som högst 15 %."),
        ("7,0", LOWER, "%", "Tolkas som högst 7,0 %."),
        ("Högst  7,0 %.", LOWER, "%", ""),
        ("minst 2 024 st", HIGHER, "st", ""),
        ("mellan 77 och 80", INSIDE, "", ""),
    ],
)
def test_what_reads_as_it_is_written_needs_no_saying(text, direction, unit, said):
    assert echo(text, direction, unit) == said


@pytest.mark.parametrize(
    ("text", "direction", "unit", "reason"),
    [
        ("bättre än riket", HIGHER, "%", "Skriv till exempel högst 15, minst 95 eller 77–80."),
        ("minska antalet fall", LOWER, "%", "Skriv till exempel högst 15, minst 95 eller 77–80."),
        ("lägre än 2026", LOWER, "%", "Målet för 2026 kan inte jämföras med utfallet 2026."),
        (
            "förbättra",
            INSIDE,
            "%",
            "Indikatorn har ingen riktning, så det går inte att veta vad som är bättre.",
        ),
        ("kartlagda", NONE, "", "Skriv till exempel högst 15, minst 95 eller 77–80."),
        (
            "77",
            NONE,
            "%",
            "Indikatorn har ingen riktning, så ett ensamt tal kan betyda både minst och högst.",
        ),
        ("0 tkr", LOWER, "mnkr", "Målet är skrivet i tkr, men indikatorn mäts i mnkr."),
        ("max 15 %", LOWER, "index", "Målet är skrivet i %, men indikatorn mäts i index."),
        (
            "minst 2 procentenheter",
            HIGHER,
            "%",
            "Målet är skrivet i procentenheter, men indikatorn mäts i %.",
        ),
        ("90 kr – 100 %", INSIDE, "%", "Målet är skrivet i kr, men indikatorn mäts i %."),
        (
            "öka med 2 %",
            HIGHER,
            "kr",
            "Basår saknas. Skriv till exempel minskning med 6, basår 2021.",
        ),
        (
            "minskning med 6 %, basår 2021",
            LOWER,
            "%",
            "Skriv procentenheter: skillnaden mellan två andelar är procentenheter, inte procent.",
        ),
        (
            "minskning med 6 tkr, basår 2021",
            LOWER,
            "mnkr",
            "Målet är skrivet i tkr, men indikatorn mäts i mnkr.",
        ),
        (
            "öka med -6, basår 2021",
            HIGHER,
            "kr",
            "Skriv till exempel högst 15, minst 95 eller 77–80.",
        ),
    ],
)
def test_what_cannot_be_read_is_kept_as_text_with_the_reason(text, direction, unit, reason):
    reading = read_target(text, direction, unit_label=unit, year=2026)

    assert reading.target is None
    assert reading.echo == f"Går inte att tolka; sparas som text. {reason}"


COMPARED = [
    ("Lägre än 2024", LOWER, "lägre än utfallet 2024", "5.6", "5.7"),
    ("< 2024", LOWER, "lägre än utfallet 2024", "5.6", "5.7"),
    ("högst 2024 års nivå", LOWER, "högst utfallet 2024", "5.7", "5.8"),
    ("lägre än 1999 års värde", LOWER, "lägre än utfallet 1999", "5.6", "5.7"),
    ("högre än 2023 års utfall", HIGHER, "högre än utfallet 2023", "5.8", "5.7"),
    ("> 2024 utfall", HIGHER, "högre än utfallet 2024", "5.8", "5.7"),
    ("minst utfallet 2024", HIGHER, "minst utfallet 2024", "5.7", "5.6"),
    ("Högre än föregående år", HIGHER, "högre än utfallet 2025", "5.8", "5.7"),
    ("lägre än förra årets nivå", LOWER, "lägre än utfallet 2025", "5.6", "5.7"),
    ("bättre än 2024", LOWER, "lägre än utfallet 2024", "5.6", "5.7"),
    ("minska", LOWER, "lägre än utfallet 2025", "5.6", "5.7"),
    ("Ska minska.", INSIDE, "lägre än utfallet 2025", "5.6", "5.7"),
    ("öka", HIGHER, "högre än utfallet 2025", "5.8", "5.7"),
    ("Öka jämfört med 2024", HIGHER, "högre än utfallet 2024", "5.8", "5.7"),
    ("minst bibehålla", HIGHER, "minst utfallet 2025", "5.7", "5.6"),
    ("minst bibehålla", LOWER, "högst utfallet 2025", "5.7", "5.8"),
    ("oförändrad", INSIDE, "i nivå med utfallet 2025", "5.7", "5.8"),
    ("minst i nivå med 2024", HIGHER, "minst utfallet 2024", "5.7", "5.6"),
]


@pytest.mark.parametrize("unit", ["%", "st", "", "index"])
@pytest.mark.parametrize(("text", "direction", "words", "met", "missed"), COMPARED)
def test_year_means_its_outcome(text, direction, unit, words, met, missed):
    reading = read_target(text, direction, unit_label=unit, year=2026)
    bound = resolved(reading.target, Decimal("5.7"))

    assert (reading.in_words, reading.target.is_bound) == (words, False)
    assert bound.in_words == f"{words}, 5,7"
    assert [
        light(
            kind=ValueKind.NUMBER,
            number=Decimal(number),
            decimals=1,
            has_target=True,
            target=bound,
            direction=direction,
            tolerance=None,
        )
        for number in (met, missed)
    ] == [Light.MET, Light.MISSED]
    assert read_target(words, direction, unit_label=unit, year=2026).target == reading.target


def test_without_a_plan_year_the_year_before_has_no_name():
    assert echo("minska", LOWER) == "Tolkas som lägre än utfallet föregående år."
    assert (
        echo("öka med 5 jämfört med föregående år", HIGHER, "kr")
        == "Tolkas som ökning med 5 kr jämfört med föregående år."
    )


def test_where_the_indicator_is_itself_a_change_minska_is_below_zero():
    assert echo("minska", LOWER, base_year=2021) == "Tolkas som mindre än 0 %."
    assert echo("lägre än 2024", LOWER, base_year=2021) == "Tolkas som lägre än utfallet 2024."


@pytest.mark.parametrize("unit", ["%", "st", "", "kr"])
@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("lägre än 2024 (4,5)", LOWER),
        ("minst 2024", HIGHER),
        ("högst 2024", LOWER),
        ("≥ 2024", HIGHER),
        ("2024", HIGHER),
        ("exakt 2024", INSIDE),
        ("2023–2024", INSIDE),
        ("mellan 2023 och 2024", INSIDE),
        ("ska minska 2026", LOWER),
    ],
)
def test_year_is_no_bound(text, direction, unit):
    reading = read_target(text, direction, unit_label=unit)

    assert reading.target is None
    assert reading.echo == f"Går inte att tolka; sparas som text. {A_YEAR}"


def test_year_is_said_to_be_none_in_words():
    assert A_YEAR == (
        "Ett årtal är inte ett målvärde. Skriv talet som gäller; är det ett antal, skriv det med "
        "mellanrum eller enhet: 2\u00a0024 st."
    )


@pytest.mark.parametrize(
    ("text", "direction", "unit", "words"),
    [
        ("minst 2 024 st", HIGHER, "st", "minst 2\u00a0024 st"),
        ("minst 2024 st", HIGHER, "st", "minst 2\u00a0024 st"),
        ("minst 2024 st", HIGHER, "", "minst 2\u00a0024"),
        ("> 2 000", HIGHER, "st", "mer än 2\u00a0000 st"),
        ("> 2\u00a0000", HIGHER, "", "mer än 2\u00a0000"),
        ("högst 2024,5", LOWER, "kr", "högst 2\u00a0024,5 kr"),
        ("högst 1.999,0", LOWER, "kr", "högst 1\u00a0999,0 kr"),
        ("minst 2100", HIGHER, "st", "minst 2\u00a0100 st"),
        ("minst 1899", HIGHER, "st", "minst 1\u00a0899 st"),
        ("500–2000", INSIDE, "st", "mellan 500 och 2\u00a0000 st"),
        ("1990–2030 kr", INSIDE, "kr", "mellan 1\u00a0990 och 2\u00a0030 kr"),
        ("−2024", LOWER, "kr", "högst −2\u00a0024 kr"),
    ],
)
def test_number_near_a_year_is_read_where_it_is_written_as_one(text, direction, unit, words):
    assert read_target(text, direction, unit_label=unit).in_words == words


def test_outcome_is_no_target():
    assert parse_target("> 2024", NONE).low == 2024


@pytest.mark.parametrize(
    ("text", "direction", "warning"),
    [
        ("> 5 %", LOWER, "Målet säger mer än 5, men lägre är bättre. Menas < 5 %?"),
        ("minst 5 %", LOWER, "Målet säger minst 5, men lägre är bättre. Menas högst 5 %?"),
        ("max 80 %", HIGHER, "Målet säger högst 80, men högre är bättre. Menas minst 80 %?"),
        ("under 80", HIGHER, "Målet säger mindre än 80, men högre är bättre. Menas över 80?"),
        ("5", ZERO, "Målet säger exakt 5, men noll är bäst. Menas 0?"),
        (
            "minskning med 2 procentenheter, basår 2021",
            HIGHER,
            "Målet säger minskning, men högre är bättre. Menas ökning?",
        ),
        (
            "ökning med 2 procentenheter, basår 2021",
            LOWER,
            "Målet säger ökning, men lägre är bättre. Menas minskning?",
        ),
        ("öka", LOWER, "Målet säger ökning, men lägre är bättre. Menas minskning?"),
        (
            "Lägre än 2024",
            HIGHER,
            "Målet säger lägre än utfallet 2024, men högre är bättre. Menas högre än 2024?",
        ),
    ],
)
def test_target_against_the_direction_is_warned_about_and_never_judged(text, direction, warning):
    reading = read_target(text, direction, unit_label="%")

    assert (reading.target, reading.warning) == (None, warning)
    assert reading.echo == f"{warning} Så länge det står så bedöms inte målet."
    assert parse_target(text, direction) is None


def test_nothing_typed_says_nothing():
    assert echo("  ", LOWER) == ""


@pytest.mark.parametrize(
    ("text", "unit", "words", "base", "bound"),
    [
        (
            "minskning med 6 procentenheter, basår 2021",
            "%",
            "minskning med 6 procentenheter, basår 2021",
            "18.4",
            "högst 12,4",
        ),
        (
            "minskning med -6 procentenheter per kvm. Basår 2021",
            "%",
            "minskning med 6 procentenheter, basår 2021",
            "18.4",
            "högst 12,4",
        ),
        (
            "Ska minska med 10 % jämfört med 2022",
            "kr",
            "minskning med 10 %, basår 2022",
            "161295",
            "högst 145\u00a0165,5",
        ),
        ("öka med 2 % sedan 2020", "kr", "ökning med 2 %, basår 2020", "100", "minst 102"),
        ("öka med 5 (basår 2020)", "st", "ökning med 5 st, basår 2020", "100", "minst 105"),
    ],
)
def test_relative_target_waits_for_the_base_year_and_is_then_a_bound(
    text, unit, words, base, bound
):
    reading = read_target(text, INSIDE, unit_label=unit)

    assert (reading.in_words, reading.target.is_bound) == (words, False)
    assert resolved(reading.target, Decimal(base)).in_words == bound


@pytest.mark.parametrize(
    "text",
    [
        "minskning med -6 procentenheter per kvm. Basår 2021",
        "minskning med 6 %",
        "minska med 6, basår 2021",
    ],
)
def test_where_the_indicator_is_itself_a_change_the_bound_is_the_change(text):
    reading = read_target(text, LOWER, unit_label="%", base_year=2021)

    assert reading.target.high == Decimal(-6)
    assert reading.target.low is None
    assert reading.echo == "Tolkas som högst −6 %."


def test_another_base_year_than_the_indicators_stays_unread():
    assert (
        echo("minskning med 6 %, basår 2019", LOWER, base_year=2021)
        == "Går inte att tolka; sparas som text. Målets basår är 2019, indikatorns är 2021."
    )


def test_relative_target_whose_base_is_unknown_gives_no_light():
    target = parse_target("minskning med 6 procentenheter, basår 2021", LOWER, unit_label="%")

    assert (
        light(
            kind=ValueKind.NUMBER,
            number=Decimal(5),
            decimals=0,
            has_target=True,
            target=target,
            direction=LOWER,
            tolerance=None,
        )
        == Light.NOT_JUDGED
    )


@pytest.mark.parametrize("unit", list(SPELLINGS))
def test_a_unit_is_known_by_all_its_spellings(unit):
    for spelling in SPELLINGS[unit]:
        assert canonical_unit(f" {spelling.upper()} ") == unit


WORDS = {
    LOWER: ("högst", "max", "<", "≤", "under", "<="),
    HIGHER: ("minst", ">", "≥", "över", ">="),
    INSIDE: ("exakt", "högst", "minst", ""),
}


@given(st.data(), NUMBERS, st.sampled_from(list(WORDS)))
def test_what_is_printed_reads_back_to_the_same_bounds(data, number, direction):
    word = data.draw(st.sampled_from(WORDS[direction]))
    unit = data.draw(st.sampled_from(["%", "kr", "index", "", "dagar"]))

    reading = read_target(f"{word} {swedish(number)} {unit}", direction, unit_label=unit)

    again = read_target(reading.in_words, direction, unit_label=unit)
    assert again.target == reading.target
    assert again.in_words == reading.in_words


@given(NUMBERS, NUMBERS)
def test_a_printed_span_reads_back(one, other):
    low, high = sorted([one, other])

    target = parse_target(f"{swedish(low)} – {swedish(high)}", INSIDE)

    assert (target.low, target.high) == (low, high)
    assert parse_target(target.in_words, INSIDE) == target


@given(
    st.decimals(min_value="0.01", max_value=1000, places=2),
    st.integers(1990, 2100),
    st.sampled_from(["minskning", "ökning"]),
    st.sampled_from([("%", "procentenheter"), ("kr", "%"), ("kr", "kr"), ("", "")]),
)
def test_a_printed_change_reads_back(amount, year, verb, units):
    unit, written = units
    text = f"{verb} med {swedish(amount)} {written}, basår {year}"

    target = parse_target(text, INSIDE, unit_label=unit)

    assert parse_target(target.in_words, INSIDE, unit_label=unit) == target
    assert abs(target.change) == amount


@given(
    NUMBERS,
    NUMBERS,
    st.decimals(min_value="0.01", max_value=100, places=2),
    NUMBERS,
    st.sampled_from([LOWER, HIGHER]),
    st.integers(0, 2),
)
def test_a_better_value_never_gives_a_worse_light_of_a_relative_target(
    one, other, amount, base, direction, decimals
):
    verb = "öka" if direction == HIGHER else "minska"
    target = resolved(
        parse_target(f"{verb} med {swedish(amount)}, basår 2021", direction, unit_label="kr"), base
    )
    better, worse = sorted([one, other], reverse=direction == HIGHER)

    lights = [judged(value, target, direction, decimals) for value in (better, worse)]

    assert WORSE.index(lights[0]) <= WORSE.index(lights[1])


@given(NUMBERS, NUMBERS, st.sampled_from([LOWER, HIGHER]), st.integers(0, 1))
def test_the_light_is_that_of_the_number_the_reader_sees(number, bound, direction, decimals):
    target = parse_target(swedish(bound), direction)
    seen = rounded(number, decimals)

    assert judged(number, target, direction, decimals) == judged(seen, target, direction, decimals)


def judged(number, target, direction, decimals):
    return light(
        kind=ValueKind.NUMBER,
        number=number,
        decimals=decimals,
        has_target=True,
        target=target,
        direction=direction,
        tolerance=Decimal(3),
    )


@given(st.text(max_size=120), st.sampled_from(list(Direction)), st.sampled_from(["", "%", "kr"]))
def test_no_text_is_too_odd_to_be_answered(text, direction, unit):
    reading = read_target(text, direction, unit_label=unit)

    assert bool(reading.echo or reading.in_words) == bool(text.strip().rstrip("."))
    assert (reading.target is None) == (reading.in_words == "")
