"""Writing, clearing, freezing and handing over: each act once, by whoever's turn it is."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

import documents.actions
from documents.enums import PageFormat
from governance.actions import audit, raise_version
from governance.enums import Role
from governance.models import Body, User
from governance.permissions import has_role
from governance.rules import Stale
from reports import blocks, rules
from reports.blocks.kinds import block_kinds
from reports.enums import ActKind, ReportState
from reports.gathering import gather
from reports.models import (
    BlockSpec,
    ClearanceAct,
    DraftPrint,
    PrivateNote,
    Report,
    ReportTemplate,
    ReportVersion,
    Section,
    SectionComment,
    TemplateSection,
    VersionHandling,
)
from reports.queries import chain_of, unwrapped

CHANGED = "Underlaget har ändrats sedan du öppnade sidan. Läs det som har ändrats och godkänn igen."
SOMEBODY = "Någon annan har ändrat texten sedan du öppnade sidan."


@transaction.atomic
def create_report(
    *, template: ReportTemplate, body: Body, key: str, name: str, year: int, by: User
) -> Report:
    """A report with the template's sections and blocks; plan blocks show the report's year."""
    report = Report.objects.create(body=body, template=template, key=key, name=name, year=year)
    made: dict[int, Section] = {}
    rows = list(template.sections.prefetch_related("blocks"))
    for row in rows:
        made[row.pk] = _copied(row, report)
    for row in rows:
        if row.parent_id is not None:
            made[row.pk].parent = made[row.parent_id]
            made[row.pk].save(update_fields=["parent"])
    _audit(report, by=by, field="läge", new="skapat")
    return report


def _copied(row: TemplateSection, report: Report) -> Section:
    section = Section.objects.create(
        report=report,
        key=row.key,
        position=row.position,
        kind=row.kind,
        heading=row.heading,
        subtitle=row.subtitle,
        slide_title=row.slide_title,
        guidance=row.guidance,
    )
    for block in row.blocks.all():
        BlockSpec.objects.create(
            section=section,
            key=block.key,
            position=block.position,
            kind=block.kind,
            title=block.title,
            options=block.options,
            plan_year=report.year if block_kinds()[block.kind].is_plan else None,
        )
    return section


@transaction.atomic
def save_section_text(*, section: Section, text: str, seen: int, by: User) -> None:
    """Autosave. Raises NotOpen once submitted, Stale when somebody else wrote in between."""
    report = section.report
    if not _locked(report).is_open:
        raise rules.NotOpen(
            f"Underlaget är {report.get_state_display().lower()}. Texten kan inte ändras nu, "
            "och det du skrev är inte sparat."
        )
    kept = rules.kept_text(text)
    old = section.text
    raise_version(section, seen=seen)
    section.text = kept
    section.save(update_fields=["text"])
    _audit(report, by=by, field=f"text: {section.heading}"[:60], old=old, new=kept)


@transaction.atomic
def submit_report(*, report: Report, seen: int, by: User, today: date) -> None:
    """The controller lets go of the draft; it waits for the chain's first role."""
    first = rules.first_step(chain_of(report))
    if first is None:
        raise rules.MissingChain("Mallen säger inte vem som godkänner. Kontakta administratören.")
    moved = Report.objects.filter(
        pk=report.pk, version=seen, state__in=[ReportState.DRAFT, ReportState.RETURNED]
    ).update(state=ReportState.SUBMITTED, current_step=first.position, version=seen + 1)
    if not moved:
        raise _too_late(report)
    _moved(report)
    content = blocks.encode(gather(report))
    _act(report, ActKind.SUBMITTED, by=by, today=today, sha256=blocks.sha256_of(content))


@transaction.atomic
def approve_report(
    *, report: Report, step: int, sha256: str, shown: str, by: User, today: date
) -> ReportVersion | None:
    """Approve what was shown (wall 13). The last approval freezes and hands over the version.

    Raises Changed with the difference in words when the blocks are no longer those shown.
    """
    _check_turn(report, step, by, today)
    content = gather(report)
    data = blocks.encode(content)
    if blocks.sha256_of(data) != sha256:
        before = unwrapped(shown, sha256)
        found = blocks.differences(before, content) if before else ()
        raise rules.Changed(CHANGED, found)
    after = rules.next_step(chain_of(report), step)
    _move_from(
        report,
        step,
        state=ReportState.SUBMITTED if after else ReportState.APPROVED,
        current_step=after.position if after else None,
    )
    _send_comments(report, by)
    _act(report, ActKind.APPROVED, by=by, today=today, step=step, sha256=sha256)
    return None if after else _freeze(report, data, by=by, today=today)


