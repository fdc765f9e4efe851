"""A plan as a tree, with what is reported of it at a chosen period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from governance.models import Body, Period, User
from governance.permissions import can_read_figures
from rounds.models import RoundState
from rounds.permissions import can_record
from rounds.queries.states import lock_words, not_open, period_states, year_lock
from targets.assessments.queries.attainment import PlanAttainment, summary_of
from targets.enums import PART, ActivityStatus, Horizon, Nature, Subject
from targets.models import Activity, ActivityReport, FocusArea, Goal, Plan, PlannedIndicator
from targets.outcomes.queries.figures import IndicatorRow, indicator_rows, target_of
from targets.plans.queries.chain import NO_STATUS, Chain, Standing, chain, standing_at, unreported
from targets.plans.queries.words import kinds_said


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """An indicator's place in the plan with its targets; ``figure`` is its row at the period."""

    id: int
    kind: str
    name: str
    unit: str
    group: str
    target_text: str
    long_term_text: str
    figure: IndicatorRow | None
    activities: tuple["ActivityRow", ...]


@dataclass(frozen=True, kw_only=True)
class ActivityRow:
    """An activity; ``standing`` is None where no period is chosen."""

    id: int
    name: str
    responsible: str
    starts_on: date | None
    ends_on: date | None
    other_plan: str
    continues: bool
    standing: Standing | None


@dataclass(frozen=True, kw_only=True)
class PlanNode:
    """A node of the tree with everything beneath it; ``standing`` is None for a heading."""

    id: int
    level: str
    nature: Nature
    number: str
    name: str
    label: str
    description: str
    giver: str
    is_multi_year: bool
    due_on: date | None
    unit: str
    contributes_to: tuple[str, ...]
    continues_year: int | None
    standing: Standing | None
    indicators: tuple[PlaceRow, ...]
    indicator_word: str  # for all of them: "Styrtal/Nyckeltal"
    activities: tuple[ActivityRow, ...]
    children: tuple["PlanNode", ...]

    @property
    def is_heading(self) -> bool:
        return self.nature == Nature.HEADING

    @property
    def is_assignment(self) -> bool:
        return self.nature == Nature.ASSIGNMENT


@dataclass(frozen=True, kw_only=True)
class PlanArea:
    """A focus area; the nodes outside every area come last, with id 0 and no name."""

    id: int
    name: str
    nodes: tuple[PlanNode, ...]


