"""Indicators at a period, printed and judged, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from figures.enums import WORDED, ValueKind, ValueScope
from figures.rules.key import Key
from figures.rules.small_groups import held_back
from figures.rules.value import Value
from governance.enums import Light, ScaleKind
from governance.models import Body, Period, Unit
from governance.queries import scale_levels
from governance.rules import FigureRef, rounded, swedish
from targets.enums import Breakdown, Dimension, Direction, Horizon, IndicatorKind, RollUp
from targets.indicators.queries.target_values import Bases, bases_of, reading_of
from targets.indicators.rules.target_values import ParsedTarget, TargetReading
from targets.models import Category, Definition, Indicator, Outcome, PlannedIndicator
from targets.outcomes.queries.units import PeriodUnit, units_of, units_shown
from targets.outcomes.rules.lights import Change, change, light, shown_decimals, status_is_due
from targets.outcomes.rules.parts import PartsRule, parts_rule
from targets.outcomes.rules.places import PARTS, part_of

SEXES = (Breakdown.WOMEN, Breakdown.MEN)
Held = Mapping[Key, Outcome]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value as it is printed and judged, and ``exact`` its number. ``value`` is "" when there is
    no number or text to print; then ``light`` says which of the four blanks it is. A value held back for the sake of
    a small group is blank here, whatever the row holds."""

    label: str
    place: Key
    exact: Decimal | None
    decimals: int
    value: str
    previous_exact: Decimal | None
    previous_decimals: int
    previous: str
    change: Change | None
    light: Light
    light_word: str
    kind: ValueKind | None
    is_stated: bool
    is_carried_forward: bool
    comment: str
    scope: ValueScope
    measured_on: date | None
    source: FigureRef | None
    previous_source: FigureRef | None
    forecast: str = ""

    @property
    def change_text(self) -> str:
        return self.change.in_words if self.change else ""

    @property
    def change_judged(self) -> str:
        """With what it is worth: "−5 211 kr, bättre"."""
        return self.change.judged if self.change else ""


@dataclass(frozen=True, kw_only=True)
class IndicatorRow(Cell):
    """One indicator at one period: its whole, its parts (women, men, categories) and units."""

    id: int
    key: str
    number: str
    name: str
    group: str
    goal_key: str
    unit: str
    help: str
    target_text: str
    target_words: str
    target_meaning: str  # its words where they say more than its text
    target_note: str
    long_term_text: str
    period: str
    previous_period: str
    warning: str
    indicator_kind: IndicatorKind = IndicatorKind.GOAL
    status_is_due: bool = True
    target_unread: str = ""
    target: ParsedTarget | None = None
    parts: tuple[Cell, ...] = ()
    units: tuple[Cell, ...] = ()

    @property
    def has_target(self) -> bool:
        return self.target_text != ""


@dataclass(frozen=True, kw_only=True)
class PrintedFigure:
    """An indicator with its place in the plan, the rows at the period and at the one before."""

    indicator: Indicator
    place: PlannedIndicator | None
    root_id: int
    now: Held
    before: Held
    row: IndicatorRow

    @property
    def outcome(self) -> Outcome | None:
        """The row of the whole."""
        return self.now.get(Key(what=self.indicator.pk, unit=self.root_id))


def key_of(outcome: Outcome) -> Key:
    part = part_of(outcome.breakdown, outcome.category_id)
    return Key(what=outcome.indicator_id, unit=outcome.unit_id, part=part)


def indicator_by_key(organisation_id: int, key: str) -> Indicator | None:
    return Indicator.objects.filter(organisation_id=organisation_id, key=key).first()


def indicator_rows(
    *,
    body: Body,
    period: Period,
    keys: Sequence[str] | None = None,
    with_units: bool = False,
) -> list[IndicatorRow]:
    """The body's indicators at the period, beside the period it is compared with.

    Without keys: those in the body's plans of the period's year, in plan order. With keys: those,
    in that order, planned or not.
    """
    return [
        figure.row for figure in figures(body=body, period=period, keys=keys, with_units=with_units)
    ]


