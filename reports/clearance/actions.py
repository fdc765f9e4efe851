"""Clearing, freezing and handing over: each act once, by whoever's turn it is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

import documents.actions
from documents.actions import tell
from documents.enums import PageFormat
from governance.enums import Role
from governance.history import record
from governance.locks import exclusive
from governance.models import User
from governance.permissions import has_role
from governance.queries import mark_in_force
from governance.refusals import atomic
from governance.rules import Closed, Refusal, Stale
from governance.states import WrongState, move
from governance.writing import add, remove, update
from reports.blocks.content import SCHEMA_VERSION, differences, encode, sha256_of
from reports.builders.report import gather
from reports.clearance.queries.versions import unwrapped
from reports.clearance.rules import (
    AlreadyDone,
    Changed,
    MissingChain,
    NotYourTurn,
    definite,
    first_step,
    next_step,
)
from reports.composing.actions import record_act, share_report
from reports.composing.queries import chain_of
from reports.composing.rules import kept_text
from reports.enums import ActKind
from reports.models import (
    DraftPrint,
    PrivateNote,
    Report,
    ReportVersion,
    Section,
    SectionComment,
    VersionHandling,
)
from reports.states import REPORT, table_for

CHANGED = "{} har ändrats sedan du öppnade sidan. Läs det som har ändrats och godkänn igen."


def _move(
    report: Report,
    name: str,
    *,
    by: User,
    values: Mapping[str, object],
    seen: int | None = None,
    step: int | None = None,
    reason: str = "",
) -> None:
    """Make the transition once: of two clicks, or two people, the second is told what was done."""
    where = {} if step is None else {"current_step": step}
    table = table_for(report.template.called)
    try:
        move(report, table, name, by=by, seen=seen, values=values, where=where, reason=reason)
    except (WrongState, Stale) as refusal:
        raise _too_late(report, refusal) from refusal
    tell(report, table, name, by=by)


def _too_late(report: Report, refusal: Refusal) -> Refusal:
    """What has happened already, in words."""
    last = report.acts.order_by("-id").first()
    if last is None:
        return refusal
    return AlreadyDone(
        f"Det är redan gjort: {last.get_action_display().lower()} av {last.actor}. "
        f"{refusal.message}"
    )


@atomic()
def submit_report(
    *, report: Report, seen: int, by: User, today: date, now: datetime | None = None
) -> None:
    """The controller lets go of the draft; it waits for the chain's first role."""
    first = first_step(chain_of(report))
    if first is None:
        raise MissingChain("Mallen säger inte vem som godkänner. Kontakta administratören.")
    _move(report, "submit", by=by, seen=seen, values={"current_step": first.position})
    sha256 = sha256_of(encode(gather(report)))
    record_act(report, ActKind.SUBMITTED, by=by, today=today, now=now, sha256=sha256)


@atomic()
def approve_report(
    *,
    report: Report,
    step: int,
    sha256: str,
    shown: str,
    by: User,
    today: date,
    now: datetime | None = None,
) -> ReportVersion | None:
    """Approve what was shown (wall 13). The last approval freezes and hands over the version.

    Raises Changed with the difference in words when the blocks are no longer those shown. Held
    first, then gathered: who comes second does not gather in vain.
    """
    _check_turn(report, step, by, today)
    after = next_step(chain_of(report), step)
    name = "endorse" if after else "approve"
    position = after.position if after else None
    _move(report, name, by=by, step=step, values={"current_step": position})
    content = gather(report)
    data = encode(content)
    if sha256_of(data) != sha256:
        before = unwrapped(shown, sha256)
        found = differences(before, content) if before else ()
        raise Changed(CHANGED.format(_called(report)), found)
    _send_comments(report, by, now)
    record_act(report, ActKind.APPROVED, by=by, today=today, now=now, step=step, sha256=sha256)
    return None if after else _freeze(report, data, by=by, today=today, now=now)


def _freeze(
    report: Report, data: bytes, *, by: User, today: date, now: datetime | None
) -> ReportVersion:
    """Store the very bytes that were hashed, and hand them over."""
    moment = now or timezone.now()
    sha256 = sha256_of(data)
    version = ReportVersion(
        report=report,
        number=report.current_number,
        content=data,
        content_sha256=sha256,
        schema_version=SCHEMA_VERSION,
        approved_at=moment,
        approved_on=today,
        approved_by=str(by),
        handed_over_at=moment,
        handed_over_on=today,
    )
    add(version, by=by, told={}, about=report)
    add(VersionHandling(report_version=version), by=by, told={}, about=report)
    record_act(report, ActKind.HANDED_OVER, by=by, today=today, now=now, sha256=sha256)
    return version


@atomic()
def return_report(
    *,
    report: Report,
    step: int,
    comment: str,
    by: User,
    today: date,
    now: datetime | None = None,
) -> None:
    """Send the draft back to the controller, with words; unsent comments go along."""
    _check_turn(report, step, by, today)
    _move(report, "return", by=by, step=step, values={"current_step": None}, reason=comment)
    _send_comments(report, by, now)
    words = comment.strip()
    record_act(report, ActKind.RETURNED, by=by, today=today, now=now, step=step, comment=words)


def _called(report: Report) -> str:
    return report.template.called.capitalize()


