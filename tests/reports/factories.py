"""A small pack with every kind of block, on rows of the lower floors."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.test import Client

from documents.enums import PageFormat
from economy.enums import SignStyle
from economy.models import Amount, Line, Scope
from governance.enums import Light, Role, ScaleKind
from governance.models import Body, Organisation, Period, Scale, ScaleLevel, User
from internal_control.models import ControlArea, ControlPlan, ControlResult, RemainingAction
from reports.blocks.kinds import option_names, read_fields, write_options
from reports.clearance.actions import approve_report, submit_report
from reports.composing.queries import pack_for
from reports.enums import ReportKind, SectionKind
from reports.models import (
    ApprovalStep,
    BlockPeriod,
    BlockSpec,
    Report,
    ReportTemplate,
    ReportVersion,
    Section,
)
from targets.models import Outcome
from tests.factories import TODAY
from tests.targets import factories as target_rows


def make_template(org: Organisation, *roles: Role) -> ReportTemplate:
    """A dialogue pack's template with the demo's chain, or the roles given."""
    template = ReportTemplate.objects.create(
        organisation=org,
        key="dialogunderlag",
        kind=ReportKind.DIALOGUE_PACK,
        name="Dialogunderlag",
        page_format=PageFormat.SLIDES,
    )
    for position, role in enumerate(roles or (Role.HEAD_OF_ADMINISTRATION, Role.CHAIR), start=1):
        ApprovalStep.objects.create(template=template, position=position, role=role)
    return template


def make_section(report: Report, key: str, *, text: str = "", divider: bool = False) -> Section:
    return Section.objects.create(
        report=report,
        key=key,
        position=report.sections.count(),
        heading=key.capitalize(),
        text=text,
        kind=SectionKind.DIVIDER if divider else SectionKind.NORMAL,
    )


def make_block(
    section: Section,
    kind: str,
    *periods: Period,
    plan_year: int | None = None,
    **options: object,
) -> BlockSpec:
    block = BlockSpec.objects.create(
        section=section,
        key=str(kind),
        position=section.blocks.count(),
        kind=kind,
        plan_year=plan_year,
        options=write_options(kind, options),
    )
    for position, period in enumerate(periods):
        BlockPeriod.objects.create(block=block, period=period, position=position)
    return block


def choose(specs: Iterable[BlockSpec], **options: object) -> None:
    """Change options of the blocks whose kind has them."""
    for spec in specs:
        known = {name: value for name, value in options.items() if name in option_names(spec.kind)}
        spec.options = write_options(spec.kind, read_fields(spec.kind, spec.options) | known)
        spec.save(update_fields=["options"])


def make_report(body: Body, template: ReportTemplate, *, key: str = "varen-2026") -> Report:
    return Report.objects.create(
        body=body, template=template, key=key, name="Nämndsdialog våren 2026", year=2026
    )


def make_pack(body: Body, period: Period) -> Report:
    """Text, goals, one indicator 6,94 (7,53), one control area and one amount."""
    report = make_report(body, make_template(body.organisation))
    make_section(report, "inledning", text="Vi övar.\n\n- Första punkten\n- Andra punkten")
    goals = make_section(report, "mål", divider=True)
    make_block(goals, "goal_table", plan_year=2026)
    staff = make_section(report, "medarbetare")
    make_block(staff, "indicator_figures", period, group="Medarbetare")
    control = make_section(report, "internkontroll")
    make_block(control, "control_grid", period, plan_year=2025)
    make_block(control, "remaining_actions", plan_year=2025)
    money = make_section(report, "ekonomi")
    make_block(money, "economy_table", period)
    make_section(report, "framtid")
    make_goals(body)
    make_staff(body, period)
    make_control(body, period)
    make_money(body, period)
    return report


def make_goals(body: Body) -> None:
    plan = target_rows.make_plan(body, 2026)
    goal = target_rows.make_goal(plan, area=target_rows.make_area(plan))
    indicator = target_rows.make_indicator(body.organisation, "ovningar", body=body)
    target_rows.make_place(plan, indicator, goal=goal)
    target_rows.make_goal(plan, "mal-2")


def make_staff(body: Body, period: Period) -> Outcome:
    plan = target_rows.make_plan(body, 2025)
    indicator = target_rows.make_indicator(body.organisation)
    target_rows.make_place(plan, indicator, target="7,0")
    assert period.previous is not None
    target_rows.make_outcome(indicator, body, period.previous, "7.53")
    return target_rows.make_outcome(indicator, body, period, "6.94")


def make_control(body: Body, period: Period) -> None:
    scale = Scale.objects.create(
        organisation=body.organisation,
        key="kontroll",
        kind=ScaleKind.CONTROL_RESULT,
        name="Kontroll",
    )
    level = ScaleLevel.objects.create(
        scale=scale, key="god", name="God kontroll", position=1, tone=Light.MET
    )
    plan = ControlPlan.objects.create(body=body, key="ik-2025", year=2025, name="Plan 2025")
    area = ControlArea.objects.create(
        plan=plan, key="brott", name="Välfärdsbrottslighet", question="Rätt underlag?", position=1
    )
    ControlResult.objects.create(area=area, period=period, level=level)
    RemainingAction.objects.create(area=area, key="info", text="Informera om regler", position=1)


def make_money(body: Body, period: Period) -> None:
    scope = Scope.objects.create(
        body=body, key="ordinarie", name="ordinarie", mark="*", footnote="Exklusive förråd"
    )
    line = Line.objects.create(
        body=body,
        scope=scope,
        key="utfall",
        name="Utfall",
        position=1,
        sign_style=SignStyle.RESULT,
    )
    Amount.objects.create(line=line, period=period, value=Decimal(1_700_000))


def outcome_of(period: Period) -> Outcome:
    return Outcome.objects.get(period=period, indicator__key="sjukfranvaro-r12")


def submit(report: Report, by: User) -> None:
    submit_report(report=report, seen=report.version, by=by, today=TODAY)


def approve(report: Report, by: User, today: date = TODAY) -> ReportVersion | None:
    """Approve what the page shows now."""
    page = pack_for(by, report.pk, today)
    assert page.report.current_step is not None
    done = approve_report(
        report=page.report,
        step=page.report.current_step,
        sha256=page.sha256,
        shown=page.shown,
        by=by,
        today=today,
    )
    report.refresh_from_db()
    return done


def hand_over(report: Report, *, controller: User, head: User, chair: User) -> ReportVersion:
    submit(report, controller)
    approve(report, head)
    version = approve(report, chair)
    assert version is not None
    return version


def approving_form(client: Client, report: Report, by: User) -> dict[str, object]:
    """The fields of the approving dialog as the page printed them."""
    page = pack_for(by, report.pk, TODAY)
    return {
        "step": page.report.current_step,
        "sha256": page.sha256,
        "shown": page.shown,
    }
