"""The overview as a workbook: the same cells as the page, a row each, and what was chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias, TypeVar

from desk.overview.enums import OverviewMode
from desk.overview.queries.ground import Committee
from desk.overview.queries.tables import AreaCell, Count, FigureCell, Overview
from figures.workbook import CONTENT_TYPE, Number, Sheet, SheetColumn, SheetValue, workbook
from governance.enums import Light
from governance.rules import decimals_of, rounded
from targets.enums import Concept, many
from targets.outcomes.queries.figures import Cell
from targets.outcomes.queries.snapshot import KeptIndicator
from targets.outcomes.rules.lights import Change

__all__ = ["CONTENT_TYPE", "filename", "of_overview"]

NOT_PLANNED = "Ingår inte i nämndens plan"
Item = TypeVar("Item")
Told: TypeAlias = tuple[
    SheetColumn, Callable[[Item], SheetValue]
]  # a column, and what it says of a row


def filename(page: Overview) -> str:
    period = page.ground.period
    return f"namndoversikt-{period.ends_on.isoformat() if period else 'tom'}.xlsx"


def of_overview(page: Overview, today: date) -> bytes:
    by_areas = page.asked.mode == OverviewMode.AREAS
    return workbook(
        [
            _areas(page) if by_areas else _indicators(page),
            _sheet("Inlämning", page, STANDING_COLUMNS, page.ground.committees),
            _about(page, today),
        ]
    )


def _title(page: Overview) -> str:
    period = page.ground.period
    return f"Nämndöversikt {period.name}" if period else "Nämndöversikt"


def _sheet(
    name: str, page: Overview, columns: Sequence[Told[Item]], items: Iterable[Item]
) -> Sheet:
    return Sheet(
        name=name,
        title=_title(page),
        columns=[column for column, _value in columns],
        rows=[[value(item) for _column, value in columns] for item in items],
    )


class FigureRow(NamedTuple):
    """A committee's cell of an indicator; none where the committee has not handed in."""

    committee: Committee
    indicator: KeptIndicator | None = None
    cell: FigureCell | None = None


def _indicators(page: Overview) -> Sheet:
    """A row per committee and indicator, so that it can be sorted and pivoted."""
    rows = [
        FigureRow(cell.committee, line.indicator, cell)
        for line in page.indicator_lines
        for cell in line.cells
        if cell.committee.is_handed_in
    ]
    rows += [FigureRow(each) for each in page.columns if not each.is_handed_in]
    return _sheet(page.words[many(Concept.INDICATOR)], page, _figure_columns(page.words), rows)


def _of_cell(value: Callable[[FigureCell], SheetValue]) -> Callable[[FigureRow], SheetValue]:
    return lambda row: value(row.cell) if row.cell else None


def _of_figure(value: Callable[[Cell], SheetValue]) -> Callable[[FigureRow], SheetValue]:
    return _of_cell(lambda cell: value(cell.figure) if cell.figure else None)


def _status(cell: FigureCell) -> SheetValue:
    return cell.figure.light_word if cell.figure else NOT_PLANNED


def _number(exact: Decimal | None, decimals: int, printed: str) -> SheetValue:
    """The number rounded as it is printed; words stay words."""
    return printed if exact is None else Number(value=rounded(exact, decimals), decimals=decimals)


def _change(change: Change | None) -> SheetValue:
    return (
        None if change is None else Number(value=change.value, decimals=decimals_of(change.value))
    )


def _figure_columns(words: Mapping[str, str]) -> Sequence[Told[FigureRow]]:
    return (
        (SheetColumn(title="Nämnd", width=24), lambda row: row.committee.name),
        (SheetColumn(title="Inlämning", width=24), lambda row: row.committee.words),
        (SheetColumn(title=words[Concept.FOCUS_AREA], width=28), _of_cell(lambda cell: cell.area)),
        (
            SheetColumn(title=words[Concept.INDICATOR], width=38),
            lambda row: row.indicator.name if row.indicator else None,
        ),
        (
            SheetColumn(title="Enhet", width=10),
            lambda row: row.indicator.unit_label if row.indicator else None,
        ),
        (
            SheetColumn(title=words[Concept.OUTCOME]),
            _of_figure(lambda each: _number(each.exact, each.decimals, each.value)),
        ),
        (SheetColumn(title="Status", width=20), _of_cell(_status)),
        (
            SheetColumn(title=words[Concept.TARGET_YEAR], width=16),
            _of_cell(lambda cell: cell.target),
        ),
        (
            SheetColumn(title=words[Concept.PREVIOUS]),
            _of_figure(
                lambda each: _number(each.previous_exact, each.previous_decimals, each.previous)
            ),
        ),
        (
            SheetColumn(title=words[Concept.CHANGE]),
            _of_figure(lambda figure: _change(figure.change)),
        ),
        (
            SheetColumn(title=f"{words[Concept.CHANGE]} i", width=16),
            _of_figure(lambda figure: figure.change.word if figure.change else None),
        ),
        (SheetColumn(title="Kommentar", width=60), _of_figure(lambda figure: figure.comment)),
    )


