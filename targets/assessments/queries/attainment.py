"""Where the nodes of a plan stand at a period, and how many were attained: counted, never typed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from governance.models import Period
from governance.rules import FigureRef
from targets.assessments.rules import assessment
from targets.assessments.rules.assessment import Column
from targets.enums import Attainment, Moment, Nature
from targets.models import Goal, Plan
from targets.outcomes.queries.figures import IndicatorRow, indicator_rows
from targets.plans.queries.chain import Chain, Standing, chain, numbered


@dataclass(frozen=True, kw_only=True)
class NodeAttainment:
    """One level of the chain: how many of its nodes are in each column of the summary;
    ``sources`` are the rows counted."""

    label: str
    counts: tuple[int, ...]
    sources: tuple[FigureRef, ...]


@dataclass(frozen=True, kw_only=True)
class PlanAttainment:
    """The table "Måluppfyllelse" (S4 4.1); headings are the organisation's words.

    ``owes_last``: the last column is of what nobody has judged, and not the organisation's own.
    """

    plan_id: int
    plan_name: str
    year: int
    period_id: int
    period: str
    moment: Moment
    headings: tuple[str, ...]
    owes_last: bool
    rows: tuple[NodeAttainment, ...]

    @property
    def printed(self) -> Iterator[tuple[NodeAttainment, list[tuple[str, int]]]]:
        for row in self.rows:
            yield row, list(zip(self.headings, row.counts, strict=True))


@dataclass(frozen=True, kw_only=True)
class AssignmentRow:
    """An assignment with its status at the period; ``area`` and ``under`` say where it stands."""

    id: int
    key: str
    level: str
    number: str
    name: str
    description: str
    area: str
    under: str
    giver: str
    is_multi_year: bool
    due_on: date | None
    unit: str
    contributes_to: tuple[str, ...]
    standing: Standing

    @property
    def label(self) -> str:
        """ "Nr 28. Att arbeta med ..." as S4 prints it; the name alone without a number."""
        return numbered(self.number, self.name)


@dataclass(frozen=True, kw_only=True)
class JudgementRow:
    """A goal, the grounds beneath it, what the rule proposed and what a person judged.

    ``rule`` and ``proposal`` are what the judgement kept, or today's where nobody has judged;
    ``proposal_now`` is today's, and ``has_moved`` says that the grounds changed the proposal
    after the judgement was made.
    """

    goal_id: int
    key: str
    level: str
    number: str
    name: str
    area: str
    is_judged: bool
    moment: Moment
    standing: Standing
    rule: str
    proposal: Attainment
    proposal_word: str
    proposal_now: Attainment
    proposal_now_word: str
    rule_now: str
    moment_now: Moment
    grounds: str
    has_moved: bool
    is_departure: bool
    reason: str
    judged_by: str
    judged_on: date | None
    version: int
    indicators: tuple[IndicatorRow, ...]
    assignments: tuple[AssignmentRow, ...]

    @property
    def label(self) -> str:
        return numbered(self.number, self.name)


def attainment_summary(plan: Plan, period: Period) -> PlanAttainment:
    """How many of each level were achieved, partly, not, and are not judged at the period.

    Rows follow the levels of the plan year, those without nodes too (zeros); headings are not
    counted. Seven queries however many nodes there are.
    """
    return summary_of(chain(plan, period), period)


def summary_of(found: Chain, period: Period) -> PlanAttainment:
    nodes: dict[int, list[Standing]] = defaultdict(list)
    for goal in found.goals:
        nodes[goal.level_id].append(found.standing(goal))
    columns = found.columns()
    levels = [level for level in found.levels if level.nature != Nature.HEADING]
    counts = {
        level.pk: assessment.counted(columns, [each.column for each in nodes[level.pk]])
        for level in levels
    }
    # Ours beside the organisation's own are shown where they are needed.
    shown = [
        number
        for number, (own, result) in enumerate(columns)
        if own
        or not found.attainment
        or result == Attainment.NOT_JUDGED
        or any(each[number] for each in counts.values())
    ]
    return PlanAttainment(
        plan_id=found.plan.pk,
        plan_name=found.plan.name,
        year=found.plan.year,
        period_id=period.pk,
        period=period.name,
        moment=found.moment,
        headings=tuple(_heading(found, columns[number]) for number in shown),
        owes_last=columns[-1] == (0, Attainment.NOT_JUDGED),
        rows=tuple(
            NodeAttainment(
                label=level.plural or level.name,
                counts=tuple(counts[level.pk][number] for number in shown),
                sources=tuple(each.source for each in nodes[level.pk] if each.source),
            )
            for level in levels
        ),
    )


def _heading(found: Chain, column: Column) -> str:
    """The words in use: a summary that mixes forecast and outcome says both."""
    moments = {Moment(each.moment) for each in found.judgements.values()}
    if found.reports or not moments:
        moments.add(found.moment)
    level, result = column
    said = (found.goal_word(result, each, level) for each in reversed(Moment) if each in moments)
    return " / ".join(dict.fromkeys(said))


def assignment_list(plan: Plan, period: Period, *, under: str = "") -> list[AssignmentRow]:
    """The plan's assignments in its order, or those beneath the node with the key ``under``, with
    their status and comment at the period."""
    found = chain(plan, period)
    nodes = list(found.in_order())
    if under:
        wanted = {n.pk for goal in nodes if goal.key == under for n in found.beneath(goal)}
        nodes = [node for node in nodes if node.pk in wanted]
    return [assignment_row(found, goal) for goal in nodes if goal.level.nature == Nature.ASSIGNMENT]


def assignment_row(found: Chain, goal: Goal) -> AssignmentRow:
    return AssignmentRow(
        id=goal.pk,
        key=goal.key,
        level=goal.level.name,
        number=goal.number,
        name=goal.name,
        description=goal.description,
        area=found.area_of(goal),
        under=found.names.get(goal.parent_id or 0, ""),
        giver=found.giver_of(goal),
        is_multi_year=goal.is_multi_year,
        due_on=goal.due_on,
        unit=found.unit_of(goal),
        contributes_to=tuple(found.names[above.pk] for above in found.upper[goal.pk]),
        standing=found.standing(goal),
    )


def judgements(plan: Plan, period: Period) -> list[JudgementRow]:
    """Every goal of the plan in its order, judged or not, with the grounds beneath it."""
    found = chain(plan, period)
    goals = [goal for goal in found.in_order() if goal.level.nature == Nature.GOAL]
    return judgement_rows(found, period, goals)


def judgement_of(goal: Goal, period: Period) -> JudgementRow:
    """One goal's judgement at the period with its grounds."""
    found = chain(goal.plan, period)
    return judgement_rows(found, period, [found.by_id[goal.pk]])[0]


