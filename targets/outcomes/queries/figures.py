"""Indicators at a period, printed and judged, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from figures.enums import WORDED, ValueKind, ValueScope
from figures.rules.small_groups import hidden_parts
from governance.enums import Light, ScaleKind
from governance.models import Body, Period, ScaleLevel, Unit
from governance.rules import FigureRef, in_force, swedish
from targets.enums import Breakdown, Dimension, Direction, Horizon, IndicatorKind, RollUp
from targets.indicators.queries.target_values import Bases, bases_of, reading_of
from targets.indicators.rules.target_values import ParsedTarget, TargetReading
from targets.models import Category, Definition, Indicator, Outcome, PlannedIndicator
from targets.outcomes.rules.lights import Change, change, light, shown_decimals, status_is_due
from targets.outcomes.rules.parts import PartsRule, parts_rule

NOT_JUDGED = "Bedöms inte"
SEXES = (Breakdown.WOMEN, Breakdown.MEN)
Slot = tuple[int, str, int | None]  # unit, breakdown, category
Held = Mapping[Slot, Outcome]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value as it is printed and judged. ``value`` is "" when there is no number or text to
    print; then ``light`` says which of the four blanks it is. A value held back for the sake of
    a small group is blank here, whatever the row holds."""

    label: str
    unit_id: int
    breakdown: Breakdown
    category_id: int | None
    value: str
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

    @property
    def change_text(self) -> str:
        return self.change.in_words if self.change else ""


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
        return self.now.get(whole(self.root_id))


def whole(unit_id: int) -> Slot:
    return unit_id, Breakdown.TOTAL.value, None


