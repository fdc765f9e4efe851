"""The indicators that a report prints, each once at a period: what its approver is told of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from governance.enums import Light
from governance.rules import FigureRef
from reports.blocks.content import PackContent
from reports.blocks.indicators import IndicatorFigures, IndicatorTable


@dataclass(frozen=True, kw_only=True)
class PrintedOutcome:
    """One indicator at one period, as it is printed; ``light`` is None where no status is shown."""

    name: str
    value: str
    word: str
    light: Light | None
    comment: str = ""
    source: FigureRef | None = None


def printed_outcomes(content: PackContent) -> Iterable[PrintedOutcome]:
    """In the order of the report; a table tells more than a figure, so tables go first."""
    blocks = [block for section in content.sections for block in section.blocks]
    found: dict[tuple[str, str], PrintedOutcome] = {}
    for block in blocks:
        if isinstance(block, IndicatorTable):
            for key, outcome in _of_table(block):
                found.setdefault((block.period, key), outcome)
    for block in blocks:
        if isinstance(block, IndicatorTable | IndicatorFigures):
            for figure in block.figures:
                value = f"{figure.value} {figure.unit}".strip() if figure.value else ""
                printed = PrintedOutcome(
                    name=figure.name, value=value, word=figure.light_word, light=figure.light,
                    source=figure.source,
                )  # fmt: skip
                found.setdefault((block.period, figure.key), printed)
    return found.values()


def _of_table(table: IndicatorTable) -> Iterator[tuple[str, PrintedOutcome]]:
    for group in table.groups:
        for line in group.lines:
            cells = zip(group.columns, line.cells, strict=True)
            cell = next((cell for column, cell in cells if column.is_outcome), None)
            yield (
                line.key,
                PrintedOutcome(
                    name=line.name,
                    value=cell.text if cell and not cell.is_blank else "",
                    source=cell.source if cell else None,
                    word=line.light_word if group.shows_status else "",
                    light=line.light if group.shows_status else None,
                    comment=line.comment,
                ),
            )
