"""Plans and the steering chain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from governance.models import Body, User
from governance.permissions import require, row_for
from governance.rules import FiguresPage, whole_number
from rounds.permissions import can_record
from targets.enums import Horizon, IndicatorKind, Nature
from targets.models import Activity, FocusArea, Goal, Plan, PlannedIndicator
from targets.outcomes.queries.figures import target_of
from targets.permissions import can_read_plan
from targets.plans.queries.chain import numbered
from targets.plans.rules.areas import NodeAt, areas_of, tops_of


@dataclass(frozen=True, kw_only=True)
class GoalIndicator:
    """An indicator's place under a goal: its name and target, no outcome."""

    key: str
    name: str
    kind: IndicatorKind
    unit: str
    target_text: str


@dataclass(frozen=True, kw_only=True)
class GoalData:
    """A node of the chain; ``depth`` is 1 at the top, ``kind`` the name of its level. A goal owes
    indicators; an assignment or a heading without any lacks nothing."""

    id: int
    key: str
    kind: str
    depth: int
    is_heading: bool
    owes_indicators: bool
    number: str
    name: str
    contributes_to: tuple[str, ...]
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


def plan_pages(bodies: Iterable[int]) -> Iterator[FiguresPage]:
    """The bodies' plans, newest year first."""
    for plan in Plan.objects.filter(body__in=list(bodies)).select_related("body"):
        yield FiguresPage(
            url_name="targets:plan_detail", pk=plan.pk, name=plan.name, body=plan.body.short_name
        )


def has_goal(organisation_id: int, key: str, *, body: Body | None = None, year: int = 0) -> bool:
    """Whether a goal of the organisation, the body or its plans of the year has the key."""
    goals = Goal.objects.filter(plan__body__organisation=organisation_id, key=key)
    goals = goals.filter(plan__body=body) if body else goals
    return (goals.filter(plan__year=year) if year else goals).exists()


def keys_under(body: Body, year: int, key: str) -> frozenset[str]:
    """What a goal's key narrows to: the goal alone, or of a heading, which has nothing of its own,
    all that lies beneath it."""
    rows = list(
        Goal.objects.filter(plan__body=body, plan__year=year).values_list(
            "pk", "parent_id", "key", "level__nature"
        )
    )
    found = {pk for pk, _parent, own, nature in rows if own == key and nature == Nature.HEADING}
    under = set(found)
    while under:
        under = {pk for pk, parent, _key, _nature in rows if parent in under} - found
        found |= under
    return frozenset({key, *(own for pk, _parent, own, _nature in rows if pk in found)})


def check_plan(user: User, plan: Plan, today: date, *, write: bool) -> None:
    """404 for who may not know of the plan, 403 for who may not write in it."""
    if not can_read_plan(user, plan.body, today):
        raise Http404
    require(not write or can_record(user, plan.body, today))


def get_plan_for(user: User, pk: int, today: date, *, write: bool = False) -> Plan:
    plan = row_for(Plan.objects.select_related("body__organisation"), pk)
    check_plan(user, plan, today, write=write)
    return plan


def goal_table(plan: Plan) -> GoalTableData:
    """Focus areas, their nodes from top to bottom and names of indicators, in the plan's order."""
    places = PlannedIndicator.objects.select_related("indicator").prefetch_related("targets")
    goals = list(
        plan.goals.select_related("level").prefetch_related(
            Prefetch("planned_indicators", queryset=places), "contributes_to"
        )
    )
    nodes = {goal.pk: NodeAt(goal.parent_id, goal.focus_area_id) for goal in goals}
    areas_of_nodes, tops = areas_of(nodes), tops_of(nodes)
    children: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in goals:
        children[None if goal.pk in tops else goal.parent_id].append(goal)

    def below(area: int | None) -> Iterator[GoalData]:
        for root in children[None]:
            if areas_of_nodes[root.pk] == area:
                yield from _down(root, children, 1)

    areas = [
        FocusAreaData(key=area.key, name=area.name, goals=tuple(below(area.pk)))
        for area in plan.focus_areas.all()
    ]
    if outside := tuple(below(None)):
        areas.append(FocusAreaData(key="", name="", goals=outside))
    return GoalTableData(
        plan_id=plan.pk,
        plan_name=plan.name,
        year=plan.year,
        areas=tuple(areas),
    )


def _down(goal: Goal, children: Mapping[int | None, list[Goal]], depth: int) -> Iterator[GoalData]:
    yield _goal_data(goal, depth)
    for child in children[goal.pk]:
        yield from _down(child, children, depth + 1)


def _goal_data(goal: Goal, depth: int) -> GoalData:
    return GoalData(
        id=goal.pk,
        key=goal.key,
        kind=goal.level.name,
        depth=depth,
        is_heading=goal.level.nature == Nature.HEADING,
        owes_indicators=goal.level.nature == Nature.GOAL,
        number=goal.number,
        name=goal.name,
        contributes_to=tuple(
            numbered(each.number, each.name) for each in goal.contributes_to.all()
        ),
        indicators=tuple(
            GoalIndicator(
                key=place.indicator.key,
                name=place.indicator.name,
                kind=IndicatorKind(place.indicator.kind),
                unit=place.indicator.unit_label,
                target_text=target_of(place, Horizon.YEAR)[0],
            )
            for place in goal.planned_indicators.all()
        ),
    )


Row = FocusArea | Goal | PlannedIndicator | Activity
ROWS: dict[str, type[Row]] = {
    "area": FocusArea,
    "goal": Goal,
    "place": PlannedIndicator,
    "activity": Activity,
}


def row_of_plan(plan: Plan, name: str) -> Row:
    """ "goal-7" as the plan's own row; 404 for anything else."""
    kind, _dash, number = name.partition("-")
    rows = ROWS[kind]._default_manager.filter(plan=plan) if kind in ROWS else None
    row = rows.filter(pk=whole_number(number)).first() if rows is not None else None
    if row is None:
        raise Http404
    row.plan = plan
    return row


def get_area_for(user: User, pk: int, today: date) -> FocusArea:
    """The focus area, when the user may write in its plan."""
    area = row_for(FocusArea.objects.select_related("plan__body__organisation"), pk)
    check_plan(user, area.plan, today, write=True)
    return area
