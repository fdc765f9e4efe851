"""Down from the board's overview: one committee's handed-in figures, and one figure of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from governance.models import Period, User
from targets.enums import Horizon
from targets.models import Indicator, Outcome, Plan, PlannedIndicator
from targets.queries.chain import Standing, chain, numbered
from targets.queries.figures import (
    IndicatorRow,
    categories_of,
    definitions_of,
    light_words,
    outcomes_of,
    places_of,
    row_of,
    target_of,
)
from targets.queries.overview import NO_AREA, Asked, Committee, Oversight, oversight_for
from targets.queries.overview_figures import Steering, bases_for_board, steering_of


@dataclass(frozen=True, kw_only=True)
class JudgedGoal:
    """A goal somebody has judged, with the judgement and why it departs, if it does."""

    name: str
    standing: Standing
    reason: str
    judged_by: str
    judged_on: date | None


@dataclass(frozen=True, kw_only=True)
class AreaPage:
    """One focus area of the committee's plan: judged goals and figures."""

    name: str
    goals: tuple[JudgedGoal, ...]
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, kw_only=True)
class CommitteePage:
    """What one committee has handed in for the period."""

    committee: Committee
    period: Period
    areas: tuple[AreaPage, ...]


@dataclass(frozen=True, kw_only=True)
class FigurePage:
    """One handed-in figure with everything the board may read of it."""

    committee: Committee
    period: Period
    indicator: Indicator
    area: str
    goal: str
    row: IndicatorRow
    source: str
    is_rolled_up: bool
    measured_on: date | None


def committee_page_for(
    user: User, *, period_id: int, body_id: int, area: str | None, today: date
) -> CommitteePage:
    """All focus areas, or the one named; 404 unless the committee has handed in the period."""
    ground, period, committee = _handed_in(user, period_id, body_id, today)
    rows: dict[str, list[IndicatorRow]] = defaultdict(list)
    steering = steering_of([committee], period)
    places = places_of(ground.roots[committee.id].body, period)
    for each in _rows(ground, committee, period, list(places.values())):
        rows[steering.area_of.get(places[each.id].goal_id or 0, "")].append(each)
    goals = _judged_goals(committee, period, steering)
    found = [
        AreaPage(name=name or NO_AREA, goals=tuple(goals[name]), rows=tuple(rows[name]))
        for name in (*steering.areas, "")
        if (rows[name] or goals[name]) and area in {None, name or NO_AREA}
    ]
    if area is not None and not found:
        raise Http404
    return CommitteePage(committee=committee, period=period, areas=tuple(found))


def figure_page_for(
    user: User, *, period_id: int, body_id: int, indicator_id: int, today: date
) -> FigurePage:
    """One figure; 404 unless the committee has handed it in and has it in its plan of the year."""
    ground, period, committee = _handed_in(user, period_id, body_id, today)
    places = places_of(ground.roots[committee.id].body, period)
    place = places.get(indicator_id)
    if place is None:
        raise Http404
    row = _rows(ground, committee, period, [place])[0]
    outcome = Outcome.objects.filter(pk=row.source.id).first() if row.source else None
    goal = place.goal
    steering = steering_of([committee], period)
    return FigurePage(
        committee=committee,
        period=period,
        indicator=place.indicator,
        area=steering.area_of.get(place.goal_id or 0, "") or NO_AREA,
        goal=numbered(goal.number, goal.name) if goal else "",
        row=row,
        source=outcome.source if outcome else "",
        is_rolled_up=bool(outcome and outcome.is_rolled_up),
        measured_on=outcome.measured_on if outcome else None,
    )


def _handed_in(
    user: User, period_id: int, body_id: int, today: date
) -> tuple[Oversight, Period, Committee]:
    ground = oversight_for(user, Asked(period=period_id), today)
    committee = ground.committee(body_id)
    if ground.period is None or ground.period.pk != period_id:
        raise Http404
    if committee is None or not committee.is_handed_in:
        raise Http404
    return ground, ground.period, committee


def _rows(
    ground: Oversight, committee: Committee, period: Period, places: Sequence[PlannedIndicator]
) -> list[IndicatorRow]:
    indicators = [place.indicator for place in places]
    root = ground.roots[committee.id]
    now, before = outcomes_of(indicators, [root], period)
    words, definitions = light_words(ground.organisation_id), definitions_of(indicators)
    categories = categories_of(indicators)
    aims = [(place.indicator, target_of(place, Horizon.YEAR)[0]) for place in places]
    bases = bases_for_board(aims, [committee])
    return [
        row_of(
            indicator=place.indicator,
            place=place,
            period=period,
            units=[root],
            now=now[place.indicator_id],
            before=before[place.indicator_id] if committee.compares else {},
            words=words,
            definitions=definitions[place.indicator_id],
            categories=categories[place.indicator_id],
            bases=bases,
        )
        for place in places
    ]


def _judged_goals(
    committee: Committee, period: Period, steering: Steering
) -> dict[str, list[JudgedGoal]]:
    """The judged goals by focus area, in the plans' order."""
    found: dict[str, list[JudgedGoal]] = defaultdict(list)
    plans = Plan.objects.filter(body=committee.id, year=period.ends_on.year)
    for plan in plans.select_related("body"):
        nodes = chain(plan, period)
        for goal in nodes.in_order():
            judgement = nodes.judgements.get(goal.pk)
            if judgement is not None:
                found[steering.area_of[goal.pk]].append(
                    JudgedGoal(
                        name=numbered(goal.number, goal.name),
                        standing=nodes.standing(goal),
                        reason=judgement.reason,
                        judged_by=judgement.judged_by,
                        judged_on=judgement.judged_on,
                    )
                )
    return found
