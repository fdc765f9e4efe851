"""One goal, assignment or activity: where it stands at a period, its grounds and its past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from governance.models import Body, Period, User
from governance.permissions import can_read_figures, row_for
from rounds.permissions import can_record
from targets.assessments.queries.attainment import (
    AssignmentRow,
    JudgementRow,
    assignment_row,
    judgement_rows,
)
from targets.assessments.rules import assessment
from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Moment, Nature, Subject
from targets.models import Activity, AssignmentReport, Goal, Judgement, Plan
from targets.plans.queries.chain import (
    NO_STATUS,
    Chain,
    Standing,
    chain,
    level_word,
    moment_of,
    standing_at,
    unreported,
    words_of,
)
from targets.plans.queries.plan_page import (
    ActivityRow,
    PlanNode,
    Tree,
    activity_row,
    chosen_period,
    periods_of,
    plan_lock,
    report_lock,
)
from targets.plans.queries.plans import check_plan

STATUSES: dict[Subject, type[AssignmentStatus | ActivityStatus | Attainment]] = {
    Subject.ASSIGNMENT: AssignmentStatus,
    Subject.ACTIVITY: ActivityStatus,
    Subject.GOAL: Attainment,
}


@dataclass(frozen=True, kw_only=True)
class Before:
    """The same node in an earlier plan, with the last that was reported of it."""

    year: int
    plan_name: str
    goal_id: int
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """What a page of something reported needs to know of its plan and period."""

    plan: Plan
    body: Body
    period: Period | None
    periods: tuple[Period, ...]
    moment: Moment
    may_write: bool
    may_read: bool
    lock: str
    period_lock: str
    choices: tuple[tuple[str, str], ...]
    words: Mapping[str, str]

    @property
    def may_edit(self) -> bool:
        return self.may_write and not self.lock

    @property
    def may_report(self) -> bool:
        return self.may_write and self.period is not None and not self.period_lock


@dataclass(frozen=True, kw_only=True)
class GoalPage:
    """A goal has ``judgement``, an assignment ``assignment``; both None without a period."""

    at: Reporting
    goal: Goal
    node: PlanNode
    area: str
    under: tuple[tuple[int, str], ...]
    judgement: JudgementRow | None
    assignment: AssignmentRow | None
    version: int
    before: tuple[Before, ...]


@dataclass(frozen=True, kw_only=True)
class ActivityPage:
    at: Reporting
    activity: Activity
    row: ActivityRow
    version: int
    before: str


def get_goal_for(user: User, pk: int, today: date, *, write: bool = False) -> Goal:
    """The node, when the user may read its plan, and may write in it when asked for."""
    goal = row_for(Goal.objects.select_related("plan__body__organisation", "level"), pk)
    check_plan(user, goal.plan, today, write=write)
    return goal


def get_activity_for(user: User, pk: int, today: date, *, write: bool = False) -> Activity:
    found = Activity.objects.select_related(
        "plan__body__organisation", "goal", "planned_indicator__indicator", "continues__plan"
    )
    activity = row_for(found, pk)
    check_plan(user, activity.plan, today, write=write)
    return activity


def period_of_plan(plan: Plan, pk: int) -> Period:
    """The period, when it is one the plan is reported at; else 404."""
    found = next((period for period in periods_of(plan) if period.pk == pk), None)
    if found is None:
        raise Http404
    return found


def goal_page(user: User, goal: Goal, today: date, *, period_id: int | None = None) -> GoalPage:
    """The node with all that stands beneath it, in a constant number of queries."""
    at, found = _reporting(user, goal.plan, today, period_id, subject_of(goal))
    goal = found.by_id[goal.pk]
    goal.plan = at.plan
    nature = Nature(goal.level.nature)
    standing = found.standing(goal)
    judgement = None
    if at.period is not None and nature == Nature.GOAL:
        judgement = judgement_rows(found, at.period, [goal])[0]
    return GoalPage(
        at=at,
        goal=goal,
        node=Tree(found).node(goal),
        area=found.area_of(goal),
        under=tuple(_above(found, goal)),
        judgement=judgement,
        assignment=assignment_row(found, goal) if nature == Nature.ASSIGNMENT else None,
        version=standing.source.version if standing.source else 0,
        before=tuple(_before(goal, found) if at.may_read else ()),
    )


def activity_page(
    user: User, activity: Activity, today: date, *, period_id: int | None = None
) -> ActivityPage:
    at, found = _reporting(user, activity.plan, today, period_id, Subject.ACTIVITY)
    report = None
    if at.period is not None:
        report = activity.reports.filter(period=at.period).first()
    return ActivityPage(
        at=at,
        activity=activity,
        row=activity_row(found, activity, report),
        version=report.version if report else 0,
        before=_activity_before(activity, found) if at.may_read else "",
    )


def _reporting(
    user: User, plan: Plan, today: date, period_id: int | None, subject: Subject
) -> tuple[Reporting, Chain]:
    may_read = can_read_figures(user, plan.body, today)
    periods = periods_of(plan) if may_read else []
    period = chosen_period(periods, period_id, today)
    found = chain(plan, period)
    at = Reporting(
        plan=plan,
        body=plan.body,
        period=period,
        periods=tuple(periods),
        moment=found.moment,
        may_write=can_record(user, plan.body, today),
        may_read=may_read,
        lock=plan_lock(plan),
        period_lock=report_lock(plan.body, period, today) if period else "",
        choices=choices(subject, found),
        words=found.terms,
    )
    return at, found


def subject_of(goal: Goal) -> Subject:
    is_assignment = goal.level.nature == Nature.ASSIGNMENT
    return Subject.ASSIGNMENT if is_assignment else Subject.GOAL


def choices(subject: Subject, found: Chain) -> tuple[tuple[str, str], ...]:
    """The statuses of the subject in the organisation's words; of a goal its own levels."""
    moment, words = found.moment, found.words
    if subject == Subject.GOAL and found.attainment:
        own = [(level.key, level_word(level, moment)) for level in found.attainment]
        if found.columns()[-1][0]:
            return tuple(own)
        unjudged = Attainment.NOT_JUDGED
        return (*own, (unjudged.value, found.goal_word(unjudged, moment)))
    return tuple(
        (
            status.value,
            assessment.status_word(subject=subject, status=status, moment=moment, words=words),
        )
        for status in STATUSES[subject]
    )


