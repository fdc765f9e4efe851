"""What each page shows, gathered once, so that templates only print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from dialogues import permissions, queries, rules
from dialogues.enums import (
    ParagraphState,
    ProposalState,
    SignerRole,
    VerificationState,
)
from dialogues.models import (
    Dialogue,
    Dispatch,
    Export,
    FloorMotion,
    Meeting,
    Paragraph,
    Proposal,
    ProposalPoint,
    SigningChief,
    Verification,
)
from dialogues.queries import SignerLine
from dialogues.rules import Change, Difference, Point, ProtocolContent
from dialogues.states import PARAGRAPH, PROPOSAL, VERIFICATION
from documents.enums import Finding
from documents.queries import sealed_record
from documents.verification import Report
from governance.models import Body, Person, User
from governance.permissions import held_roles
from governance.rules import verification_due, whole_number
from governance.writing import new_token
from reports.queries import HandedOver, latest_handed_over, report_status

E = TypeVar("E", bound=Enum)
CHIEF_ROWS = 3


def require(condition: bool) -> None:  # noqa: FBT001 -- reads as a sentence
    """403 unless the condition holds."""
    if not condition:
        raise PermissionDenied


def choice(kind: type[E], text: str | None) -> E:
    """A member of the enumeration from a field; 404 for what no form of ours sends."""
    try:
        return kind(text)
    except ValueError:
        raise Http404 from None


def named(role: SignerRole | None) -> SignerRole:
    if role is None:
        raise PermissionDenied
    return role


@dataclass(frozen=True, kw_only=True)
class DialoguePage:
    dialogue: Dialogue
    pack: HandedOver | None
    proposal: Proposal | None
    paragraph: Paragraph | None
    may_write_proposal: bool
    of_board: bool


def dialogue_page(dialogue: Dialogue, user: User, today: date) -> DialoguePage:
    proposal = Proposal.objects.filter(dialogue=dialogue).first()
    paragraphs = queries.open_paragraphs(dialogue)
    readable = [p for p in paragraphs if permissions.may_read_paragraph(user, p, today)]
    status = report_status([dialogue.pack_id] if dialogue.pack_id else [])
    readable_proposal = proposal and permissions.may_read_proposal(user, proposal, today)
    return DialoguePage(
        dialogue=dialogue,
        pack=status.get(dialogue.pack_id or 0),
        proposal=proposal if readable_proposal else None,
        paragraph=readable[-1] if readable else None,
        may_write_proposal=proposal is None
        and permissions.is_case_officer(user, dialogue.receiving_body, today),
        of_board=permissions.is_of_the_board(user, dialogue.receiving_body, today),
    )


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    proposal: Proposal
    points: Sequence[ProposalPoint]
    chiefs: Sequence[SigningChief]
    may_write: bool
    may_approve: bool
    pack_now: str
    is_late: bool

    @property
    def buttons(self) -> Mapping[str, str]:
        return PROPOSAL.buttons(self.proposal.state)

    @property
    def is_sent(self) -> bool:
        return self.proposal.state == ProposalState.SENT

    @property
    def tone(self) -> str:
        return {"draft": "neutral", "approved": "info", "sent": "success"}[self.proposal.state]


def proposal_page(proposal: Proposal, user: User, today: date) -> ProposalPage:
    chiefs = list(proposal.chiefs.select_related("person"))
    mine = [chief for chief in chiefs if chief.person_id == user.person_id]
    latest = latest_handed_over(proposal.dialogue.pack) if proposal.dialogue.pack else None
    return ProposalPage(
        proposal=proposal,
        points=list(proposal.points.all()),
        chiefs=chiefs,
        may_write=permissions.is_case_officer(user, proposal.dialogue.receiving_body, today),
        may_approve=PROPOSAL.allows("approve", proposal.state)
        and bool(mine)
        and mine[0].approved_at is None,
        pack_now=f"version {latest.number}, överlämnad {latest.handed_over_on}" if latest else "",
        is_late=proposal.state != ProposalState.SENT and today > proposal.dialogue.proposal_due_on,
    )


@dataclass(frozen=True, kw_only=True)
class ChiefRow:
    """A row of the form for signing chiefs; blank rows wait to be filled."""

    number: int
    person_id: int | None = None
    title: str = ""
    is_acting: bool = False


def chief_rows(proposal: Proposal) -> list[ChiefRow]:
    rows = [(c.person_id, c.title, c.is_acting) for c in proposal.chiefs.all()]
    return _padded(rows)


def typed_chief_rows(chiefs: Sequence[tuple[Person, str, bool]]) -> list[ChiefRow]:
    return _padded([(person.pk, title, acting) for person, title, acting in chiefs])


def _padded(rows: Sequence[tuple[int, str, bool]]) -> list[ChiefRow]:
    filled = [
        ChiefRow(number=number, person_id=person, title=title, is_acting=acting)
        for number, (person, title, acting) in enumerate(rows, start=1)
    ]
    missing = range(len(filled) + 1, max(CHIEF_ROWS, len(filled) + 1) + 1)
    return filled + [ChiefRow(number=number) for number in missing]


# Meeting and paragraph.


def bodies_with_secretary(user: User, today: date) -> list[Body]:
    ids = {body for body, role in held_roles(user, today) if role == "secretary"}
    return list(Body.objects.filter(pk__in=ids).select_related("organisation").order_by("name"))


def candidates(meeting: Meeting) -> list[Person]:
    """Who may have taken part: those with a mandate in the body, and those already noted."""
    return list(
        (
            Person.objects.filter(mandates__body=meeting.body)
            | Person.objects.filter(
                pk__in=meeting.attendances.values("person"),
                organisation=meeting.body.organisation_id,
            )
        )
        .distinct()
        .order_by("name")
    )


@dataclass(frozen=True, kw_only=True)
class AttendanceRow:
    person: Person
    service: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage:
    meeting: Meeting
    rows: Sequence[AttendanceRow]
    paragraphs: Sequence[Paragraph]
    verifications: Sequence[Verification]
    open_dialogues: Sequence[Dialogue]
    next_number: int
    is_locked: bool
    due_on: date
    token: str = field(default_factory=new_token)

    @property
    def drafts(self) -> list[Paragraph]:
        """What may be sent for verification."""
        return [p for p in self.paragraphs if PARAGRAPH.allows("send", p.state)]


def meeting_page(meeting: Meeting, typed: Mapping[str, str]) -> MeetingPage:
    """The meeting with who took part, as typed where a save was refused."""
    noted = {row.person_id: row.service for row in meeting.attendances.all()}
    persons = candidates(meeting)
    if typed:
        noted = {person.pk: typed.get(f"service-{person.pk}", "") for person in persons}
    verifications = list(meeting.verifications.all())
    return MeetingPage(
        meeting=meeting,
        rows=[AttendanceRow(person=person, service=noted.get(person.pk, "")) for person in persons],
        paragraphs=list(meeting.paragraphs.all()),
        verifications=verifications,
        open_dialogues=list(queries.dialogues_without_paragraph(meeting.body)),
        next_number=queries.next_number(meeting.body, meeting.held_on.year),
        is_locked=any(v.state != VerificationState.DECLINED for v in verifications),
        due_on=verification_due(meeting.held_on),
    )


@dataclass(frozen=True, kw_only=True)
class WritingPage:
    """The secretary's desk for one paragraph."""

    paragraph: Paragraph
    motions: Sequence[FloorMotion]
    decision: Sequence[Point]
    difference: Sequence["DifferenceLine"]
    movers: Sequence[Person]
    declined: str
    is_order_old: bool
    token: str = field(default_factory=new_token)

    @property
    def buttons(self) -> Mapping[str, str]:
        return PARAGRAPH.buttons(self.paragraph.state)


