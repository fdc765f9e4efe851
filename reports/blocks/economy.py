"""Economy: amounts at a period beside the one before."""

from collections.abc import Iterator

import msgspec

from governance.rules import FigureRef
from reports.blocks.base import Block, with_previous


class EconomyLine(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """``budget`` and what follows came later: bytes without them are written as they were."""

    key: str
    name: str
    mark: str
    unit: str
    value: str
    previous: str
    is_stated: bool
    source: FigureRef | None
    previous_source: FigureRef | None
    budget: str = ""
    deviation: str = ""
    forecast: str = ""
    year_budget: str = ""
    forecast_deviation: str = ""
    note: str = ""
    budget_source: FigureRef | None = None
    forecast_source: FigureRef | None = None

    @property
    def beside(self) -> Iterator[str]:
        """What is printed beside the outcome: budget, forecast and how they differ."""
        if self.budget:
            yield self._said("Budget", self.budget, self.deviation)
        if self.forecast:
            yield self._said("Prognos för året", self.forecast, self.forecast_deviation)
        if self.year_budget:
            yield self._said("Budget för året", self.year_budget)

    def _said(self, word: str, amount: str, deviation: str = "") -> str:
        said = f"{word} {amount} {self.unit}".strip()
        return f"{said}, avvikelse {deviation} {self.unit}".strip() if deviation else said

    @property
    def sources(self) -> tuple[FigureRef, ...]:
        found = (self.source, self.previous_source, self.budget_source, self.forecast_source)
        return tuple(source for source in found if source)


class EconomyTable(Block, frozen=True, kw_only=True):
    period: str
    previous_period: str
    lines: tuple[EconomyLine, ...]
    footnotes: tuple[str, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            outcome = with_previous(line.value, line.unit, line.previous)
            yield line.name, ", ".join(filter(None, (outcome, *line.beside, line.note)))

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for line in self.lines:
            yield line.name, line.source
            yield f"{line.name}, {self.previous_period.lower()}", line.previous_source
            yield f"{line.name}, budget", line.budget_source
            yield f"{line.name}, prognos", line.forecast_source
