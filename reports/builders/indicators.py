"""Indicators at a period, printed with the columns their kinds ask for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from figures.enums import ValueKind, ValueScope
from governance.enums import Light
from governance.models import Body, Period
from governance.rules import FigureRef
from reports.blocks import indicators
from reports.blocks.base import lowered
from reports.blocks.indicators import (
    ChartOptions,
    ChartSeries,
    ChartTarget,
    ChartValue,
    Column,
    FiguresOptions,
    IndicatorCell,
    IndicatorChart,
    IndicatorFigures,
    IndicatorGroup,
    IndicatorLine,
    IndicatorTable,
    TableOptions,
)
from reports.builders.block_periods import compared, main_period, period_names, periods_of, year_of
from reports.models import BlockSpec
from targets.enums import Concept
from targets.outcomes.queries.figures import (
    Cell,
    IndicatorRow,
    PrintedFigure,
    figures,
    indicator_rows,
)
from targets.outcomes.queries.trend import point_of
from targets.outcomes.rules.lights import columns_of
from targets.plans.queries.plans import keys_under
from targets.plans.queries.words import words_for

NO_VALUE = "–"
UNREAD = "Målet står som det skrevs och går inte att jämföra med."
JUDGED = {Light.MET, Light.NEAR, Light.MISSED}
WITH_UNIT = {ValueKind.NUMBER, ValueKind.INEQUALITY}


def indicator_figures(spec: BlockSpec, options: FiguresOptions, body: Body) -> IndicatorFigures:
    name, previous = period_names(spec)
    words = words_for(body.organisation_id, year_of(spec))
    return IndicatorFigures(
        change_word=words[Concept.CHANGE],
        forecast_word=words[Concept.FORECAST],
        key=spec.key,
        title=spec.title,
        shows=compared(spec),
        period=name,
        previous_period=previous,
        figures=tuple(
            indicators.Figure(
                key=row.key,
                name=row.name,
                unit=row.unit,
                value=row.value,
                previous=row.previous,
                change=row.change_judged,
                forecast=row.forecast,
                target=row.target_text,
                light=row.light,
                light_word=row.light_word,
                is_stated=row.is_stated,
                source=source_of(row),
                previous_source=previous_source_of(row),
            )
            for row in _rows(spec, options, body)
        ),
    )


def _rows(
    spec: BlockSpec, options: FiguresOptions, body: Body, *, with_units: bool = False
) -> list[IndicatorRow]:
    """The body's indicators at the block's period, narrowed to its group and goal."""
    period = main_period(spec)
    if period is None:
        return []
    rows = indicator_rows(body=body, period=period, with_units=with_units)
    year = period.ends_on.year
    shown = keys_under(body, year, options.goal_key) if options.goal_key else ()
    return [
        row
        for row in rows
        if options.group in {"", row.group} and (not shown or row.goal_key in shown)
    ]


def source_of(cell: Cell) -> FigureRef | None:
    """The row of the value. A value held back has none: its history would tell it."""
    return None if cell.light == Light.SUPPRESSED else cell.source


def previous_source_of(cell: Cell) -> FigureRef | None:
    """The row compared with; none where nothing of it is printed, it may be held back."""
    return cell.previous_source if cell.previous else None


def indicator_table(spec: BlockSpec, options: TableOptions, body: Body) -> IndicatorTable:
    name, previous = period_names(spec)
    period = main_period(spec)
    return IndicatorTable(
        key=spec.key,
        title=spec.title,
        shows=compared(spec),
        period=name,
        previous_period=previous,
        groups=tuple(_groups(spec, options, body, period)) if period else (),
    )


def _groups(
    spec: BlockSpec, options: TableOptions, body: Body, period: Period
) -> Iterator[IndicatorGroup]:
    """The rows in plan order, apart by the columns that their kinds ask for."""
    words = words_for(body.organisation_id, period.ends_on.year)
    families: dict[tuple[Concept, ...], list[IndicatorRow]] = {}
    for row in _rows(spec, options, body, with_units=options.shows_units):
        families.setdefault(columns_of(row.indicator_kind), []).append(row)
    for rows in families.values():
        columns = list(_columns(rows, words, period))
        printer = _Printer(
            columns=[Concept(column.code) for column in columns],
            shows_status=any(row.status_is_due for row in rows),
            options=options,
            organisation=body.organisation.name,
        )
        yield IndicatorGroup(
            heading="/".join(dict.fromkeys(words[row.indicator_kind] for row in rows)),
            columns=tuple(columns),
            shows_status=printer.shows_status,
            lines=tuple(printer.line(row) for row in rows),
        )


def _columns(
    rows: Sequence[IndicatorRow], words: Mapping[str, str], period: Period
) -> Iterator[Column]:
    """Every column a row asks for, in the rule's order. A long-term target is not owed, so its
    column stands only where some row has one; beside last year's, the outcome names its year."""
    asked = {
        concept
        for row in rows
        for concept in columns_of(row.indicator_kind, has_target=row.has_target)
    }
    if any(cell.forecast for row in rows for cell in (row, *row.parts, *row.units)):
        asked.add(Concept.FORECAST)
    if not any(row.long_term_text for row in rows):
        asked.discard(Concept.TARGET_LONG_TERM)
    headings = dict(words)
    if Concept.PREVIOUS in asked:
        headings[Concept.OUTCOME] = f"{words[Concept.OUTCOME]} {_span(period)}"
        if period.previous and words[Concept.PREVIOUS] == Concept.PREVIOUS.label:
            headings[Concept.PREVIOUS] = f"{words[Concept.OUTCOME]} {_span(period.previous)}"
    order = (
        Concept.OUTCOME,
        Concept.FORECAST,
        Concept.TARGET_YEAR,
        Concept.TARGET_LONG_TERM,
        Concept.PREVIOUS,
        Concept.CHANGE,
    )
    for concept in order:
        if concept in asked:
            yield Column(code=concept.value, heading=headings[concept])


