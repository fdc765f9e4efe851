"""One indicator over the periods of a body: the values as printed, and the chart of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from figures.rules.charts import Chart, ChartLine, ChartPoint, chart
from figures.rules.key import Key
from governance.models import Body, Period, Unit
from targets.enums import Concept, IndicatorKind
from targets.indicators.rules.target_values import TargetReading
from targets.models import Definition, Indicator, Outcome
from targets.outcomes.queries.figures import (
    Cell,
    Held,
    Judge,
    categories_of,
    judged_cells,
    key_of,
    light_words,
    parts_of,
    warning_of,
)
from targets.outcomes.rules.lights import status_is_due
from targets.outcomes.rules.spans import months_of, span_words

SHOWN = 24
NOTHING_READ = TargetReading()


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
    period_id: int
    cell: Cell
    parts: tuple[Cell, ...]
    target_text: str
    target_unread: str
    outcome_id: int | None
    warning: str


@dataclass(frozen=True, kw_only=True)
class Trend:
    """``rows`` newest first; ``hidden`` is how many older periods were left out."""

    spans: tuple[Span, ...]
    part_names: tuple[str, ...]
    rows: tuple[TrendRow, ...]
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


def trend_of(
    indicator: Indicator,
    body: Body,
    root: Unit,
    *,
    readings: Mapping[int, tuple[str, TargetReading]],
    definitions: Sequence[Definition],
    words: Mapping[str, str],
    months: int = 0,
    with_all: bool = False,
) -> Trend:
    """The outcomes of the body's root unit, in periods of one length, judged year by year.

    ``readings`` are the year's target as written and as read. A period without an outcome
    between the first and the last is a gap. The longest span that has outcomes is shown unless
    ``months`` names another, and of it the latest, unless ``with_all``.
    """
    outcomes = Outcome.objects.filter(indicator=indicator, unit=root)
    reported = _reported(body, set(outcomes.values_list("period_id", flat=True).distinct()))
    spans = sorted(reported, reverse=True)
    chosen = months if months in spans else next(iter(spans), 0)
    shown = reported.get(chosen, [])
    kept = shown if with_all else shown[-SHOWN:]
    read = {pk for period in kept for pk in (period.pk, period.previous_id) if pk}
    held: dict[int, dict[Key, Outcome]] = defaultdict(dict)
    for outcome in outcomes.filter(period__in=read):
        held[outcome.period_id][key_of(outcome)] = outcome
    slots = _slots(indicator, root, held)
    lights = light_words(body.organisation_id)
    aims = [readings.get(period.ends_on.year, ("", NOTHING_READ)) for period in kept]
    rows = [
        _row(
            period,
            slots,
            held,
            Judge.of(indicator, text, reading, lights),
            reading,
            definitions,
        )
        for period, (text, reading) in zip(kept, aims, strict=True)
    ]
    return Trend(
        spans=tuple(
            Span(months=each, words=span_words(each), is_chosen=each == chosen) for each in spans
        ),
        part_names=tuple(label for label, _slot in slots[1:]),
        rows=tuple(reversed(rows)),
        hidden=len(shown) - len(kept),
        status_is_due=any(
            status_is_due(IndicatorKind(indicator.kind), has_target=bool(text))
            for text, _reading in aims
        ),
        chart=_chart(indicator, body, rows, [reading for _text, reading in aims], words),
    )


def _reported(body: Body, held: Collection[int]) -> dict[int, list[Period]]:
    """By length in months: the body's periods from the first with an outcome to the last."""
    by_span: dict[int, list[Period]] = defaultdict(list)
    periods = Period.objects.filter(organisation=body.organisation_id)
    by_id = {period.pk: period for period in periods.order_by("ends_on", "id")}
    for period in by_id.values():
        period.previous = by_id.get(period.previous_id or 0)
        by_span[months_of(period.starts_on, period.ends_on)].append(period)
    between = {months: _between(periods, held) for months, periods in by_span.items()}
    return {months: periods for months, periods in between.items() if periods}


def _between(periods: Sequence[Period], held: Collection[int]) -> list[Period]:
    places = [place for place, period in enumerate(periods) if period.pk in held]
    return list(periods[places[0] : places[-1] + 1]) if places else []


def _slots(indicator: Indicator, root: Unit, held: Mapping[int, Held]) -> list[tuple[str, Key]]:
    """The whole and those of its parts that have been reported in what is shown."""
    known = {slot for slots in held.values() for slot in slots}
    whole = Key(what=indicator.pk, unit=root.pk)
    parts = parts_of(whole, indicator, categories_of([indicator])[indicator.pk])
    return [
        ("Totalt", whole),
        *((label, slot) for label, slot in parts if slot in known),
    ]


def _row(
    period: Period,
    slots: Sequence[tuple[str, Key]],
    held: Mapping[int, Held],
    judge: Judge,
    reading: TargetReading,
    definitions: Sequence[Definition],
) -> TrendRow:
    now = held.get(period.pk, {})
    cells = judged_cells(judge, slots, now, held.get(period.previous_id or 0, {}))
    outcome = now.get(slots[0][1])
    return TrendRow(
        period=period.short_name or period.name,
        period_id=period.pk,
        cell=cells[0],
        parts=tuple(cells[1:]),
        target_text=judge.text,
        target_unread=reading.reason or reading.warning,
        outcome_id=outcome.pk if outcome else None,
        warning=warning_of(definitions, period, outcome),
    )


def _chart(
    indicator: Indicator,
    body: Body,
    rows: Sequence[TrendRow],
    readings: Iterable[TargetReading],
    words: Mapping[str, str],
) -> Chart:
    columns = list(zip(*((row.cell, *row.parts) for row in rows), strict=True))
    names = ["Totalt", *(cells[0].label for cells in columns[1:])]
    if len(columns) == 1:
        names = [words[Concept.OUTCOME]]
    return chart(
        title=f"{indicator.name}, {body.short_name}",
        unit=indicator.unit_label,
        periods=[row.period for row in rows],
        lines=[
            ChartLine(name=name, points=tuple(point_of(cell) for cell in cells))
            for name, cells in zip(names, columns, strict=False)
        ],
        targets=[reading.target for reading in readings],
        target_word=words[Concept.TARGET_YEAR],
    )


def point_of(cell: Cell) -> ChartPoint:
    """The value as printed; in words, held back or missing it is said instead of drawn."""
    if not cell.value:
        return ChartPoint(text=cell.light_word)
    return ChartPoint(text=cell.value, number=cell.exact)
