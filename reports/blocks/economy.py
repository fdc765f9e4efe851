"""Economy: amounts at a period beside the one before."""

from collections.abc import Iterator

import msgspec

from governance.rules import FigureRef
from reports.blocks.base import Block, with_previous


class EconomyLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    name: str
    mark: str
    unit: str
    value: str
    previous: str
    is_stated: bool
    source: FigureRef | None
    previous_source: FigureRef | None


class EconomyTable(Block, frozen=True, kw_only=True):
    period: str
    previous_period: str
    lines: tuple[EconomyLine, ...]
    footnotes: tuple[str, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            yield line.name, with_previous(line.value, line.unit, line.previous)

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for line in self.lines:
            yield line.name, line.source
            yield f"{line.name}, {self.previous_period.lower()}", line.previous_source