@dataclass(frozen=True, kw_only=True)
class DifferenceLine:
    """One line of the difference, with its change in words."""

    line: Difference

    @property
    def words(self) -> str:
        return {
            Change.KEPT: "Oförändrad",
            Change.ADDED: "Tillagd vid sammanträdet",
            Change.REMOVED: "Utgår",
            Change.REWORDED: "Ändrad",
        }[self.line.change]

    @property
    def is_added(self) -> bool:
        return self.line.change == Change.ADDED

    @property
    def is_removed(self) -> bool:
        return self.line.change == Change.REMOVED

    @property
    def is_reworded(self) -> bool:
        return self.line.change == Change.REWORDED


def difference_lines(paragraph: Paragraph) -> list[DifferenceLine]:
    return [DifferenceLine(line=line) for line in queries.difference_of(paragraph)]


def written_difference(text: rules.ParagraphContent) -> list[DifferenceLine]:
    """The same from what was sent for signing or sealed: nothing later can change it."""
    lines = rules.difference(proposed=text.proposed, decided=text.decision)
    return [DifferenceLine(line=line) for line in lines]


def writing_page(paragraph: Paragraph) -> WritingPage:
    verification = queries.verification_of(paragraph)
    declined = ""
    if verification is not None and verification.state == VerificationState.DECLINED:
        answer = verification.signatures.filter(is_declined=True).select_related("person").first()
        declined = f"{answer.person}: {answer.comment}" if answer else ""
    return WritingPage(
        paragraph=paragraph,
        motions=list(queries.floor_motions(paragraph)),
        decision=queries.decision_of(paragraph),
        difference=difference_lines(paragraph),
        movers=[row.person for row in queries.attendances(paragraph.meeting) if row.serves],
        declined=declined,
        is_order_old=bool(paragraph.question_order.strip())
        and paragraph.motions_sha256 != queries.motions_sha256_of(paragraph),
    )


