"""Internal control: the results per period, and what remains to be done."""

from collections.abc import Iterator

import msgspec

from governance.enums import Light
from governance.rules import FigureRef
from reports.blocks.base import Block


class ControlCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    period: str
    word: str
    tone: Light
    source: FigureRef | None


class ControlRow(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """``remarks`` came later: bytes without them are written as they were."""

    area: str
    question: str
    cells: tuple[ControlCell, ...]
    remarks: tuple[str, ...] = ()


class ControlGrid(Block, frozen=True, kw_only=True):
    plan_year: int
    periods: tuple[str, ...]
    rows: tuple[ControlRow, ...]

    @property
    def width(self) -> int:
        return 1 + len(self.periods)

    def facts(self) -> Iterator[tuple[str, str]]:
        for row in self.rows:
            yield row.area, row.question
            for cell in row.cells:
                yield f"{row.area} {cell.period}", cell.word
            if row.remarks:
                yield f"{row.area}, kommentarer", " ".join(row.remarks)

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for row in self.rows:
            for cell in row.cells:
                yield f"{row.area}, {cell.period}", cell.source


class AreaActions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    area: str
    actions: tuple[str, ...]


class RemainingActions(Block, frozen=True, kw_only=True):
    plan_year: int
    areas: tuple[AreaActions, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        return ((f"åtgärder {area.area}", " · ".join(area.actions)) for area in self.areas)
