"""A plan's nodes and where they stand at a period, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from governance.enums import Light
from governance.models import Period
from governance.queries import spans_of
from governance.rules import WITHHELD, FigureRef, name_on
from targets.assessments.rules import assessment
from targets.assessments.rules.assessment import Column, Wording, Words
from targets.enums import AssignmentStatus, Attainment, Giver, Moment, Nature, Subject
from targets.models import (
    ActivityReport,
    AssignmentReport,
    AttainmentLevel,
    FocusArea,
    Goal,
    Judgement,
    Level,
    Plan,
    PlannedIndicator,
    StatusWord,
)
from targets.plans.queries.words import words_for_plan
from targets.plans.rules.areas import NodeAt, areas_of, tops_of

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
    level: int = 0  # the organisation's own, that a goal was judged to be

    @property
    def column(self) -> Column:
        return self.level, self.counts_as


def numbered(number: str, name: str) -> str:
    """ "Nr 28. Att arbeta ..." for a bare number, "Nr" already typed is not doubled."""
    if not number:
        return name
    said = f"Nr {number}" if number[:1].isdigit() else number
    return f"{said.rstrip('.')}. {name}"


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A plan's nodes with what is reported of them at a period, read in ten queries."""

    plan: Plan
    period: Period | None
    moment: Moment
    said: Sequence[StatusWord]
    words: Words
    terms: Mapping[str, str]
    attainment: Sequence[AttainmentLevel]
    levels: Sequence[Level]
    areas: Sequence[FocusArea]
    goals: Sequence[Goal]
    by_id: Mapping[int, Goal]
    names: Mapping[int, str]
    places: Sequence[PlannedIndicator]
    children: Mapping[int | None, Sequence[Goal]]
    area_ids: Mapping[int, int | None]
    tops: Collection[int]
    contributors: Mapping[int, Sequence[Goal]]
    upper: Mapping[int, Sequence[Goal]]
    reports: Mapping[int, AssignmentReport]
    judgements: Mapping[int, Judgement]

    def roots(self, area: int | None) -> list[Goal]:
        return [
            goal for goal in self.goals if goal.pk in self.tops and self.area_ids[goal.pk] == area
        ]

    def below(self, goal: Goal) -> list[Goal]:
        """The nodes printed under the goal: what stands in another area is printed there."""
        return [child for child in self.children[goal.pk] if child.pk not in self.tops]

    def area_of(self, goal: Goal) -> str:
        """The name of the focus area the node stands in; "" outside every area."""
        area = self.area_ids[goal.pk]
        return next((each.name for each in self.areas if each.pk == area), "")

    def unit_of(self, goal: Goal) -> str:
        """The unit that answers for the node, as it was called at the period's end."""
        unit, on = goal.responsible_unit, date(self.plan.year, 12, 31)
        if unit is None:
            return ""
        return name_on(
            unit.name, spans_of(unit.names.all()), self.period.ends_on if self.period else on
        )

    def above(self, goal: Goal) -> list[Goal]:
        """The nodes the goal stands under, the nearest first."""
        found: dict[int, Goal] = {}
        parent = self.by_id.get(goal.parent_id or 0)
        while parent is not None and parent.pk not in found:
            found[parent.pk] = parent
            parent = self.by_id.get(parent.parent_id or 0)
        return list(found.values())

    def in_order(self) -> Iterator[Goal]:
        """Every node as the plan prints them: area by area, those outside every area last."""
        for area in (*(area.pk for area in self.areas), None):
            for root in self.roots(area):
                yield from self._down(root)

    def _down(self, goal: Goal) -> Iterator[Goal]:
        yield goal
        for child in self.below(goal):
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

    def giver_of(self, goal: Goal) -> str:
        """Who gave an assignment: another committee by its name, where it is known."""
        if goal.giver_body:
            return goal.giver_body.name
        return str(Giver(goal.giver).label) if goal.giver else ""

    def _assignment_standing(self, report: AssignmentReport | None) -> Standing:
        if report is None:
            return unreported(NO_STATUS)
        status = AssignmentStatus(report.status)
        return standing_at(Subject.ASSIGNMENT, status, self.moment, self.words, report)

    def _goal_standing(self, judgement: Judgement | None) -> Standing:
        if judgement is None:
            return unreported(self.goal_word(Attainment.NOT_JUDGED, Moment.OUTCOME))
        result, moment = Attainment(judgement.result), Moment(judgement.moment)
        return standing_at(Subject.GOAL, result, moment, self.words, judgement)

    def columns(self) -> tuple[Column, ...]:
        return assessment.columns_of(
            [(level.pk, Attainment(level.counts_as)) for level in self.attainment]
        )

    def level_of(self, column: Column) -> AttainmentLevel | None:
        """The organisation's own level: the column's, or the first that counts as the same."""
        level, counts = column
        own = (each for each in self.attainment if level in {0, each.pk})
        return next((each for each in own if each.counts_as == counts), None)

    def goal_word(self, result: Attainment, moment: Moment, level: int = 0) -> str:
        own = self.level_of((level, result))
        if own:
            return level_word(own, moment)
        return assessment.status_word(
            subject=Subject.GOAL, status=result, moment=moment, words=self.words
        )


