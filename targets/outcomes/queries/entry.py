"""The rows of the entry grid: wholes, parts and units, as the one who reads or writes sees them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from figures.enums import CHOSEN_BLANKS, ValueKind
from figures.memo import remembered
from figures.rules.grid import Fact, GridCell, GridRow, Group
from figures.rules.key import Key
from figures.rules.small_groups import held_back
from figures.rules.sparkline import Sparkline, sparkline
from figures.rules.unusual import Usual
from figures.rules.value import Value, value_of
from governance.enums import Light
from governance.models import Body, Period
from governance.rules import HARD_SPACE, LOCKED, WITHHELD, swedish
from targets.enums import Concept, Dimension, RollUp
from targets.indicators.queries.target_values import Bases, bases_of, reading_of
from targets.indicators.rules.target_values import ParsedTarget, TargetReading
from targets.models import Category, Indicator, Outcome
from targets.outcomes.queries.figures import Cell as Judged
from targets.outcomes.queries.figures import (
    Held,
    Judge,
    calendar_year,
    forecast_of,
    help_of,
    judge_of,
    judged_cells,
    key_of,
    light_words,
    parts_of,
    restated_of,
    restated_reading,
)
from targets.outcomes.queries.frame import Frame, entry_frame, indicator_from
from targets.outcomes.queries.units import units_shown
from targets.outcomes.rules.lights import shown_decimals
from targets.outcomes.rules.outcome_input import foresees, needs_comment
from targets.outcomes.rules.parts import Printed, parts_rule, parts_warning
from targets.outcomes.rules.wholes import counted, has_reported

VALUE, FORECAST, COMMENT = "value", "forecast", "comment"
TREND = 5  # how many values are drawn; as many before them say what is unusual
COMPUTED = "Värdet beräknas av enheterna. Ändra enheternas rader."
OUTCOME = tuple(field.attname for field in Outcome._meta.concrete_fields)
PERIOD_AT, INDICATOR_AT = OUTCOME.index("period_id"), OUTCOME.index("indicator_id")
UNIT_AT = OUTCOME.index("unit_id")
Values = tuple[Any, ...]
ByPeriod = Mapping[int, Sequence[Values]]


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The headings, by the organisation's vocabulary, and its words for lights."""

    target: str = str(Concept.TARGET_YEAR.label)
    previous: str = str(Concept.PREVIOUS.label)
    change: str = str(Concept.CHANGE.label)
    lights: tuple[tuple[str, str], ...] = ()


def values_of(row: Outcome) -> Values:
    return tuple(getattr(row, name) for name in OUTCOME)


def read_values(frame: Frame, chain: Sequence[int]) -> dict[int, dict[int, list[Values]]]:
    """The rows' columns per indicator and period; one query."""
    found: dict[int, dict[int, list[Values]]] = defaultdict(lambda: defaultdict(list))
    rows = Outcome.objects.filter(
        unit__in=frame.units,
        period__in=chain,
        indicator__in=list(frame.places),
    )
    for values in rows.order_by("id").values_list(*OUTCOME):
        found[values[INDICATOR_AT]][values[PERIOD_AT]].append(values)
    return found


def entry_groups(
    frame: Frame,
    read: Mapping[int, ByPeriod],
    *,
    is_open: bool,
    labels: Labels,
    chain: Sequence[int],
    address: str = "",
) -> tuple[Group, ...]:
    """The rows, whole first and then its parts and units, under the plan's groups.

    Who writes sees what stands in a row; others do not see what small groups hold back.
    """
    year = frame.period.ends_on.year
    aims = [(each.indicator, each.target[0], year) for each in frame.places.values() if each.target]
    bases = tuple(bases_of(aims, [frame.root.pk]).items())
    groups: list[Group] = []
    for pk, place in frame.places.items():
        values = read.get(pk, {})
        holding = {row[UNIT_AT] for row in values.get(frame.period.pk, ())}
        facts = RowFacts(
            indicator=place.values,
            target=place.target or ("", ""),
            year=year,
            before_year=calendar_year(frame.period.previous),
            root=frame.root.pk,
            units=tuple(
                (unit.pk, unit.name, unit.label, unit.is_asked)
                for unit in units_shown(frame.below, place.indicator.rollup, holding)
            ),
            categories=tuple((each.pk, each.name) for each in frame.categories.get(pk, ())),
            periods=tuple(chain),
            values=tuple(tuple(values.get(each, ())) for each in chain),
            bases=bases,
            labels=labels,
            is_open=is_open,
            foresees=foresees(frame.period.ends_on),
            help=help_of(place.indicator, place.definition),
            address=address,
        )
        rows = rows_of(facts)
        if groups and groups[-1].name == place.group:
            rows = groups.pop().rows + rows
        groups.append(Group(name=place.group, rows=rows))
    return tuple(groups)


