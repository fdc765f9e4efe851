"""The protocol's content as it stands and as sealed, and who signs it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Model

from dialogues.enums import MotionOutcome, ParagraphState, SignerRole
from dialogues.meetings.queries.decision import decision_of, main_proposal
from dialogues.models import (
    FloorMotion,
    Meeting,
    Paragraph,
    ParagraphPoint,
    Proposal,
    ProposalPoint,
    Signature,
    Verification,
    VerificationParagraph,
)
from dialogues.verification.rules import (
    ParagraphContent,
    Present,
    ProtocolContent,
    Signer,
    WrittenMotion,
    decode,
    lines_of,
)
from documents.queries import sealed_record
from governance.models import Body, Person, User
from governance.queries import body_name


def paragraph_content(paragraph: Paragraph) -> ParagraphContent:
    motions = paragraph.motions.select_related("mover").exclude(outcome=MotionOutcome.WITHDRAWN)
    presiding = paragraph.meeting.presiding_id
    return ParagraphContent(
        id=paragraph.pk,
        number=paragraph.number,
        year=paragraph.year,
        heading=paragraph.heading,
        diary_number=paragraph.diary_number,
        decision=decision_of(paragraph),
        motions=[
            WrittenMotion(
                key=row.key,
                mover=f"Ordförande {row.mover}" if row.mover_id == presiding else str(row.mover),
                kind=row.get_kind_display(),
                outcome=row.get_outcome_display(),
                text=row.text,
            )
            for row in motions
        ],
        question_order=paragraph.question_order,
        matter=paragraph.matter,
        proposed=main_proposal(paragraph),
        supporting_documents=lines_of(paragraph.supporting_documents),
        dispatched_to=lines_of(paragraph.dispatched_to),
    )


def protocol_content(meeting: Meeting, paragraphs: Sequence[Paragraph]) -> ProtocolContent:
    """The protocol part as it stands now: front page and the paragraphs listed."""
    return ProtocolContent(
        organisation=meeting.body.organisation.name,
        body=body_name(meeting.body, meeting.held_on),
        held_on=meeting.held_on,
        place=meeting.place,
        time_span=meeting.time_span,
        present=[
            Present(name=str(row.person), service=row.get_service_display(), serves=row.serves)
            for row in meeting.attendances.select_related("person")
        ],
        signers=[
            Signer(name=str(person), role=role.label)
            for role, person in signers_of(meeting).items()
        ],
        paragraphs=[paragraph_content(paragraph) for paragraph in paragraphs],
    )


def signers_of(meeting: Meeting) -> dict[SignerRole, Person]:
    return {
        SignerRole.SECRETARY: meeting.secretary,
        SignerRole.PRESIDING: meeting.presiding,
        SignerRole.VERIFIER: meeting.verifier,
    }


def sealed_content(paragraph: Paragraph) -> ProtocolContent | None:
    """What was signed, from the sealed record alone (wall 14); None until the stamp is on."""
    verification = verification_of(paragraph)
    if verification is None or verification.stamp is None:
        return None
    record = sealed_record(verification.stamp)
    return decode(bytes(record.content)) if record else None


def verification_of(paragraph: Paragraph) -> Verification | None:
    """The newest verification the paragraph is part of; declined only while no other is open."""
    item = (
        VerificationParagraph.objects.filter(paragraph=paragraph)
        .select_related("verification__document", "verification__stamp")
        .order_by("-id")
        .first()
    )
    return item.verification if item else None


def paragraphs_of(verification: Verification) -> list[Paragraph]:
    """What it fixes, in the order rows are held: by id."""
    rows = Paragraph.objects.filter(verifications__verification=verification)
    return list(rows.select_related("meeting__body").order_by("pk"))


@dataclass(frozen=True, kw_only=True)
class SignerLine:
    """One of the three who sign, and what they have done."""

    role: SignerRole
    person: Person
    signature: Signature | None
    is_me: bool

    @property
    def waits_for_me(self) -> bool:
        return self.is_me and self.signature is None


def signer_lines(verification: Verification, user: User) -> list[SignerLine]:
    given = {row.role: row for row in verification.signatures.all()}
    return [
        SignerLine(
            role=role,
            person=person,
            signature=given.get(role.value),
            is_me=person.pk == user.person_id,
        )
        for role, person in signers_of(verification.meeting).items()
    ]


def pinned_pack(paragraph: Paragraph) -> int | None:
    """The id of the pack version that the paragraph's proposal went out with (wall 14)."""
    found: int | None = (
        Proposal.objects.filter(dialogue=paragraph.dialogue_id)
        .values_list("appendix_version_id", flat=True)
        .first()
        if paragraph.dialogue_id
        else None
    )
    return found


def kept_with(_body: Body, covered: Sequence[Model]) -> Iterator[Model]:
    """The protocol parts and extracts of the paragraphs that the rows belong to, the proposal's
    printing, and the paragraph itself, where what was signed stands in its rows."""
    paragraphs = {row.pk: row for row in covered if isinstance(row, Paragraph)}
    beneath = [row for row in covered if isinstance(row, ParagraphPoint | FloorMotion)]
    paragraphs = {row.paragraph_id: row.paragraph for row in beneath} | paragraphs
    for paragraph in paragraphs.values():
        items = paragraph.verifications.select_related("verification__document")
        parts = [each.verification for each in items.select_related("verification__stamp")]
        for part in parts:
            yield part
            yield from filter(None, (part.document, part.stamp))
        for dispatch in paragraph.dispatches.select_related("extract"):
            yield dispatch.extract
        if any(part.verified_at for part in parts) and paragraph not in covered:
            yield paragraph
    proposals = {row.pk: row for row in covered if isinstance(row, Proposal)}
    points = [row for row in covered if isinstance(row, ProposalPoint)]
    proposals = {row.proposal_id: row.proposal for row in points} | proposals
    for proposal in proposals.values():
        if proposal.document is not None:
            yield proposal.document


def is_verified(paragraph: Paragraph) -> bool:
    return paragraph.state == ParagraphState.VERIFIED
