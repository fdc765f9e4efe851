"""Which plan year or periods a block shows, and how that is said."""

from governance.models import Period
from reports.blocks.base import lowered
from reports.models import BlockSpec


def periods_of(spec: BlockSpec) -> list[Period]:
    return [row.period for row in spec.periods.all()]


def main_period(spec: BlockSpec) -> Period | None:
    """The latest of the block's periods: the one whose figures are judged."""
    return max(periods_of(spec), key=lambda period: (period.ends_on, period.pk), default=None)


def shown_plan(spec: BlockSpec, name: str) -> str:
    if spec.plan_year is None:
        return "Planår saknas"
    return name if str(spec.plan_year) in name else f"Plan {spec.plan_year}"


def period_names(spec: BlockSpec) -> tuple[str, str]:
    period = main_period(spec)
    if period is None:
        return "", ""
    return period.name, period.previous.name if period.previous else ""


def compared(spec: BlockSpec) -> str:
    """'Helår 2025, jämfört med helår 2024'"""
    name, previous = period_names(spec)
    if not name:
        return "Period saknas"
    return f"{name}, jämfört med {lowered(previous)}" if previous else name


def year_of(spec: BlockSpec) -> int:
    """The plan year: the block's own, else that of its period; 0 when it has neither."""
    period = main_period(spec)
    return spec.plan_year or (period.ends_on.year if period else 0)


def plan_at(spec: BlockSpec, name: str) -> str:
    """'Plan 2025, helår 2025'"""
    period = main_period(spec)
    if period is None:
        return "Period saknas"
    plan = name if str(year_of(spec)) in name else f"Plan {year_of(spec)}"
    return f"{plan}, {lowered(period.name)}"
