"""A body's part of a hand-in: its goals and outcomes of a period as bytes, and read again.

The structs hold what a reader needs and nothing else; a field that is added has a default, so that
bytes kept before can be read.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from figures.enums import ValueKind
from figures.memo import remembered
from governance.enums import Light
from governance.models import Body, Period
from governance.queries import Marked, ids_in
from governance.rules import WITHHELD, FigureRef
from targets.enums import Attainment, Breakdown, Horizon, Nature
from targets.indicators.queries.target_values import bases_of, with_targets
from targets.models import (
    Category,
    Definition,
    Goal,
    Indicator,
    Outcome,
    Plan,
    PlannedIndicator,
    Target,
)
from targets.outcomes.queries.figures import (
    categories_of,
    definitions_of,
    light_words,
    places_of,
    root_of,
    target_of,
)
from targets.plans.queries.chain import Chain, Standing, chain


class KeptRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The fields are the columns of the row."""


Kept = TypeVar("Kept", bound=KeptRow)


class KeptDefinition(KeptRow, frozen=True, kw_only=True):
    id: int
    valid_from: date | None = None
    text: str = ""


class KeptCategory(KeptRow, frozen=True, kw_only=True):
    id: int
    name: str


class KeptIndicator(KeptRow, frozen=True, kw_only=True):
    id: int
    key: str
    name: str
    body_id: int | None = None
    number: str = ""
    unit_label: str = ""
    decimals: int | None = None
    direction: str
    tolerance: Decimal | None = None
    kind: str
    source: str = ""
    base_year: int | None = None
    value_range: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    dimension: str
    rollup: str
    hides_small_groups: bool = False


class KeptTarget(KeptRow, frozen=True, kw_only=True):
    id: int
    horizon: str
    text: str
    note: str = ""


class KeptPlace(KeptRow, frozen=True, kw_only=True):
    """An indicator's place in the plan; ``goal`` is the goal's id, ``area`` its focus area."""

    id: int
    goal: int | None = None
    goal_key: str = ""
    area: str = ""
    group: str = ""
    indicator: KeptIndicator
    definitions: tuple[KeptDefinition, ...] = ()
    categories: tuple[KeptCategory, ...] = ()
    targets: tuple[KeptTarget, ...] = ()


class KeptOutcome(KeptRow, frozen=True, kw_only=True):
    id: int
    indicator_id: int
    unit_id: int
    breakdown: str
    category_id: int | None = None
    kind: str
    number: Decimal | None = None
    decimals: int | None = None
    text: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    group_size: int | None = None
    scope: str
    measured_on: date | None = None
    is_carried_forward: bool = False
    is_stated: bool = False
    source: str = ""
    comment: str = ""
    is_rolled_up: bool = False
    restated_number: Decimal | None = None
    restated_decimals: int | None = None
    restated_note: str = ""
    forecast_number: Decimal | None = None
    forecast_decimals: int | None = None
    origin_label: str = ""
    version: int


class KeptStanding(KeptRow, frozen=True, kw_only=True):
    status: str
    light: Light
    word: str
    sentence: str = ""
    comment: str = ""
    counts_as: Attainment
    row: tuple[str, int, int] | None = None


class KeptGoal(KeptRow, frozen=True, kw_only=True):
    """A goal or an assignment where it stood; ``reason`` is why a judgement departs."""

    id: int
    label: str
    area: str = ""
    nature: Nature
    standing: KeptStanding
    is_reported: bool = False
    reason: str = ""
    judged_by: str = ""
    judged_on: date | None = None


class KeptPeriod(KeptRow, frozen=True, kw_only=True):
    id: int
    name: str
    starts_on: date
    ends_on: date
    previous: "KeptPeriod | None" = None


class KeptBase(KeptRow, frozen=True, kw_only=True):
    """A base year's outcome that a target was reckoned from."""

    indicator: int
    year: int
    number: Decimal


class TargetsSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    schema: int = 1
    period: KeptPeriod
    root_id: int
    words: dict[str, str]
    areas: tuple[tuple[int, str], ...]
    area_ids: tuple[int, ...] = ()  # of ``areas``; bytes kept before lack them
    goals: tuple[KeptGoal, ...]
    places: tuple[KeptPlace, ...]
    outcomes: tuple[KeptOutcome, ...]
    bases: tuple[KeptBase, ...]

    def bound(self) -> dict[tuple[int, int, int], Decimal]:
        return {(self.root_id, each.indicator, each.year): each.number for each in self.bases}


DECODER = msgspec.json.Decoder(TargetsSnapshot)


@remembered("the kept bytes", size=512)
def decoded(data: bytes) -> TargetsSnapshot:
    """Kept bytes never change, and are read by many."""
    return DECODER.decode(data)