@dataclass(frozen=True, kw_only=True)
class NodeGroup:
    """Indicators under a group heading, or activities of another plan."""

    name: str
    indicators: tuple[PlaceRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """The plan as one reader sees it; without ``period`` nothing reported is shown.

    ``lock`` says why the plan cannot be changed, ``period_lock`` why its period cannot be
    reported on; "" when they can.
    """

    plan: Plan
    body: Body
    period: Period | None
    periods: tuple[Period, ...]
    areas: tuple[PlanArea, ...]
    groups: tuple[NodeGroup, ...]
    other_plans: tuple[NodeGroup, ...]
    summary: PlanAttainment | None
    has_levels: bool
    may_write: bool
    lock: str
    period_lock: str
    words: Mapping[str, str]
    goal_count: int
    assignment_count: int
    indicator_count: int

    @property
    def may_edit(self) -> bool:
        return self.may_write and not self.lock

    @property
    def may_report(self) -> bool:
        return self.may_write and self.period is not None and not self.period_lock

    @property
    def outside(self) -> str:
        """What stands over the nodes outside every focus area."""
        has_areas = any(area.id for area in self.areas)
        return "Övriga mål och uppdrag" if has_areas else "Mål och uppdrag"

    @property
    def is_empty(self) -> bool:
        return not (self.areas or self.groups or self.other_plans)


def plan_page(user: User, plan: Plan, today: date, *, period_id: int | None = None) -> PlanPage:
    """The whole plan at the period asked for, or at the last that has begun.

    A member without a role in the follow-up sees the plan alone. A constant number of queries.
    """
    may_read = can_read_figures(user, plan.body, today)
    periods = periods_of(plan) if may_read else []
    period = chosen_period(periods, period_id, today)
    found = chain(plan, period)
    tree = Tree(found)
    return PlanPage(
        plan=plan,
        body=plan.body,
        period=period,
        periods=tuple(periods),
        areas=tree.areas(),
        groups=tree.groups(),
        other_plans=tree.other_plans(),
        summary=summary_of(found, period) if period else None,
        has_levels=bool(found.levels),
        may_write=can_record(user, plan.body, today),
        lock=plan_lock(plan),
        period_lock=report_lock(plan.body, period, today) if period else "",
        words=found.terms,
        goal_count=tree.count(Nature.GOAL),
        assignment_count=tree.count(Nature.ASSIGNMENT),
        indicator_count=len(tree.places),
    )


def periods_of(plan: Plan) -> list[Period]:
    """The periods of the plan year that the body reports, or that the plan is reported at."""
    reported = (
        Q(pk__in=plan.goals.values("assignment_reports__period"))
        | Q(pk__in=plan.goals.values("judgements__period"))
        | Q(pk__in=plan.activities.values("reports__period"))
        | Q(pk__in=RoundState.objects.filter(body=plan.body).values("reporting_round__period"))
    )
    return list(
        Period.objects.filter(
            reported, organisation=plan.body.organisation_id, ends_on__year=plan.year
        )
        .select_related("previous")
        .order_by("ends_on", "starts_on", "id")
    )


def chosen_period(periods: Sequence[Period], period_id: int | None, today: date) -> Period | None:
    """The period asked for (404 when it is none of the plan's), else the last that has begun."""
    if period_id is not None:
        found = next((period for period in periods if period.pk == period_id), None)
        if found is None:
            raise Http404
        return found
    begun = [period for period in periods if period.starts_on <= today]
    return begun[-1] if begun else next(iter(periods), None)


def plan_lock(plan: Plan) -> str:
    """Why the plan's year is closed: its whole-year round has left the controller's hands."""
    return year_lock(plan.body, plan.year, PART)


def report_lock(body: Body, period: Period, today: date) -> str:
    """Why nothing can be reported at the period now; "" when it can."""
    states = period_states(period, body, PART)
    return not_open(states, period, today) or lock_words(states)


class Tree:
    """Puts nodes, indicators and activities in their places."""

    def __init__(self, found: Chain) -> None:
        self.found = found
        self.places = found.places
        self.figures = self._figures()
        self.activities = self._activities()
        self.by_goal: dict[int | None, list[PlannedIndicator]] = defaultdict(list)
        for place in self.places:
            self.by_goal[place.goal_id].append(place)

    def _figures(self) -> dict[str, IndicatorRow]:
        if self.found.period is None or not self.places:
            return {}
        keys = [place.indicator.key for place in self.places]
        rows = indicator_rows(body=self.found.plan.body, period=self.found.period, keys=keys)
        return {row.key: row for row in rows}

    def _activities(self) -> Mapping[tuple[str, int | str | None], list[ActivityRow]]:
        """By what they stand under: a goal, an indicator's place or another plan."""
        rows = list(self.found.plan.activities.all())
        reports: dict[int, ActivityReport] = {}
        if self.found.period is not None:
            reported = ActivityReport.objects.filter(
                activity__plan=self.found.plan, period=self.found.period
            )
            reports = {report.activity_id: report for report in reported}
        by_holder: dict[tuple[str, int | str | None], list[ActivityRow]] = defaultdict(list)
        for row in rows:
            by_holder[holder_of(row)].append(activity_row(self.found, row, reports.get(row.pk)))
        return by_holder

    def areas(self) -> tuple[PlanArea, ...]:
        areas = [self._area(area) for area in self.found.areas]
        outside = tuple(self.node(goal) for goal in self.found.roots(None))
        if outside:
            areas.append(PlanArea(id=0, name="", nodes=outside))
        return tuple(areas)

    def _area(self, area: FocusArea) -> PlanArea:
        nodes = tuple(self.node(goal) for goal in self.found.roots(area.pk))
        return PlanArea(id=area.pk, name=area.name, nodes=nodes)

    def node(self, goal: Goal) -> PlanNode:
        nature = Nature(goal.level.nature)
        has_standing = nature != Nature.HEADING and self.found.period is not None
        return PlanNode(
            id=goal.pk,
            level=goal.level.name,
            nature=nature,
            number=goal.number,
            name=goal.name,
            label=self.found.names[goal.pk],
            description=goal.description,
            giver=self.found.giver_of(goal),
            is_multi_year=goal.is_multi_year,
            due_on=goal.due_on,
            unit=self.found.unit_of(goal),
            contributes_to=tuple(self.found.names[up.pk] for up in self.found.upper[goal.pk]),
            continues_year=goal.continues.plan.year if goal.continues else None,
            standing=self.found.standing(goal) if has_standing else None,
            indicators=self._places(self.by_goal[goal.pk]),
            indicator_word=kinds_said(
                self.found.terms, {place.indicator.kind for place in self.by_goal[goal.pk]}
            ),
            activities=tuple(self.activities["goal", goal.pk]),
            children=tuple(self.node(child) for child in self.found.below(goal)),
        )

    def _places(self, places: Iterable[PlannedIndicator]) -> tuple[PlaceRow, ...]:
        return tuple(
            PlaceRow(
                id=place.pk,
                kind=self.found.terms[place.indicator.kind],
                name=place.indicator.name,
                unit=place.indicator.unit_label,
                group=place.group,
                target_text=target_of(place, Horizon.YEAR)[0],
                long_term_text=target_of(place, Horizon.LONG_TERM)[0],
                figure=self.figures.get(place.indicator.key),
                activities=tuple(self.activities["place", place.pk]),
            )
            for place in places
        )

    def groups(self) -> tuple[NodeGroup, ...]:
        named: dict[str, list[PlannedIndicator]] = defaultdict(list)
        for place in self.by_goal[None]:
            named[place.group].append(place)
        return tuple(
            NodeGroup(name=name, indicators=self._places(places)) for name, places in named.items()
        )

    def other_plans(self) -> tuple[NodeGroup, ...]:
        return tuple(
            NodeGroup(name=str(name), activities=tuple(rows))
            for (kind, name), rows in self.activities.items()
            if kind == "other" and rows
        )

    def count(self, nature: Nature) -> int:
        return sum(goal.level.nature == nature for goal in self.found.goals)


def holder_of(activity: Activity) -> tuple[str, int | str | None]:
    if activity.goal_id:
        return "goal", activity.goal_id
    if activity.planned_indicator_id:
        return "place", activity.planned_indicator_id
    return "other", activity.other_plan


def activity_row(found: Chain, activity: Activity, report: ActivityReport | None) -> ActivityRow:
    return ActivityRow(
        id=activity.pk,
        name=activity.name,
        responsible=activity.responsible,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        other_plan=activity.other_plan,
        continues=activity.continues_id is not None,
        standing=activity_standing(found, report) if found.period else None,
    )


def activity_list(plan: Plan, period: Period) -> list[tuple[str, ActivityRow]]:
    """The plan's activities in its order, each with what it stands under."""
    found = chain(plan, period)
    reports = ActivityReport.objects.filter(activity__plan=plan, period=period)
    by_activity = {report.activity_id: report for report in reports}
    return [
        (
            _holder_word(found, row),
            activity_row(found, row, by_activity.get(row.pk)),
        )
        for row in plan.activities.select_related("planned_indicator__indicator")
    ]


def _holder_word(found: Chain, row: Activity) -> str:
    if row.planned_indicator:
        return row.planned_indicator.indicator.name
    return found.names[row.goal_id] if row.goal_id else row.other_plan


def activity_standing(found: Chain, report: ActivityReport | None) -> Standing:
    if report is None:
        return unreported(NO_STATUS)
    status = ActivityStatus(report.status)
    return standing_at(Subject.ACTIVITY, status, found.moment, found.words, report)