def judgement_rows(found: Chain, period: Period, goals: Sequence[Goal]) -> list[JudgementRow]:
    """The goals' judgements beside their grounds; the indicators are read once for all."""
    places: dict[int, list[str]] = defaultdict(list)
    for place in found.places:
        if place.goal_id:
            places[place.goal_id].append(place.indicator.key)
    beneath = {goal.pk: found.beneath(goal) for goal in goals}
    keys = {key for nodes in beneath.values() for node in nodes for key in places[node.pk]}
    rows: dict[str, IndicatorRow] = {}
    if keys:
        figures = indicator_rows(body=found.plan.body, period=period, keys=sorted(keys))
        rows = {row.key: row for row in figures}
    return [
        _judgement_row(
            found,
            goal,
            [
                rows[key]
                for key in dict.fromkeys(
                    key for node in beneath[goal.pk] for key in places[node.pk]
                )
                if key in rows
            ],
            [node for node in beneath[goal.pk] if node.level.nature == Nature.ASSIGNMENT],
        )
        for goal in goals
    ]


def _judgement_row(
    found: Chain, goal: Goal, indicators: Sequence[IndicatorRow], assignments: Sequence[Goal]
) -> JudgementRow:
    judgement = found.judgements.get(goal.pk)
    standings = [found.standing(node) for node in assignments]
    now = assessment.proposed(
        lights=[row.light for row in indicators],
        assignments=[each.counts_as for each in standings],
    )
    moment = Moment(judgement.moment) if judgement else found.moment
    proposal = Attainment(judgement.proposal) if judgement else now.result
    return JudgementRow(
        goal_id=goal.pk,
        key=goal.key,
        level=goal.level.name,
        number=goal.number,
        name=goal.name,
        area=found.area_of(goal),
        is_judged=judgement is not None,
        moment=moment,
        standing=found.standing(goal),
        rule=judgement.rule if judgement else now.rule,
        proposal=proposal,
        proposal_word=_proposal_word(found, proposal, moment),
        proposal_now=now.result,
        proposal_now_word=_proposal_word(found, now.result, moment),
        rule_now=now.rule,
        moment_now=found.moment,
        grounds=now.in_words,
        # A judgement that came with a file and judgement no rule was never proposed anything.
        has_moved=judgement is not None
        and judgement.rule != ""
        and judgement.proposal != now.result,
        is_departure=judgement is not None
        and assessment.departs(proposal=proposal, result=Attainment(judgement.result)),
        reason=judgement.reason if judgement else "",
        judged_by=judgement.judged_by if judgement else "",
        judged_on=judgement.judged_on if judgement else None,
        version=judgement.version if judgement else 0,
        indicators=tuple(indicators),
        assignments=tuple(assignment_row(found, node) for node in assignments),
    )


def _proposal_word(found: Chain, proposal: Attainment, moment: Moment) -> str:
    if proposal == Attainment.NOT_JUDGED:
        return "Inget förslag"
    return found.goal_word(proposal, moment)