def _check_turn(report: Report, step: int, by: User, today: date) -> None:
    """The form's step must be the one the report waits for, and held by the actor."""
    if not REPORT.allows("approve", report.state) or report.current_step != step:
        raise _too_late(report, table_for(report.template.called).refusal("approve", report.state))
    role = next(s for s in chain_of(report) if s.position == step)
    if not has_role(by, report.body, Role(role.role), today):
        raise NotYourTurn(f"{_called(report)} väntar på {definite(role.name)}.")


@atomic()
def save_comment(*, section: Section, text: str, seen: int, by: User) -> SectionComment:
    """The reviewer's own comment on a section, private until it is sent: no history."""
    report = section.report
    share_report(report, "comment", "Kommentaren är inte sparad.")
    own = {"section": section, "number": report.current_number, "author": by}
    comment = SectionComment.objects.filter(**own, sent_at=None).first()
    kept = kept_text(text)
    if comment is None:
        return add(SectionComment(**own, text=kept), by=by, told={}, about=report)
    update(comment, {"text": kept}, seen=seen)
    return comment


@atomic()
def send_comments(*, report: Report, by: User, now: datetime | None = None) -> int:
    """Let the controller and the chain see one's comments; the number sent."""
    share_report(report, "comment", "Inga kommentarer är skickade.")
    return _send_comments(report, by, now)


def _send_comments(report: Report, by: User, now: datetime | None) -> int:
    unsent = exclusive(
        SectionComment.objects.filter(
            section__report=report, number=report.current_number, author=by, sent_at=None
        )
    )
    sent = [comment for comment in unsent if comment.text]
    for comment in unsent:
        if comment.text:
            update(comment, {"sent_at": now or timezone.now()}, raises_version=False)
        else:
            remove(comment, by=by, told={}, about=report)
    if sent:
        record(row=report, told={"kommentarer": ("", f"{len(sent)} skickade")}, by=by)
    return len(sent)


@atomic()
def start_new_version(
    *, report: Report, by: User, today: date, now: datetime | None = None
) -> None:
    """A change after approval is version N+1 beside version N."""
    _move(report, "start", by=by, values={"current_number": report.current_number + 1})
    record_act(report, ActKind.VERSION_STARTED, by=by, today=today, now=now)


@atomic()
def receive_version(
    *, version: ReportVersion, by: User, today: date, now: datetime | None = None
) -> None:
    """The receiving office takes the version into its own diary."""
    report = version.report
    received = {"received_at": now or timezone.now(), "received_by": str(by)}
    _handle(version, received, {"received_at": None, "completion_requested_at": None})
    number = version.number
    record_act(report, ActKind.RECEIVED, by=by, today=today, now=now, number=number)
    tell(report, table_for(report.template.called), "receive", by=by)


@atomic()
def request_completion(
    *, version: ReportVersion, reason: str, by: User, today: date, now: datetime | None = None
) -> None:
    """Ask for more: the committee starts the next version, and this one stays as it is."""
    report, words = version.report, reason.strip()
    if report.current_number != version.number:
        raise AlreadyDone(f"Version {report.current_number} är redan påbörjad.")
    _move(report, "complete", by=by, reason=words, values={"current_number": version.number + 1})
    requested = {
        "completion_requested_at": now or timezone.now(),
        "completion_requested_by": str(by),
        "completion_reason": words,
    }
    _handle(version, requested, {"completion_requested_at": None})
    kind, number = ActKind.COMPLETION_REQUESTED, version.number
    record_act(report, kind, by=by, today=today, now=now, number=number, comment=words)


def _handle(
    version: ReportVersion, values: Mapping[str, object], where: Mapping[str, object]
) -> None:
    try:
        update(version.handling, values, where=where)
    except Stale as refusal:
        raise _too_late(version.report, refusal) from refusal


@atomic()
def save_note(*, version: ReportVersion, text: str, seen: int, by: User) -> PrivateNote:
    """One's own note on a version. No history: nobody else may know of it."""
    kept = kept_text(text)
    note = PrivateNote.objects.filter(report_version=version, author=by).first()
    if note is None:
        new = PrivateNote(report_version=version, author=by, text=kept)
        return add(new, by=by, told={}, about=version.report)
    update(note, {"text": kept}, seen=seen)
    return note


@atomic()
def print_version(*, version: ReportVersion, html: str, css: Sequence[str], by: User) -> int:
    """Order the version's PDF, once: the document's id, also when it was ordered before. A version
    that a mark closes is read on its page alone: a printing would be of no mark. Raises Closed."""
    report = version.report
    [handling] = exclusive(VersionHandling.objects.filter(report_version=version))
    if handling.document_id is not None:
        return handling.document_id
    if (mark := mark_in_force(version)) is not None:
        raise Closed(f"Underlaget är sekretessmarkerat ({mark.ground}) och skrivs inte ut.")
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
    update(handling, {"document": document})
    version.handling = handling
    record(row=report, told={"utskrift": ("", f"version {version.number}")}, by=by)
    return document.pk


@atomic()
def print_draft(
    *, report: Report, data: bytes, html: str, css: Sequence[str], by: User
) -> DraftPrint:
    """Order a PDF of the draft, which the caller holds; the same draft is not printed twice."""
    sha256 = sha256_of(data)
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
    draft = DraftPrint(
        report=report, number=report.current_number, document=document, content_sha256=sha256
    )
    words = f"utkast till version {report.current_number}"
    return add(draft, by=by, told={"utskrift": ("", words)}, about=report)
