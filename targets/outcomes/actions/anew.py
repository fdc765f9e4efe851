"""Wholes made anew where what they are made of has changed: the rule, or the set of units."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from governance.locks import share
from governance.models import User
from governance.refusals import atomic
from rounds.models import RoundState
from rounds.queries.states import lock_of_part
from targets.enums import PART
from targets.models import Indicator, Outcome
from targets.outcomes.actions.values import Writing, hold_root, make_wholes
from targets.plans.actions.plan_rows import change_row

MAKES_THE_WHOLE = ("rollup", "unit_label")  # the latter says whether a ratio is a share


@atomic()
def change_indicator(
    *, indicator: Indicator, values: Mapping[str, Any], seen: int, by: User
) -> bool:
    """Change it, and the wholes with it. Raises Stale (409) when someone was first, OutOfRange."""
    rows = Outcome.objects.filter(indicator=indicator)
    was = Indicator.objects.values(*MAKES_THE_WHOLE).get(pk=indicator.pk)
    is_anew = any(name in values and values[name] != old for name, old in was.items())
    if is_anew:
        _shared(rows)
    changed = change_row(indicator, values, seen=seen, by=by)
    if changed and is_anew:
        _make_anew(rows, by)
    return changed


@atomic()
def wholes_anew(
    *,
    bodies: Collection[int] = (),
    indicators: Collection[int] = (),
    periods: Collection[int] = (),
    by: User | None,
) -> None:
    """Of these bodies, indicators and periods. What nobody may write now keeps the whole that it
    has: it is what was handed in (ADR 9). Raises OutOfRange."""
    touched = Q(unit__body__in=bodies) | Q(indicator__in=indicators) | Q(period__in=periods)
    _make_anew(Outcome.objects.filter(touched), by)


def _make_anew(rows: "QuerySet[Outcome]", by: User | None) -> None:
    for (body, period), states in _shared(rows).items():
        if lock_of_part(states, PART, states[0].reporting_round.period):
            continue
        hold_root(states[0].body)
        found = rows.filter(unit__body=body, period=period).order_by("pk")
        held = list(
            found.select_related("indicator", "unit", "category").select_for_update(of=("self",))
        )
        for row in held:
            row.unit.body, row.period = states[0].body, states[0].reporting_round.period
        make_wholes([Writing(row=row, values={}) for row in held], by=by)


def _shared(rows: "QuerySet[Outcome]") -> dict[tuple[int, int], list[RoundState]]:
    """By body and period of the rows their round states, shared until the transaction ends."""
    places = set(rows.order_by().values_list("unit__body", "period").distinct())
    states = RoundState.objects.filter(
        body__in={body for body, _period in places},
        reporting_round__period__in={period for _body, period in places},
    ).select_related("reporting_round__period", "body")
    found: dict[tuple[int, int], list[RoundState]] = defaultdict(list)
    for state in share(states):
        place = (state.body_id, state.reporting_round.period_id)
        if place in places:
            found[place].append(state)
    return found