def drafted_question_order(paragraph: Paragraph) -> str:
    body = paragraph.meeting.body
    return rules.question_order(
        presiding=str(paragraph.meeting.presiding),
        body="arbetsutskottet" if body.kind == "working_committee" else body.definite,
        motions=queries.motions_of(paragraph),
    )


def person_in(body: Body, pk: int) -> Person:
    """A person of the body's organisation; 404 for a forged id."""
    found = Person.objects.filter(pk=pk, organisation=body.organisation_id).first()
    if found is None:
        raise Http404
    return found


def get_motion_for(user: User, pk: int, today: date) -> FloorMotion:
    motion = FloorMotion.objects.filter(pk=pk).first()
    if motion is None:
        raise Http404
    motion.paragraph = queries.get_paragraph_for(user, motion.paragraph_id, today, write=True)
    return motion


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
    lines = queries.signer_lines(verification, user)
    content = rules.decode(bytes(verification.content))
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
    text: rules.ParagraphContent
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
    sealed = queries.sealed_content(paragraph)
    content = sealed or queries.protocol_content(paragraph.meeting, [paragraph])
    verification = queries.verification_of(paragraph)
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


def person_of(user: User) -> Person:
    require(user.person is not None)
    assert user.person is not None  # noqa: S101 -- required on the line above
    return user.person


def expected_paragraph(user: User, text: str | None, today: date) -> Paragraph | None:
    """The paragraph a file is expected to be the extract of, when the address names one."""
    number = whole_number(text or "")
    return queries.get_paragraph_for(user, number, today) if number else None


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """The four answers, each on its own, and one sentence."""

    report: Report
    summary: str
    is_good: bool
    what: str


def checked_file(report: Report, expected: Paragraph | None) -> CheckedFile:
    """Genuine, but another paragraph's? Judged by the paragraphs in the sealed content."""
    what = ""
    summary = report.summary
    is_good = report.is_genuine
    if report.record is not None:
        content = rules.decode(bytes(report.record.content))
        what = f"{content.body} {content.held_on}, {content.numbers}"
        if expected is not None and report.finding == Finding.GENUINE:
            is_good = any(p.id == expected.pk for p in content.paragraphs)
            if not is_good:
                summary = (
                    f"Filen är äkta, men den gäller {content.numbers} ({content.held_on}) "
                    f"och inte § {expected.number} ({expected.meeting.held_on})."
                )
    return CheckedFile(report=report, summary=summary, is_good=is_good, what=what)
