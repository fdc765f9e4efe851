"""What was frozen before the steering chain's blocks is read and printed as it was."""

import html
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from reports.blocks.content import SCHEMA_VERSION, decode, differences, encode, figure_refs
from reports.clearance import printing

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLE = (DATA / "pack_schema_1.json").read_bytes()
OF_SCHEMA_2 = {
    "AssignmentList",
    "AttainmentSummary",
    "ControlGrid",
    "EconomyTable",
    "GoalTable",
    "IndicatorChart",
    "IndicatorFigures",
    "IndicatorTable",
    "Judgements",
    "Points",
    "RemainingActions",
}


def words_of(page: str) -> list[str]:
    """Every text of the body, with plain spaces."""
    pieces = re.split(r"<[^>]+>", page[page.index("<body") :])
    plain = (re.sub(r"\s+", " ", html.unescape(piece)).strip() for piece in pieces)
    return [piece for piece in plain if piece]


def test_bytes_of_schema_1_are_read():
    content = decode(SAMPLE)

    assert content.schema_version == 1
    assert [block.name for section in content.sections for block in section.blocks] == [
        "goaltable",
        "indicatorfigures",
        "indicatortable",
        "controlgrid",
        "remainingactions",
        "economytable",
        "points",
    ]
    assert len(list(figure_refs(content))) == 10
    assert differences(content, content) == ()


def test_schema_1_prints_the_same_words():
    page = printing.draft_html(decode(SAMPLE))

    expected = (DATA / "pack_schema_1.txt").read_text().splitlines()
    assert words_of(page) == [re.sub(r"\s+", " ", line).strip() for line in expected]


def test_bytes_of_schema_2_are_read_written_and_printed_as_they_were():
    """Made before the kinds of block were declared: every kind there was, with every option."""
    sample = (DATA / "pack_schema_2.json").read_bytes()
    content = decode(sample)

    assert {type(b).__name__ for s in content.sections for b in s.blocks} == OF_SCHEMA_2
    assert encode(content) == sample
    expected = (DATA / "pack_schema_2.txt").read_text().splitlines()
    assert words_of(printing.draft_html(content)) == expected


def test_what_is_made_now_is_of_schema_2():
    assert SCHEMA_VERSION == 2


def test_page_and_paper_have_the_same_foot():
    content = decode(SAMPLE)
    context = {"content": content, "section": content.sections[0], "changed": {}}

    page = render_to_string("reports/_slide.html", context)
    paper = html.unescape(re.search(r'data-foot="([^"]*)"', printing.draft_html(content))[1])

    foot = page[page.index("<footer") : page.index("</footer>")]
    assert re.findall(r"<span>([^<]+)</span>", html.unescape(foot)) == list(content.foot)
    assert paper.split("  ·  ") == list(content.foot)


@pytest.mark.parametrize("field", [b'"groups"', b'"judged_by"'])
def test_schema_1_knows_nothing_of_what_came_later(field):
    assert field not in SAMPLE
