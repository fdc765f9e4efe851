"""One indicator over the periods of a body: the values as printed, and the chart of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from figures.memo import remembered
from figures.rules.charts import Chart, ChartLine, ChartPoint, chart
from figures.rules.key import Key
from governance.models import Body, Period, Unit
from targets.enums import Concept, IndicatorKind
from targets.indicators.rules.target_values import TargetReading
from targets.models import Category, Definition, Indicator, Outcome
from targets.outcomes.queries.figures import (
    Cell,
    Judge,
    calendar_year,
    judged_cells,
    key_of,
    parts_of,
    restated_reading,
    warning_of,
)
from targets.outcomes.queries.units import CalledUnit, below, units_shown
from targets.outcomes.rules.lights import status_is_due
from targets.outcomes.rules.spans import months_of, span_words

SHOWN = 24
NOTHING_READ = TargetReading()
INDICATOR, DEFINITION, OUTCOME = (
    tuple(field.attname for field in model._meta.concrete_fields)
    for model in (Indicator, Definition, Outcome)
)
PERIOD_AT, UNIT_AT = OUTCOME.index("period_id"), OUTCOME.index("unit_id")
Values = tuple[Any, ...]
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A length of period that has outcomes: whole years, months; one is shown at a time."""

    months: int
    words: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class TrendRow:
    """One period: the whole, its parts, and the row that holds the whole's history."""

    period: str
    cell: Cell
    parts: tuple[Cell, ...]
    target_text: str
    target_unread: str
    outcome_id: int | None
    warning: str


@dataclass(frozen=True, kw_only=True)
class Trend:
    """``rows`` newest first; ``units`` are the units' values at the newest, where they report at
    all; ``hidden`` is how many older periods were left out."""

    spans: tuple[Span, ...]
    part_names: tuple[str, ...]
    rows: tuple[TrendRow, ...]
    units: tuple[Cell, ...]
    hidden: int
    status_is_due: bool
    chart: Chart

    @property
    def has_choice(self) -> bool:
        return len(self.spans) > 1

    @property
    def months(self) -> int:
        return next((span.months for span in self.spans if span.is_chosen), 0)

    @property
    def is_drawn(self) -> bool:
        """One value is no trend."""
        return len(self.rows) > 1 and not self.chart.is_empty

    @property
    def latest(self) -> TrendRow | None:
        return self.rows[0] if self.rows else None

    @property
    def has_target(self) -> bool:
        return any(row.target_text for row in self.rows)


class Spell(NamedTuple):
    """A period as far as a trend tells of it."""

    pk: int
    name: str
    starts_on: date
    ends_on: date
    previous_id: int | None


@dataclass(frozen=True, kw_only=True)
class TrendFacts:
    """All that a trend follows from, as plain values. ``periods`` are those shown, oldest first,
    ``before`` those they are compared with, ``aims`` each one's target as written and as read."""

    indicator: Values
    body: tuple[int, str]
    root: int
    units: tuple[tuple[int, str], ...]
    categories: tuple[tuple[int, str], ...]
    definitions: tuple[Values, ...]
    periods: tuple[Spell, ...]
    before: tuple[Spell, ...]
    aims: tuple[tuple[str, TargetReading], ...]
    values: tuple[Values, ...]
    spans: tuple[Span, ...]
    hidden: int
    words: Words
    lights: Words