def figures(
    *,
    body: Body,
    period: Period,
    keys: Sequence[str] | None = None,
    with_units: bool = False,
) -> list[PrintedFigure]:
    """The rows of ``indicator_rows`` with what they were made of."""
    places = places_of(body, period, keys)
    indicators = chosen(body, places, keys)
    root, units = units_of(body, period) if with_units else (root_of(body), [])
    now, before = outcomes_of(indicators, [root, *(unit.row for unit in units)], period)
    words = light_words(body.organisation_id, period.ends_on.year)
    definitions = definitions_of(indicators)
    categories = categories_of(indicators)
    year = period.ends_on.year
    aims = [(place.indicator, target_of(place, Horizon.YEAR)[0], year) for place in places.values()]
    bases = bases_of(aims, [root.pk])
    return [
        PrintedFigure(
            indicator=indicator,
            place=places.get(indicator.pk),
            root_id=root.pk,
            now=now[indicator.pk],
            before=before[indicator.pk],
            row=row_of(
                indicator=indicator,
                place=places.get(indicator.pk),
                period=period,
                root=root.pk,
                units=units,
                now=now[indicator.pk],
                before=before[indicator.pk],
                words=words,
                definitions=definitions[indicator.pk],
                categories=categories[indicator.pk],
                bases=bases,
            ),
        )
        for indicator in indicators
    ]


def root_of(body: Body) -> Unit:
    return Unit.objects.get(body=body, parent=None)


def outcomes_of(
    indicators: Iterable[Indicator], units: Iterable[Unit], period: Period
) -> tuple[dict[int, dict[Key, Outcome]], dict[int, dict[Key, Outcome]]]:
    """(at the period, at the one it is compared with): per indicator, by slot."""
    now: dict[int, dict[Key, Outcome]] = defaultdict(dict)
    before: dict[int, dict[Key, Outcome]] = defaultdict(dict)
    for outcome in Outcome.objects.filter(
        unit__in=[unit.pk for unit in units],
        period_id__in=[pk for pk in (period.pk, period.previous_id) if pk],
        indicator__in=[indicator.pk for indicator in indicators],
    ):
        held = now if outcome.period_id == period.pk else before
        held[outcome.indicator_id][key_of(outcome)] = outcome
    return now, before


def definitions_of(indicators: Iterable[Indicator]) -> dict[int, list[Definition]]:
    """Each indicator's definitions, oldest first; the one without a day is the oldest."""
    found: dict[int, list[Definition]] = defaultdict(list)
    for definition in Definition.objects.filter(
        indicator__in=[indicator.pk for indicator in indicators]
    ):
        found[definition.indicator_id].append(definition)
    return defaultdict(list, {pk: in_order(definitions) for pk, definitions in found.items()})


def in_order(definitions: Iterable[Definition]) -> list[Definition]:
    return sorted(definitions, key=lambda each: (each.valid_from or date.min, each.pk))


def categories_of(indicators: Iterable[Indicator]) -> dict[int, list[Category]]:
    divided = [each.pk for each in indicators if each.dimension == Dimension.CATEGORIES]
    found: dict[int, list[Category]] = defaultdict(list)
    if divided:
        for category in Category.objects.filter(indicator__in=divided):
            found[category.indicator_id].append(category)
    return found


def definition_on(definitions: Sequence[Definition], on: date) -> Definition | None:
    """The definition in force on the day."""
    held = [each for each in definitions if each.valid_from is None or each.valid_from <= on]
    return held[-1] if held else None


def text_on(definitions: Sequence[Definition], on: date) -> str:
    definition = definition_on(definitions, on)
    return definition.text if definition else ""


def places_of(
    body: Body, period: Period, keys: Sequence[str] | None = None
) -> dict[int, PlannedIndicator]:
    """The indicators' first place in the body's plans of the period's year, in plan order."""
    places = PlannedIndicator.objects.filter(plan__body=body, plan__year=period.ends_on.year)
    if keys is not None:
        places = places.filter(indicator__key__in=keys)
    found: dict[int, PlannedIndicator] = {}
    for place in (
        places.select_related("indicator", "goal")
        .prefetch_related("targets")
        .order_by("plan__key", "position", "id")
    ):
        found.setdefault(place.indicator_id, place)
    return found


def chosen(
    body: Body, places: Mapping[int, PlannedIndicator], keys: Sequence[str] | None
) -> list[Indicator]:
    if keys is None:
        return [place.indicator for place in places.values()]
    order = {key: number for number, key in enumerate(keys)}
    own_or_shared = Q(body=None) | Q(body=body)
    return sorted(
        Indicator.objects.filter(
            own_or_shared, organisation_id=body.organisation_id, key__in=list(keys)
        ),
        key=lambda indicator: order[indicator.key],
    )


