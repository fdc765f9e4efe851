"""One indicator with its definition, targets, outcomes and places, for one reader."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404

from figures.rules.numbers import is_percent
from figures.rules.units import POINTS
from governance.enums import OFFICES
from governance.models import Body, Unit, User
from governance.permissions import can_read_figures, reading_bodies, same_organisation
from governance.queries import visible_body
from governance.rules import swedish
from rounds.permissions import can_record
from targets.enums import Dimension
from targets.indicators.queries.indicator_list import lists_of
from targets.indicators.queries.target_values import (
    YearsAims,
    bases_of,
    reading_of,
    with_targets,
    years_of,
)
from targets.indicators.rules.target_values import TargetReading
from targets.indicators.rules.value_range import limits_of
from targets.models import Category, Definition, Indicator, PlannedIndicator, Target
from targets.outcomes.queries.figures import definition_on, in_order, root_of
from targets.outcomes.queries.trend import Trend, TrendFacts, trend_facts, trend_of
from targets.outcomes.queries.units import CalledUnit, called
from targets.permissions import can_add_indicator, can_define
from targets.plans.queries.plan_page import plan_lock
from targets.plans.queries.words import words_and_lights, words_for

TARGET = ("id", "horizon", "text", "note", "version")


@dataclass(frozen=True, kw_only=True)
class DefinitionVersion:
    """``until`` is the day the next one begins, None for the one that holds."""

    valid_from: date | None
    until: date | None
    text: str
    is_now: bool
    is_coming: bool


@dataclass(frozen=True, kw_only=True)
class IndicatorPage:
    """``body`` is the one whose values are shown: None when the reader may see nobody's."""

    indicator: Indicator
    bodies: tuple[Body, ...]
    body: Body | None
    office: Body | None
    facts: tuple[tuple[str, str], ...]
    definitions: tuple[DefinitionVersion, ...]
    years: tuple[YearsAims, ...]
    trend_facts: TrendFacts | None
    words: Mapping[str, str]
    may_define: bool
    may_set_targets: bool

    @property
    def trend(self) -> Trend | None:
        return trend_of(self.trend_facts) if self.trend_facts else None

    @property
    def others(self) -> bool:
        """Whether the reader may choose between bodies."""
        return len(self.bodies) > 1

    @property
    def chosen(self) -> tuple[Body, ...]:
        return (self.body,) if self.body else ()

    @property
    def list_body(self) -> Body | None:
        """Whose list the page stands in."""
        return self.body or self.office

    @property
    def kind(self) -> str:
        return self.words[self.indicator.kind]

    @property
    def has_categories(self) -> bool:
        return self.indicator.dimension == Dimension.CATEGORIES


def get_body_to_add_in(user: User, pk: int, today: date) -> tuple[Body, bool]:
    """(the body, whether what is added there is shared by all)."""
    body = visible_body(user, pk)
    if body not in lists_of(user, today):
        raise Http404
    if not can_add_indicator(user, body, today):
        raise PermissionDenied
    return body, not can_record(user, body, today)


def get_indicator_to_define(user: User, pk: int, today: date) -> tuple[Indicator, Body]:
    """(the indicator, whose history its changes stand in: the board's for a shared one)."""
    indicator, _bodies = get_indicator_for(user, pk, today)
    if not can_define(user, indicator, today):
        raise PermissionDenied
    return indicator, indicator.body or _office(indicator)


def _office(indicator: Indicator) -> Body:
    """The board, where what is shared is kept."""
    offices = Body.objects.filter(organisation=indicator.organisation_id, kind__in=OFFICES)
    return offices.order_by("kind", "id")[0]


def get_indicator_for(user: User, pk: int, today: date) -> tuple[Indicator, list[Body]]:
    """(the indicator, the bodies whose values of it the user may read).

    404 when there is none of them and the user keeps no shared definitions either.
    """
    read = _read(user, pk, today)
    return read.indicator, read.bodies


@dataclass(frozen=True, kw_only=True)
class _Read:
    """The indicator with its definitions, oldest first, its categories, and the units of the bodies
    whose values of it the user may read."""

    indicator: Indicator
    definitions: list[Definition]
    categories: list[Category]
    units: dict[Body, list[CalledUnit]]

    @property
    def bodies(self) -> list[Body]:
        return list(self.units)