def snapshot(body: Body, period: Period) -> bytes:
    """The body's plans of the period's year and its outcomes, as they stand now."""
    plans = Plan.objects.filter(body=body, year=period.ends_on.year).select_related("body")
    chains = [chain(plan, period) for plan in plans.order_by("key")]
    places = list(places_of(body, period).values())
    root = root_of(body)
    year = period.ends_on.year
    aims = [(place.indicator, target_of(place, Horizon.YEAR)[0], year) for place in places]
    areas = sorted({(area.position, area.name, area.pk) for each in chains for area in each.areas})
    content = TargetsSnapshot(
        period=_period(period),
        root_id=root.pk,
        words=light_words(body.organisation_id, period.ends_on.year),
        areas=tuple((position, name) for position, name, _pk in areas),
        area_ids=tuple(pk for _position, _name, pk in areas),
        goals=tuple(goal for each in chains for goal in _goals(each)),
        places=tuple(_places(places, chains)),
        outcomes=tuple(outcomes_at([root.pk], period, body=body)),
        bases=tuple(
            KeptBase(indicator=indicator, year=year, number=number)
            for (_root, indicator, year), number in sorted(bases_of(aims, [root.pk]).items())
        ),
    )
    return msgspec.json.encode(content, order="deterministic")


def kept(kind: Any, row: object) -> Any:
    """The struct of a row, field by field."""
    return kind(**{name: getattr(row, name) for name in kind.__struct_fields__})


def outcomes_at(
    roots: Iterable[int], period: Period, *, body: Body | None = None
) -> Iterator[KeptOutcome]:
    """The outcomes of the period: of all the body's units, or of these root units alone."""
    rows = Outcome.objects.filter(period=period)
    rows = rows.filter(unit__body=body) if body else rows.filter(unit__in=list(roots))
    for row in rows.order_by("pk"):
        yield kept(KeptOutcome, row)


def _period(period: Period) -> KeptPeriod:
    def one(each: Period, previous: KeptPeriod | None = None) -> KeptPeriod:
        return KeptPeriod(
            id=each.pk,
            name=each.name,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            previous=previous,
        )

    return one(period, one(period.previous) if period.previous else None)


def _goals(found: Chain) -> Iterator[KeptGoal]:
    for goal in found.in_order():
        judgement = found.judgements.get(goal.pk)
        yield KeptGoal(
            id=goal.pk,
            label=found.names[goal.pk],
            area=found.area_of(goal),
            nature=Nature(goal.level.nature),
            standing=_standing(found.standing(goal)),
            is_reported=judgement is not None or goal.pk in found.reports,
            reason=judgement.reason if judgement else "",
            judged_by=judgement.judged_by if judgement else "",
            judged_on=judgement.judged_on if judgement else None,
        )


def _standing(standing: Standing) -> KeptStanding:
    source = standing.source
    return KeptStanding(
        status=standing.status,
        light=standing.light,
        word=standing.word,
        sentence=standing.sentence,
        comment=standing.comment,
        counts_as=standing.counts_as,
        row=(source.model, source.id, source.version) if source else None,
    )


def standing_of(goal: KeptGoal) -> Standing:
    found = goal.standing
    return Standing(
        status=found.status,
        light=found.light,
        word=found.word,
        sentence=found.sentence,
        comment=found.comment,
        counts_as=found.counts_as,
        source=FigureRef(model=found.row[0], id=found.row[1], version=found.row[2])
        if found.row
        else None,
    )


def _places(places: list[PlannedIndicator], chains: Iterable[Chain]) -> Iterator[KeptPlace]:
    indicators = [place.indicator for place in places]
    definitions, categories = definitions_of(indicators), categories_of(indicators)
    areas = {goal.pk: each.area_of(goal) for each in chains for goal in each.goals}
    for place in places:
        yield KeptPlace(
            id=place.pk,
            goal=place.goal_id,
            goal_key=place.goal.key if place.goal else "",
            area=areas.get(place.goal_id or 0, ""),
            group=place.group,
            indicator=kept(KeptIndicator, place.indicator),
            definitions=tuple(
                kept(KeptDefinition, each) for each in definitions[place.indicator_id]
            ),
            categories=tuple(kept(KeptCategory, each) for each in categories[place.indicator_id]),
            targets=tuple(kept(KeptTarget, each) for each in place.targets.all()),
        )


