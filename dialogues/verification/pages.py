"""What the pages of verification, verified paragraph and checked file show, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404

from dialogues import permissions
from dialogues.enums import ParagraphState, SignerRole, VerificationState
from dialogues.meetings.pages import DifferenceLine, written_difference
from dialogues.meetings.queries.meetings import get_paragraph_for
from dialogues.models import Dispatch, Export, Paragraph, Verification
from dialogues.states import PARAGRAPH, VERIFICATION
from dialogues.verification.queries.protocol import (
    SignerLine,
    protocol_content,
    sealed_content,
    signer_lines,
    verification_of,
)
from dialogues.verification.rules import ParagraphContent, ProtocolContent, decode
from documents.enums import Finding
from documents.queries import sealed_record
from documents.verification import FileReport
from governance.models import Body, User
from governance.rules import verification_due, whole_number

# Verification, dispatch, export.


@dataclass(frozen=True, kw_only=True)
class VerificationPage:
    verification: Verification
    content: ProtocolContent
    lines: Sequence[SignerLine]
    difference: Sequence[DifferenceLine]
    may_answer: bool
    is_late: bool
    declined: Sequence[SignerLine] = field(default_factory=list)

    @property
    def is_verified(self) -> bool:
        return self.verification.state == VerificationState.VERIFIED

    @property
    def buttons(self) -> Mapping[str, str]:
        return VERIFICATION.buttons(self.verification.state)

    @property
    def tone(self) -> str:
        tones = {"sent": "info", "declined": "warning", "verified": "success"}
        return tones[self.verification.state]


def verification_page(
    verification: Verification, role: SignerRole | None, user: User, today: date
) -> VerificationPage:
    lines = signer_lines(verification, user)
    content = decode(bytes(verification.content))
    return VerificationPage(
        verification=verification,
        content=content,
        lines=lines,
        difference=[line for text in content.paragraphs for line in written_difference(text)],
        may_answer=role is not None
        and VERIFICATION.allows("sign", verification.state)
        and any(line.waits_for_me for line in lines),
        is_late=verification.verified_at is None and today > verification.due_on,
        declined=[line for line in lines if line.signature and line.signature.is_declined],
    )


@dataclass(frozen=True, kw_only=True)
class ParagraphPage:
    """A paragraph as its readers see it: from the sealed record once there is one."""

    paragraph: Paragraph
    text: ParagraphContent
    content: ProtocolContent
    is_sealed: bool
    verification: Verification | None
    sealed_sha256: str
    difference: Sequence[DifferenceLine]
    dispatches: Sequence[Dispatch]
    exports: Sequence[Export]
    receivers: Sequence[Body]
    may_write: bool
    may_dispatch: bool
    may_export: bool
    due_on: date

    @property
    def is_verified(self) -> bool:
        return self.paragraph.state == ParagraphState.VERIFIED

    @property
    def tone(self) -> str:
        tones = {"draft": "neutral", "sent": "info", "verified": "success", "struck": "warning"}
        return tones[self.paragraph.state]


def paragraph_page(paragraph: Paragraph, user: User, today: date) -> ParagraphPage:
    sealed = sealed_content(paragraph)
    content = sealed or protocol_content(paragraph.meeting, [paragraph])
    verification = verification_of(paragraph)
    stamp = verification.stamp if verification else None
    record = sealed_record(stamp) if stamp else None
    is_verified = paragraph.state == ParagraphState.VERIFIED
    writes = permissions.is_secretary(user, paragraph.meeting.body, today)
    receivers = receivers_of(paragraph)
    text = next(p for p in content.paragraphs if p.id == paragraph.pk)
    return ParagraphPage(
        paragraph=paragraph,
        text=text,
        content=content,
        is_sealed=sealed is not None,
        verification=verification,
        sealed_sha256=record.stamped_sha256 if record else "",
        difference=written_difference(text),
        dispatches=list(paragraph.dispatches.select_related("receiver", "extract")),
        exports=list(paragraph.exports.all()),
        receivers=receivers,
        may_write=writes and PARAGRAPH.allows("change", paragraph.state),
        may_dispatch=writes and sealed is not None and bool(receivers),
        may_export=is_verified
        and sealed is not None
        and permissions.is_registrar(user, paragraph.meeting.body, today),
        due_on=verification_due(paragraph.meeting.held_on),
    )


def receivers_of(paragraph: Paragraph) -> list[Body]:
    """Bodies the extract may still be dispatched to: the committee of the dialogue first."""
    done = {dispatch.receiver_id for dispatch in paragraph.dispatches.all()}
    if paragraph.dialogue is not None:
        return [b for b in [paragraph.dialogue.committee] if b.pk not in done]
    others = Body.objects.filter(organisation=paragraph.meeting.body.organisation_id)
    return list(others.exclude(pk__in=done).exclude(pk=paragraph.meeting.body_id))


def receiver_of(paragraph: Paragraph, pk: int) -> Body:
    found = Body.objects.filter(pk=pk, organisation=paragraph.meeting.body.organisation_id).first()
    if found is None:
        raise Http404
    return found


def expected_paragraph(user: User, text: str | None, today: date) -> Paragraph | None:
    """The paragraph a file is expected to be the extract of, when the address names one."""
    number = whole_number(text or "")
    return get_paragraph_for(user, number, today) if number else None


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """The four answers, each on its own, and one sentence."""

    report: FileReport
    summary: str
    is_good: bool
    what: str


def checked_file(report: FileReport, expected: Paragraph | None) -> CheckedFile:
    """Genuine, but another paragraph's? Judged by the paragraphs in the sealed content."""
    what = ""
    summary = report.summary
    is_good = report.is_genuine
    if report.record is not None:
        content = decode(bytes(report.record.content))
        what = f"{content.body} {content.held_on}, {content.numbers}"
        if expected is not None and report.finding == Finding.GENUINE:
            is_good = any(p.id == expected.pk for p in content.paragraphs)
            if not is_good:
                summary = (
                    f"Filen är äkta, men den gäller {content.numbers} ({content.held_on}) "
                    f"och inte § {expected.number} ({expected.meeting.held_on})."
                )
    return CheckedFile(report=report, summary=summary, is_good=is_good, what=what)