def _read(user: User, pk: int, today: date) -> _Read:
    """Two queries: the indicator beside each definition and category, and the units."""
    rows = list(
        Indicator.objects.select_related("body")
        .filter(pk=pk)
        .annotate(
            since=F("definitions__valid_from"),
            definition_id=F("definitions__pk"),
            definition=F("definitions__text"),
            category_id=F("categories__pk"),
            category=F("categories__name"),
        )
        .order_by("categories__position", "categories__pk")
    )
    if not rows or not same_organisation(user, rows[0].organisation_id):
        raise Http404
    units = _readable(user, rows[0], today)
    if not units and not can_define(user, rows[0], today):
        raise Http404
    definitions = {
        row.definition_id: Definition(
            pk=row.definition_id, indicator=rows[0], valid_from=row.since, text=row.definition
        )
        for row in rows
        if row.definition_id
    }
    categories = {row.category_id: row.category for row in rows if row.category_id}
    return _Read(
        indicator=rows[0],
        definitions=in_order(definitions.values()),
        categories=[Category(pk=pk, name=name) for pk, name in categories.items()],
        units=units,
    )


def _readable(user: User, indicator: Indicator, today: date) -> dict[Body, list[CalledUnit]]:
    """The root unit first of each body."""
    held = reading_bodies(user, today)
    if indicator.body_id is not None:
        held &= {indicator.body_id}
    found: dict[Body, list[CalledUnit]] = defaultdict(list)
    units = Unit.objects.filter(body__in=held, body__organisation=indicator.organisation_id)
    for each in called(units.select_related("body")):
        found[each.row.body].append(each)
    return found


def indicator_page(
    user: User,
    pk: int,
    today: date,
    *,
    body_pk: int | None = None,
    months: int = 0,
    with_all: bool = False,
) -> IndicatorPage:
    """Everything of one indicator at one body, in a number of queries that does not grow."""
    read = _read(user, pk, today)
    indicator, definitions = read.indicator, read.definitions
    planned = _places(indicator, read.bodies)
    body = _chosen(read.bodies, planned, body_pk)
    places = [place for place in planned if body and place.plan.body_id == body.pk]
    # The words of the latest plan: those of a year without one are nobody's.
    year = places[0].plan.year if places else today.year
    words, lights = words_and_lights(indicator.organisation_id, year)
    units = read.units[body] if body else []
    years = years_of(indicator, places, units[0].row.pk if units else 0, words)
    facts = None
    if body:
        facts = trend_facts(
            indicator,
            body,
            units,
            readings=_readings(years),
            definitions=definitions,
            categories=read.categories,
            words=words,
            lights=lights,
            months=months,
            with_all=with_all,
        )
    return IndicatorPage(
        indicator=indicator,
        bodies=tuple(read.bodies),
        body=body,
        office=None if body else _office(indicator),
        facts=tuple(_facts(indicator, read.categories, words)),
        definitions=tuple(_versions(definitions, today)),
        years=years,
        trend_facts=facts,
        words=words,
        may_define=can_define(user, indicator, today),
        may_set_targets=bool(body and can_record(user, body, today)),
    )


def _chosen(
    bodies: Sequence[Body], planned: Sequence[PlannedIndicator], body_pk: int | None
) -> Body | None:
    """The body asked for, else the one that last planned the indicator, else the first."""
    by_id = {body.pk: body for body in bodies}
    if body_pk is not None:
        if body_pk not in by_id:
            raise Http404
        return by_id[body_pk]
    last = {each.plan.body_id for each in planned if each.plan.year == planned[0].plan.year}
    return next((body for body in bodies if body.pk in last), next(iter(bodies), None))


def _places(indicator: Indicator, bodies: Sequence[Body]) -> list[PlannedIndicator]:
    """Its places in the bodies' plans, the latest year first, each with its targets; one query."""
    rows = PlannedIndicator.objects.filter(indicator=indicator, plan__body__in=bodies)
    found: dict[int, PlannedIndicator] = {}
    targets: dict[int, list[Target]] = defaultdict(list)
    for row in (
        rows.select_related("plan", "goal__level")
        .annotate(**{f"target_{name}": F(f"targets__{name}") for name in TARGET})
        .order_by("-plan__year", "plan__key", "position", "id", "targets__id")
    ):
        place = found.setdefault(row.pk, row)
        values = [getattr(row, f"target_{name}") for name in TARGET]
        if values[0] is not None:
            targets[row.pk].append(
                Target(planned_indicator=place, **dict(zip(TARGET, values, strict=True)))
            )
    for pk, place in found.items():
        with_targets(place, targets[pk])
    return list(found.values())