def _span(period: Period) -> str:
    """'2025' of a whole year, else 'delår 2 2025'."""
    first, last = period.starts_on, period.ends_on
    is_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if is_year and first.year == last.year:
        return str(last.year)
    return lowered(period.name)


@dataclass(frozen=True, kw_only=True)
class _Printer:
    """Prints the rows of one table: all with the same columns."""

    columns: Sequence[Concept]
    shows_status: bool
    options: TableOptions
    organisation: str

    def line(self, row: IndicatorRow) -> IndicatorLine:
        options = self.options
        parts = (
            *(row.parts if options.shows_breakdown else ()),
            *(row.units if options.shows_units else ()),
        )
        comments = [
            row.comment,
            *(f"{part.label}: {part.comment}" for part in parts if part.comment),
        ]
        return IndicatorLine(
            key=row.key,
            name=". ".join(filter(None, (row.number.rstrip("."), row.name))),
            cells=tuple(self._cell(concept, row, row) for concept in self.columns),
            light=row.light,
            light_word=row.light_word,
            scope=self.organisation if row.scope == ValueScope.REGION else "",
            notes=tuple(_notes(row, parts)),
            comment="\n".join(filter(None, comments)) if options.with_comments else "",
            parts=tuple(
                IndicatorLine(
                    key="",
                    name=part.label,
                    cells=tuple(self._cell(concept, part, row) for concept in self.columns),
                    light=part.light,
                    light_word=part.light_word,
                )
                for part in parts
            ),
        )

    def _cell(self, concept: Concept, cell: Cell, row: IndicatorRow) -> IndicatorCell:
        """What stands in the column. A part shows the whole's target where it is judged by it."""
        if concept == Concept.OUTCOME:
            return self._outcome(cell, row)
        if concept in {Concept.FORECAST, Concept.PREVIOUS}:
            return _other_value(concept, cell, row)
        if concept == Concept.CHANGE:
            return IndicatorCell(text=cell.change_judged or NO_VALUE)
        if cell is not row and (concept == Concept.TARGET_LONG_TERM or cell.light not in JUDGED):
            return IndicatorCell(text="")
        text = row.long_term_text if concept == Concept.TARGET_LONG_TERM else row.target_text
        return IndicatorCell(text=with_unit(text, row.unit) or NO_VALUE)

    def _outcome(self, cell: Cell, row: IndicatorRow) -> IndicatorCell:
        """The value; without one, which of the four blanks it is, unless the status says so."""
        source = source_of(cell)
        if not cell.value:
            text = NO_VALUE if self.shows_status else cell.light_word
            return IndicatorCell(text=text, is_blank=True, source=source)
        text = with_unit(cell.value, row.unit) if cell.kind in WITH_UNIT else cell.value
        return IndicatorCell(text=text, source=source)


