"""A report as HTML for documents, and the order of its PDF: frozen version or draft."""

from documents.actions import html_of
from documents.enums import PageFormat
from governance.locks import exclusive
from governance.models import User
from governance.refusals import atomic
from reports.blocks.content import PackContent, encode
from reports.builders.report import gather
from reports.clearance.actions import print_draft, print_version
from reports.clearance.queries.versions import acts_for, content_of
from reports.enums import ActKind
from reports.models import ClearanceAct, DraftPrint, Report, ReportVersion

STYLES = {PageFormat.SLIDES: ("pack.css",), PageFormat.A4: ("pack.css", "report.css")}
PRINTED = {ActKind.SUBMITTED, ActKind.APPROVED, ActKind.HANDED_OVER}
TEMPLATE = "reports/pdf/pack.html"


def version_html(version: ReportVersion) -> str:
    """The frozen version as slides; nothing live is read but the acts that cleared it."""
    content = content_of(version)
    acts = clearing_acts(version)
    return html_of(TEMPLATE, {"content": content, "version": version, "acts": acts, "changed": {}})


def clearing_acts(version: ReportVersion) -> list[ClearanceAct]:
    """From the last submission to the hand-over: what went back and forth before is not printed."""
    acts: list[ClearanceAct] = []
    for act in acts_for(version, inside=True):
        if act.action == ActKind.SUBMITTED:
            acts = []
        if act.action in PRINTED:
            acts.append(act)
    return acts


def draft_html(content: PackContent) -> str:
    return html_of(TEMPLATE, {"content": content, "version": None, "acts": [], "changed": {}})


def order_version_pdf(*, version: ReportVersion, by: User) -> int:
    """The id of the version's document, ordered now or before. The caller rings."""
    if version.handling.document_id is not None:
        return version.handling.document_id
    css = styles_of(version.report)
    return print_version(version=version, html=version_html(version), css=css, by=by)


def styles_of(report: Report) -> tuple[str, ...]:
    """The style sheets of the template's page format; both print the same blocks."""
    return STYLES[PageFormat(report.template.page_format)]


@atomic()
def order_draft_pdf(*, report: Report, by: User) -> DraftPrint:
    """A PDF of the draft as it stands now: held first, then gathered. The caller rings."""
    exclusive(Report.objects.filter(pk=report.pk))
    content = gather(report)
    return print_draft(
        report=report,
        data=encode(content),
        html=draft_html(content),
        css=styles_of(report),
        by=by,
    )
