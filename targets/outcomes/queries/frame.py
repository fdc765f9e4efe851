"""What an entry grid is made of before any value: indicators, units, categories; where a row is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Never

from django.http import Http404

from governance.models import Body, Period, Unit
from targets.enums import Breakdown, Dimension, Horizon, RollUp
from targets.models import Category, Indicator, PlannedIndicator, Target
from targets.outcomes.queries.figures import SEXES, categories_of, root_of, units_of
from targets.outcomes.rules.row_key import CellKey


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """Where a row of the grid is written."""

    indicator: Indicator
    unit: Unit
    breakdown: Breakdown
    category: Category | None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a grid is made of before any value: its indicators, units and categories."""

    body: Body
    period: Period
    places: Mapping[int, PlannedIndicator]
    targets: Mapping[int, tuple[str, str]]
    root: Unit
    below: Sequence[Unit]
    categories: Mapping[int, Sequence[Category]]

    def units_under(self, indicator: Indicator) -> Sequence[Unit]:
        """The units that report the indicator; none where the whole is entered."""
        return () if indicator.rollup == RollUp.ENTERED else self.below

    def cell(self, key: CellKey, *, is_comment: bool = False) -> GridCell:
        """Where the row is written; 404 for one that is not in this grid, or whose value is
        computed: of another committee or region, of a unit or part it does not have."""
        place = self.places.get(key.indicator)
        if place is None:
            raise Http404
        indicator = place.indicator
        units = self.units_under(indicator)
        unit = self.root
        if key.unit is not None:
            unit = next((unit for unit in units if unit.pk == key.unit), None) or not_found()
        elif units and not is_comment:
            raise Http404
        category = self._category(indicator, key)
        unit.body = self.body
        return GridCell(indicator=indicator, unit=unit, breakdown=key.breakdown, category=category)

    def _category(self, indicator: Indicator, key: CellKey) -> Category | None:
        if key.breakdown in SEXES and indicator.dimension != Dimension.SEX:
            raise Http404
        if key.category is None:
            return None
        return (
            next(
                (one for one in self.categories.get(indicator.pk, ()) if one.pk == key.category),
                None,
            )
            or not_found()
        )


def not_found() -> Never:
    raise Http404


def entry_frame(*, body: Body, period: Period, indicators: Collection[int] | None = None) -> Frame:
    """The body's planned indicators of the period's year in plan order, or those asked for."""
    planned = PlannedIndicator.objects.filter(plan__body=body, plan__year=period.ends_on.year)
    if indicators is not None:
        planned = planned.filter(indicator__in=indicators)
    places: dict[int, PlannedIndicator] = {}
    for place in planned.select_related("indicator").order_by("plan__key", "position", "id"):
        places.setdefault(place.indicator_id, place)
    held = [place.indicator for place in places.values()]
    has_units = any(indicator.rollup != RollUp.ENTERED for indicator in held)
    root, *below = units_of(body, period.ends_on) if has_units else [root_of(body)]
    targets = Target.objects.filter(
        planned_indicator__in=[place.pk for place in places.values()], horizon=Horizon.YEAR
    )
    return Frame(
        body=body,
        period=period,
        places=places,
        targets={
            place: (text, note)
            for place, text, note in targets.values_list("planned_indicator", "text", "note")
        },
        root=root,
        below=below,
        categories=categories_of(held),
    )