@dataclass(frozen=True, kw_only=True)
class RowFacts:
    """All that one indicator's rows follow from, as plain values; ``periods`` are the grid's own
    and those it is compared with in turn."""

    indicator: Values
    target: tuple[str, str]
    year: int
    before_year: int
    root: int
    units: tuple[tuple[int, str, str, bool], ...]
    categories: tuple[tuple[int, str], ...]
    periods: tuple[int, ...]
    values: tuple[tuple[Values, ...], ...]
    bases: tuple[tuple[tuple[int, int, int], Decimal], ...]
    labels: Labels
    is_open: bool
    foresees: bool
    help: str
    address: str


@remembered("the facts the rows follow from, as values: another value is another key", size=4096)
def rows_of(facts: RowFacts) -> tuple[GridRow, ...]:
    earlier = [_held(values) for values in facts.values[1:]]
    family = _Family(
        facts=facts,
        indicator=indicator_from(facts.indicator),
        units=[NamedUnit(*unit) for unit in facts.units],
        categories=[Category(pk=pk, name=name) for pk, name in facts.categories],
        now=_held(facts.values[0]),
        earlier=earlier,
        bases=dict(facts.bases),
    )
    rows = list(family.rows())
    if len(rows) > 1:
        rows[0] = replace(rows[0], has_parts=True)
    return tuple(rows)


def _held(rows: Iterable[Values]) -> Held:
    outcomes = (Outcome.from_db(None, OUTCOME, values) for values in rows)
    return {key_of(outcome): outcome for outcome in outcomes}


class NamedUnit(NamedTuple):
    """A unit as far as a row tells of it."""

    pk: int
    name: str
    label: str
    is_asked: bool


