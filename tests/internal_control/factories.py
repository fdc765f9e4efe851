"""Minimal valid rows of internal control."""

from governance.enums import Light, ScaleKind
from governance.models import Body, Organisation, Period, Scale, ScaleLevel
from internal_control.models import ControlArea, ControlPlan, ControlResult, RemainingAction


def make_level(org: Organisation, name: str = "Utan anmärkning") -> ScaleLevel:
    scale, _made = Scale.objects.get_or_create(
        organisation=org, key="kontroll", defaults={"kind": ScaleKind.CONTROL_RESULT, "name": "K"}
    )
    return ScaleLevel.objects.create(
        scale=scale,
        key=f"niva-{scale.levels.count()}",
        name=name,
        position=scale.levels.count(),
        tone=Light.MET,
    )


def make_plan(body: Body, year: int = 2025) -> ControlPlan:
    return ControlPlan.objects.create(
        body=body, key=f"ik-{year}", year=year, name=f"Internkontrollplan {year}"
    )


def make_area(plan: ControlPlan, key: str = "omrade-1", *, action: str = "") -> ControlArea:
    area = ControlArea.objects.create(
        plan=plan,
        key=key,
        name=f"Området {key}",
        question="Sker utbetalningar på korrekta underlag?",
        position=plan.areas.count(),
    )
    if action:
        RemainingAction.objects.create(area=area, key="atgard", text=action, position=0)
    return area


def make_result(area: ControlArea, period: Period, level: ScaleLevel | None) -> ControlResult:
    return ControlResult.objects.create(area=area, period=period, level=level)
