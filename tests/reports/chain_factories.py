"""A report that holds every block of the steering chain, on rows like S4's chapter 4 and 5.5."""

from datetime import date
from decimal import Decimal

from figures.enums import ValueKind, ValueScope
from governance.enums import Role
from governance.models import Body, Organisation, Period
from governance.queries import root_unit
from reports.models import Report
from targets.enums import (
    AssignmentStatus,
    Attainment,
    Breakdown,
    Concept,
    Dimension,
    Direction,
    Giver,
    Horizon,
    IndicatorKind,
    Moment,
    Nature,
)
from targets.models import (
    AssignmentReport,
    Goal,
    Indicator,
    Judgement,
    Outcome,
    Plan,
    PlannedIndicator,
    Target,
    Term,
)
from tests.reports.factories import make_block, make_report, make_section, make_template
from tests.targets import factories as target_rows


def make_chain_report(body: Body, period: Period) -> Report:
    """A section for each of the six blocks, all of 2025."""
    make_chain(body, period)
    assert period.previous is not None
    report = make_report(body, make_template(body.organisation, Role.CHAIR), key="ar-2025")
    plan = {"plan_year": 2025}
    goals = make_section(report, "målen")
    make_block(goals, "goal_table", **plan)
    counted = make_section(report, "måluppfyllelse")
    make_block(counted, "attainment_summary", period, **plan)
    measures = make_section(report, "styrtal")
    shown = {"shows_breakdown": True, "with_comments": True}
    make_block(measures, "indicator_table", period, **shown)
    drawn = make_section(report, "utveckling")
    drawn_as = {"shows_breakdown": True, "indicator_key": "sjuk"}
    make_block(drawn, "indicator_chart", period.previous, period, **drawn_as)
    assigned = make_section(report, "uppdragen")
    make_block(assigned, "assignment_list", period, **plan, with_comments=True)
    judged = make_section(report, "bedömningen")
    make_block(judged, "judgements", period, **plan, with_comments=True)
    return report


def make_chain(body: Body, period: Period) -> Plan:
    """A goal judged against the rule's proposal, two assignments, four figures and a heading."""
    plan = target_rows.make_plan(body, 2025)
    area = target_rows.make_area(plan)
    goal = target_rows.make_goal(plan, area=area)
    goal.number = "7"
    goal.save(update_fields=["number"])
    make_assignment(plan, "uppdrag-28", goal, period, AssignmentStatus.YEAR_PART_DONE)
    make_assignment(plan, "uppdrag-31", goal, period, AssignmentStatus.STARTED_CONTINUES)
    heading = target_rows.make_goal(plan, "eget", nature=Nature.HEADING)
    outside = target_rows.make_goal(plan, "beredskap", parent=heading)
    outside.contributes_to.add(goal)
    Term.objects.create(
        organisation=body.organisation,
        year=2025,
        concept=Concept.TARGET_YEAR,
        word="Årets målvärde",
    )
    make_sick_leave(plan, goal, period)
    make_steering(plan, goal, "hme", "79", "77", period, long_term="80", unit="")
    invoices = make_key_figure(plan, "fakturor", "161295", "166506", period, unit="kr").indicator
    invoices.direction = Direction.LOWER
    invoices.save(update_fields=["direction"])
    make_key_figure(plan, "matsvinn", "16.8", "14.4", period, unit="%", region=True)
    Judgement.objects.create(
        goal=goal,
        period=period,
        moment=Moment.OUTCOME,
        rule="Regeln som den löd.",
        proposal=Attainment.PARTLY,
        result=Attainment.ACHIEVED,
        reason="Sjukfrånvaron beror på en enstaka händelse.",
        comment="Målet nåddes i allt väsentligt.",
        judged_by="Karin Lund",
        judged_on=date(2026, 1, 20),
    )
    return plan


def make_assignment(
    plan: Plan, key: str, goal: Goal, period: Period, status: AssignmentStatus
) -> AssignmentReport:
    row = target_rows.make_goal(plan, key, nature=Nature.ASSIGNMENT, parent=goal)
    row.number = key.rpartition("-")[2]
    row.giver, row.is_multi_year = Giver.COUNCIL, True
    row.save(update_fields=["number", "giver", "is_multi_year"])
    return AssignmentReport.objects.create(
        goal=row, period=period, status=status, comment=f"Arbetet med {key} fortgår."
    )


def make_sick_leave(plan: Plan, goal: Goal, period: Period) -> Indicator:
    """5,7 % against 5,5: women 6,1, men too few to be shown, with a comment."""
    indicator = make_steering(
        plan, goal, "sjuk", "5.7", "5,5", period, long_term="< 5 %", previous="5.7"
    )
    indicator.direction, indicator.dimension = Direction.LOWER, Dimension.SEX
    indicator.hides_small_groups = True
    indicator.save(update_fields=["direction", "dimension", "hides_small_groups"])
    unit = root_unit(plan.body)
    for sex, number, size in (("women", "6.1", 400), ("men", "4.2", 7)):
        Outcome.objects.create(
            indicator=indicator,
            unit=unit,
            period=period,
            breakdown=Breakdown(sex),
            kind=ValueKind.NUMBER,
            number=Decimal(number),
            decimals=1,
            group_size=size,
        )
    Outcome.objects.filter(indicator=indicator, breakdown=Breakdown.TOTAL).update(group_size=407)
    return indicator


def make_steering(
    plan: Plan,
    goal: Goal,
    key: str,
    number: str,
    target: str,
    period: Period,
    *,
    long_term: str = "",
    unit: str = "%",
    previous: str = "",
) -> Indicator:
    indicator = made(plan.body.organisation, key, IndicatorKind.STEERING, unit)
    place = target_rows.make_place(plan, indicator, goal=goal, target=target)
    if long_term:
        Target.objects.create(
            planned_indicator=place, key="lang", horizon=Horizon.LONG_TERM, text=long_term
        )
    outcome = target_rows.make_outcome(indicator, plan.body, period, number)
    outcome.comment = f"Kommentaren till {key}."
    outcome.is_carried_forward = key == "hme"
    outcome.measured_on = date(2024, 10, 1) if key == "hme" else None
    outcome.save(update_fields=["comment", "is_carried_forward", "measured_on"])
    if previous and period.previous:
        target_rows.make_outcome(indicator, plan.body, period.previous, previous)
    return indicator


def make_key_figure(
    plan: Plan,
    key: str,
    number: str,
    previous: str,
    period: Period,
    *,
    unit: str,
    region: bool = False,
) -> PlannedIndicator:
    indicator = made(plan.body.organisation, key, IndicatorKind.KEY_FIGURE, unit)
    place = target_rows.make_place(plan, indicator)
    outcome = target_rows.make_outcome(indicator, plan.body, period, number)
    if region:
        outcome.scope = ValueScope.REGION
        outcome.save(update_fields=["scope"])
    assert period.previous is not None
    target_rows.make_outcome(indicator, plan.body, period.previous, previous)
    return place


def made(org: Organisation, key: str, kind: IndicatorKind, unit: str) -> Indicator:
    indicator = target_rows.make_indicator(org, key, unit=unit, direction=Direction.HIGHER)
    indicator.kind = kind
    indicator.save(update_fields=["kind"])
    return indicator