def _other_value(concept: Concept, cell: Cell, row: IndicatorRow) -> IndicatorCell:
    """The forecast, or the value compared with, and the row it came from."""
    is_forecast = concept == Concept.FORECAST
    text = with_unit(cell.forecast if is_forecast else cell.previous, row.unit)
    source = source_of(cell) if is_forecast else previous_source_of(cell)
    return IndicatorCell(text=text or NO_VALUE, source=source if text else None)


def with_unit(text: str, unit: str) -> str:
    """'5,7' and '%' as '5,7 %'; a text that already ends in words or a unit stands as written,
    but its per cent sign never alone on a line."""
    if unit and text[-1:].isdigit():
        return f"{text}\N{NO-BREAK SPACE}{unit}"
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def _notes(row: IndicatorRow, parts: Iterable[Cell]) -> Iterator[str]:
    """What a reader must know of the value, said of the whole and of each part."""
    if row.warning:
        yield f"{row.warning.rstrip('.')}."
    if row.target_unread:
        yield UNREAD
    for cell, name in ((row, ""), *((part, part.label) for part in parts)):
        said = list(_marks(cell))
        if said:
            yield f"{name}: {lowered(', '.join(said))}." if name else f"{', '.join(said)}."


def _marks(cell: Cell) -> Iterator[str]:
    if cell.is_carried_forward:
        measured = f", gjord {cell.measured_on.isoformat()}" if cell.measured_on else ""
        yield f"Från tidigare mätning{measured}"
    elif cell.measured_on:
        yield f"Mätt {cell.measured_on.isoformat()}"
    if cell.is_stated:
        yield "Uppgivet värde"


def indicator_chart(spec: BlockSpec, options: ChartOptions, body: Body) -> IndicatorChart:
    """One indicator over the block's periods, with women and men or categories when asked."""
    periods = sorted(periods_of(spec), key=lambda period: (period.ends_on, period.pk))
    found = [figure for period in periods for figure in _figures_at(options, body, period)]
    words = words_for(body.organisation_id, year_of(spec))
    indicator = found[0].indicator if found else None
    shown = [_series_of(options, figure.row) for figure in found]
    return IndicatorChart(
        key=spec.key,
        title=spec.title,
        shows=_from_to(periods),
        indicator=indicator.name if indicator else "",
        unit=indicator.unit_label if indicator else "",
        periods=tuple(period.name for period in periods) if indicator else (),
        series=tuple(
            ChartSeries(name=cells[0].label, values=tuple(_chart_value(cell) for cell in cells))
            for cells in zip(*shown, strict=True)
        ),
        targets=tuple(_chart_target(figure.row) for figure in found),
        target_word=words[Concept.TARGET_YEAR],
    )


def _figures_at(options: ChartOptions, body: Body, period: Period) -> list[PrintedFigure]:
    return figures(body=body, period=period, keys=[options.indicator_key])


def _series_of(options: ChartOptions, row: IndicatorRow) -> tuple[Cell, ...]:
    return (row, *row.parts) if options.shows_breakdown else (row,)


def _from_to(periods: Sequence[Period]) -> str:
    """'Helår 2023–helår 2025'"""
    if not periods:
        return "Perioder saknas"
    first, last = periods[0].name, periods[-1].name
    return first if len(periods) == 1 else f"{first}–{lowered(last)}"


def _chart_value(cell: Cell) -> ChartValue:
    """What is drawn, or said where there is nothing to draw, and the row it came from."""
    point = point_of(cell)
    return ChartValue(text=point.text, number=point.number, source=source_of(cell))


def _chart_target(row: IndicatorRow) -> ChartTarget | None:
    target = row.target
    if target is None or not target.is_bound:
        return None
    return ChartTarget(low=target.low, high=target.high, strict=target.strict)