def _above(found: Chain, goal: Goal) -> list[tuple[int, str]]:
    """The nodes the goal stands under, the uppermost first."""
    return [(node.pk, found.names[node.pk]) for node in reversed(found.above(goal))]


def _before(goal: Goal, found: Chain) -> list[Before]:
    """The node in earlier years, newest first, each with the last reported of it."""
    of_body = Goal.objects.filter(plan__body=goal.plan.body_id)
    links = dict(of_body.values_list("pk", "continues_id"))
    ids: list[int] = []
    earlier = links.get(goal.pk)
    while earlier is not None and earlier not in ids:
        ids.append(earlier)
        earlier = links.get(earlier)
    if not ids:
        return []
    nodes = of_body.select_related("plan", "level").in_bulk(ids)
    standings = _last_standings(ids, found)
    return [
        Before(
            year=nodes[pk].plan.year,
            plan_name=nodes[pk].plan.name,
            goal_id=pk,
            standing=standings.get(pk) or unreported(NO_STATUS),
        )
        for pk in ids
        if pk in nodes
    ]


def _last_standings(ids: Sequence[int], found: Chain) -> dict[int, Standing]:
    """The last reported of each node, whatever the period."""
    standings: dict[int, Standing] = {}
    for report in (
        AssignmentReport.objects.filter(goal__in=ids)
        .select_related("period", "goal__plan")
        .order_by("period__ends_on", "id")
    ):
        moment = moment_of(report.goal.plan, report.period)
        status, words = AssignmentStatus(report.status), words_of(found.said, plan_year(report))
        standings[report.goal_id] = standing_at(Subject.ASSIGNMENT, status, moment, words, report)
    for judgement in (
        Judgement.objects.filter(goal__in=ids)
        .select_related("level", "goal__plan")
        .order_by("period__ends_on", "id")
    ):
        result, moment = Attainment(judgement.result), Moment(judgement.moment)
        words = words_of(found.said, plan_year(judgement))
        standings[judgement.goal_id] = standing_at(Subject.GOAL, result, moment, words, judgement)
    return standings


def plan_year(row: AssignmentReport | Judgement) -> int:
    """Whose words it was said in."""
    return row.goal.plan.year


def _activity_before(activity: Activity, found: Chain) -> str:
    """ "Fortsätter från 2025: Genomförd och fortsätter"; "" for a new activity."""
    if activity.continues is None:
        return ""
    year = activity.continues.plan.year
    report = activity.continues.reports.order_by("-period__ends_on", "-id").first()
    if report is None:
        return f"Fortsätter från {year}: ingen status angiven"
    status = ActivityStatus(report.status)
    word = assessment.status_word(
        subject=Subject.ACTIVITY,
        status=status,
        moment=Moment.OUTCOME,
        words=words_of(found.said, year),
    )
    return f"Fortsätter från {year}: {word}"
