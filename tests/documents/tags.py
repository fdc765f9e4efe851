"""What a reader with a screen reader hears of a table: poppler reads the tag tree, not we."""

import re
import subprocess
from pathlib import Path

CELL = re.compile(r"(?P<kind>TH|TD)\b(?: <(?P<key>[^>]+)>)?")


def data_cells(file: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Each data cell's text with the texts of the headings that it names."""
    tree = subprocess.run(  # noqa: S603 -- ours
        ["pdfinfo", "-struct-text", file],  # noqa: S607 -- found on PATH
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    headings: dict[str, list[str]] = {}
    cells: list[tuple[list[str], list[str]]] = []
    text: list[str] = []
    for line in map(str.strip, tree.splitlines()):
        if found := CELL.match(line):
            text = []
            if found["kind"] == "TD":
                cells.append((text, []))
            else:
                assert headings.setdefault(found["key"], text) is text, found["key"]
        elif line.startswith("/Headers"):
            cells[-1][1].extend(re.findall(r"\(([^)]+)\)", line))
        elif line.startswith('"'):
            text.append(line[1:-1].strip())
        elif line.startswith("Table"):
            text = []
    return [
        (" ".join(said), tuple(" ".join(headings[key]) for key in keys)) for said, keys in cells
    ]