def _readings(years: Iterable[YearsAims]) -> dict[int, tuple[str, TargetReading]]:
    """The year's target of each plan year, the first place's where there are several."""
    found: dict[int, tuple[str, TargetReading]] = {}
    for each in years:
        found.setdefault(each.place.plan.year, (each.aims[0].text, each.aims[0].reading))
    return found


def _versions(definitions: Sequence[Definition], today: date) -> Iterator[DefinitionVersion]:
    """Newest first."""
    now = definition_on(definitions, today)
    until = None
    for definition in reversed(definitions):
        yield DefinitionVersion(
            valid_from=definition.valid_from,
            until=until,
            text=definition.text,
            is_now=definition == now,
            is_coming=bool(definition.valid_from and definition.valid_from > today),
        )
        until = definition.valid_from


def _facts(
    indicator: Indicator, categories: Sequence[Category], words: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What is said of the indicator, in words; what is not said is left out."""
    tolerance = indicator.tolerance
    divided = indicator.get_dimension_display()
    if indicator.dimension == Dimension.CATEGORIES:
        divided = ", ".join(category.name for category in categories) or divided
    facts = (
        ("Nummer", indicator.number),
        ("Slag", words[indicator.kind]),
        ("Enhet", indicator.unit_label),
        ("Värden", limits_of(indicator).says or indicator.get_value_range_display()),
        ("Riktning", indicator.get_direction_display()),
        ("Tolerans", _tolerance(tolerance, indicator.unit_label) if tolerance is not None else ""),
        ("Mäts", indicator.frequency),
        ("Källa", indicator.source),
        ("Ägare", indicator.owner),
        ("Gäller", indicator.body.name if indicator.body else "Hela regionen"),
        ("Uppdelning", divided),
        ("Helheten", indicator.get_rollup_display()),
        ("Värdena är", "Rullande tolv månader" if indicator.is_rolling_12 else ""),
        ("Basår", str(indicator.base_year or "")),
        (
            "Små grupper",
            "Tio personer eller färre redovisas inte" if indicator.hides_small_groups else "",
        ),
    )
    return ((label, text) for label, text in facts if text)


def _tolerance(value: Decimal, unit: str) -> str:
    """The stored scale is the column's; the zeros after the last digit say nothing. From a share
    one is points away, not per cent."""
    return f"{swedish(value.normalize())} {POINTS if is_percent(unit) else unit}".strip()


@dataclass(frozen=True, kw_only=True)
class TargetPage:
    """The targets of one place in a plan, as its controller sets them."""

    indicator: Indicator
    body: Body
    years: YearsAims
    lock: str
    may_write: bool
    words: Mapping[str, str]

    @property
    def is_writable(self) -> bool:
        return self.may_write and not self.lock


def get_targets_for(user: User, place_pk: int, today: date, *, write: bool = False) -> TargetPage:
    place = (
        PlannedIndicator.objects.select_related(
            "plan__body__organisation", "indicator", "goal__level"
        )
        .prefetch_related("targets")
        .filter(pk=place_pk)
        .first()
    )
    if place is None or not can_read_figures(user, place.plan.body, today):
        raise Http404
    may_write = can_record(user, place.plan.body, today)
    if write and not may_write:
        raise PermissionDenied
    body = place.plan.body
    words = words_for(body.organisation_id, place.plan.year)
    return TargetPage(
        indicator=place.indicator,
        body=body,
        years=years_of(place.indicator, [place], root_of(body).pk, words)[0],
        lock=plan_lock(place.plan),
        may_write=may_write,
        words=words,
    )


def read_as(page: TargetPage, text: str) -> TargetReading:
    """How the text would be read as one of the page's targets."""
    root_id = root_of(page.body).pk
    year = page.years.place.plan.year
    bases = bases_of([(page.indicator, text, year)], [root_id])
    return reading_of(page.indicator, text, year, root_id=root_id, bases=bases)
