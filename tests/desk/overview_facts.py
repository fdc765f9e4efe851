"""Committees with plans and figures for the overview's tests."""

from datetime import date

from governance.models import Body, Period
from rounds.enums import HANDED_IN, RoundStateName
from rounds.models import RoundState
from targets.enums import Attainment
from targets.models import Indicator, Judgement, Outcome
from tests import factories
from tests.targets.factories import make_area, make_goal, make_outcome, make_place, make_plan

SECRET = "Hemligt"  # noqa: S105 -- a word to look for in what must not hold it


def standing(period: Period, body: Body, state: RoundStateName) -> None:
    """Where the body stands; changed on a day that the page would print."""
    row = factories.make_round_state(period, body, state)
    row.changed_on = date(2026, 2, 10)
    row.save()
    if state in HANDED_IN:
        factories.keep(row)


def keep_again(body: Body) -> None:
    """Hand in what stands now, in every round that the body has handed in."""
    for state in RoundState.objects.filter(body=body, state__in=HANDED_IN):
        factories.keep(state)


def report(
    body: Body,
    period: Period,
    indicator: Indicator,
    number: str,
    *,
    area: str = "fokus-1",
    target: str = "högst 7,0",
    judged: Attainment | None = None,
    comment: str = "",
) -> Outcome:
    """A plan of the year with one area, one goal, one place and one outcome."""
    plan = make_plan(body, period.ends_on.year)
    goal = make_goal(plan, area=make_area(plan, area))
    make_place(plan, indicator, goal=goal, target=target)
    outcome = make_outcome(indicator, body, period, number)
    outcome.comment = comment
    outcome.save()
    if judged:
        Judgement.objects.create(goal=goal, period=period, result=judged, comment=comment)
    keep_again(body)
    return outcome
