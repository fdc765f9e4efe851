"""Plans and the steering chain."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from governance.models import Body, User
from targets.enums import Horizon
from targets.models import Goal, Plan, PlannedIndicator
from targets.permissions import can_read_plan
from targets.queries.figures import target_of


@dataclass(frozen=True, kw_only=True)
class GoalIndicator:
    """An indicator's place under a goal: its name and target, no outcome."""

    key: str
    name: str
    unit: str
    target_text: str


@dataclass(frozen=True, kw_only=True)
class GoalData:
    id: int
    key: str
    kind: str
    number: str
    name: str
    indicators: tuple[GoalIndicator, ...]


@dataclass(frozen=True, kw_only=True)
class FocusAreaData:
    """A focus area with its goals; the goals outside every area come under an empty name."""

    key: str
    name: str
    goals: tuple[GoalData, ...]


@dataclass(frozen=True, kw_only=True)
class GoalTableData:
    plan_id: int
    plan_key: str
    plan_name: str
    year: int
    areas: tuple[FocusAreaData, ...]

    @property
    def goal_count(self) -> int:
        return sum(len(area.goals) for area in self.areas)

    @property
    def indicator_count(self) -> int:
        return sum(len(goal.indicators) for area in self.areas for goal in area.goals)


def plan_for(body: Body, year: int) -> Plan | None:
    """The body's plan of that year (the first by key when it has several)."""
    return Plan.objects.filter(body=body, year=year).order_by("key").first()


def plans_of(body: Body) -> Sequence[Plan]:
    return list(Plan.objects.filter(body=body))


def plans_of_bodies(bodies: Iterable[int]) -> Sequence[Plan]:
    """The bodies' plans, newest year first."""
    return list(Plan.objects.filter(body__in=list(bodies)).select_related("body"))


def get_plan_for(user: User, pk: int, today: date) -> Plan:
    plan = Plan.objects.select_related("body").filter(pk=pk).first()
    if plan is None or not can_read_plan(user, plan.body, today):
        raise Http404
    return plan


def goal_table(plan: Plan) -> GoalTableData:
    """Focus areas, goals and names of indicators, in the plan's order."""
    goals: dict[int | None, list[GoalData]] = defaultdict(list)
    places = PlannedIndicator.objects.select_related("indicator").prefetch_related("targets")
    for goal in plan.goals.select_related("level").prefetch_related(
        Prefetch("planned_indicators", queryset=places)
    ):
        goals[goal.focus_area_id].append(_goal_data(goal))
    areas = [
        FocusAreaData(key=area.key, name=area.name, goals=tuple(goals[area.pk]))
        for area in plan.focus_areas.all()
    ]
    if goals[None]:
        areas.append(FocusAreaData(key="", name="", goals=tuple(goals[None])))
    return GoalTableData(
        plan_id=plan.pk,
        plan_key=plan.key,
        plan_name=plan.name,
        year=plan.year,
        areas=tuple(areas),
    )


def _goal_data(goal: Goal) -> GoalData:
    return GoalData(
        id=goal.pk,
        key=goal.key,
        kind=goal.level.name,
        number=goal.number,
        name=goal.name,
        indicators=tuple(
            GoalIndicator(
                key=place.indicator.key,
                name=place.indicator.name,
                unit=place.indicator.unit_label,
                target_text=target_of(place, Horizon.YEAR)[0],
            )
            for place in goal.planned_indicators.all()
        ),
    )
