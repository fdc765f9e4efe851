"""What an entry grid is made of before any value: indicators, units, categories; where a row is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Never, TypedDict

from django.db.models import F, OuterRef, Subquery
from django.http import Http404

from figures.memo import remembered
from figures.rules.key import Key
from governance.models import Body, Period, Unit
from targets.enums import Breakdown, Dimension, Horizon, RollUp
from targets.models import Category, Definition, Indicator, Outcome, PlannedIndicator, Target
from targets.outcomes.queries.figures import categories_of
from targets.outcomes.queries.units import PeriodUnit, units_of, units_shown
from targets.outcomes.rules.places import breakdown_of


class RowAddress(TypedDict):
    """The columns that say which outcome it is."""

    indicator: Indicator
    unit: Unit
    period: Period
    breakdown: Breakdown
    category: Category | None


INDICATOR = tuple(field.attname for field in Indicator._meta.concrete_fields)  # the id first
OF_INDICATOR = tuple(f"indicator__{name}" for name in INDICATOR)


class PlacedIndicator(NamedTuple):
    """An indicator's first place in the body's plans: its columns, the year's target as text and
    note, and the definition in force at the period's end."""

    group: str
    values: tuple[Any, ...]
    target: tuple[str, str] | None
    definition: str

    @property
    def indicator(self) -> Indicator:
        return indicator_from(self.values)


@remembered("an indicator's columns, the id first", size=4096)
def indicator_from(values: tuple[Any, ...]) -> Indicator:
    """A row to read, shared by all who read it."""
    return Indicator.from_db(None, INDICATOR, values)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a grid is made of before any value: its indicators, units and categories."""

    body: Body
    period: Period
    places: Mapping[int, PlacedIndicator]
    root: Unit
    below: Sequence[PeriodUnit]
    categories: Mapping[int, Sequence[Category]]

    @property
    def units(self) -> list[Unit]:
        return [self.root, *(unit.row for unit in self.below)]

    def address(self, key: Key) -> RowAddress:
        """Where the row is written; 404 for one that is not in this grid: of another committee or
        region, of a unit or part it does not have."""
        place = self.places.get(key.what)
        if place is None or key.period is not None:
            raise Http404
        indicator = place.indicator
        unit = next((unit for unit in self.units if unit.pk == key.unit), None) or not_found()
        unit.body = self.body
        if unit != self.root:
            self._check_shown(indicator, unit)
        return RowAddress(
            indicator=indicator,
            unit=unit,
            period=self.period,
            breakdown=breakdown_of(key),
            category=self._category(indicator, key),
        )

    def _check_shown(self, indicator: Indicator, unit: Unit) -> None:
        """A unit that does not report it, or not then, has a row in the grid where it holds one."""
        if units_shown((each for each in self.below if each.row == unit), indicator.rollup, ()):
            return
        rows = Outcome.objects.filter(indicator=indicator, unit=unit, period=self.period)
        if not rows.exists():
            raise Http404

    def _category(self, indicator: Indicator, key: Key) -> Category | None:
        if key.part in {"w", "m"} and indicator.dimension != Dimension.SEX:
            raise Http404
        if key.category is None:
            return None
        known = self.categories.get(indicator.pk, ())
        return next((one for one in known if one.pk == key.category), None) or not_found()


NOT_PLANNED = "Indikatorn står inte i någon av årets planer. Uppgifterna kan bara läsas."


def is_planned(indicator: Indicator, body: Body, period: Period) -> bool:
    """Whether the body's plans of the period's year ask for it."""
    return PlannedIndicator.objects.filter(
        indicator=indicator, plan__body=body, plan__year=period.ends_on.year
    ).exists()


def not_found() -> Never:
    raise Http404


def placed(
    body: Body, period: Period, indicators: Collection[int] | None = None
) -> Mapping[int, PlacedIndicator]:
    """The body's planned indicators of the period's year in plan order, or those asked for; one
    query."""
    planned = PlannedIndicator.objects.filter(plan__body=body, plan__year=period.ends_on.year)
    if indicators is not None:
        planned = planned.filter(indicator__in=indicators)
    target = Target.objects.filter(planned_indicator=OuterRef("pk"), horizon=Horizon.YEAR)
    definition = (
        Definition.objects.filter(indicator=OuterRef("indicator"))
        .exclude(valid_from__gt=period.ends_on)
        .order_by(F("valid_from").desc(nulls_last=True), "-id")
    )
    told = planned.annotate(
        target_text=Subquery(target.values("text")),
        target_note=Subquery(target.values("note")),
        definition=Subquery(definition.values("text")[:1]),
    ).order_by("plan__key", "position", "id")
    places: dict[int, PlacedIndicator] = {}
    for group, text, note, words, *columns in told.values_list(
        "group", "target_text", "target_note", "definition", *OF_INDICATOR
    ):
        values = tuple(columns)
        aim = None if text is None else (text, note)
        places.setdefault(values[0], PlacedIndicator(group, values, aim, words or ""))
    return places


def entry_frame(
    *,
    body: Body,
    period: Period,
    indicators: Collection[int] | None = None,
    places: Mapping[int, PlacedIndicator] | None = None,
    hold: bool = False,
) -> Frame:
    """All planned indicators, or those asked for; ``places`` where they are read already.

    At most three queries: the places, the units (which ``hold`` holds, where any report), the
    categories.
    """
    if places is None:
        places = placed(body, period, indicators)
    indicators_placed = [place.indicator for place in places.values()]
    has_units = any(each.rollup != RollUp.ENTERED for each in indicators_placed)
    root, below = units_of(body, period, hold=hold and has_units)
    return Frame(
        body=body,
        period=period,
        places=places,
        root=root,
        below=below,
        categories=categories_of(indicators_placed),
    )