def _freeze(report: Report, data: bytes, *, by: User, today: date) -> ReportVersion:
    """Store the very bytes that were hashed, and hand them over."""
    now = timezone.now()
    sha256 = blocks.sha256_of(data)
    version = ReportVersion.objects.create(
        report=report,
        number=report.current_number,
        content=data,
        content_sha256=sha256,
        schema_version=blocks.SCHEMA_VERSION,
        approved_at=now,
        approved_on=today,
        approved_by=str(by),
        handed_over_at=now,
        handed_over_on=today,
    )
    VersionHandling.objects.create(report_version=version)
    _act(report, ActKind.HANDED_OVER, by=by, today=today, sha256=sha256)
    return version


@transaction.atomic
def return_report(*, report: Report, step: int, comment: str, by: User, today: date) -> None:
    """Send the draft back to the controller, with words; unsent comments go along."""
    _check_turn(report, step, by, today)
    words = comment.strip()
    if not words:
        raise rules.MissingWords("Skriv vad som behöver ändras innan du skickar tillbaka.")
    _move_from(report, step, state=ReportState.RETURNED, current_step=None)
    _send_comments(report, by)
    _act(report, ActKind.RETURNED, by=by, today=today, step=step, comment=words)


def _check_turn(report: Report, step: int, by: User, today: date) -> None:
    """The form's step must be the one the report waits for, and held by the actor."""
    if not report.is_submitted or report.current_step != step:
        raise _too_late(report)
    role = next(s for s in chain_of(report) if s.position == step)
    if not has_role(by, report.body, Role(role.role), today):
        raise rules.NotYourTurn(f"Underlaget väntar på {rules.definite(role.name)}.")


def _move_from(report: Report, step: int, *, state: ReportState, current_step: int | None) -> None:
    """Leave the step once: of two clicks, or two people, the second is refused."""
    seen = report.version
    moved = Report.objects.filter(
        pk=report.pk, state=ReportState.SUBMITTED, current_step=step, version=seen
    ).update(state=state, current_step=current_step, version=seen + 1)
    if not moved:
        raise _too_late(report)
    _moved(report)


def _too_late(report: Report) -> rules.AlreadyDone | Stale:
    """What has happened already, in words."""
    report.refresh_from_db()
    last = report.acts.order_by("-id").first()
    if last is None:
        return Stale("Underlaget har ändrats sedan du öppnade sidan. Ladda om och försök igen.")
    return rules.AlreadyDone(
        f"Det är redan gjort: {last.get_action_display().lower()} av {last.actor}. "
        "Ingenting mer har ändrats."
    )


@transaction.atomic
def save_comment(*, section: Section, text: str, seen: int, by: User) -> SectionComment:
    """The reviewer's own comment on a section, private until it is sent."""
    report = section.report
    if not _locked(report).is_submitted:
        raise rules.NotOpen("Underlaget är inte inlämnat. Kommentaren är inte sparad.")
    kept = rules.kept_text(text)
    comment, made = SectionComment.objects.get_or_create(
        section=section,
        number=report.current_number,
        author=by,
        sent_at=None,
        defaults={"text": kept},
    )
    if made:
        return comment
    raise_version(comment, seen=seen)
    comment.text = kept
    comment.save(update_fields=["text"])
    return comment


@transaction.atomic
def send_comments(*, report: Report, by: User) -> int:
    """Let the controller and the chain see one's comments; the number sent."""
    if not _locked(report).is_submitted:
        raise rules.NotOpen("Underlaget är inte inlämnat. Inga kommentarer är skickade.")
    return _send_comments(report, by)


def _send_comments(report: Report, by: User) -> int:
    unsent = SectionComment.objects.filter(
        section__report=report, number=report.current_number, author=by, sent_at=None
    )
    unsent.filter(text="").delete()
    sent = unsent.update(sent_at=timezone.now())
    if sent:
        _audit(report, by=by, field="kommentarer", new=f"{sent} skickade")
    return sent


@transaction.atomic
def start_new_version(*, report: Report, by: User, today: date) -> None:
    """A change after approval is version N+1 beside version N."""
    _start_version(report)
    _act(report, ActKind.VERSION_STARTED, by=by, today=today)


def _start_version(report: Report) -> None:
    seen = report.version
    moved = Report.objects.filter(pk=report.pk, state=ReportState.APPROVED, version=seen).update(
        state=ReportState.DRAFT, current_number=report.current_number + 1, version=seen + 1
    )
    if not moved:
        raise _too_late(report)
    _moved(report)


@transaction.atomic
def receive_version(*, version: ReportVersion, by: User, today: date) -> None:
    """The receiving office takes the version into its own diary."""
    moved = VersionHandling.objects.filter(
        report_version=version, received_at=None, completion_requested_at=None
    ).update(received_at=timezone.now(), received_by=str(by))
    if not moved:
        raise _too_late(version.report)
    _act(version.report, ActKind.RECEIVED, by=by, today=today, number=version.number)


