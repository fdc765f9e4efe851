"""A place and its text are the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.rules.key import MAX_ID, CellKey, Key, cell_from, key_from

KEYS = [
    ("12", Key(what=12)),
    ("12w", Key(what=12, part="w")),
    ("12c5", Key(what=12, part="c5")),
    ("12u34", Key(what=12, unit=34)),
    ("12u34m", Key(what=12, unit=34, part="m")),
    ("12u34c5p7", Key(what=12, unit=34, part="c5", period=7)),
]  # fmt: skip
IDS = st.integers(min_value=1, max_value=10**18 - 1)
PARTS = st.one_of(st.sampled_from(["", "w", "m"]), IDS.map(lambda each: f"c{each}"))


@pytest.mark.parametrize(("text", "key"), KEYS, ids=[text for text, _key in KEYS])
def test_key_is_read_and_printed(text, key):
    assert key_from(text) == key
    assert str(key) == text


@pytest.mark.parametrize(
    "text",
    ["", "0", "012", "12x", "12wm", "12w5", "12c", "12c0", "12u", "12wu34", "1e3", "-1", " 12", "12 ", "12\n", "١٢", "9" * 19, "12c5c6", "12u3u4", "12W", "12p", "12p7u3"],
)  # fmt: skip
def test_anything_else_is_no_key(text):
    assert key_from(text) is None


@given(IDS, st.one_of(st.none(), IDS), PARTS, st.one_of(st.none(), IDS))
def test_every_key_comes_back(what, unit, part, period):
    key = Key(what=what, unit=unit, part=part, period=period)

    assert key_from(str(key)) == key
    assert what <= MAX_ID


@given(st.text(max_size=20))
def test_whatever_is_read_is_printed_the_same(text):
    key = key_from(text)

    assert key is None or str(key) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12.value", CellKey(row=Key(what=12), column="value")),
        ("12u3w.p7_passed", CellKey(row=Key(what=12, unit=3, part="w"), column="p7_passed")),
        ("12", None),
        (".value", None),
        ("12.", None),
        ("12.Value", None),
        ("12.a.b", None),
        ("12." + "a" * 41, None),
    ],
)
def test_cell_is_a_row_and_a_column(text, cell):
    assert cell_from(text) == cell
