"""The entry grid of outcomes: what an indicator adds to the grid of every floor."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db import models

from figures.enums import CHOICES, ValueKind
from figures.rules.grid import COMMENT_COLUMN, GridColumn, GridRow, Group
from figures.rules.key import CellKey, Key
from figures.rules.value import Value, value_of
from figures.rules.words import read_comment
from governance.models import User
from rounds.grids import RoundGrid
from rounds.models import RoundState
from targets.enums import PART, Concept, RollUp
from targets.indicators.rules.value_range import limits_of
from targets.models import Indicator, Outcome
from targets.outcomes.actions.values import Writing, new_value, write_outcomes
from targets.outcomes.queries.entry import (
    COMMENT,
    FORECAST,
    VALUE,
    Labels,
    entry_groups,
    family_rows,
    read_values,
    values_of,
)
from targets.outcomes.queries.figures import key_of, light_words
from targets.outcomes.queries.frame import Frame, PlacedIndicator, entry_frame, placed
from targets.outcomes.rules.outcome_input import foresees, read_forecast, read_outcome
from targets.plans.queries.words import words_and_lights

OUTCOME_COLUMN = GridColumn(
    name=VALUE,
    label=str(Concept.OUTCOME.label),
    kinds=CHOICES,
    number_word="Tal eller olikhet",
    history="value",
)
FORECAST_COLUMN = GridColumn(
    name=FORECAST,
    label=str(Concept.FORECAST.label),
    is_counted=False,
    history="forecast_number",
    what="Prognosen",
    nothing="ingen prognos",
)


class OutcomeGrid(RoundGrid):
    part = PART
    namespace = "targets"
    title = str(Concept.OUTCOME.label)
    file_word = "utfall"
    how = (
        "Skriv ett tal, en olikhet (”> 80”, ”minst 5”) eller för andelar ”228 av 413”. Text och ”Ej "
        "tillämpligt” väljs i radens meny ⋯. Ett tomt fält betyder att utfallet saknas."
    )
    empty = "Här fylls utfallen i för indikatorerna i nämndens plan för året. Planen har inga ännu."
    row_word = str(Concept.INDICATOR.label)
    trend_word = "Utveckling"
    history_name = "outcome_row"
    _places: Mapping[int, PlacedIndicator] | None = None  # of a save, read before it
    _frame: Frame | None = None
    _rows: list[Outcome] | None = None  # held, of this and the periods compared with
    _keys: frozenset[Key] = frozenset()

    def __init__(self, state: RoundState, *siblings: RoundState) -> None:
        super().__init__(state, *siblings)
        self._head(str(Concept.OUTCOME.label), str(Concept.FORECAST.label))

    def _head(self, outcome: str, forecast: str) -> None:
        foreseen = (replace(FORECAST_COLUMN, label=forecast),)
        self.columns: Sequence[GridColumn] = (
            replace(OUTCOME_COLUMN, label=outcome),
            *(foreseen if foresees(self.period.ends_on) else ()),
            COMMENT_COLUMN,
        )

    def groups(self, keys: Collection[Key] | None = None, *, lock: bool = False) -> Sequence[Group]:
        if keys is None:
            return self._page()
        if lock or self._rows is None or not self._keys.issuperset(keys):
            self._read(keys, lock=lock)
        assert self._frame is not None and self._rows is not None  # noqa: S101, PT018 -- just read
        read: dict[int, dict[int, list[tuple[Any, ...]]]] = {}
        for row in self._rows:
            by_period = read.setdefault(row.indicator_id, {})
            by_period.setdefault(row.period_id, []).append(values_of(row))
        labels = Labels(lights=self._lights)
        groups = entry_groups(self._frame, read, is_open=True, labels=labels, chain=self.chain)
        return family_rows(groups, keys)

    def _page(self) -> Sequence[Group]:
        words, lights = words_and_lights(self.body.organisation_id, self.period.ends_on.year)
        before = self.period.previous
        labels = Labels(
            target=words[Concept.TARGET_YEAR],
            previous=before.short_name or before.name if before else words[Concept.PREVIOUS],
            change=words[Concept.CHANGE],
            lights=tuple(lights.items()),
        )
        self._head(words[Concept.OUTCOME], words[Concept.FORECAST])
        self.title, self.row_word = words[Concept.OUTCOME], words[Concept.INDICATOR]
        frame = entry_frame(body=self.body, period=self.period)
        return entry_groups(
            frame,
            read_values(frame, self.chain),
            is_open=self.is_open,
            labels=labels,
            chain=self.chain,
            address=self.row_address(),
        )

    @cached_property
    def _lights(self) -> tuple[tuple[str, str], ...]:
        return tuple(light_words(self.body.organisation_id, self.period.ends_on.year).items())

    def prepare(self, keys: Collection[Key]) -> None:
        self._places = placed(self.body, self.period, {key.what for key in keys})
        self._lights  # noqa: B018 -- read now

    def _read(self, keys: Collection[Key], *, lock: bool) -> None:
        indicators = {key.what for key in keys}
        if self._places is None or not self._places.keys() >= indicators:
            self._places = placed(self.body, self.period, indicators)
        frame = entry_frame(body=self.body, period=self.period, places=self._places, hold=lock)
        for key in keys:
            frame.address(key)  # or 404
        rows = Outcome.objects.filter(
            indicator__in=indicators,
            unit__in=frame.units,
            period__in=self.chain,
        ).order_by("id")
        self._rows = list(rows.select_for_update() if lock else rows)
        self._frame, self._keys = frame, frozenset(keys)

    def read(self, row: GridRow, column: GridColumn, text: str, kind: ValueKind) -> Value:
        if column.name == COMMENT:
            return Value.of_text(read_comment(text))
        if column.name == FORECAST:
            return read_typed(self._indicator(row.key), text, kind, read=read_forecast)
        return read_typed(self._indicator(row.key), text, kind)

    def _indicator(self, key: Key) -> Indicator:
        if self._frame is None:
            self._frame = entry_frame(body=self.body, period=self.period)
        return self._frame.address(key)["indicator"]

    def write(self, values: Mapping[CellKey, Value], *, by: User) -> None:
        assert self._frame is not None and self._rows is not None  # noqa: S101, PT018 -- held
        held = {key_of(row): row for row in self._rows if row.period_id == self.period.pk}
        written: dict[Key, dict[str, Any]] = {}
        for cell, value in values.items():
            row = held.get(cell.row)
            address = self._frame.address(cell.row)
            if row is None:
                row = held[cell.row] = Outcome(**address, kind=ValueKind.MISSING)
            for name in ("indicator", "unit", "period", "category"):
                setattr(row, name, address[name])
            columns = written.setdefault(cell.row, {})
            columns |= _columns(cell.column, row, value)
        writings = [Writing(row=held[key], values=each) for key, each in written.items()]
        units = (self._frame.root, self._frame.below)
        now = [row for row in self._rows if row.period_id == self.period.pk]
        for row in write_outcomes(writings, by=by, family=now, units=units):
            if all(row is not each for each in now):
                self._rows.append(row)

    def place(self, cell: CellKey) -> models.Model | None:
        rows = self._rows or ()
        return next(
            (r for r in rows if r.period_id == self.period.pk and key_of(r) == cell.row), None
        )

    def forget(self) -> None:
        self._frame = self._rows = None


def _columns(column: str, row: Outcome, value: Value) -> dict[str, Any]:
    if column == COMMENT:
        return {"comment": value.text}
    if column == FORECAST:
        return {
            "forecast_number": value.number,
            "forecast_decimals": value.decimals,
            "forecast_is_confirmed": value.is_confirmed,
        }
    if value == replace(value_of(row), is_confirmed=True):
        return {"is_confirmed": True}
    return new_value(row, value)


def read_typed(
    indicator: Indicator, text: str, kind: ValueKind, read: Callable[..., Value] = read_outcome
) -> Value:
    """As the indicator is measured; raises NotANumber, OutOfRange, NotWords, NotBlank."""
    return read(
        text,
        kind=kind,
        unit_label=indicator.unit_label,
        decimals=indicator.decimals,
        limits=limits_of(indicator),
        is_ratio=indicator.rollup == RollUp.RATIO,
    )