@transaction.atomic
def request_completion(*, version: ReportVersion, reason: str, by: User, today: date) -> None:
    """Ask for more: the committee starts the next version, and this one stays as it is."""
    words = reason.strip()
    if not words:
        raise rules.MissingWords("Skriv vad som behöver kompletteras.")
    report = version.report
    if report.current_number != version.number:
        raise rules.AlreadyDone(f"Version {report.current_number} är redan påbörjad.")
    moved = VersionHandling.objects.filter(
        report_version=version, completion_requested_at=None
    ).update(
        completion_requested_at=timezone.now(),
        completion_requested_by=str(by),
        completion_reason=words,
    )
    if not moved:
        raise _too_late(report)
    _start_version(report)
    _act(
        report,
        ActKind.COMPLETION_REQUESTED,
        by=by,
        today=today,
        number=version.number,
        comment=words,
    )


@transaction.atomic
def save_note(*, version: ReportVersion, text: str, seen: int, by: User) -> PrivateNote:
    """One's own note on a version. No audit row: nobody else may know of it."""
    kept = rules.kept_text(text)
    note, made = PrivateNote.objects.get_or_create(
        report_version=version, author=by, defaults={"text": kept}
    )
    if made:
        return note
    raise_version(note, seen=seen)
    note.text = kept
    note.save(update_fields=["text"])
    return note


@transaction.atomic
def print_version(*, version: ReportVersion, html: str, css: Sequence[str], by: User) -> int:
    """Order the version's PDF, once: the document's id, also when it was ordered before."""
    report = version.report
    handling = VersionHandling.objects.select_for_update().get(report_version=version)
    if handling.document_id is not None:
        return handling.document_id
    document = documents.actions.request_pdf(
        organisation=report.body.organisation,
        html=html,
        page_format=PageFormat(report.template.page_format),
        css=css,
        title=f"{report.name}, version {version.number}",
        filename=f"{report.key}-{report.body.key}-version-{version.number}.pdf",
        created_at=version.approved_at,
        by=by,
        content=bytes(version.content),
    )
    handling.document = document
    handling.save(update_fields=["document"])
    version.handling = handling
    _audit(report, by=by, field="utskrift", new=f"version {version.number}")
    return document.pk


@transaction.atomic
def print_draft(
    *, report: Report, data: bytes, html: str, css: Sequence[str], by: User
) -> DraftPrint:
    """Order a PDF of the draft as it stands; the same draft is not printed twice."""
    sha256 = blocks.sha256_of(data)
    kept = report.prints.filter(number=report.current_number, content_sha256=sha256)
    found = kept.select_related("document").first()
    if found is not None:
        return found
    document = documents.actions.request_pdf(
        organisation=report.body.organisation,
        html=html,
        page_format=PageFormat(report.template.page_format),
        css=css,
        title=f"{report.name}, utkast till version {report.current_number}",
        filename=f"{report.key}-{report.body.key}-utkast-{report.current_number}.pdf",
        created_at=timezone.now(),
        by=by,
    )
    _audit(report, by=by, field="utskrift", new=f"utkast till version {report.current_number}")
    return DraftPrint.objects.create(
        report=report, number=report.current_number, document=document, content_sha256=sha256
    )


def _locked(report: Report) -> Report:
    """The report's row, held until the act is done, so that nothing is typed into a hand-over."""
    fresh = Report.objects.select_for_update().get(pk=report.pk)
    report.state, report.current_number = fresh.state, fresh.current_number
    return report


def _moved(report: Report) -> None:
    report.refresh_from_db(fields=["state", "current_step", "current_number", "version"])


def _act(
    report: Report,
    action: ActKind,
    *,
    by: User,
    today: date,
    step: int | None = None,
    comment: str = "",
    sha256: str = "",
    number: int | None = None,
) -> None:
    """One row of the clearance, and one of the history, in the same transaction."""
    ClearanceAct.objects.create(
        report=report,
        number=number or report.current_number,
        step=step,
        action=action,
        actor=str(by),
        user=by,
        comment=comment,
        blocks_sha256=sha256,
        acted_on=today,
        at=timezone.now(),
    )
    _audit(
        report,
        by=by,
        field="läge",
        new=f"{action.label}, version {number or report.current_number}",
    )


def _audit(report: Report, *, by: User, field: str, old: str = "", new: str = "") -> None:
    audit(
        by=by,
        obj=report,
        organisation_id=report.body.organisation_id,
        body_id=report.body_id,
        field=field,
        old=old,
        new=new,
    )
