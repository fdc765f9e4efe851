"""Where the nodes of a plan stand at a period, and how many were attained: counted, never typed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from governance.enums import Light
from governance.models import Period
from governance.rules import FigureRef
from targets.enums import AssignmentStatus, Attainment, Giver, Moment, Nature, Subject
from targets.models import (
    ActivityReport,
    AssignmentReport,
    FocusArea,
    Goal,
    Judgement,
    Level,
    Plan,
    PlannedIndicator,
    StatusWord,
)
from targets.queries.figures import IndicatorRow, indicator_rows
from targets.rules import attaining
from targets.rules.attaining import Counted, Wording, Words

NO_STATUS = "Status saknas"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a node stands at the period: shape, word and sentence of its status."""

    status: str
    light: Light
    word: str
    sentence: str
    comment: str
    counts_as: Attainment
    source: FigureRef | None


@dataclass(frozen=True, kw_only=True)
class AttainmentRow:
    """One level of the chain with what its nodes count as; ``sources`` are the rows counted."""

    level_key: str
    label: str
    achieved: int
    partly: int
    not_achieved: int
    not_judged: int
    sources: tuple[FigureRef, ...]


@dataclass(frozen=True, kw_only=True)
class AttainmentSummary:
    """The table "Måluppfyllelse" (S4 4.1); headings are the organisation's words."""

    plan_id: int
    plan_name: str
    year: int
    period_id: int
    period: str
    moment: Moment
    headings: tuple[str, str, str, str]
    rows: tuple[AttainmentRow, ...]


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


def numbered(number: str, name: str) -> str:
    """ "Nr 28. Att arbeta ..." for a bare number, "Nr" already typed is not doubled."""
    if not number:
        return name
    said = f"Nr {number}" if number[:1].isdigit() else number
    return f"{said.rstrip('.')}. {name}"


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A plan's nodes with what is reported of them at a period, read in eight queries."""

    plan: Plan
    period: Period | None
    moment: Moment
    words: Words
    levels: Sequence[Level]
    areas: Sequence[FocusArea]
    goals: Sequence[Goal]
    places: Sequence[PlannedIndicator]
    children: Mapping[int | None, Sequence[Goal]]
    contributors: Mapping[int, Sequence[Goal]]
    upper: Mapping[int, Sequence[Goal]]
    reports: Mapping[int, AssignmentReport]
    judgements: Mapping[int, Judgement]

    def roots(self, area: int | None) -> list[Goal]:
        return [goal for goal in self.children[None] if goal.focus_area_id == area]

    def in_order(self) -> Iterator[Goal]:
        """Every node as the plan prints them: area by area, those outside every area last."""
        for area in (*(area.pk for area in self.areas), None):
            for root in self.roots(area):
                yield from self._down(root)

    def _down(self, goal: Goal) -> Iterator[Goal]:
        yield goal
        for child in self.children[goal.pk]:
            yield from self._down(child)

    def beneath(self, goal: Goal) -> list[Goal]:
        """The node itself, its descendants, and what contributes to any of them; each once."""
        found: dict[int, Goal] = {}
        waiting = [goal]
        while waiting:
            node = waiting.pop(0)
            if node.pk not in found:
                found[node.pk] = node
                waiting += [*self.children[node.pk], *self.contributors[node.pk]]
        return list(found.values())

    def standing(self, goal: Goal) -> Standing:
        if goal.level.nature == Nature.ASSIGNMENT:
            return self._assignment_standing(self.reports.get(goal.pk))
        return self._goal_standing(self.judgements.get(goal.pk))

    def _assignment_standing(self, report: AssignmentReport | None) -> Standing:
        if report is None:
            return unreported(NO_STATUS)
        status = AssignmentStatus(report.status)
        return stood(Subject.ASSIGNMENT, status, self.moment, self.words, report)

    def _goal_standing(self, judgement: Judgement | None) -> Standing:
        if judgement is None:
            return unreported(self.goal_word(Attainment.NOT_JUDGED, Moment.OUTCOME))
        result, moment = Attainment(judgement.result), Moment(judgement.moment)
        return stood(Subject.GOAL, result, moment, self.words, judgement)

    def goal_word(self, result: Attainment, moment: Moment) -> str:
        return attaining.status_word(
            subject=Subject.GOAL, status=result, moment=moment, words=self.words
        )