def standing_at(
    subject: Subject,
    status: assessment.Status,
    moment: Moment,
    words: Words,
    row: AssignmentReport | ActivityReport | Judgement,
) -> Standing:
    """What is reported, in the organisation's words for the moment."""
    if row.comment == WITHHELD:
        light = Light.NOT_APPLICABLE
        return replace(unreported(WITHHELD), light=light, source=ref(row))
    level = row.level if isinstance(row, Judgement) else None
    if level:
        is_foreseen = moment == Moment.FORECAST
        return Standing(
            status=level.key,
            light=Light(level.tone),
            word=level_word(level, moment),
            sentence=level.foreseen_sentence if is_foreseen else level.sentence,
            comment=row.comment,
            counts_as=Attainment(level.counts_as),
            source=ref(row),
            level=level.pk,
        )
    counts = assessment.counts_as(subject=subject, status=status, moment=moment, words=words)
    return Standing(
        status=status.value,
        light=assessment.TONES[counts],
        word=assessment.status_word(subject=subject, status=status, moment=moment, words=words),
        sentence=assessment.status_sentence(
            subject=subject, status=status, moment=moment, words=words
        ),
        comment=row.comment,
        counts_as=counts,
        source=ref(row),
    )


def level_word(level: AttainmentLevel, moment: Moment) -> str:
    return (level.foreseen if moment == Moment.FORECAST else "") or level.name


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
    goals = list(
        plan.goals.select_related(
            "level", "responsible_unit", "focus_area", "continues__plan", "giver_body"
        ).prefetch_related("responsible_unit__names")
    )
    by_id = {goal.pk: goal for goal in goals}
    nodes = {goal.pk: NodeAt(goal.parent_id, goal.focus_area_id) for goal in goals}
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
    judgements = Judgement.objects.filter(**at).select_related("level") if period else ()
    said = status_words(plan.body.organisation_id)
    return Chain(
        plan=plan,
        period=period,
        moment=moment_of(plan, period),
        said=said,
        words=words_of(said, plan.year),
        terms=words_for_plan(plan),
        attainment=attainment_levels(plan),
        levels=list(Level.objects.filter(organisation=plan.body.organisation_id, year=plan.year)),
        areas=list(plan.focus_areas.all()),
        goals=goals,
        by_id=by_id,
        names={goal.pk: numbered(goal.number, goal.name) for goal in goals},
        places=list(
            plan.planned_indicators.select_related("indicator").prefetch_related("targets")
        ),
        children=children,
        area_ids=areas_of(nodes),
        tops=tops_of(nodes),
        contributors=contributors,
        upper=upper,
        reports={report.goal_id: report for report in reports},
        judgements={judgement.goal_id: judgement for judgement in judgements},
    )


def latest_chain(plan: Plan) -> Chain:
    """The plan's nodes with the last that was reported of each, at any period."""
    reports = AssignmentReport.objects.filter(goal__plan=plan).order_by("period__ends_on", "id")
    judgements = (
        Judgement.objects.filter(goal__plan=plan)
        .select_related("level")
        .order_by("period__ends_on", "id")
    )
    return replace(
        chain(plan, None),
        moment=Moment.OUTCOME,
        reports={report.goal_id: report for report in reports},
        judgements={judgement.goal_id: judgement for judgement in judgements},
    )


def moment_of(plan: Plan, period: Period | None) -> Moment:
    if period is None:
        return Moment.FORECAST
    return assessment.moment_at(ends_on=period.ends_on, year=plan.year)


def attainment_levels(plan: Plan) -> list[AttainmentLevel]:
    """The organisation's own levels of goal attainment in the plan's year; none where ours hold."""
    levels = AttainmentLevel.objects.filter(
        organisation=plan.body.organisation_id, from_year__lte=plan.year
    )
    newest = max((level.from_year for level in levels), default=0)
    return [level for level in levels if level.from_year == newest]


def judged_as(plan: Plan, typed: str) -> tuple[Attainment, AttainmentLevel | None]:
    """What was chosen in the judgement's form, as a level of one's own or of ours."""
    level = next((each for each in attainment_levels(plan) if each.key == typed), None)
    return Attainment(level.counts_as if level else typed), level


def status_words(organisation_id: int) -> list[StatusWord]:
    """The organisation's own words for statuses in all years, the oldest first."""
    return list(StatusWord.objects.filter(organisation=organisation_id).order_by("from_year"))


def words_of(said: Iterable[StatusWord], year: int) -> Words:
    """The words that hold in a plan year; empty where none is said."""
    return {
        (Subject(word.subject), word.status, Moment(word.moment)): Wording(
            word=word.word,
            sentence=word.sentence,
            counts_as=Attainment(word.counts_as) if word.counts_as else None,
        )
        for word in said
        if word.from_year <= year
    }
