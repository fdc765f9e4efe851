"""The number rules against the table that JavaScript is tested with too (wall 9)."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from governance.rules import decimals_of, parse_swedish, swedish

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
