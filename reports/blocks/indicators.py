"""Indicators at a period: as large figures, as a table and as a chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from figures.rules.charts import Chart, ChartLine, ChartPoint, chart
from governance.enums import Light
from governance.rules import FigureRef
from reports.blocks.base import Block, lowered, with_previous
from reports.blocks.options import Key, Options, PlanGroup
from targets.indicators.rules.target_values import ParsedTarget


class Figure(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One indicator at one period. ``value`` is "" when blank; ``light_word`` says which blank.

    ``forecast`` came later: bytes without it are written as they were.
    """

    key: str
    name: str
    unit: str
    value: str
    previous: str
    change: str
    target: str
    light: Light
    light_word: str
    is_stated: bool
    source: FigureRef | None
    previous_source: FigureRef | None
    forecast: str = ""

    @property
    def forecast_said(self) -> str:
        return f"prognos för året {self.forecast} {self.unit}".strip() if self.forecast else ""

    @property
    def in_words(self) -> str:
        value = with_previous(self.value, self.unit, self.previous)
        target = f"mål {self.target}" if self.target else ""
        return ", ".join(filter(None, (value, self.forecast_said, target, self.light_word)))


class FiguresOptions(Options, frozen=True, kw_only=True):
    """Narrowed to a group of the plan and to a goal; a key that names nothing shows nothing."""

    group: PlanGroup = ""
    goal_key: Key = ""


class TableOptions(FiguresOptions, frozen=True, kw_only=True):
    """The parts are women and men or categories, and units."""

    shows_breakdown: bool = False
    shows_units: bool = False
    with_comments: bool = False


class ChartOptions(Options, frozen=True, kw_only=True):
    """The indicator that is drawn."""

    indicator_key: Key = ""
    shows_breakdown: bool = False


class IndicatorFigures(Block, frozen=True, kw_only=True, omit_defaults=True):
    """The words came later: bytes without them are written as they were."""

    period: str
    previous_period: str
    figures: tuple[Figure, ...]
    change_word: str = "Förändring"
    forecast_word: str = "Prognos för året"

    def facts(self) -> Iterator[tuple[str, str]]:
        return ((figure.name, figure.in_words) for figure in self.figures)

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for figure in self.figures:
            yield figure.name, figure.source
            yield f"{figure.name}, {self.previous_period.lower()}", figure.previous_source


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``code`` says what stands in the column, ``heading`` what the organisation calls it."""

    code: str
    heading: str

    @property
    def is_outcome(self) -> bool:
        return self.code == "outcome"


class IndicatorCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one cell prints; ``is_blank`` when it says in words why there is no value."""

    text: str
    is_blank: bool = False
    source: FigureRef | None = None


class IndicatorLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator, or one of its parts (women, men, a category, a unit), at the period."""

    key: str
    name: str
    cells: tuple[IndicatorCell, ...]
    light: Light
    light_word: str
    scope: str = ""
    notes: tuple[str, ...] = ()
    comment: str = ""
    parts: "tuple[IndicatorLine, ...]" = ()


@dataclass(frozen=True, kw_only=True)
class PrintedRow:
    """A line with each cell beside its column, as a table prints it."""

    line: IndicatorLine
    is_part: bool
    cells: tuple[tuple[Column, IndicatorCell], ...]


class IndicatorGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indicators whose kinds are printed with the same columns."""

    heading: str
    columns: tuple[Column, ...]
    shows_status: bool
    lines: tuple[IndicatorLine, ...]

    @property
    def width(self) -> int:
        return 1 + len(self.columns) + self.shows_status

    @property
    def printed(self) -> Iterator[tuple[IndicatorLine, list[PrintedRow]]]:
        """Each indicator with its rows: the whole first, then its parts."""
        for line in self.lines:
            yield (
                line,
                [
                    PrintedRow(
                        line=row,
                        is_part=row is not line,
                        cells=tuple(zip(self.columns, row.cells, strict=True)),
                    )
                    for row in (line, *line.parts)
                ],
            )

    def facts(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            yield line.name, self._in_words(line)
            for part in line.parts:
                yield f"{line.name}, {part.name}", self._in_words(part)
            if line.notes:
                yield f"{line.name}, anmärkning", " ".join(line.notes)
            if line.comment:
                yield f"{line.name}, kommentar", line.comment

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for line in self.lines:
            yield from self._refs(line.name, line)
            for part in line.parts:
                yield from self._refs(f"{line.name}, {part.name}", part)

    def _in_words(self, line: IndicatorLine) -> str:
        said = [
            f"{column.heading} {cell.text}"
            for column, cell in zip(self.columns, line.cells, strict=True)
        ]
        status = line.light_word if self.shows_status else ""
        return ", ".join(filter(None, (*said, status)))

    def _refs(self, name: str, line: IndicatorLine) -> Iterator[tuple[str, FigureRef | None]]:
        """The outcome under the line's own name, so that a reader finds what was printed of it."""
        for column, cell in zip(self.columns, line.cells, strict=True):
            if cell.source:
                yield (name if column.is_outcome else f"{name}, {column.heading}"), cell.source


class IndicatorTable(Block, frozen=True, kw_only=True):
    """``figures`` is what schema 1 held; ``groups`` came with schema 2."""

    period: str
    previous_period: str
    figures: tuple[Figure, ...] = ()
    groups: tuple[IndicatorGroup, ...] = ()

    @property
    def has_caption(self) -> bool:
        return bool(self.groups)

    @property
    def period_inside(self) -> str:
        return lowered(self.period)

    def facts(self) -> Iterator[tuple[str, str]]:
        for group in self.groups:
            yield from group.facts()
        for figure in self.figures:
            yield figure.name, figure.in_words

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for group in self.groups:
            yield from group.refs()
        for figure in self.figures:
            yield figure.name, figure.source
            yield f"{figure.name}, {self.previous_period.lower()}", figure.previous_source


class ChartValue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value as printed; ``number`` is what is drawn, none where there is nothing to draw."""

    text: str
    number: Decimal | None
    source: FigureRef | None


class ChartSeries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    values: tuple[ChartValue, ...]


class ChartTarget(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A period's target as it was understood: bounds, and whether the bound itself misses it."""

    low: Decimal | None
    high: Decimal | None
    strict: bool

    @property
    def parsed(self) -> ParsedTarget:
        return ParsedTarget(low=self.low, high=self.high, strict=self.strict)


class IndicatorChart(Block, frozen=True, kw_only=True):
    """One indicator over periods. The values are kept; they are drawn anew by the same rule."""

    indicator: str
    unit: str
    periods: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    targets: tuple[ChartTarget | None, ...]
    target_word: str

    @property
    def has_caption(self) -> bool:
        return bool(self.series)

    @property
    def chart(self) -> Chart:
        return chart(
            title=self.title or self.indicator,
            unit=self.unit,
            periods=self.periods,
            lines=[
                ChartLine(
                    name=line.name,
                    points=tuple(
                        ChartPoint(text=value.text, number=value.number) for value in line.values
                    ),
                )
                for line in self.series
            ],
            targets=[target.parsed if target else None for target in self.targets],
            target_word=self.target_word,
        )

    @property
    def has_target(self) -> bool:
        return any(self.targets)

    @property
    def rows(self) -> Iterator[tuple[str, list[tuple[str, ChartValue]], str]]:
        """(period, each line's value, target in words): the same numbers as a table."""
        for index, period in enumerate(self.periods):
            target = self.targets[index]
            values = [(line.name, line.values[index]) for line in self.series]
            yield period, values, target.parsed.in_words if target else ""

    def facts(self) -> Iterator[tuple[str, str]]:
        for period, values, target in self.rows:
            for name, value in values:
                yield self._place(period, name), value.text
            if target:
                yield f"{self.indicator}, {period}, {self.target_word}", target

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for line in self.series:
            for period, value in zip(self.periods, line.values, strict=True):
                yield self._place(period, line.name), value.source

    def _place(self, period: str, name: str) -> str:
        whose = (name,) if len(self.series) > 1 else ()
        return ", ".join((self.indicator, period, *whose))
