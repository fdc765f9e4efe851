"""The steering chain: goals, assignments, attainment and judgements."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from governance.models import Body
from reports.blocks import goals as goals_blocks
from reports.blocks.goals import (
    ActivityEntry,
    ActivityList,
    AssignmentArea,
    AssignmentEntry,
    AssignmentList,
    AttainmentSummary,
    GoalArea,
    GoalEntry,
    GoalOptions,
    GoalTable,
    Ground,
    JudgementEntry,
    Judgements,
    SummaryOptions,
)
from reports.blocks.options import CommentOptions, Options
from reports.builders.block_periods import main_period, plan_at, shown_plan, year_of
from reports.builders.indicators import source_of, with_unit
from reports.models import BlockSpec
from targets.assessments.queries import attainment
from targets.assessments.queries.attainment import AssignmentRow, JudgementRow
from targets.enums import Concept, IndicatorKind
from targets.plans.queries import plan_page, plans
from targets.plans.queries.plan_page import ActivityRow
from targets.plans.queries.plans import GoalData, keys_under, plan_for
from targets.plans.queries.words import kinds_said, words_for


def goal_table(spec: BlockSpec, _options: Options, body: Body) -> GoalTable:
    year = spec.plan_year or 0
    plan = plan_for(body, year)
    areas = plans.goal_table(plan).areas if plan else ()
    words = words_for(body.organisation_id, year)
    goals = [goal for area in areas for goal in area.goals]
    kinds = {goal.kind for goal in goals if not goal.is_heading}
    measured = {each.kind for goal in goals for each in goal.indicators} or {IndicatorKind.GOAL}
    return GoalTable(
        key=spec.key,
        title=spec.title,
        shows=shown_plan(spec, plan.name if plan else ""),
        plan_year=year,
        areas=tuple(
            GoalArea(
                name=area.name,
                goals=tuple(_goal(goal, shows_kind=len(kinds) > 1) for goal in area.goals),
            )
            for area in areas
        ),
        shows_areas=any(area.name for area in areas),
        area_word=words[Concept.FOCUS_AREA],
        indicator_word=kinds_said(words, measured),
    )


def _goal(goal: GoalData, *, shows_kind: bool) -> GoalEntry:
    return GoalEntry(
        kind=goal.kind,
        number=goal.number,
        name=goal.name,
        indicators=tuple(indicator.name for indicator in goal.indicators),
        depth=goal.depth,
        shows_kind=shows_kind and not goal.is_heading,
        is_heading=goal.is_heading,
        owes_indicators=goal.owes_indicators,
        contributes_to=goal.contributes_to,
    )


def assignment_list(spec: BlockSpec, options: GoalOptions, body: Body) -> AssignmentList:
    """The plan's assignments, or those beneath one goal, as they stand at the period."""
    plan, period = plan_for(body, year_of(spec)), main_period(spec)
    rows: Sequence[AssignmentRow] = ()
    if plan and period:
        rows = attainment.assignment_list(plan, period, under=options.goal_key)
    words = words_for(body.organisation_id, year_of(spec))
    return AssignmentList(
        key=spec.key,
        title=spec.title,
        shows=plan_at(spec, plan.name if plan else ""),
        plan_year=year_of(spec),
        period=period.name if period else "",
        area_word=words[Concept.FOCUS_AREA],
        areas=tuple(
            AssignmentArea(
                name=area,
                assignments=tuple(_assignment(row, options) for row in assignments),
            )
            for area, assignments in groupby(rows, key=lambda row: row.area)
        ),
    )


def _assignment(row: AssignmentRow, options: GoalOptions) -> AssignmentEntry:
    standing = row.standing
    return AssignmentEntry(
        key=row.key,
        name=row.label,
        giver=row.giver,
        is_multi_year=row.is_multi_year,
        light=standing.light,
        word=standing.word,
        sentence=standing.sentence,
        comment=standing.comment if options.with_comments else "",
        contributes_to=row.contributes_to,
        source=standing.source,
    )


