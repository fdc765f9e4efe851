"""Which value an address names: by its row, or by its place in the entry grid."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from figures.rules.key import Key, key_from
from governance.models import Body, Period, Unit, User
from governance.permissions import can_read_figures
from governance.queries import spans_of
from rounds.models import RoundState
from rounds.permissions import can_record
from rounds.queries.states import get_round_state_for, period_states
from targets.enums import PART, Breakdown
from targets.models import Category, Indicator, Outcome
from targets.outcomes.queries.frame import RowAddress, entry_frame
from targets.outcomes.queries.units import CalledUnit, at
from targets.outcomes.rules.places import part_of


@dataclass(frozen=True, kw_only=True)
class Address:
    """Which value: it may not have been entered yet."""

    indicator: Indicator
    body: Body
    unit: Unit
    unit_label: str
    period: Period
    breakdown: Breakdown
    category: Category | None
    state: RoundState | None
    outcome: Outcome | None

    @property
    def key(self) -> Key:
        part = part_of(self.breakdown, self.category.pk if self.category else None)
        return Key(what=self.indicator.pk, unit=self.unit.pk, part=part)

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
    def covers(self) -> str:
        """ "Totalt", "Kvinnor", "Område Norr, kvinnor"."""
        part = self.category.name if self.category else str(self.breakdown.label)
        if self.unit.parent_id is None:
            return part
        is_whole = self.breakdown == Breakdown.TOTAL
        return self.unit_label if is_whole else f"{self.unit_label}, {part.lower()}"


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
        unit_label=_label(outcome.unit, period),
        period=period,
        breakdown=Breakdown(outcome.breakdown),
        category=outcome.category,
        state=next(iter(period_states(period, body, PART)), None),
        outcome=outcome,
    )


def get_row_for(user: User, pk: int, row: str, today: date, *, write: bool = False) -> Address:
    """A value by its row in the entry grid of a round state, whether it has been entered or not.

    Only what the grid can hold: an indicator of the year's plans, a unit shown, a sex or a
    category that the indicator is divided into. Anything else is 404.
    """
    state = get_round_state_for(user, pk, today, write=write)
    key = key_from(row)
    if key is None:
        raise Http404
    body, period = state.body, state.reporting_round.period
    place = entry_frame(body=body, period=period, indicators={key.what}).address(key)
    outcome = Outcome.objects.filter(**place).first()
    if outcome is not None:
        outcome.indicator, outcome.unit, outcome.period = place["indicator"], place["unit"], period
        outcome.category = place["category"]
    label = _label(place["unit"], period)
    return Address(**place, unit_label=label, body=body, state=state, outcome=outcome)


def _label(unit: Unit, period: Period) -> str:
    if unit.parent_id is None:
        return ""
    return at(CalledUnit(unit, spans_of(unit.names.all())), period).label
