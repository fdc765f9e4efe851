"""Points, motions and what they come to; the protocol's content as it stands and as sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from dialogues import rules
from dialogues.enums import MotionOutcome, ParagraphState, SignerRole
from dialogues.models import (
    Attendance,
    Dialogue,
    FloorMotion,
    Meeting,
    Paragraph,
    Phrase,
    Proposal,
    Signature,
    Verification,
    VerificationParagraph,
)
from dialogues.rules import Difference, Motion, Point, ProtocolContent
from documents.queries import sealed_record
from governance.models import Body, Person, User


def names_of(body: Body, receiving: Body) -> Mapping[str, str]:
    """The fields of a phrase: the committee in its forms and the body that decides."""
    kind = body.get_kind_display().lower()
    bare = body.name.removeprefix("Driftnämnden ").removeprefix("Nämnden ")
    return {
        "namnd": f"{kind} {bare}" if bare != body.name else body.name,
        "namnd_bestamd": body.definite,
        "namnd_genitiv": body.genitive,
        "organ": receiving.name,
    }


def phrases_for(dialogue: Dialogue) -> list[Point]:
    """The organisation's phrases with this committee's names filled in."""
    names = names_of(dialogue.committee, dialogue.receiving_body)
    return [
        Point(key=phrase.key, text=rules.fill(phrase.text, names))
        for phrase in Phrase.objects.filter(organisation=dialogue.receiving_body.organisation_id)
    ]


def main_proposal(paragraph: Paragraph) -> list[Point]:
    return [Point(key=row.key, text=row.text) for row in paragraph.points.all()]


def motions_of(paragraph: Paragraph) -> list[Motion]:
    presiding = paragraph.meeting.presiding_id
    return [
        Motion(
            key=row.key,
            text=row.text,
            mover=str(row.mover),
            outcome=MotionOutcome(row.outcome),
            by_presiding=row.mover_id == presiding,
        )
        for row in paragraph.motions.select_related("mover")
    ]


def motions_sha256_of(paragraph: Paragraph) -> str:
    """The motions as they stand, for the order of questions."""
    return rules.motions_sha256(
        presiding=str(paragraph.meeting.presiding), motions=motions_of(paragraph)
    )


def decision_of(paragraph: Paragraph) -> list[Point]:
    """Derived, never stored: the main proposal and the carried motions."""
    return rules.derive_decision(points=main_proposal(paragraph), motions=motions_of(paragraph))


def difference_of(paragraph: Paragraph) -> list[Difference]:
    """What the meeting made of the proposal, by the points' stable ids."""
    proposed = main_proposal(paragraph)
    if paragraph.dialogue is not None:
        proposal = Proposal.objects.filter(dialogue=paragraph.dialogue).first()
        if proposal is not None:
            proposed = [Point(key=p.key, text=p.text) for p in proposal.points.all()]
    return rules.difference(proposed=proposed, decided=decision_of(paragraph))


def paragraph_content(paragraph: Paragraph) -> rules.ParagraphContent:
    motions = paragraph.motions.select_related("mover").exclude(outcome=MotionOutcome.WITHDRAWN)
    presiding = paragraph.meeting.presiding_id
    return rules.ParagraphContent(
        id=paragraph.pk,
        number=paragraph.number,
        year=paragraph.year,
        heading=paragraph.heading,
        diary_number=paragraph.diary_number,
        decision=decision_of(paragraph),
        motions=[
            rules.WrittenMotion(
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
        supporting_documents=rules.lines_of(paragraph.supporting_documents),
        dispatched_to=rules.lines_of(paragraph.dispatched_to),
    )


def protocol_content(meeting: Meeting, paragraphs: Sequence[Paragraph]) -> ProtocolContent:
    """The protocol part as it stands now: front page and the paragraphs listed."""
    return ProtocolContent(
        organisation=meeting.body.organisation.name,
        body=meeting.body.name,
        held_on=meeting.held_on,
        place=meeting.place,
        time_span=meeting.time_span,
        present=[
            rules.Present(
                name=str(row.person), service=row.get_service_display(), serves=row.serves
            )
            for row in meeting.attendances.select_related("person")
        ],
        signers=[
            rules.Signer(name=str(person), role=role.label)
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
    return rules.decode(bytes(record.content)) if record else None


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


def attendances(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.select_related("person")


def floor_motions(paragraph: Paragraph) -> QuerySet[FloorMotion]:
    return paragraph.motions.select_related("mover")


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


def is_verified(paragraph: Paragraph) -> bool:
    return paragraph.state == ParagraphState.VERIFIED
