"""A dialogue on its way: the rows of each stage, made as the pages make them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

import documents.actions
import documents.jobs
from dialogues.enums import MotionOutcome, SignerRole
from dialogues.meetings.actions import (
    add_motion,
    create_meeting,
    create_paragraph,
    save_paragraph,
    settle_motion,
)
from dialogues.models import (
    Dialogue,
    DialogueRound,
    FloorMotion,
    Meeting,
    NumberSeries,
    Paragraph,
    Proposal,
    ProposalPoint,
    SigningChief,
    Verification,
)
from dialogues.verification.actions import verification as verification_actions
from dialogues.verification.actions.verification import send_for_verification
from documents import files
from documents.enums import Kind
from documents.models import Document
from governance.models import Body, User
from tests.factories import PASSWORD, TODAY

POINTS = (
    ("anteckna", "Arbetsutskottet antecknar informationen från driftnämnd Regionservice."),
    ("grunduppdrag", "Arbetsutskottet noterar driftnämndens arbete med grunduppdraget."),
)
ADDITION = "Arbetsutskottet noterar driftnämndens goda resultat i arbetsmiljöarbetet 2025."
ORDER = "Ordföranden ställer proposition på liggande förslag samt sitt eget tilläggsyrkande."


@dataclass(frozen=True, kw_only=True)
class Signers:
    secretary: User
    presiding: User
    verifier: User

    def by_role(self) -> dict[SignerRole, User]:
        return {
            SignerRole.SECRETARY: self.secretary,
            SignerRole.PRESIDING: self.presiding,
            SignerRole.VERIFIER: self.verifier,
        }


def make_dialogue(board: Body, receiving: Body, committee: Body, key: str = "d1") -> Dialogue:
    dialogue_round, _made = DialogueRound.objects.get_or_create(
        board=board, key="varen", defaults={"name": "Våren 2026", "opens_on": date(2026, 1, 12)}
    )
    return Dialogue.objects.create(
        round=dialogue_round,
        committee=committee,
        receiving_body=receiving,
        key=key,
        held_on=TODAY,
        diary_number="RS251695",
        pack_due_on=date(2026, 3, 12),
        proposal_due_on=date(2026, 3, 12),
    )


def make_proposal(dialogue: Dialogue, chiefs: list[User] | None = None) -> Proposal:
    proposal = Proposal.objects.create(
        dialogue=dialogue,
        key="forslag",
        title="Nämndsdialog våren 2026",
        dated_on=date(2026, 2, 23),
        diary_number="RS251695",
        addressee="Regionstyrelsen",
        summary="Sammanfattning.",
        delivered_to="Driftnämnd Regionservice",
    )
    for position, (key, text) in enumerate(POINTS, start=1):
        ProposalPoint.objects.create(proposal=proposal, key=key, text=text, position=position)
    for position, chief in enumerate(chiefs or [], start=1):
        SigningChief.objects.create(
            proposal=proposal, person=chief.person, title="Direktör", position=position
        )
    return proposal


def make_meeting(body: Body, signers: Signers, key: str = "mote") -> Meeting:
    NumberSeries.objects.get_or_create(body=body, year=TODAY.year, defaults={"last": 57})
    meeting = create_meeting(
        body=body,
        held_on=TODAY,
        presiding=signers.presiding.person,
        secretary=signers.secretary.person,
        verifier=signers.verifier.person,
        by=signers.secretary,
    )
    meeting.attendances.create(person=signers.verifier.person, service="member", position=2)
    return meeting


def make_paragraph(meeting: Meeting, dialogue: Dialogue | None, by: User) -> Paragraph:
    """A finished draft with one carried addition moved by the presiding chair."""
    paragraph = create_paragraph(meeting=meeting, dialogue=dialogue, given_number=None, by=by)
    carried_motion(paragraph, by)
    save_paragraph(
        paragraph=paragraph, values={"question_order": ORDER}, by=by, seen=paragraph.version
    )
    return paragraph


def carried_motion(paragraph: Paragraph, by: User, text: str = ADDITION) -> FloorMotion:
    motion = add_motion(paragraph=paragraph, mover=paragraph.meeting.presiding, text=text, by=by)
    settle_motion(motion=motion, outcome=MotionOutcome.CARRIED, by=by, seen=motion.version)
    return motion


def finish(document: Document | None) -> None:
    """What the worker does, without printing."""
    assert document is not None
    claim = documents.jobs.claim(Document, document.pk, "tests", timezone.now())
    assert claim is not None
    document.refresh_from_db()
    data = f"%PDF-1.7 {document.pk} {document.title}".encode()
    seal = None
    if document.kind != Kind.RENDER:
        seal = documents.actions.Seal(
            content=bytes(document.content or b""),
            unstamped_sha256=files.sha256_of(data + b"-"),
            certificate_sha256="0" * 64,
        )
    documents.actions.finish_document(
        claim, sha256=files.store(data), size=len(data), now=timezone.now(), seal=seal
    )
    document.refresh_from_db()


def send(paragraph: Paragraph, by: User, *, printed: bool = True) -> Verification:
    verification = send_for_verification(meeting=paragraph.meeting, paragraphs=[paragraph], by=by)
    if printed:
        finish(verification.document)
    return verification


def sign(verification: Verification, role: SignerRole, by: User, **changed: str) -> None:
    values = {"password": PASSWORD, "read_sha256": verification.document.sha256, **changed}
    verification_actions.sign(verification=verification, role=role, by=by, **values)


def sign_all(verification: Verification, signers: Signers, *, stamped: bool = True) -> None:
    for role, user in signers.by_role().items():
        sign(verification, role, user)
    verification.refresh_from_db()
    if stamped:
        finish(verification.stamp)