def activity_list(spec: BlockSpec, options: CommentOptions, body: Body) -> ActivityList:
    """The plan's activities as they stand at the period."""
    plan, period = plan_for(body, year_of(spec)), main_period(spec)
    rows = plan_page.activity_list(plan, period) if plan and period else []
    return ActivityList(
        key=spec.key,
        title=spec.title,
        shows=plan_at(spec, plan.name if plan else ""),
        plan_year=year_of(spec),
        period=period.name if period else "",
        activities=tuple(
            ActivityEntry(
                name=row.name,
                under=under,
                terms=", ".join(filter(None, (row.responsible, _span_of(row)))),
                light=row.standing.light,
                word=row.standing.word,
                comment=row.standing.comment if options.with_comments else "",
                source=row.standing.source,
            )
            for under, row in rows
            if row.standing
        ),
    )


def _span_of(row: ActivityRow) -> str:
    """'2025-02-01 till 2025-06-30'"""
    starts = f"från {row.starts_on}" if row.starts_on and not row.ends_on else row.starts_on
    ends = row.ends_on and f"{'till' if row.starts_on else 'klar senast'} {row.ends_on}"
    return " ".join(str(each) for each in (starts, ends) if each)


def attainment_summary(spec: BlockSpec, options: SummaryOptions, body: Body) -> AttainmentSummary:
    """What is counted, per level. Nodes nobody has judged get a column where there are any."""
    plan, period = plan_for(body, year_of(spec)), main_period(spec)
    found = attainment.attainment_summary(plan, period) if plan and period else None
    rows = found.rows if found else ()
    owes = found is not None and found.owes_last and not any(row.counts[-1] for row in rows)
    shown = slice(-1 if owes else None)
    words = words_for(body.organisation_id, year_of(spec))
    return AttainmentSummary(
        key=spec.key,
        title=spec.title,
        shows=plan_at(spec, plan.name if plan else ""),
        plan_year=year_of(spec),
        period=period.name if period else "",
        heading=words[Concept.ATTAINMENT],
        columns=found.headings[shown] if found else (),
        rows=tuple(
            goals_blocks.AttainmentRow(
                name=row.label,
                cells=tuple(_counted(options, count) for count in row.counts[shown]),
                sources=row.sources,
            )
            for row in rows
        ),
    )


def _counted(options: SummaryOptions, count: int) -> str:
    return "" if options.blank_zero and count == 0 else str(count)


def judgements(spec: BlockSpec, options: GoalOptions, body: Body) -> Judgements:
    """Every goal of the plan, or one, with its judgement and the grounds it was made from."""
    plan, period = plan_for(body, year_of(spec)), main_period(spec)
    rows = attainment.judgements(plan, period) if plan and period else []
    shown = keys_under(body, year_of(spec), options.goal_key) if options.goal_key else ()
    goals = [row for row in rows if not shown or row.key in shown]
    return Judgements(
        key=spec.key,
        title=spec.title,
        shows=plan_at(spec, plan.name if plan else ""),
        plan_year=year_of(spec),
        period=period.name if period else "",
        goals=tuple(_judgement(row, options) for row in goals),
        outcome_word=words_for(body.organisation_id, year_of(spec))[Concept.OUTCOME],
    )


def _judgement(row: JudgementRow, options: GoalOptions) -> JudgementEntry:
    standing = row.standing
    return JudgementEntry(
        key=row.key,
        level=row.level,
        name=row.label,
        moment=str(row.moment.label),
        light=standing.light,
        word=standing.word,
        sentence=standing.sentence,
        comment=standing.comment if options.with_comments else "",
        rule=row.rule,
        counted=row.grounds if row.indicators or row.assignments else "",
        proposal=row.proposal_word if row.rule else "",
        proposal_now=row.proposal_now_word if row.has_moved else "",
        is_departure=row.is_departure,
        reason=row.reason,
        judged_by=row.judged_by,
        judged_on=row.judged_on.isoformat() if row.judged_on else "",
        source=standing.source,
        grounds=tuple(_grounds(row)),
    )


def _grounds(row: JudgementRow) -> Iterator[Ground]:
    for indicator in row.indicators:
        yield Ground(
            name=indicator.name,
            value=with_unit(indicator.value, indicator.unit),
            light=indicator.light,
            word=indicator.light_word,
            source=source_of(indicator),
        )
    for assignment in row.assignments:
        standing = assignment.standing
        yield Ground(
            name=assignment.label,
            value="",
            light=standing.light,
            word=standing.word,
            source=standing.source,
        )
