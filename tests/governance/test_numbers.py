"""The number rules against the table that JavaScript is tested with too (wall 9)."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from figures.rules.numbers import Doubtful, NotANumber, OtherUnit, measured
from figures.rules.script import script
from governance.rules import decimals_of, parse_swedish, swedish

STATIC = Path(__file__).parent.parent.parent / "static" / "js"
TABLE = json.loads((Path(__file__).parent.parent / "data" / "numbers.json").read_text())


@pytest.mark.parametrize("case", [c for c in TABLE["parse"] if c["value"] is not None], ids=repr)
def test_parse_swedish_reads_value_and_scale(case):
    value = parse_swedish(case["text"])

    assert (value, decimals_of(value)) == (Decimal(case["value"]), case["decimals"])


@pytest.mark.parametrize("case", [c for c in TABLE["parse"] if c["value"] is None], ids=repr)
def test_parse_swedish_refuses_what_is_no_number(case):
    with pytest.raises(ValueError, match=f"^{re.escape(case['text'])}$"):
        parse_swedish(case["text"])


@pytest.mark.parametrize("case", TABLE["print"], ids=repr)
def test_swedish_prints_rounded_half_up(case):
    assert swedish(Decimal(case["value"]), case["decimals"]) == case["printed"]


@pytest.mark.parametrize("case", TABLE["measured"], ids=repr)
def test_number_is_read_in_the_units_of_its_row(case):
    assert read(case["text"], case["unit"]) == case["value"]


def read(text: str, unit: str) -> str | None:
    """As the browser's twin answers."""
    try:
        return f"{measured(text, unit):f}"
    except (NotANumber, OtherUnit, Doubtful):
        return None


def test_the_browser_has_the_rules_as_they_are():
    assert (STATIC / "number_rules.js").read_text(encoding="utf-8") == script()


def test_point_that_may_stand_for_thousands_is_asked_about():
    with pytest.raises(Doubtful) as asked:
        measured("−9.999 tkr", "mnkr")

    assert (
        asked.value.message
        == "”−9.999 tkr” kan vara −9,999 tkr eller −9\u00a0999 tkr. Vilket menas?"
    )
    assert [(one.word, one.text) for one in asked.value.choices] == [
        ("−9,999 tkr", "−9,999 tkr"),
        ("−9\u00a0999 tkr", "−9 999 tkr"),
    ]
    assert [read(one.text, "mnkr") for one in asked.value.choices] == ["-0.009999", "-9.999"]


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("5 %", "dagar", "”5 %” är skrivet i %, men raden mäts i dagar."),
        ("1,5 mdr", "", "”1,5 mdr” är skrivet i mdr, men raden har ingen enhet."),
    ],
)
def test_number_in_another_unit_says_so(text, unit, reason):
    with pytest.raises(OtherUnit, match=f"^{reason}"):
        measured(text, unit)
