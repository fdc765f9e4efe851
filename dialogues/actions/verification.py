"""Fixing the protocol part, signing it and ordering the stamp (wall 14)."""

import dataclasses
from collections.abc import Sequence
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dialogues import printing, queries, rules
from dialogues.actions.meetings import require_paragraph_draft
from dialogues.actions.writing import at_noon, note
from dialogues.enums import MotionOutcome, ParagraphState, SignerRole, VerificationState
from dialogues.models import Meeting, Paragraph, Signature, Verification, VerificationParagraph
from dialogues.rules import NotAllowedNow, Unfilled, WrongPassword
from documents.actions import request_pdf, request_stamp
from documents.enums import PageFormat
from governance.models import User
from governance.rules import verification_due

METHOD = "enkel elektronisk underskrift"


@transaction.atomic
def send_for_verification(
    *, meeting: Meeting, paragraphs: Sequence[Paragraph], by: User
) -> Verification:
    """Fix the protocol part: its content is hashed and its PDF ordered; nobody changes it now."""
    if not paragraphs:
        raise Unfilled("Välj minst en paragraf att justera.")
    for paragraph in paragraphs:
        require_paragraph_draft(paragraph)
        _require_paragraph_complete(paragraph)
    content = queries.protocol_content(meeting, paragraphs)
    data = rules.encode(content)
    verification = Verification.objects.create(
        meeting=meeting,
        sent_at=timezone.now(),
        due_on=verification_due(meeting.held_on),
        content=data,
        content_sha256=sha256(data).hexdigest(),
        document=request_pdf(
            organisation=meeting.body.organisation,
            html=printing.protocol_html(content),
            page_format=PageFormat.A4,
            css=["protocol.css"],
            title=f"Protokoll {meeting.body.name} {meeting.held_on}, {content.numbers}",
            filename=f"Protokoll {meeting.body.short_name} {meeting.held_on}.pdf",
            created_at=at_noon(meeting.held_on),
            by=by,
            content=data,
        ),
    )
    for position, paragraph in enumerate(paragraphs, start=1):
        VerificationParagraph.objects.create(
            verification=verification, paragraph=paragraph, position=position
        )
        _change_state(paragraph, ParagraphState.SENT, by=by)
    return verification


def _require_paragraph_complete(paragraph: Paragraph) -> None:
    if paragraph.motions.filter(outcome=MotionOutcome.PENDING).exists():
        raise Unfilled(f"§ {paragraph.number}: ange utgången för varje yrkande.")
    decided = queries.decision_of(paragraph)
    if not decided:
        raise Unfilled(f"§ {paragraph.number} har ingen beslutspunkt.")
    if rules.unfilled(point.text for point in decided):
        raise Unfilled(f"§ {paragraph.number}: en beslutspunkt är inte ifylld.")
    if not paragraph.question_order.strip():
        raise Unfilled(f"§ {paragraph.number}: skriv propositionsordningen.")


def _change_state(paragraph: Paragraph, state: ParagraphState, *, by: User) -> None:
    old = paragraph.state
    Paragraph.objects.filter(pk=paragraph.pk).update(state=state, version=F("version") + 1)
    paragraph.state = state
    note(paragraph, paragraph.meeting.body, by=by, field="state", old=old, new=state)


@transaction.atomic
def sign(
    *, verification: Verification, role: SignerRole, password: str, read_sha256: str, by: User
) -> Signature:
    """A simple electronic signature: the signer's own password on the very bytes shown.

    Raises WrongPassword, NotAllowedNow (not printed yet, second click, already declined).
    The last of the three orders the stamp and from then on the database refuses any change.
    """
    verification = _answerable(verification, by=by)
    if not verification.document.is_ready:
        raise NotAllowedNow("Protokollet håller på att skapas. Vänta tills det går att läsa.")
    if read_sha256 != verification.document.sha256:
        raise NotAllowedNow("Det du läste är inte det som ska justeras. Ladda om sidan.")
    if not by.check_password(password):
        raise WrongPassword("Lösenordet stämmer inte. Inget har skrivits under.")
    signature = _answer(verification, role, by=by)
    given = verification.signatures.filter(is_declined=False).count()
    if given == len(SignerRole):
        _seal(verification, by=by)
    return signature


def _answerable(verification: Verification, *, by: User) -> Verification:
    """The row, locked; refused when it is settled or this person has answered."""
    locked = (
        Verification.objects.select_for_update(of=("self",))
        .select_related("meeting__body__organisation", "document")
        .get(pk=verification.pk)
    )
    if locked.state != VerificationState.SENT:
        raise NotAllowedNow(f"Justeringen är redan {locked.get_state_display().lower()}.")
    if locked.signatures.filter(person=by.person_id).exists():
        raise NotAllowedNow("Du har redan svarat på den här justeringen.")
    return locked


def _answer(
    verification: Verification, role: SignerRole, *, by: User, declined: str = ""
) -> Signature:
    if by.person is None or queries.signers_of(verification.meeting)[role] != by.person:
        raise NotAllowedNow(f"Du är inte utsedd som {role.label.lower()} vid sammanträdet.")
    signature = Signature.objects.create(
        verification=verification,
        person=by.person,
        role=role,
        user=by,
        at=timezone.now(),
        is_declined=bool(declined),
        comment=declined,
        method=METHOD,
        document_sha256=verification.document.sha256,
    )
    note(
        verification,
        verification.meeting.body,
        by=by,
        field=role.value,
        new=f"avböjd: {declined}" if declined else METHOD,
    )
    return signature


def _seal(verification: Verification, *, by: User) -> None:
    """Order the stamp on the signed bytes; the content gets the signatures. Paragraphs first:
    once verified_at is set nothing below the verification can be written."""
    content = dataclasses.replace(
        rules.decode(bytes(verification.content)),
        document_sha256=verification.document.sha256,
        signatures=tuple(
            rules.Signed(
                name=str(row.person),
                role=row.get_role_display(),
                at=row.at,
                method=row.method,
                document_sha256=row.document_sha256,
            )
            for row in verification.signatures.select_related("person")
        ),
    )
    items = verification.items.select_related("paragraph__meeting__body")
    for item in items:
        _change_state(item.paragraph, ParagraphState.VERIFIED, by=by)
    verification.stamp = request_stamp(
        source=verification.document,
        content=rules.encode(content),
        title=verification.document.title,
        filename=f"Protokoll {verification.meeting.held_on} {content.numbers}.pdf",
        by=by,
    )
    verification.state, verification.verified_at = VerificationState.VERIFIED, timezone.now()
    verification.save(update_fields=["stamp", "state", "verified_at"])


@transaction.atomic
def decline(*, verification: Verification, role: SignerRole, comment: str, by: User) -> None:
    """Decline with a comment: the paragraphs go back to the secretary as drafts."""
    if not comment.strip():
        raise Unfilled("Skriv vad som behöver ändras.")
    verification = _answerable(verification, by=by)
    _answer(verification, role, by=by, declined=comment.strip())
    verification.state = VerificationState.DECLINED
    verification.save(update_fields=["state"])
    for item in verification.items.select_related("paragraph__meeting__body"):
        _change_state(item.paragraph, ParagraphState.DRAFT, by=by)
