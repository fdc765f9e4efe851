"""A report from its template, and the texts of its sections."""

from datetime import date, datetime

from django.utils import timezone

from governance.locks import share
from governance.models import Body, User
from governance.refusals import atomic
from governance.writing import CREATED, add, change, update
from reports.blocks.kinds import block_kinds
from reports.composing.rules import NotOpen, kept_text, text_field
from reports.enums import ActKind
from reports.models import BlockSpec, ClearanceAct, Report, ReportTemplate, Section, TemplateSection
from reports.states import REPORT, table_for


@atomic()
def create_report(
    *, template: ReportTemplate, body: Body, key: str, name: str, year: int, by: User
) -> Report:
    """A report with the template's sections and blocks; plan blocks show the report's year."""
    report = add(
        Report(body=body, template=template, key=key, name=name, year=year), by=by, told=CREATED
    )
    made: dict[int, Section] = {}
    rows = list(template.sections.prefetch_related("blocks"))
    for row in rows:
        made[row.pk] = _copied(row, report, by)
    for row in rows:
        if row.parent_id is not None:
            update(made[row.pk], {"parent": made[row.parent_id]}, raises_version=False)
    return report


def _copied(row: TemplateSection, report: Report, by: User) -> Section:
    section = Section(
        report=report,
        key=row.key,
        position=row.position,
        kind=row.kind,
        heading=row.heading,
        subtitle=row.subtitle,
        slide_title=row.slide_title,
        guidance=row.guidance,
    )
    add(section, by=by, told={}, about=report)
    for block in row.blocks.all():
        spec = BlockSpec(
            section=section,
            key=block.key,
            position=block.position,
            kind=block.kind,
            title=block.title,
            options=block.options,
            plan_year=report.year if block_kinds()[block.kind].is_plan else None,
        )
        add(spec, by=by, told={}, about=report)
    return section


@atomic()
def save_section_text(*, section: Section, text: str, seen: int, by: User) -> None:
    """Autosave. Raises NotOpen once submitted, Stale when somebody else wrote in between."""
    report = section.report
    share_report(report, "write", "Det du skrev är inte sparat.")
    told = {text_field(section.heading): (section.text, kept := kept_text(text))}
    change(section, {"text": kept}, seen=seen, by=by, told=told, about=report)


def share_report(report: Report, act: str, else_words: str) -> None:
    """The report's row, shared until the act is done, so that nothing is typed into a hand-over."""
    [fresh] = share(Report.objects.filter(pk=report.pk))
    report.state, report.current_number = fresh.state, fresh.current_number
    if not REPORT.allows(act, report.state):
        refusal = table_for(report.template.called).refusal(act, report.state)
        raise NotOpen(f"{refusal.message} {else_words}")


def record_act(
    report: Report,
    action: ActKind,
    *,
    by: User,
    today: date,
    now: datetime | None,
    step: int | None = None,
    comment: str = "",
    sha256: str = "",
    number: int | None = None,
) -> None:
    """One row of the clearance, and its words in the history."""
    act = ClearanceAct(
        report=report,
        number=number or report.current_number,
        step=step,
        action=action,
        actor=str(by),
        user=by,
        comment=comment,
        blocks_sha256=sha256,
        acted_on=today,
        at=now or timezone.now(),
    )
    add(act, by=by, told={"": ("", f"{action.label}, version {act.number}")}, about=report)
