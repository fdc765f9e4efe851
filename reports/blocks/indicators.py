"""Indicators at a period: as large figures, as a table and as a chart."""

from collections.abc import Iterator

import msgspec

from governance.enums import Light
from governance.rules import FigureRef
from reports.blocks.base import Block, with_previous


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator at one period. ``value`` is "" when blank; ``light_word`` says which blank."""

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

    @property
    def in_words(self) -> str:
        value = with_previous(self.value, self.unit, self.previous)
        target = f"mål {self.target}" if self.target else ""
        return ", ".join(filter(None, (value, target, self.light_word)))


class IndicatorFigures(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    period: str
    previous_period: str
    figures: tuple[Figure, ...]

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

    @property
    def lines(self) -> "tuple[IndicatorLine, ...]":
        return (self, *self.parts)

    @property
    def sources(self) -> tuple[FigureRef, ...]:
        """The rows of the line and its parts, to be marked where one has changed."""
        return tuple(cell.source for line in self.lines for cell in line.cells if cell.source)


class IndicatorGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indicators whose kinds are printed with the same columns."""

    heading: str
    columns: tuple[Column, ...]
    shows_status: bool
    lines: tuple[IndicatorLine, ...]

    @property
    def width(self) -> int:
        return 1 + len(self.columns) + self.shows_status

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
        return ", ".join([*said, line.light_word] if self.shows_status else said)

    def _refs(self, name: str, line: IndicatorLine) -> Iterator[tuple[str, FigureRef | None]]:
        """The outcome under the line's own name, so that a reader finds what was printed of it."""
        for column, cell in zip(self.columns, line.cells, strict=True):
            if cell.source:
                yield (name if column.is_outcome else f"{name}, {column.heading}"), cell.source


class IndicatorTable(Block, frozen=True, kw_only=True):
    """``figures`` is what schema 1 held; ``groups`` came with schema 2."""

    key: str
    title: str
    shows: str
    period: str
    previous_period: str
    figures: tuple[Figure, ...] = ()
    groups: tuple[IndicatorGroup, ...] = ()

    @property
    def has_caption(self) -> bool:
        return bool(self.groups)

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
