"""What of a plan goes on into the next year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from targets.enums import Horizon, Nature
from targets.models import Activity, ActivityReport, Plan
from targets.outcomes.queries.figures import target_of
from targets.plans.queries.chain import Chain, Standing, latest_chain, numbered
from targets.plans.queries.plan_page import activity_standing
from targets.plans.rules.continuation import (
    activity_continues,
    key_of_next,
    name_of_next,
    node_continues,
)


@dataclass(frozen=True, kw_only=True)
class NextNode:
    """A node that may go on; ``chosen`` is the proposal."""

    id: int
    depth: int
    level: str
    label: str
    area: str
    is_heading: bool
    is_multi_year: bool
    standing: Standing | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class NextPlace:
    id: int
    name: str
    under: str
    target_text: str
    long_term_text: str


@dataclass(frozen=True, kw_only=True)
class NextActivity:
    id: int
    name: str
    under: str
    standing: Standing
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class NextYear:
    """The page "Öppna nästa år"; ``exists`` is the plan that already stands, which refuses."""

    plan: Plan
    year: int
    key: str
    name: str
    exists: Plan | None
    nodes: tuple[NextNode, ...]
    places: tuple[NextPlace, ...]
    activities: tuple[NextActivity, ...]
    areas: tuple[str, ...]
    without_status: int
    words: Mapping[str, str]


def next_plan_of(plan: Plan) -> Plan | None:
    """The plan that a roll-over of this one would make, when it already stands."""
    return Plan.objects.filter(body=plan.body_id, key=key_of_next(plan.key, plan.year)).first()


def next_year(plan: Plan) -> NextYear:
    """What may go on and what is proposed to, by the last that was reported of each."""
    found = latest_chain(plan)
    nodes = tuple(_nodes(found))
    return NextYear(
        plan=plan,
        year=plan.year + 1,
        key=key_of_next(plan.key, plan.year),
        name=name_of_next(plan.name, plan.year),
        exists=next_plan_of(plan),
        nodes=nodes,
        places=tuple(
            NextPlace(
                id=place.pk,
                name=place.indicator.name,
                under=found.names.get(place.goal_id or 0, place.group),
                target_text=target_of(place, Horizon.YEAR)[0],
                long_term_text=target_of(place, Horizon.LONG_TERM)[0],
            )
            for place in found.places
        ),
        activities=tuple(_activities(found)),
        areas=tuple(area.name for area in found.areas),
        without_status=sum(
            node.standing is not None and node.standing.source is None for node in nodes
        ),
        words=found.terms,
    )


def _nodes(found: Chain) -> Iterator[NextNode]:
    chosen = _chosen(found)
    for goal in found.in_order():
        is_heading = goal.level.nature == Nature.HEADING
        yield NextNode(
            id=goal.pk,
            depth=len(found.above(goal)) + 1,
            level=goal.level.name,
            label=found.names[goal.pk],
            area=found.area_of(goal),
            is_heading=is_heading,
            is_multi_year=goal.is_multi_year,
            standing=None if is_heading else found.standing(goal),
            chosen=goal.pk in chosen,
        )


def _chosen(found: Chain) -> set[int]:
    """The nodes that go on, and those above them so that nothing loses its place."""
    chosen: set[int] = set()
    for goal in found.goals:
        standing = found.standing(goal)
        if node_continues(
            nature=Nature(goal.level.nature),
            is_multi_year=goal.is_multi_year,
            status=standing.status,
            counts_as=standing.counts_as,
        ):
            chosen |= {goal.pk, *(above.pk for above in found.above(goal))}
    return chosen


def _activities(found: Chain) -> Iterator[NextActivity]:
    reports = {
        report.activity_id: report
        for report in ActivityReport.objects.filter(activity__plan=found.plan).order_by(
            "period__ends_on", "id"
        )
    }
    for activity in found.plan.activities.select_related("goal", "planned_indicator__indicator"):
        standing = activity_standing(found, reports.get(activity.pk))
        yield NextActivity(
            id=activity.pk,
            name=activity.name,
            under=holder_name(activity),
            standing=standing,
            chosen=activity_continues(standing.status),
        )


def holder_name(activity: Activity) -> str:
    """What the activity stands under, in words."""
    if activity.goal:
        return numbered(activity.goal.number, activity.goal.name)
    if activity.planned_indicator:
        return activity.planned_indicator.indicator.name
    return activity.other_plan
