"""How a report's tables and slides lie on paper, seen in the PDF."""

import re
import subprocess

import pytest

from documents.enums import PageFormat
from tests.reports.test_printing import printed, texts

ROWS = "".join(
    f"<tbody><tr><th scope=row>Rad {n}</th><td class=pk-num>16,4\u00a0mnkr</td><td class=pk-num>{n}</td>"
    f"<td class=pk-num>{n}</td><td>Når målet</td></tr>"
    f"<tr class=pk-remark><td colspan=5><p>Om rad {n}</p></td></tr></tbody>"
    for n in range(4)
)
TABLE = (
    "<table class='pk-table pk-measures'><thead><tr><th class=pk-measures__name>Styrtal</th>"
    "<th class=pk-num>Utfall</th><th class=pk-num>Årets målvärde</th>"
    "<th class=pk-num>Långsiktigt målvärde</th><th class=pk-measures__status>Status</th>"
    f"</tr></thead>{ROWS}</table>"
)


def pages(lines: int, page_format: PageFormat) -> list[str]:
    body = f"<section class=content><h2>Styrtal</h2>{'<p>Text</p>' * lines}{TABLE}</section>"
    return texts(printed(f"<html lang=sv><title>Prov</title><body>{body}</html>", page_format))


@pytest.mark.parametrize("page_format", list(PageFormat))
@pytest.mark.parametrize("more", range(6))
def test_no_row_is_split_from_its_comment(page_format, more):
    lines = {PageFormat.SLIDES: 5, PageFormat.A4: 30}[page_format] + more
    for page in pages(lines, page_format):
        assert re.findall(r"Rad (\d)", page) == re.findall(r"Om rad (\d)", page)


def test_no_word_and_no_unit_is_broken_in_a_table():
    text = " ".join(pages(1, PageFormat.A4)[0].split())

    assert "Långsiktigt målvärde" in text
    assert text.count("16,4 mnkr") == 4


@pytest.mark.parametrize("page_format", list(PageFormat))
def test_the_bar_at_the_side_is_one(page_format, tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(printed("<html><title>Prov</title><section class=content>Text", page_format))
    drawn = subprocess.run(  # noqa: S603 -- poppler on our own file
        ["pdftoppm", "-r", "110", str(file)],  # noqa: S607 -- found on PATH
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    _kind, size, _depth, pixels = drawn.split(b"\n", 3)
    width, height = map(int, size.split())

    bar = {pixels[(y * width + 5) * 3 : (y * width + 5) * 3 + 3].hex() for y in range(height - 1)}

    assert bar == {"004890"}
