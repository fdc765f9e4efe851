"""docs/where.md: every file it names exists, no change names more than six, each says what notices."""

import re

import pytest

from tests.architecture.house import ROOT

LARGEST = 6
CHANGES = [
    (heading, text)
    for heading, text in re.findall(
        r"^## (\d+\. .+?)$(.*?)(?=^## |\Z)",
        (ROOT / "docs/where.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )
]
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
PATH = re.compile(r"`([\w-]+(?:/[\w.-]+)+/?)`")


def test_fifteen_changes():
    assert [heading.partition(".")[0] for heading, _text in CHANGES] == [
        str(number) for number in range(1, 16)
    ]


@pytest.mark.parametrize(("heading", "text"), CHANGES, ids=[each[0] for each in CHANGES])
def test_change_names_files_that_exist_and_what_notices(heading, text):
    rows = ROW.findall(text)
    table = [line for line in text.splitlines() if line.startswith("| `")]

    assert 0 < len(rows) <= LARGEST
    assert len(rows) == len(table) == len({path for path, _what, _notices in rows})
    assert "\nTests anew: " in text
    assert [path for path in PATH.findall(text) if not (ROOT / path).exists()] == []
    assert [
        path for path, _what, _notices in rows if path.endswith("/") != (ROOT / path).is_dir()
    ] == []


def test_scan_finds_what_it_looks_for():
    assert ROW.findall("| `a/b.py` | c | d: e |\n| `f/` | g |") == [("a/b.py", "c", "d: e")]
    assert PATH.findall("`a/b.py`, `c/d/`, `told`, `make check`") == ["a/b.py", "c/d/"]