def stood(
    subject: Subject,
    status: attaining.Status,
    moment: Moment,
    words: Words,
    row: AssignmentReport | ActivityReport | Judgement,
) -> Standing:
    """What is reported, in the organisation's words for the moment."""
    counts = attaining.counts_as(subject=subject, status=status, moment=moment, words=words)
    return Standing(
        status=status.value,
        light=attaining.TONES[counts],
        word=attaining.status_word(subject=subject, status=status, moment=moment, words=words),
        sentence=attaining.status_sentence(
            subject=subject, status=status, moment=moment, words=words
        ),
        comment=row.comment,
        counts_as=counts,
        source=ref(row),
    )


def unreported(word: str) -> Standing:
    return Standing(
        status="",
        light=Light.NO_OUTCOME,
        word=word,
        sentence="",
        comment="",
        counts_as=Attainment.NOT_JUDGED,
        source=None,
    )


def ref(row: AssignmentReport | ActivityReport | Judgement) -> FigureRef:
    return FigureRef(model=row._meta.label, id=row.pk, version=row.version)


def chain(plan: Plan, period: Period | None) -> Chain:
    """The plan's nodes and what is reported of them at the period; nothing without one."""
    goals = list(plan.goals.select_related("level", "responsible_unit", "focus_area"))
    by_id = {goal.pk: goal for goal in goals}
    children: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in goals:
        children[goal.parent_id if goal.parent_id in by_id else None].append(goal)
    contributors: dict[int, list[Goal]] = defaultdict(list)
    upper: dict[int, list[Goal]] = defaultdict(list)
    links = Goal.contributes_to.through.objects.filter(from_goal__plan=plan).order_by("id")
    for below, above in links.values_list("from_goal_id", "to_goal_id"):
        if above in by_id:
            contributors[above].append(by_id[below])
            upper[below].append(by_id[above])
    at = {"goal__plan": plan, "period": period}
    reports = AssignmentReport.objects.filter(**at) if period else ()
    judgements = Judgement.objects.filter(**at) if period else ()
    return Chain(
        plan=plan,
        period=period,
        moment=moment_of(plan, period),
        words=status_words(plan.body.organisation_id),
        levels=list(Level.objects.filter(organisation=plan.body.organisation_id, year=plan.year)),
        areas=list(plan.focus_areas.all()),
        goals=goals,
        places=list(plan.planned_indicators.select_related("indicator")),
        children=children,
        contributors=contributors,
        upper=upper,
        reports={report.goal_id: report for report in reports},
        judgements={judgement.goal_id: judgement for judgement in judgements},
    )


def moment_of(plan: Plan, period: Period | None) -> Moment:
    if period is None:
        return Moment.FORECAST
    return attaining.moment_at(ends_on=period.ends_on, year=plan.year)


def status_words(organisation_id: int) -> Words:
    """The organisation's own words for statuses; empty where it has said none."""
    return {
        (Subject(word.subject), word.status, Moment(word.moment)): Wording(
            word=word.word, sentence=word.sentence, counts_as=Attainment(word.counts_as)
        )
        for word in StatusWord.objects.filter(organisation=organisation_id)
    }


def attainment_summary(plan: Plan, period: Period) -> AttainmentSummary:
    """How many of each level were achieved, partly, not, and are not judged at the period.

    Rows follow the levels of the plan year, those without nodes too (zeros); headings are not
    counted. Seven queries however many nodes there are.
    """
    return summary_of(chain(plan, period), period)


def summary_of(found: Chain, period: Period) -> AttainmentSummary:
    nodes: dict[int, list[Standing]] = defaultdict(list)
    for goal in found.goals:
        nodes[goal.level_id].append(found.standing(goal))
    counts = attaining.attainment_counts(
        {
            level.pk: Counted(
                nature=Nature(level.nature), nodes=[each.counts_as for each in nodes[level.pk]]
            )
            for level in found.levels
        }
    )
    headings = [found.goal_word(each, found.moment) for each in Attainment]
    return AttainmentSummary(
        plan_id=found.plan.pk,
        plan_name=found.plan.name,
        year=found.plan.year,
        period_id=period.pk,
        period=period.name,
        moment=found.moment,
        headings=(headings[0], headings[1], headings[2], headings[3]),
        rows=tuple(
            AttainmentRow(
                level_key=level.key,
                label=level.plural or level.name,
                achieved=counts[level.pk].achieved,
                partly=counts[level.pk].partly,
                not_achieved=counts[level.pk].not_achieved,
                not_judged=counts[level.pk].not_judged,
                sources=tuple(each.source for each in nodes[level.pk] if each.source),
            )
            for level in found.levels
            if level.pk in counts
        ),
    )


