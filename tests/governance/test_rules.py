from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

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


AT = datetime(2026, 3, 10, 14, 32)  # noqa: DTZ001 -- already local


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (
            {"typed": " 92,5 ", "theirs": "93,0", "was": "92,1", "who": "Anna Berg", "at": AT},
            "Anna Berg ändrade 92,1 till 93,0 kl. 14.32. Du skrev 92,5.",
        ),
        (
            {"typed": "", "theirs": "93,0", "who": "Anna Berg", "at": AT},
            "Anna Berg skrev 93,0 kl. 14.32. Du skrev inget värde.",
        ),
        (
            {"typed": "7", "theirs": "", "was": "92,1", "who": "Anna Berg", "at": AT},
            "Anna Berg tog bort 92,1 kl. 14.32. Du skrev 7.",
        ),
        (
            {"typed": "7", "theirs": ""},
            "Värdet har ändrats till tomt sedan du öppnade sidan. Du skrev 7.",
        ),
        (
            {"typed": "7", "theirs": "8", "who": "Någon annan"},
            "Någon annan har ändrat värdet till 8 sedan du öppnade sidan. Du skrev 7.",
        ),
    ],
)
def test_stale_value_names_who_what_and_when(named: dict[str, Any], message: str) -> None:
    stale = rules.Stale.of(what="Värdet", version=2, **named)

    assert stale.message == message
    assert (stale.typed, stale.theirs, stale.version) == (
        named["typed"].strip(), named["theirs"], 2,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (
            {"typed": "Min.", "theirs": "Deras.", "was": "Förr.", "who": "Anna Berg", "at": AT},
            "Anna Berg ändrade kommentaren till ”Deras.” kl. 14.32. Du skrev ”Min.”.",
        ),
        (
            {"typed": "", "theirs": "", "was": "Förr.", "who": "Anna Berg", "at": AT},
            "Anna Berg tog bort kommentaren kl. 14.32. Du skrev ingen kommentar.",
        ),
    ],
)
def test_stale_text_is_quoted(named: dict[str, Any], message: str) -> None:
    stale = rules.Stale.of(what="Kommentaren", is_text=True, nothing="ingen kommentar", **named)

    assert stale.message == message


def test_stale_form_names_nobody_without_history() -> None:
    stale = rules.Stale.of_form([("Namn", "Deras")])

    assert stale.message.startswith("Någon annan ändrade samma sak, medan du skrev.")
    assert stale.fields == (("Namn", "Deras"),)


def test_difference_of_two_texts_is_told_word_by_word() -> None:
    found = rules.word_difference("Nämnden ska spara i år.", "Nämnden ska inte spara alls i år.")

    assert found == [
        ("", "Nämnden ska "),
        ("ins", "inte "),
        ("", "spara "),
        ("ins", "alls "),
        ("", "i år."),
    ]


@given(st.text(), st.text())
def test_difference_loses_no_word(was: str, now: str) -> None:
    found = rules.word_difference(was, now)

    assert "".join(words for kind, words in found if kind != "ins") == was
    assert "".join(words for kind, words in found if kind != "del") == now


def test_a_unit_a_month_and_what_hangs_on_a_hyphen_stay_on_the_line() -> None:
    html = (
        '<p title="5 %">Hälso- och sjukvård: 5 %, 1,2 mnkr, § 58 den 12 mars kl. 14.32</p>'
        '<input value="5 %"><textarea>5 %</textarea> 3 kr, 3 kronor'
        '<a title="2026-03-10">2026-03-10</a> RS-2026-03-10 <option>2026-03-10</option>'
    )

    kept = rules.kept_together(html)

    assert kept.replace(rules.HARD_SPACE, "~") == (
        '<p title="5 %">Hälso-~och sjukvård: 5~%, 1,2~mnkr, §~58 den 12~mars kl.~14.32</p>'
        '<input value="5 %"><textarea>5 %</textarea> 3~kr, 3 kronor'
        '<a title="2026-03-10"><span class="nowrap">2026-03-10</span></a> RS-2026-03-10 '
        "<option>2026-03-10</option>"
    )
    assert rules.kept_together(kept) == kept