class AreaRow(NamedTuple):
    """A committee's cell of a focus area; none where the committee has not handed in."""

    committee: Committee
    area: str = ""
    cell: AreaCell | None = None


def _areas(page: Overview) -> Sheet:
    """A row per committee and focus area, a column per light and judgement that occurs."""
    rows = [
        AreaRow(line.committee, area, cell)
        for line in page.committee_lines
        for area, cell in zip(page.areas, line.cells, strict=False)
    ]
    cells = [row.cell for row in rows if row.cell]
    lights = _words((count.light, count.word) for cell in cells for count in cell.lights)
    judged = _words((count.light, count.word) for cell in cells for count in cell.judgements)
    columns: list[Told[AreaRow]] = [
        *_area_columns(page.words),
        *(
            (
                SheetColumn(title=f"{page.words[many(Concept.INDICATOR)]}: {word}"),
                _counted(lambda cell: cell.lights, word),
            )
            for word in lights
        ),
        *(
            (SheetColumn(title=f"Mål: {word}"), _counted(lambda cell: cell.judgements, word))
            for word in judged
        ),
    ]
    waiting = [AreaRow(line.committee) for line in page.committee_lines if not line.cells]
    order = [line.committee for line in page.committee_lines]
    return _sheet(
        page.words[many(Concept.FOCUS_AREA)],
        page,
        columns,
        sorted([*rows, *waiting], key=lambda row: order.index(row.committee)),
    )


def _counted(
    counts: Callable[[AreaCell], Iterable[Count]], word: str
) -> Callable[[AreaRow], SheetValue]:
    """How many have the word; nothing where the plan holds nothing to count."""

    def number(row: AreaRow) -> SheetValue:
        if row.cell is None or not row.cell.is_planned:
            return None
        return sum(count.number for count in counts(row.cell) if count.word == word)

    return number


def _area_columns(words: Mapping[str, str]) -> Sequence[Told[AreaRow]]:
    return (
        (SheetColumn(title="Nämnd", width=24), lambda row: row.committee.name),
        (SheetColumn(title="Inlämning", width=24), lambda row: row.committee.words),
        (SheetColumn(title=words[Concept.FOCUS_AREA], width=40), lambda row: row.area),
        (
            SheetColumn(title="Anmärkning", width=18),
            lambda row: NOT_PLANNED if row.cell and not row.cell.is_planned else None,
        ),
    )


def _words(found: Iterable[tuple[Light, str]]) -> list[str]:
    order = list(Light)
    return list(
        dict.fromkeys(word for light, word in sorted(found, key=lambda x: order.index(x[0])))
    )


STANDING_COLUMNS: tuple[Told[Committee], ...] = (
    (SheetColumn(title="Nämnd", width=40), lambda each: each.name),
    (SheetColumn(title="Läge", width=20), lambda each: each.hand_in.word),
    (SheetColumn(title="Inlämnad"), lambda each: each.hand_in.on),
    (SheetColumn(title="Sista dag"), lambda each: each.hand_in.due_on),
    (SheetColumn(title="Dagar sen"), lambda each: each.hand_in.days_late or None),
)


def _about(page: Overview, today: date) -> Sheet:
    """What was chosen, when, and what the words mean."""
    ground = page.ground
    return Sheet(
        name="Om filen",
        title="Om filen",
        columns=[SheetColumn(title="Uppgift", width=32), SheetColumn(title="Innehåll", width=80)],
        rows=[
            ["Uttagen", today],
            ["Period", ground.period.name if ground.period else "Ingen"],
            ["Nämnd", page.committee.name if page.committee else "Alla"],
            ["Status", page.asked_word or "Alla"],
            ["Innehåll", "Bara det som nämnderna har lämnat in."],
            *([each.word, each.says] for each in page.legend),
        ],
    )