def trend_facts(
    indicator: Indicator,
    body: Body,
    units: Sequence[CalledUnit],
    *,
    readings: Mapping[int, tuple[str, TargetReading]],
    definitions: Sequence[Definition],
    categories: Sequence[Category],
    words: Mapping[str, str],
    lights: Mapping[str, str],
    months: int = 0,
    with_all: bool = False,
) -> TrendFacts:
    """The outcomes of the body's root unit, the first of ``units``, in periods of one length.

    ``readings`` are the year's target as written and as read. A period without an outcome
    between the first and the last is a gap. The longest span that has outcomes is shown unless
    ``months`` names another, and of it the latest, unless ``with_all``. Two queries.
    """
    root = units[0].row
    known, reported = _reported(indicator, body, root)
    spans = sorted(reported, reverse=True)
    chosen = months if months in spans else next(iter(spans), 0)
    shown = reported.get(chosen, ())
    kept = shown if with_all else shown[-SHOWN:]
    latest = kept[-1] if kept else None
    around = below(units, latest) if latest else []
    values = list(_values(indicator, [root, *(unit.row for unit in around)], kept))
    holding = {row[UNIT_AT] for row in values if latest and row[PERIOD_AT] == latest.pk}
    return TrendFacts(
        indicator=tuple(getattr(indicator, name) for name in INDICATOR),
        body=(body.pk, body.short_name),
        root=root.pk,
        units=tuple(
            (unit.pk, unit.label) for unit in units_shown(around, indicator.rollup, holding)
        ),
        categories=tuple((each.pk, each.name) for each in categories),
        definitions=tuple(tuple(getattr(each, n) for n in DEFINITION) for each in definitions),
        periods=tuple(kept),
        before=tuple(known[pk] for each in kept if (pk := each.previous_id or 0) in known),
        aims=tuple(readings.get(each.ends_on.year, ("", NOTHING_READ)) for each in kept),
        values=tuple(values),
        spans=tuple(
            Span(months=each, words=span_words(each), is_chosen=each == chosen) for each in spans
        ),
        hidden=len(shown) - len(kept),
        words=tuple(words.items()),
        lights=tuple(lights.items()),
    )


def _reported(
    indicator: Indicator, body: Body, root: Unit
) -> tuple[dict[int, Spell], dict[int, Sequence[Spell]]]:
    """(every period, by length in months those from the first with an outcome to the last)."""
    outcomes = Outcome.objects.filter(indicator=indicator, unit=root, period=OuterRef("pk"))
    # Each asked by itself finds its index, at any number of outcomes.
    is_held = Exists(outcomes.filter(category=None)) | Exists(outcomes.exclude(category=None))
    known: dict[int, Spell] = {}
    held: set[int] = set()
    by_span: dict[int, list[Spell]] = defaultdict(list)
    for pk, short_name, name, starts_on, ends_on, previous_id, has_values in (
        Period.objects.filter(organisation=body.organisation_id)
        .annotate(is_held=is_held)
        .order_by("ends_on", "id")
        .values_list("pk", "short_name", "name", "starts_on", "ends_on", "previous_id", "is_held")
    ):
        known[pk] = Spell(pk, short_name or name, starts_on, ends_on, previous_id)
        by_span[months_of(starts_on, ends_on)].append(known[pk])
        if has_values:
            held.add(pk)
    between: dict[int, Sequence[Spell]] = {}
    for months, periods in by_span.items():
        places = [place for place, period in enumerate(periods) if period.pk in held]
        if places:
            between[months] = periods[places[0] : places[-1] + 1]
    return known, between


def _values(indicator: Indicator, units: Sequence[Unit], kept: Sequence[Spell]) -> Iterable[Values]:
    """The root's rows and the units', by which the root's may be held back, at the periods and
    those they are compared with."""
    if not kept:
        return ()
    periods = {pk for each in kept for pk in (each.pk, each.previous_id) if pk}
    rows = Outcome.objects.filter(indicator=indicator, unit__in=units, period__in=periods)
    return rows.order_by("id").values_list(*OUTCOME)


@remembered("the facts the trend follows from, as values: another value is another key", size=1024)
def trend_of(facts: TrendFacts) -> Trend:
    """The values judged year by year, beside the chart of them."""
    told = _Told(facts)
    rows = [told.row(*each) for each in zip(told.periods, told.aims, strict=True)]
    return Trend(
        spans=facts.spans,
        part_names=tuple(label for label, _place in told.places[1:]),
        rows=tuple(reversed(rows)),
        units=told.units(),
        hidden=facts.hidden,
        status_is_due=any(
            status_is_due(IndicatorKind(told.indicator.kind), has_target=bool(text))
            for text, _reading in facts.aims
        ),
        chart=_chart(told, rows),
    )