def assignment_list(plan: Plan, period: Period) -> list[AssignmentRow]:
    """The plan's assignments in its order, with their status and comment at the period."""
    found = chain(plan, period)
    return [
        assignment_row(found, goal)
        for goal in found.in_order()
        if goal.level.nature == Nature.ASSIGNMENT
    ]


def assignment_row(found: Chain, goal: Goal) -> AssignmentRow:
    names = {each.pk: numbered(each.number, each.name) for each in found.goals}
    return AssignmentRow(
        id=goal.pk,
        key=goal.key,
        level=goal.level.name,
        number=goal.number,
        name=goal.name,
        description=goal.description,
        area=goal.focus_area.name if goal.focus_area else "",
        under=names.get(goal.parent_id or 0, ""),
        giver=str(Giver(goal.giver).label) if goal.giver else "",
        is_multi_year=goal.is_multi_year,
        due_on=goal.due_on,
        unit=goal.responsible_unit.name if goal.responsible_unit else "",
        contributes_to=tuple(names[above.pk] for above in found.upper[goal.pk]),
        standing=found.standing(goal),
    )


def judgements(plan: Plan, period: Period) -> list[JudgementRow]:
    """Every goal of the plan in its order, judged or not, with the grounds beneath it."""
    found = chain(plan, period)
    goals = [goal for goal in found.in_order() if goal.level.nature == Nature.GOAL]
    return judgement_rows(found, period, goals)


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
    kept = found.judgements.get(goal.pk)
    standings = [found.standing(node) for node in assignments]
    now = attaining.proposed(
        lights=[row.light for row in indicators],
        assignments=[each.counts_as for each in standings],
    )
    moment = Moment(kept.moment) if kept else found.moment
    proposal = Attainment(kept.proposal) if kept else now.result
    return JudgementRow(
        goal_id=goal.pk,
        key=goal.key,
        level=goal.level.name,
        number=goal.number,
        name=goal.name,
        area=goal.focus_area.name if goal.focus_area else "",
        is_judged=kept is not None,
        moment=moment,
        standing=found.standing(goal),
        rule=kept.rule if kept else now.rule,
        proposal=proposal,
        proposal_word=_proposal_word(found, proposal, moment),
        proposal_now=now.result,
        proposal_now_word=_proposal_word(found, now.result, moment),
        grounds=now.in_words,
        # A judgement that came with a file and kept no rule was never proposed anything.
        has_moved=kept is not None and kept.rule != "" and kept.proposal != now.result,
        is_departure=kept is not None
        and attaining.departs(proposal=proposal, result=Attainment(kept.result)),
        reason=kept.reason if kept else "",
        judged_by=kept.judged_by if kept else "",
        judged_on=kept.judged_on if kept else None,
        version=kept.version if kept else 0,
        indicators=tuple(indicators),
        assignments=tuple(assignment_row(found, node) for node in assignments),
    )


def _proposal_word(found: Chain, proposal: Attainment, moment: Moment) -> str:
    if proposal == Attainment.NOT_JUDGED:
        return "Inget förslag"
    return found.goal_word(proposal, moment)


def current_refs(refs: Iterable[FigureRef]) -> set[FigureRef]:
    """Of the statuses and judgements printed, those that still stand as they were printed."""
    asked: dict[str, set[FigureRef]] = defaultdict(set)
    for each in refs:
        asked[each.model].add(each)
    standing: set[FigureRef] = set()
    for model in (AssignmentReport, Judgement):
        printed = asked[model._meta.label]
        rows = model._default_manager.filter(pk__in=[each.id for each in printed])
        now = dict(rows.values_list("pk", "version"))
        standing |= {each for each in printed if now.get(each.id) == each.version}
    return standing