def light_words(organisation_id: int, year: int) -> dict[str, str]:
    """The organisation's words for lights; the enum's own where it has none (wall 8)."""
    levels = scale_levels(organisation_id, ScaleKind.LIGHT, year)
    return lights_named(levels.values_list("tone", "name"))


def lights_named(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    words: dict[str, str] = {str(value): str(label) for value, label in Light.choices}
    words.update(said)
    return words


def target_of(place: PlannedIndicator | None, horizon: Horizon) -> tuple[str, str]:
    """(text, note) of the target; two empty strings when there is none."""
    for target in place.targets.all() if place else ():
        if target.horizon == horizon:
            return target.text, target.note
    return "", ""


@dataclass(frozen=True, kw_only=True)
class Judge:
    """What the cells of one indicator have in common.

    ``is_share``: they are parts, and the target is the whole's alone.
    """

    indicator: Indicator
    text: str
    target: ParsedTarget | None
    words: Mapping[str, str]
    is_share: bool = False

    @classmethod
    def of(
        cls, indicator: Indicator, text: str, reading: TargetReading, words: Mapping[str, str]
    ) -> "Judge":
        return cls(indicator=indicator, text=text, target=reading.target, words=words)

    def cell(
        self,
        *,
        label: str,
        place: Key,
        outcome: Outcome | None,
        before: Outcome | None,
        is_hidden: bool,
        before_is_hidden: bool,
    ) -> Cell:
        kind = ValueKind(outcome.kind) if outcome else None
        shown = self._light(outcome, kind)
        if is_hidden:
            shown = Light.SUPPRESSED
        concealed = is_hidden or before_is_hidden
        then, then_decimals = _compared_with(self.indicator, outcome, before)
        return Cell(
            label=label,
            place=place,
            exact=None if is_hidden or outcome is None else outcome.number,
            decimals=_decimals(self.indicator, outcome),
            previous_exact=None if before_is_hidden else then,
            previous_decimals=then_decimals,
            value="" if is_hidden else printed(self.indicator, outcome),
            previous="" if before_is_hidden else previous_printed(self.indicator, outcome, before),
            change=None if concealed else _change(self.indicator, outcome, before),
            light=shown,
            light_word=self.words.get(shown.value, str(shown.label)),
            kind=kind,
            is_stated=bool(outcome and outcome.is_stated),
            is_carried_forward=bool(outcome and outcome.is_carried_forward),
            comment=outcome.comment if outcome else "",
            scope=ValueScope(outcome.scope) if outcome else ValueScope.OWN,
            measured_on=outcome.measured_on if outcome else None,
            source=figure_ref(outcome),
            previous_source=figure_ref(before),
            forecast="" if is_hidden else forecast_of(outcome).printed(self.indicator.decimals),
        )

    def _light(self, outcome: Outcome | None, kind: ValueKind | None) -> Light:
        return light(
            kind=kind,
            number=outcome.number if outcome else None,
            decimals=_decimals(self.indicator, outcome),
            has_target=self.text != "",
            target=None if self.is_share else self.target,
            direction=Direction(self.indicator.direction),
            tolerance=self.indicator.tolerance,
            is_due=self.is_due and not self.is_share,
        )

    @property
    def is_due(self) -> bool:
        return status_is_due(IndicatorKind(self.indicator.kind), has_target=self.text != "")


def parts_of(
    whole: Key, indicator: Indicator, categories: Sequence[Category]
) -> list[tuple[str, Key]]:
    """(label, key) of what the whole of one unit is divided into, in print order."""
    if indicator.dimension == Dimension.SEX:
        return [(str(sex.label), replace(whole, part=PARTS[sex])) for sex in SEXES]
    return [(each.name, replace(whole, part=f"c{each.pk}")) for each in categories]


def row_of(
    *,
    indicator: Indicator,
    place: PlannedIndicator | None,
    period: Period,
    root: int,
    units: Sequence[PeriodUnit] = (),
    now: Held,
    before: Held,
    words: Mapping[str, str],
    definitions: Sequence[Definition],
    categories: Sequence[Category],
    bases: Bases | None = None,
) -> IndicatorRow:
    text, note = target_of(place, Horizon.YEAR)
    whole = Key(what=indicator.pk, unit=root)
    reading = restated_reading(
        reading_of(indicator, text, period.ends_on.year, root_id=root, bases=bases),
        indicator,
        text,
        period.ends_on.year,
        before_year=calendar_year(period.previous),
        root=root,
        now=now,
        before=before,
    )
    judge = Judge.of(indicator, text, reading, words)
    parts = parts_of(whole, indicator, categories)
    below = units_shown(units, indicator.rollup, {place.unit for place in now})
    units_wholes = [(unit.label, replace(whole, unit=unit.pk)) for unit in below]
    cells = judged_cells(judge, (("Totalt", whole), *parts), now, before)
    unit_cells = judged_cells(judge, (("Totalt", whole), *units_wholes), now, before)
    return IndicatorRow(
        **vars(cells[0]),
        id=indicator.pk,
        key=indicator.key,
        number=indicator.number,
        name=indicator.name,
        group=place.group if place else "",
        goal_key=place.goal.key if place and place.goal else "",
        unit=indicator.unit_label,
        help=help_of(indicator, text_on(definitions, period.ends_on)),
        target_text=text,
        target_words=reading.in_words,
        target_meaning=reading.meaning,
        target_unread=reading.reason or reading.warning,
        target=reading.target,
        target_note=note,
        long_term_text=target_of(place, Horizon.LONG_TERM)[0],
        period=period.name,
        previous_period=period.previous.name if period.previous else "",
        warning=warning_of(definitions, period, now.get(whole)),
        indicator_kind=IndicatorKind(indicator.kind),
        status_is_due=judge.is_due,
        parts=tuple(cells[1:]),
        units=tuple(unit_cells[1:]),
    )


def judged_cells(
    judge: Judge,
    labelled: Sequence[tuple[str, Key]],
    now: Held,
    before: Held,
    *,
    root: int | None = None,
) -> list[Cell]:
    """The whole and its parts; what a small group's values would give away is held back.

    ``root`` is the unit that is the body's whole, the first key's where it is not said.
    """
    over = labelled[0][1]
    root = over.unit if root is None else root
    hides = judge.indicator.hides_small_groups
    hidden = held_back(now, root=root, hides=hides)
    hidden_before = held_back(before, root=root, hides=hides)
    return [
        judge_of(judge, place, over).cell(
            label=label,
            place=place,
            outcome=now.get(place),
            before=before.get(place),
            is_hidden=place in hidden,
            before_is_hidden=place in hidden_before,
        )
        for label, place in labelled
    ]


def judge_of(judge: Judge, place: Key, over: Key) -> Judge:
    """The judge of a part or unit: of counts and sums, and where the bound is reckoned from the
    whole's outcome of another year, it has no target of its own."""
    if place == over:
        return judge
    indicator = judge.indicator
    counts = parts_rule(indicator.unit_label, Dimension(indicator.dimension)) == PartsRule.ADDS_UP
    if place.unit != over.unit:
        counts = indicator.rollup == RollUp.SUM or (counts and indicator.rollup == RollUp.ENTERED)
    is_reckoned = judge.target is not None and bool(judge.target.ends)
    return replace(judge, is_share=judge.is_share or counts or is_reckoned)


def held_back_now(ids: Collection[int]) -> set[int]:
    """Of these outcomes those that are held back as the rows stand now; two queries."""
    asked = Outcome.objects.filter(pk__in=ids).values_list("indicator", "period", "unit__body")
    columns = [{*column} for column in zip(*asked, strict=True)] or [set(), set(), set()]
    rows = Outcome.objects.filter(
        indicator__in=columns[0],
        period__in=columns[1],
        unit__body__in=columns[2],
        unit__parent__parent=None,
    ).select_related("indicator", "unit")
    held: dict[tuple[int, int, int], dict[Key, Outcome]] = defaultdict(dict)
    for row in rows:
        held[row.indicator_id, row.period_id, row.unit.parent_id or row.unit_id][key_of(row)] = row
    return {
        rows_of[place].pk
        for (_indicator, _period, root), rows_of in held.items()
        for place in held_back(
            rows_of,
            root=root,
            hides=next(iter(rows_of.values())).indicator.hides_small_groups,
        )
    }.intersection(ids)


def warning_of(definitions: Sequence[Definition], period: Period, outcome: Outcome | None) -> str:
    """Why the two periods of the whole cannot simply be compared; "" when they can."""
    if outcome is not None and outcome.restated_note:
        return f"Jämförelsevärdet är omräknat: {outcome.restated_note}"
    if period.previous is None:
        return ""
    current = definition_on(definitions, period.ends_on)
    then = definition_on(definitions, period.previous.ends_on)
    if current is None or then is None or current.pk == then.pk or current.valid_from is None:
        return ""
    return (
        f"Definitionen ändrades {current.valid_from.isoformat()}. "
        "Värdena kan inte jämföras rakt av."
    )


def printed(indicator: Indicator, outcome: Outcome | None) -> str:
    """The value as every page and paper prints it; "" for the blanks."""
    if outcome is None:
        return ""
    if outcome.number is not None:
        return swedish(outcome.number, _decimals(indicator, outcome))
    return outcome.text if outcome.kind in WORDED else ""


def previous_printed(indicator: Indicator, outcome: Outcome | None, before: Outcome | None) -> str:
    """The value compared with: the restated one where there is one."""
    if outcome is not None and outcome.restated_number is not None:
        return swedish(outcome.restated_number, outcome.restated_decimals)
    return printed(indicator, before)


def forecast_of(outcome: Outcome | None) -> Value:
    """What the year is foreseen to end at, as it was seen at the period."""
    if outcome is None or outcome.forecast_number is None:
        return Value()
    return Value(
        kind=ValueKind.NUMBER,
        number=outcome.forecast_number,
        decimals=outcome.forecast_decimals,
        is_confirmed=outcome.forecast_is_confirmed,
    )


def restated_of(outcome: Outcome | None) -> Value | None:
    """The value compared with as it stands after a restatement."""
    if outcome is None or outcome.restated_number is None:
        return None
    number, decimals = outcome.restated_number, outcome.restated_decimals
    return Value(kind=ValueKind.NUMBER, number=number, decimals=decimals)


def calendar_year(period: Period | None) -> int:
    """The year that the period is the whole of; 0 for any other."""
    if period is None:
        return 0
    year = period.ends_on.year
    return (
        year if (period.starts_on, period.ends_on) == (date(year, 1, 1), date(year, 12, 31)) else 0
    )


def restated_reading(
    reading: TargetReading,
    indicator: Indicator,
    text: str,
    year: int,
    *,
    before_year: int,
    root: int,
    now: Held,
    before: Held,
) -> TargetReading:
    """A target said of the outcome of the period before is held against the restated one, as the
    change is: light and arrow do not disagree."""
    whole = Key(what=indicator.pk, unit=root)
    restated, target = restated_of(now.get(whole)), reading.target
    if restated is None or restated.number is None or target is None or not target.ends:
        return reading
    hidden = held_back(before, root=root, hides=indicator.hides_small_groups)
    if target.base_year != before_year or whole in hidden:
        return reading
    base = rounded(restated.number, restated.decimals or 0)
    bases = {(root, indicator.pk, before_year): base}
    return reading_of(indicator, text, year, root_id=root, bases=bases)


def figure_ref(outcome: Outcome | None) -> FigureRef | None:
    if outcome is None:
        return None
    return FigureRef(model="targets.Outcome", id=outcome.pk, version=outcome.version)


def _decimals(indicator: Indicator, outcome: Outcome | None) -> int:
    return shown_decimals(entered=outcome.decimals if outcome else None, fixed=indicator.decimals)


def _compared_with(
    indicator: Indicator, outcome: Outcome | None, before: Outcome | None
) -> tuple[Decimal | None, int]:
    """The number, the restated one where there is one, and with how many decimals it is printed."""
    if outcome is not None and outcome.restated_number is not None:
        return outcome.restated_number, outcome.restated_decimals or 0
    return before.number if before else None, _decimals(indicator, before)


def _change(indicator: Indicator, outcome: Outcome | None, before: Outcome | None) -> Change | None:
    previous, decimals = _compared_with(indicator, outcome, before)
    return change(
        number=outcome.number if outcome else None,
        decimals=_decimals(indicator, outcome),
        previous=previous,
        previous_decimals=decimals,
        unit_label=indicator.unit_label,
        direction=Direction(indicator.direction),
    )


def help_of(indicator: Indicator, definition: str) -> str:
    source = f"Källa: {indicator.source.rstrip('.')}." if indicator.source else ""
    return " ".join(part for part in (definition, source) if part)


def comments_of(outcomes: Collection[int]) -> dict[int, str]:
    """What is said of each value that somebody has commented."""
    found = Outcome.objects.filter(pk__in=outcomes).exclude(comment="")
    return dict(found.values_list("pk", "comment"))