@dataclass(frozen=True, kw_only=True)
class _Family:
    """One indicator's rows."""

    facts: RowFacts
    indicator: Indicator
    units: Sequence[NamedUnit]
    categories: Sequence[Category]
    now: Held
    earlier: Sequence[Held]
    bases: Bases

    @property
    def whole(self) -> Key:
        return Key(what=self.indicator.pk, unit=self.facts.root)

    @property
    def before(self) -> Held:
        return self.earlier[0] if self.earlier else {}

    @cached_property
    def seen(self) -> Sequence[Held]:
        """Each period's rows, the grid's own first, as far as the reader may see them."""
        if self.facts.is_open:
            return [self.now, *self.earlier]
        return [self._shown(held) for held in (self.now, *self.earlier)]

    def _shown(self, held: Held) -> Held:
        hides = self.indicator.hides_small_groups
        hidden = held_back(held, root=self.facts.root, hides=hides)
        return {place: row for place, row in held.items() if place not in hidden}

    @cached_property
    def reading(self) -> TargetReading:
        facts, (text, _note) = self.facts, self.facts.target
        return restated_reading(
            reading_of(self.indicator, text, facts.year, root_id=facts.root, bases=self.bases),
            self.indicator,
            text,
            facts.year,
            before_year=facts.before_year,
            root=facts.root,
            now=self.now,
            before=self.before,
        )

    def rows(self) -> Iterator[GridRow]:
        text, _note = self.facts.target
        judge = Judge.of(self.indicator, text, self.reading, dict(self.facts.labels.lights))
        yield from self._divided(judge, None)
        for unit in self.units:
            over = replace(self.whole, unit=unit.pk)
            yield from self._divided(judge_of(judge, over, self.whole), unit)

    def _divided(self, judge: Judge, unit: NamedUnit | None) -> Iterator[GridRow]:
        """The rows of one unit, or of the body as a whole."""
        whole = replace(self.whole, unit=unit.pk) if unit else self.whole
        label = unit.label if unit else self.indicator.name
        labelled = [(label, whole), *parts_of(whole, self.indicator, self.categories)]
        cells = judged_cells(judge, labelled, self.now, self.before, root=self.facts.root)
        for cell in cells:
            yield self._row(cell, unit, judge_of(judge, cell.place, whole))

    def _row(self, cell: Judged, unit: NamedUnit | None, judge: Judge) -> GridRow:
        outcome, previous = self.now.get(cell.place), self.before.get(cell.place)
        is_whole = cell.place == self.whole
        comment = outcome.comment if outcome else ""
        return GridRow(
            key=cell.place,
            level=(unit is not None) + (cell.place.part != ""),
            label=cell.label,
            full_name=self._full_name(cell, unit),
            names=self._names(cell.place),
            unit=self.indicator.unit_label,
            help=self.facts.help if is_whole else "",
            menu_url=f"{self.facts.address}{cell.place}/" if self.facts.address else "",
            trend=self._trend(cell, judge),
            before=self._before(cell, judge, is_whole=is_whole),
            cells=self._cells(cell, outcome, unit),
            after=self._after(cell),
            note=self._note(cell, outcome),
            warning="" if cell.place.part else self._warning(cell),
            previous_comment=previous.comment if previous else "",
            asks_comment=is_whole and not comment and needs_comment(cell.light),
            is_missing=cell.light == Light.NO_OUTCOME,
            is_counted=is_whole,
        )

    def _before(self, cell: Judged, judge: Judge, *, is_whole: bool) -> tuple[Fact, ...]:
        """The target too of a part that is judged by it."""
        text, note = self.facts.target if is_whole or not judge.is_share else ("", "")
        owed = "Målvärde saknas" if is_whole and not text and judge.is_due else ""
        labels, place = self.facts.labels, cell.place
        meant = self.reading.meaning if text and self.reading.is_relative else ""
        restated = restated_of(self.now.get(place))
        before = restated or (value_of(self.before[place]) if place in self.before else None)
        return (
            Fact(
                name="target",
                label=labels.target,
                text=text.replace(" %", f"{HARD_SPACE}%") or owed,
                word=" · ".join(filter(None, (meant, note))),
                css="target" if text else "target quiet",
            ),
            Fact(
                name="previous",
                label=labels.previous,
                text=cell.previous,
                css="num",
                value=before if cell.previous else None,
            ),
        )

    def _cells(
        self, cell: Judged, outcome: Outcome | None, unit: NamedUnit | None
    ) -> tuple[GridCell, ...]:
        value = value_of(outcome) if outcome else Value()
        if not self._may_tell(cell):
            value = Value(kind=ValueKind.SUPPRESSED)
        version = outcome.version if outcome else 0
        locked = COMPUTED if unit is None and self._reporting(cell.place) else ""
        words = str(value.kind.label) if value.kind in CHOSEN_BLANKS else ""
        said = Value.of_text(outcome.comment if outcome else "")
        secret = LOCKED if value.text == WITHHELD else ""
        foreseen = forecast_of(outcome) if self._may_tell(cell) else Value()
        forecast = GridCell(
            column=FORECAST,
            value=foreseen,
            version=version,
            decimals=self.indicator.decimals,
            locked=secret,
            usual=None if secret else self._usual(cell.place, of_forecast=True),
        )
        return (
            GridCell(
                column=VALUE,
                value=value,
                version=version,
                locked=secret or locked,
                usual=None if secret or locked else self._usual(cell.place),
                words=words,
                decimals=self.indicator.decimals,
            ),
            *((forecast,) if self.facts.foresees else ()),
            GridCell(column=COMMENT, value=said, version=version, locked=secret),
        )

    def _usual(self, place: Key, *, of_forecast: bool = False) -> Usual | None:
        """Told to who may write alone: he sees every value it is compared with. A forecast is
        compared with those before it, and where there are none with the outcomes."""
        if not self.facts.is_open:
            return None
        found = [self._number(held, place) for held in self.earlier]
        if found and (restated := restated_of(self.now.get(place))):
            found[0] = restated
        spans = self.indicator.unusual_spans
        if of_forecast:
            forecasts = [forecast_of(held.get(place)) for held in self.earlier]
            if any(each.number is not None for each in forecasts):
                found = [*forecasts]
            else:
                # A year's sum is far from a part's, but hardly ten times it.
                found, spans = [self._number(self.now, place), *found], None
        return Usual(
            earlier=tuple(each for each in found if each is not None),
            spans=spans,
            factor=self.indicator.unusual_factor,
            decimals=self.indicator.decimals,
        )

    def _after(self, cell: Judged) -> tuple[Fact, ...]:
        change = cell.change
        return (
            Fact(name="status", label="Status", text=cell.light_word, light=cell.light),
            Fact(
                name="change",
                label=self.facts.labels.change,
                text=change.amount if change else "",
                word=(change.worth if change.value else "oförändrat") if change else "",
                mark=change.arrow if change else "",
                css="num",
            ),
        )

    def _trend(self, cell: Judged, judge: Judge) -> Sparkline | None:
        values = [self._number(held, cell.place) for held in self.seen[:TREND]][::-1]
        if (restated := restated_of(self.now.get(cell.place))) and cell.previous and self.earlier:
            values[-2] = restated
        if len([value for value in values if value]) < 2:  # noqa: PLR2004 -- a line has two ends
            return None
        printed = (each.printed(self.indicator.decimals) if each else "saknas" for each in values)
        return sparkline(
            [each.number if each else None for each in values],
            target=_bound(None if judge.is_share else judge.target),
            tone=cell.light,
            description=f"{len(values)} perioder, äldst först: {'; '.join(printed)}",
        )

    def _number(self, held: Held, place: Key) -> Value | None:
        outcome = held.get(place)
        value = value_of(outcome) if outcome else Value()
        return value if value.kind == ValueKind.NUMBER and value.number is not None else None

    def _full_name(self, cell: Judged, unit: NamedUnit | None) -> str:
        part = cell.label if cell.place.part else ""
        names = (self.indicator.name, unit.label if unit else "", part)
        return ", ".join(name for name in names if name)

    def _names(self, place: Key) -> str:
        """The ids of the indicator's name, the unit's and the part's, as far as they go."""
        over = [self.whole, place.whole, place]
        return " ".join(f"name-{one}" for one in dict.fromkeys(map(str, over)))

    def _may_tell(self, cell: Judged) -> bool:
        return self.facts.is_open or cell.light != Light.SUPPRESSED

    def _note(self, cell: Judged, outcome: Outcome | None) -> str:
        """What is to know about the value, under it."""
        if cell.place == self.whole and (reporting := self._reporting(cell.place)):
            return self._reported(reporting)
        if outcome is None or not self._may_tell(cell):
            return ""
        base = ""
        if outcome.numerator is not None and outcome.denominator is not None:
            base = f"{_plain(outcome.numerator)} av {_plain(outcome.denominator)}"
        notes = (
            base,
            "uppgivet värde" if outcome.is_stated else "",
            "från tidigare mätning" if outcome.is_carried_forward else "",
            f"hämtat från {outcome.origin_label}" if outcome.origin_label else "",
        )
        return " · ".join(note for note in notes if note)

    def _reporting(self, whole: Key) -> Sequence[NamedUnit]:
        """The units that the whole is made of."""
        rule = RollUp(self.indicator.rollup)
        return counted(self.units, lambda unit: self.now.get(replace(whole, unit=unit.pk)), rule)

    def _reported(self, units: Sequence[NamedUnit]) -> str:
        rule = RollUp(self.indicator.rollup)
        late = [
            unit.name
            for unit in units
            if not has_reported(self.now.get(replace(self.whole, unit=unit.pk)), rule)
        ]
        if not late:
            return f"Beräknas av enheterna: alla {len(units)} har rapporterat."
        done = len(units) - len(late)
        return (
            f"Beräknas av enheterna: {done} av {len(units)} har rapporterat. "
            f"Saknas: {', '.join(late)}."
        )

    def _warning(self, cell: Judged) -> str:
        """Why the target cannot be held against it, or it does not follow from its parts; "" until
        all of them are numbers."""
        if cell.place == self.whole and self.reading.is_relative and self.reading.reason:
            return self.reading.reason
        parts = parts_of(cell.place, self.indicator, self.categories)
        total = self._printed("Totalt", cell.place)
        told = [number for part in parts if (number := self._printed(*part)) is not None]
        if total is None or not told or len(told) < len(parts):
            return ""
        rule = parts_rule(self.indicator.unit_label, Dimension(self.indicator.dimension))
        return parts_warning(total, told, rule=rule)

    def _printed(self, label: str, place: Key) -> Printed | None:
        outcome = self.seen[0].get(place)
        if outcome is None or outcome.number is None:
            return None
        decimals = shown_decimals(entered=outcome.decimals, fixed=self.indicator.decimals)
        return Printed(label=label, number=outcome.number, decimals=decimals)