class _Told:
    """The facts as rows again."""

    def __init__(self, facts: TrendFacts) -> None:
        self.facts = facts
        self.indicator = Indicator.from_db(None, INDICATOR, facts.indicator)
        self.definitions = [
            Definition.from_db(None, DEFINITION, each) for each in facts.definitions
        ]
        self.lights = dict(facts.lights)
        before = {each.pk: _period(each) for each in facts.before}
        self.periods = [_period(each, before) for each in facts.periods]
        self.held: dict[int, dict[Key, Outcome]] = defaultdict(dict)
        for values in facts.values:
            outcome = Outcome.from_db(None, OUTCOME, values)
            self.held[outcome.period_id][key_of(outcome)] = outcome
        self.whole = Key(what=self.indicator.pk, unit=facts.root)
        self.places = self._places()
        self.aims = [
            (text, self._restated(period, text, reading))
            for period, (text, reading) in zip(self.periods, facts.aims, strict=True)
        ]

    def _restated(self, period: Period, text: str, reading: TargetReading) -> TargetReading:
        return restated_reading(
            reading,
            self.indicator,
            text,
            period.ends_on.year,
            before_year=calendar_year(period.previous),
            root=self.facts.root,
            now=self.held[period.pk],
            before=self.held[period.previous_id or 0],
        )

    def _places(self) -> list[tuple[str, Key]]:
        """The whole and those of its parts that have been reported in what is shown."""
        known = {place for places in self.held.values() for place in places}
        categories = [Category(pk=pk, name=name) for pk, name in self.facts.categories]
        parts = parts_of(self.whole, self.indicator, categories)
        return [("Totalt", self.whole), *(each for each in parts if each[1] in known)]

    def row(self, period: Period, aim: tuple[str, TargetReading]) -> TrendRow:
        text, reading = aim
        now, before = self.held[period.pk], self.held[period.previous_id or 0]
        judge = Judge.of(self.indicator, text, reading, self.lights)
        cells = judged_cells(judge, self.places, now, before)
        outcome = now.get(self.whole)
        return TrendRow(
            period=period.name,
            cell=cells[0],
            parts=tuple(cells[1:]),
            target_text=text,
            target_unread=reading.reason or reading.warning,
            outcome_id=outcome.pk if outcome else None,
            warning=warning_of(self.definitions, period, outcome),
        )

    def units(self) -> tuple[Cell, ...]:
        """The units' values at the latest period shown."""
        if not self.facts.units:
            return ()
        period = self.periods[-1]
        judge = Judge.of(self.indicator, *self.aims[-1], self.lights)
        wholes = [(name, Key(what=self.indicator.pk, unit=pk)) for pk, name in self.facts.units]
        now, before = self.held[period.pk], self.held[period.previous_id or 0]
        _total, *cells = judged_cells(judge, [("Totalt", self.whole), *wholes], now, before)
        return tuple(cells)


def _period(spell: Spell, before: Mapping[int, Period] | None = None) -> Period:
    period = Period(pk=spell.pk, name=spell.name, starts_on=spell.starts_on, ends_on=spell.ends_on)
    period.previous = (before or {}).get(spell.previous_id or 0)
    return period


def _chart(told: _Told, rows: Sequence[TrendRow]) -> Chart:
    indicator, facts, words = told.indicator, told.facts, dict(told.facts.words)
    columns = list(zip(*((row.cell, *row.parts) for row in rows), strict=True))
    names = ["Totalt", *(cells[0].label for cells in columns[1:])]
    if len(columns) == 1:
        names = [words[Concept.OUTCOME]]
    return chart(
        title=f"{indicator.name}, {facts.body[1]}",
        unit=indicator.unit_label,
        periods=[row.period for row in rows],
        lines=[
            ChartLine(name=name, points=tuple(point_of(cell) for cell in cells))
            for name, cells in zip(names, columns, strict=False)
        ],
        targets=[reading.target for _text, reading in told.aims],
        target_word=words[Concept.TARGET_YEAR],
    )


def point_of(cell: Cell) -> ChartPoint:
    """The value as printed; in words, held back or missing it is said instead of drawn."""
    if not cell.value:
        return ChartPoint(text=cell.light_word)
    return ChartPoint(text=cell.value, number=cell.exact)
