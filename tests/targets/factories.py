"""Minimal valid rows of goals and indicators."""

from decimal import Decimal

from figures.enums import ValueKind
from figures.rules.key import Key
from governance.models import Body, Organisation, Period, Unit
from governance.queries import root_unit
from governance.rules import decimals_of
from targets.enums import Breakdown, Direction, Nature
from targets.models import (
    FocusArea,
    Goal,
    Indicator,
    Level,
    Outcome,
    Plan,
    PlannedIndicator,
    Target,
)


def make_plan(body: Body, year: int = 2025) -> Plan:
    return Plan.objects.create(body=body, key=f"plan-{year}", year=year, name=f"Plan {year}")


def make_level(
    org: Organisation, year: int = 2025, *, nature: Nature = Nature.GOAL, name: str = ""
) -> Level:
    return Level.objects.get_or_create(
        organisation=org,
        key=f"{nature}-{year}",
        defaults={"year": year, "nature": nature, "name": name or nature.label},
    )[0]


def make_goal(
    plan: Plan,
    key: str = "mal-1",
    *,
    area: FocusArea | None = None,
    nature: Nature = Nature.GOAL,
    parent: Goal | None = None,
) -> Goal:
    return Goal.objects.create(
        plan=plan,
        focus_area=area,
        parent=parent,
        level=make_level(plan.body.organisation, plan.year, nature=nature),
        key=key,
        name=f"Målet {key}",
        position=plan.goals.count(),
    )


def make_area(plan: Plan, key: str = "fokus-1") -> FocusArea:
    return FocusArea.objects.create(
        plan=plan, key=key, name=f"Området {key}", position=plan.focus_areas.count()
    )


def make_indicator(
    org: Organisation,
    key: str = "sjukfranvaro-r12",
    *,
    unit: str = "%",
    direction: Direction = Direction.LOWER,
    tolerance: Decimal | None = None,
    body: Body | None = None,
) -> Indicator:
    return Indicator.objects.create(
        organisation=org,
        body=body,
        key=key,
        name=f"Indikatorn {key}",
        unit_label=unit,
        direction=direction,
        tolerance=tolerance,
    )


def make_place(
    plan: Plan, indicator: Indicator, *, goal: Goal | None = None, target: str = ""
) -> PlannedIndicator:
    """The indicator's place in the plan, in the group Medarbetare, with a target when given."""
    place = PlannedIndicator.objects.create(
        plan=plan,
        goal=goal,
        indicator=indicator,
        key=indicator.key,
        group="" if goal else "Medarbetare",
        position=plan.planned_indicators.count(),
    )
    if target:
        Target.objects.create(planned_indicator=place, key="ar", text=target, note="Påhittat")
    return place


def make_outcome(
    indicator: Indicator,
    body: Body,
    period: Period,
    number: str,
    *,
    breakdown: Breakdown = Breakdown.TOTAL,
) -> Outcome:
    value = Decimal(number)
    return Outcome.objects.create(
        indicator=indicator,
        unit=root_unit(body),
        period=period,
        breakdown=breakdown,
        kind=ValueKind.NUMBER,
        number=value,
        decimals=decimals_of(value),
    )


def row_key(indicator: Indicator, of: Body | Unit, part: str = "") -> str:
    """The row of the entry grid: the body's own, which its root unit names, or one of a unit."""
    unit = of if isinstance(of, Unit) else root_unit(of)
    return str(Key(what=indicator.pk, unit=unit.pk, part=part))