def slot_of(outcome: Outcome) -> Slot:
    return outcome.unit_id, outcome.breakdown, outcome.category_id


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
    units = units_of(body, period.ends_on) if with_units else [root_of(body)]
    now, before = outcomes_of(indicators, units, period)
    words = light_words(body.organisation_id)
    definitions = definitions_of(indicators)
    categories = categories_of(indicators)
    aims = [(place.indicator, target_of(place, Horizon.YEAR)[0]) for place in places.values()]
    bases = bases_of(aims, [units[0].pk])
    return [
        PrintedFigure(
            indicator=indicator,
            place=places.get(indicator.pk),
            root_id=units[0].pk,
            now=now[indicator.pk],
            before=before[indicator.pk],
            row=row_of(
                indicator=indicator,
                place=places.get(indicator.pk),
                period=period,
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


def units_of(body: Body, on: date) -> list[Unit]:
    """The body's root unit and the units right under it that are in force on the day."""
    units = list(Unit.objects.filter(body=body).order_by("name", "id"))
    root = next(unit for unit in units if unit.parent_id is None)
    return [
        root,
        *(
            unit
            for unit in units
            if unit.parent_id == root.pk and in_force(unit.valid_from, unit.valid_to, on)
        ),
    ]


def outcomes_of(
    indicators: Iterable[Indicator], units: Iterable[Unit], period: Period
) -> tuple[dict[int, dict[Slot, Outcome]], dict[int, dict[Slot, Outcome]]]:
    """(at the period, at the one it is compared with): per indicator, by slot."""
    now: dict[int, dict[Slot, Outcome]] = defaultdict(dict)
    before: dict[int, dict[Slot, Outcome]] = defaultdict(dict)
    for outcome in Outcome.objects.filter(
        unit__in=[unit.pk for unit in units],
        period_id__in=[pk for pk in (period.pk, period.previous_id) if pk],
        indicator__in=[indicator.pk for indicator in indicators],
    ):
        held = now if outcome.period_id == period.pk else before
        held[outcome.indicator_id][slot_of(outcome)] = outcome
    return now, before


def definitions_of(indicators: Iterable[Indicator]) -> dict[int, list[Definition]]:
    """Each indicator's definitions, oldest first; the one without a day is the oldest."""
    found: dict[int, list[Definition]] = defaultdict(list)
    for definition in Definition.objects.filter(
        indicator__in=[indicator.pk for indicator in indicators]
    ):
        found[definition.indicator_id].append(definition)
    for definitions in found.values():
        definitions.sort(key=lambda each: (each.valid_from or date.min, each.pk))
    return found


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


def light_words(organisation_id: int) -> dict[str, str]:
    """The organisation's words for lights; the enum's own where it has none (wall 8)."""
    levels = ScaleLevel.objects.filter(
        scale__organisation_id=organisation_id, scale__kind=ScaleKind.LIGHT
    ).order_by("scale__key", "position")
    words: dict[str, str] = {str(value): str(label) for value, label in Light.choices}
    words.update({level.tone: level.name for level in levels})
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

    ``is_share``: they are shares of a sum, and the target is the sum's alone.
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
        slot: Slot,
        outcome: Outcome | None,
        before: Outcome | None,
        is_hidden: bool,
        before_is_hidden: bool,
    ) -> Cell:
        unit_id, breakdown, category_id = slot
        kind = ValueKind(outcome.kind) if outcome else None
        shown = self._light(outcome, kind)
        word = self.words[shown.value]
        if is_hidden:
            shown, word = Light.SUPPRESSED, self.words[Light.SUPPRESSED.value]
        elif shown == Light.NOT_APPLICABLE and kind != ValueKind.NOT_APPLICABLE:
            word = NOT_JUDGED
        concealed = is_hidden or before_is_hidden
        return Cell(
            label=label,
            unit_id=unit_id,
            breakdown=Breakdown(breakdown),
            category_id=category_id,
            value="" if is_hidden else printed(self.indicator, outcome),
            previous="" if before_is_hidden else previous_printed(self.indicator, outcome, before),
            change=None if concealed else _change(self.indicator, outcome, before),
            light=shown,
            light_word=word,
            kind=kind,
            is_stated=bool(outcome and outcome.is_stated),
            is_carried_forward=bool(outcome and outcome.is_carried_forward),
            comment=outcome.comment if outcome else "",
            scope=ValueScope(outcome.scope) if outcome else ValueScope.OWN,
            measured_on=outcome.measured_on if outcome else None,
            source=figure_ref(outcome),
            previous_source=figure_ref(before),
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


def part_slots(
    indicator: Indicator, unit_id: int, categories: Sequence[Category]
) -> list[tuple[str, Slot]]:
    """(label, slot) of what the whole of one unit is divided into, in print order."""
    if indicator.dimension == Dimension.SEX:
        return [(str(sex.label), (unit_id, sex.value, None)) for sex in SEXES]
    return [
        (category.name, (unit_id, Breakdown.CATEGORY.value, category.pk)) for category in categories
    ]


def row_of(
    *,
    indicator: Indicator,
    place: PlannedIndicator | None,
    period: Period,
    units: Sequence[Unit],
    now: Held,
    before: Held,
    words: Mapping[str, str],
    definitions: Sequence[Definition],
    categories: Sequence[Category],
    bases: Bases | None = None,
) -> IndicatorRow:
    text, note = target_of(place, Horizon.YEAR)
    root, *below = units
    reading = reading_of(indicator, text, root_id=root.pk, bases=bases)
    judge = Judge.of(indicator, text, reading, words)
    parts = part_slots(indicator, root.pk, categories)
    wholes = [(unit.name, whole(unit.pk)) for unit in below]
    cells = judged_cells(judge, (("Totalt", whole(root.pk)), *parts), now, before, root_id=root.pk)
    unit_cells = judged_cells(
        judge, (("Totalt", whole(root.pk)), *wholes), now, before, root_id=root.pk
    )
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
        target_unread=reading.reason or reading.warning,
        target=reading.target,
        target_note=note,
        long_term_text=target_of(place, Horizon.LONG_TERM)[0],
        period=period.name,
        previous_period=period.previous.name if period.previous else "",
        warning=warning_of(definitions, period, now, root.pk),
        indicator_kind=IndicatorKind(indicator.kind),
        status_is_due=judge.is_due,
        parts=tuple(cells[1:]),
        units=tuple(unit_cells[1:]),
    )


def judged_cells(
    judge: Judge, labelled: Sequence[tuple[str, Slot]], now: Held, before: Held, *, root_id: int
) -> list[Cell]:
    """The whole and its parts; what a small group's values would give away is held back."""
    hidden = held_back(judge.indicator, now, root_id)
    hidden_before = held_back(judge.indicator, before, root_id)
    over = labelled[0][1]
    return [
        judge_of(judge, slot, over).cell(
            label=label,
            slot=slot,
            outcome=now.get(slot),
            before=before.get(slot),
            is_hidden=slot in hidden,
            before_is_hidden=slot in hidden_before,
        )
        for label, slot in labelled
    ]


def judge_of(judge: Judge, slot: Slot, over: Slot) -> Judge:
    """The judge of a part or unit: of counts and sums it has no target of its own."""
    if slot == over:
        return judge
    indicator = judge.indicator
    counts = parts_rule(indicator.unit_label, Dimension(indicator.dimension)) == PartsRule.ADDS_UP
    if slot[0] != over[0]:
        counts = indicator.rollup == RollUp.SUM or (counts and indicator.rollup == RollUp.ENTERED)
    return replace(judge, is_share=judge.is_share or counts)


def held_back(indicator: Indicator, held: Held, root_id: int) -> frozenset[Slot]:
    """Of one indicator's values at one period: those that small groups keep from being shown.

    The body is divided by units, each unit by sex or category, and each sex or category by units:
    what one division hides, another must not give away.
    """
    hidden = frozenset(slot for slot, row in held.items() if row.kind == ValueKind.SUPPRESSED)
    if not hidden and not indicator.hides_small_groups:
        return hidden
    divisions = _divisions(held, root_id)
    while True:
        found = hidden.union(
            *(_hidden(indicator, total, slots, held, hidden) for total, slots in divisions)
        )
        if found == hidden:
            return hidden
        hidden = found


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
    held: dict[tuple[int, int, int], dict[Slot, Outcome]] = defaultdict(dict)
    for row in rows:
        held[row.indicator_id, row.period_id, row.unit.parent_id or row.unit_id][slot_of(row)] = row
    return {
        slots[slot].pk
        for (_indicator, _period, root_id), slots in held.items()
        for slot in held_back(next(iter(slots.values())).indicator, slots, root_id)
    }.intersection(ids)


def _divisions(held: Held, root_id: int) -> list[tuple[Slot, list[Slot]]]:
    """Every whole with what is held of it and its parts: a unit's by sex or category, the body's
    sexes and categories by units."""
    by_unit: dict[int, list[Slot]] = defaultdict(list)
    by_part: dict[tuple[str, int | None], list[Slot]] = defaultdict(list)
    for slot in held:
        unit_id, breakdown, category_id = slot
        by_unit[unit_id].append(slot)
        by_part[breakdown, category_id].append(slot)
    return [
        *((whole(unit_id), slots) for unit_id, slots in by_unit.items()),
        *(((root_id, *part), slots) for part, slots in by_part.items()),
    ]


def _hidden(
    indicator: Indicator, total: Slot, slots: Sequence[Slot], held: Held, hidden: frozenset[Slot]
) -> frozenset[Slot]:
    sizes = {
        slot: held[slot].group_size if indicator.hides_small_groups else None for slot in slots
    }
    return hidden_parts(sizes, total=total, suppressed=hidden)


def warning_of(definitions: Sequence[Definition], period: Period, now: Held, root_id: int) -> str:
    """Why the two periods cannot simply be compared; "" when they can."""
    outcome = now.get(whole(root_id))
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


def figure_ref(outcome: Outcome | None) -> FigureRef | None:
    if outcome is None:
        return None
    return FigureRef(model="targets.Outcome", id=outcome.pk, version=outcome.version)


def _decimals(indicator: Indicator, outcome: Outcome | None) -> int:
    return shown_decimals(entered=outcome.decimals if outcome else None, fixed=indicator.decimals)


def _change(indicator: Indicator, outcome: Outcome | None, before: Outcome | None) -> Change | None:
    previous: Decimal | None = before.number if before else None
    decimals = _decimals(indicator, before)
    if outcome is not None and outcome.restated_number is not None:
        previous, decimals = outcome.restated_number, outcome.restated_decimals or 0
    return change(
        number=outcome.number if outcome else None,
        decimals=_decimals(indicator, outcome),
        previous=previous,
        previous_decimals=decimals,
        unit_label=indicator.unit_label,
    )


def help_of(indicator: Indicator, definition: str) -> str:
    source = f"Källa: {indicator.source.rstrip('.')}." if indicator.source else ""
    return " ".join(part for part in (definition, source) if part)
