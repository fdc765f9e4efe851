"""The lines of the overview's table."""

from typing import NamedTuple

from django import template
from django.template.loader import get_template

from desk.overview.queries.tables import OverviewLine, TableFacts, lines_of
from figures.memo import remembered
from targets.outcomes.queries.figures import Cell

register = template.Library()


class Shown(NamedTuple):
    """A committee's cell as it is printed."""

    committee_id: int
    name: str
    is_handed_in: bool
    missing: str
    figure: Cell | None
    is_asked: bool


class PrintedLine(NamedTuple):
    """An indicator's line as it is printed; equal lines are printed alike."""

    period_id: int
    indicator_id: int
    number: str
    name: str
    unit: str
    change_word: str
    cells: tuple[Shown, ...]


@register.simple_tag
@remembered("the committees' standing and the bytes they handed in, as values", size=64)
def overview_lines(facts: TableFacts) -> str:
    """The lines as HTML, under their areas where one committee is chosen."""
    table = lines_of(facts)
    lines = [(line.area, _line(line, facts)) for line in table.lines]
    context = {"lines": lines, "width": len(table.columns) + 1}
    return get_template("desk/_overview_lines.html").render(context)


def _line(line: OverviewLine, facts: TableFacts) -> str:
    return _rendered(
        PrintedLine(
            period_id=facts.period_id,
            indicator_id=line.indicator.id,
            number=line.indicator.number,
            name=line.indicator.name,
            unit=line.indicator.unit_label,
            change_word=facts.change_word,
            cells=tuple(
                Shown(
                    committee_id=cell.committee.id,
                    name=cell.committee.name,
                    is_handed_in=cell.committee.is_handed_in,
                    missing=cell.committee.hand_in.word,
                    figure=cell.figure,
                    is_asked=cell.is_asked,
                )
                for cell in line.cells
            ),
        )
    )


@remembered("the line as it is printed", size=4096)
def _rendered(line: PrintedLine) -> str:
    return get_template("desk/_overview_line.html").render({"line": line})
