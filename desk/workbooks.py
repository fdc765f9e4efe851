"""The overview as a workbook: the same cells as the page, a row each, and what was chosen."""

from collections.abc import Iterable
from datetime import date

from desk.overview.enums import OverviewMode
from desk.overview.queries.ground import Committee
from desk.overview.queries.tables import Overview
from exchange.entry_workbook.workbook import (
    CONTENT_TYPE,
    Number,
    Sheet,
    SheetColumn,
    Value,
    workbook,
)
from governance.enums import Light
from governance.rules import decimals_of, parse_swedish
from targets.enums import OutcomeKind
from targets.outcomes.queries.figures import Cell

__all__ = ["CONTENT_TYPE", "filename", "of_overview"]

NOT_PLANNED = "Ingår inte i nämndens plan"


def filename(page: Overview) -> str:
    period = page.ground.period
    return f"namndoversikt-{period.ends_on.isoformat() if period else 'tom'}.xlsx"


def of_overview(page: Overview, today: date) -> bytes:
    by_areas = page.asked.mode == OverviewMode.AREAS
    return workbook(
        [
            _areas(page) if by_areas else _indicators(page),
            _standing(page),
            _about(page, today),
        ]
    )


def _title(page: Overview) -> str:
    period = page.ground.period
    return f"Nämndöversikt {period.name}" if period else "Nämndöversikt"


def _indicators(page: Overview) -> Sheet:
    """A row per committee and indicator, so that it can be sorted and pivoted."""
    rows: list[list[Value]] = []
    for line in page.indicator_lines:
        indicator = line.indicator
        for cell in line.cells:
            if not cell.committee.is_handed_in:
                continue
            about: list[Value] = [
                cell.committee.name,
                cell.committee.words,
                cell.area,
                indicator.name,
                indicator.unit_label,
            ]
            if cell.figure is None:
                rows.append([*about, None, NOT_PLANNED])
            else:
                rows.append([*about, *_figure(cell.figure, cell.target)])
    rows += [[each.name, each.words] for each in page.columns if not each.is_handed_in]
    return Sheet(
        name="Indikatorer",
        title=_title(page),
        columns=[
            SheetColumn(title="Nämnd", width=24),
            SheetColumn(title="Inlämning", width=24),
            SheetColumn(title="Fokusområde", width=28),
            SheetColumn(title="Indikator", width=38),
            SheetColumn(title="Enhet", width=10),
            SheetColumn(title="Utfall"),
            SheetColumn(title="Status", width=20),
            SheetColumn(title="Målvärde", width=16),
            SheetColumn(title="Föregående"),
            SheetColumn(title="Förändring"),
            SheetColumn(title="Förändring i", width=16),
            SheetColumn(title="Kommentar", width=60),
        ],
        rows=rows,
    )


def _figure(figure: Cell, target: str) -> list[Value]:
    change = figure.change
    return [
        _value(figure),
        figure.light_word,
        target,
        _number(figure.previous),
        _number(change.text) if change else None,
        change.word if change else None,
        figure.comment,
    ]


def _value(figure: Cell) -> Value:
    return _number(figure.value) if figure.kind == OutcomeKind.NUMBER else figure.value


def _number(printed: str) -> Value:
    """The number as printed, decimals and all; words stay words."""
    try:
        value = parse_swedish(printed)
    except ValueError:
        return printed
    return Number(value=value, decimals=decimals_of(value))


def _areas(page: Overview) -> Sheet:
    """A row per committee and focus area, a column per light and judgement that occurs."""
    cells = [cell for line in page.committee_lines for cell in line.cells]
    lights = _words((count.light, count.word) for cell in cells for count in cell.lights)
    judged = _words((count.light, count.word) for cell in cells for count in cell.judgements)
    rows: list[list[Value]] = []
    for line in page.committee_lines:
        about: list[Value] = [line.committee.name, line.committee.words]
        if not line.cells:
            rows.append(about)
        for area, cell in zip(page.areas, line.cells, strict=False):
            if not cell.is_planned:
                rows.append([*about, area, NOT_PLANNED])
                continue
            shown = {count.word: count.number for count in cell.lights}
            goals = {count.word: count.number for count in cell.judgements}
            rows.append(
                [
                    *about,
                    area,
                    None,
                    *(shown.get(word, 0) for word in lights),
                    *(goals.get(word, 0) for word in judged),
                ]
            )
    return Sheet(
        name="Fokusområden",
        title=_title(page),
        columns=[
            SheetColumn(title="Nämnd", width=24),
            SheetColumn(title="Inlämning", width=24),
            SheetColumn(title="Fokusområde", width=40),
            SheetColumn(title="Anmärkning", width=18),
            *(SheetColumn(title=f"Indikatorer: {word}") for word in lights),
            *(SheetColumn(title=f"Mål: {word}") for word in judged),
        ],
        rows=rows,
    )


def _words(found: Iterable[tuple[Light, str]]) -> list[str]:
    order = list(Light)
    return list(
        dict.fromkeys(word for light, word in sorted(found, key=lambda x: order.index(x[0])))
    )


def _standing(page: Overview) -> Sheet:
    return Sheet(
        name="Inlämning",
        title=_title(page),
        columns=[
            SheetColumn(title="Nämnd", width=40),
            SheetColumn(title="Läge", width=20),
            SheetColumn(title="Inlämnad"),
            SheetColumn(title="Sista dag"),
            SheetColumn(title="Dagar sen"),
        ],
        rows=[_standing_row(each) for each in page.ground.committees],
    )


def _standing_row(committee: Committee) -> list[Value]:
    stand = committee.hand_in
    late = stand.days_late or None
    return [committee.name, stand.word, stand.on, stand.due_on, late]


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