def withhold(data: bytes, marked: Marked) -> bytes:
    """What was handed in without what is marked secret since."""
    found = decoded(data)
    ids: dict[str, Collection[int]] = {
        model: ids_in(marked, f"targets.{model}")
        for model in ("Outcome", "Goal", "Indicator", "Target", "Definition", "Category")
    }
    areas = _names_of_areas(found, marked)
    bases = _base_years(found, ids["Outcome"])
    standings = {(each.model, each.id) for each in marked}

    def area(name: str) -> str:
        return WITHHELD if name in areas else name

    def named(row: Kept, model: str, **blank: Any) -> Kept:
        return replace(row, **blank) if getattr(row, "id", 0) in ids[model] else row

    def goal(each: KeptGoal) -> KeptGoal:
        blank, row = each, each.standing.row
        if each.id in ids["Goal"] or (row is not None and row[:2] in standings):
            standing = replace(each.standing, **NO_STANDING)
            blank = replace(each, standing=standing, reason="", judged_by="", judged_on=None)
        return replace(named(blank, "Goal", label=WITHHELD), area=area(each.area))

    def place(each: KeptPlace) -> KeptPlace:
        indicator = named(each.indicator, "Indicator", name=WITHHELD, source="")
        texts = [named(row, "Definition", text=WITHHELD) for row in each.definitions]
        names = [named(row, "Category", name=WITHHELD) for row in each.categories]
        aims = [named(row, "Target", text=WITHHELD, note="") for row in each.targets]
        parts = {"definitions": tuple(texts), "categories": tuple(names), "targets": tuple(aims)}
        return replace(each, area=area(each.area), indicator=indicator, **parts)

    content = replace(
        found,
        areas=tuple((position, area(name)) for position, name in found.areas),
        goals=tuple(map(goal, found.goals)),
        places=tuple(map(place, found.places)),
        outcomes=tuple(
            _withheld(row) if row.id in ids["Outcome"] else row for row in found.outcomes
        ),
        bases=tuple(each for each in found.bases if (each.indicator, each.year) not in bases),
    )
    return msgspec.json.encode(content, order="deterministic")


def _names_of_areas(found: TargetsSnapshot, marked: Marked) -> set[str]:
    """What the marked focus areas were called when it was handed in: by their ids, or, in bytes
    without, by the goals that lie in them, and by the name that was taken out."""
    ids = ids_in(marked, "targets.FocusArea")
    if not ids:
        return set()
    if found.area_ids:
        named = zip(found.area_ids, found.areas, strict=True)
        return {name for pk, (_position, name) in named if pk in ids}
    goals = set(Goal.objects.filter(focus_area__in=ids).values_list("pk", flat=True))
    within = {each.area for each in found.goals if each.id in goals and each.area}
    return within | {
        each.columns["name"]
        for each in marked
        if each.id in ids and each.model == "targets.FocusArea"
    }


def _base_years(found: TargetsSnapshot, ids: Collection[int]) -> set[tuple[int, int]]:
    """Indicator and year of the whole's marked outcomes that targets were reckoned from."""
    if not found.bases or not ids:
        return set()
    rows = Outcome.objects.filter(
        pk__in=ids,
        unit=found.root_id,
        breakdown=Breakdown.TOTAL,
        period__starts_on__in=[date(each.year, 1, 1) for each in found.bases],
        period__ends_on__in=[date(each.year, 12, 31) for each in found.bases],
    )
    return set(rows.values_list("indicator_id", "period__ends_on__year"))


NO_STANDING: dict[str, Any] = {
    "light": Light.NOT_APPLICABLE,
    "word": WITHHELD,
    "sentence": "",
    "comment": "",
    "counts_as": Attainment.NOT_JUDGED,
}


def _withheld(row: KeptOutcome) -> KeptOutcome:
    return KeptOutcome(
        id=row.id,
        indicator_id=row.indicator_id,
        unit_id=row.unit_id,
        breakdown=row.breakdown,
        category_id=row.category_id,
        kind=ValueKind.TEXT,
        text=WITHHELD,
        scope=row.scope,
        version=row.version,
    )


# Back to rows, unsaved: the same rules judge and print them.


def row_from(model: Any, row: KeptRow) -> Any:
    return model(**{name: getattr(row, name) for name in row.__struct_fields__})


def indicator_of(place: KeptPlace) -> Indicator:
    found: Indicator = row_from(Indicator, place.indicator)
    return found


def place_from(place: KeptPlace, indicator: Indicator) -> PlannedIndicator:
    found = PlannedIndicator(pk=place.id, indicator=indicator, group=place.group)
    if place.goal is not None:
        found.goal = Goal(pk=place.goal, key=place.goal_key)
    targets = [row_from(Target, each) for each in place.targets]
    return with_targets(found, targets)


def definitions_from(place: KeptPlace) -> list[Definition]:
    return [row_from(Definition, each) for each in place.definitions]


def categories_from(place: KeptPlace) -> list[Category]:
    return [row_from(Category, each) for each in place.categories]


def period_from(found: KeptPeriod) -> Period:
    previous = period_from(found.previous) if found.previous else None
    return Period(
        pk=found.id,
        name=found.name,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        previous=previous,
    )
