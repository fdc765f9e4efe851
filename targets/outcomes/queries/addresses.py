"""Which value an address names: by its row, or by its place in the entry grid."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.core.exceptions import PermissionDenied
from django.http import Http404

from governance.models import Body, Period, Unit, User
from rounds.models import RoundState
from rounds.permissions import can_read_figures, can_record
from rounds.queries.states import get_round_state_for, period_states
from targets.enums import PART, Breakdown, Dimension
from targets.models import Category, Indicator, Outcome
from targets.outcomes.queries.figures import Slot, places_of, units_of
from targets.outcomes.rules.row_key import CellKey, cell_key


class RowAddress(TypedDict):
    indicator: Indicator
    unit: Unit
    period: Period
    breakdown: Breakdown
    category: Category | None


@dataclass(frozen=True, kw_only=True)
class Address:
    """Which value: it may not have been entered yet."""

    indicator: Indicator
    body: Body
    unit: Unit
    period: Period
    breakdown: Breakdown
    category: Category | None
    state: RoundState | None
    outcome: Outcome | None

    @property
    def slot(self) -> Slot:
        return self.unit.pk, self.breakdown.value, self.category.pk if self.category else None

    @property
    def named(self) -> RowAddress:
        """The arguments every action that writes a value takes."""
        return {
            "indicator": self.indicator,
            "unit": self.unit,
            "period": self.period,
            "breakdown": self.breakdown,
            "category": self.category,
        }

    @property
    def row(self) -> str:
        """Its id in the entry grid."""
        return str(
            CellKey(
                indicator=self.indicator.pk,
                unit=self.unit.pk if self.unit.parent_id else None,
                breakdown=self.breakdown,
                category=self.category.pk if self.category else None,
            )
        )

    @property
    def covers(self) -> str:
        """ "Totalt", "Kvinnor", "Område Norr, kvinnor"."""
        part = self.category.name if self.category else str(self.breakdown.label)
        if self.unit.parent_id is None:
            return part
        is_whole = self.breakdown == Breakdown.TOTAL
        return self.unit.name if is_whole else f"{self.unit.name}, {part.lower()}"


def get_outcome_for(user: User, pk: int, today: date, *, write: bool = False) -> Address:
    """A value that has a row, for those who may read it; and write when asked for."""
    outcome = (
        Outcome.objects.select_related(
            "indicator", "unit__body__organisation", "period__previous", "category"
        )
        .filter(pk=pk)
        .first()
    )
    if outcome is None or not can_read_figures(user, outcome.unit.body, today):
        raise Http404
    if write and not can_record(user, outcome.unit.body, today):
        raise PermissionDenied
    body, period = outcome.unit.body, outcome.period
    return Address(
        indicator=outcome.indicator,
        body=body,
        unit=outcome.unit,
        period=period,
        breakdown=Breakdown(outcome.breakdown),
        category=outcome.category,
        state=next(iter(period_states(period, body, PART)), None),
        outcome=outcome,
    )


def get_row_for(user: User, pk: int, row: str, today: date, *, write: bool = False) -> Address:
    """A value by its row in the entry grid of a round state, whether it has been entered or not.

    Only what the grid can hold: an indicator of the year's plans, a unit in force, a sex or a
    category that the indicator is divided into. Anything else is 404.
    """
    state = get_round_state_for(user, pk, today, write=write)
    key = cell_key(row)
    body, period = state.body, state.reporting_round.period
    place = places_of(body, period).get(key.indicator) if key else None
    if key is None or place is None:
        raise Http404
    indicator = place.indicator
    root, *units = units_of(body, period.ends_on)
    unit = next((each for each in units if each.pk == key.unit), None) if key.unit else root
    category = Category.objects.filter(pk=key.category or 0, indicator=indicator).first()
    if unit is None or not _is_divided_so(indicator, key, category):
        raise Http404
    unit.body = body
    held = Outcome.objects.filter(
        indicator=indicator, unit=unit, period=period, breakdown=key.breakdown, category=category
    )
    outcome = held.select_related("category").first()
    if outcome is not None:
        outcome.indicator, outcome.unit, outcome.period = indicator, unit, period
    return Address(
        indicator=indicator,
        body=body,
        unit=unit,
        period=period,
        breakdown=key.breakdown,
        category=category,
        state=state,
        outcome=outcome,
    )


def _is_divided_so(indicator: Indicator, key: CellKey, category: Category | None) -> bool:
    if key.category is not None:
        return category is not None and indicator.dimension == Dimension.CATEGORIES
    return key.breakdown == Breakdown.TOTAL or indicator.dimension == Dimension.SEX