def _bound(target: ParsedTarget | None) -> Decimal | None:
    """The one line a small drawing has room for; none for a span."""
    if target is None or (target.low is not None and target.high is not None):
        return None
    return target.high if target.low is None else target.low


def _plain(number: Decimal) -> str:
    return swedish(number.normalize())


def uncommented_rows(body: Body, period: Period) -> tuple[GridRow, ...]:
    """The indicators beside their target that nobody has commented; they block submission."""
    frame = entry_frame(body=body, period=period)
    lights = light_words(body.organisation_id, period.ends_on.year)
    labels = Labels(lights=tuple(lights.items()))
    chain = [pk for pk in (period.pk, period.previous_id) if pk]
    read = read_values(frame, chain)
    groups = entry_groups(frame, read, is_open=True, labels=labels, chain=chain)
    return tuple(row for group in groups for row in group.rows if row.asks_comment)


def family_rows(groups: Iterable[Group], keys: Collection[Key]) -> tuple[Group, ...]:
    """What a save of the keys may have changed: their units' rows and the wholes'."""
    written = {(key.what, key.unit) for key in keys}
    indicators = {key.what for key in keys}
    return tuple(
        replace(
            group,
            rows=tuple(
                row
                for row in group.rows
                if (row.key.what, row.key.unit) in written
                or (row.key.what in indicators and not row.level - (row.key.part != ""))
            ),
        )
        for group in groups
    )
