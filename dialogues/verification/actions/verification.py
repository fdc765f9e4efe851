"""Fixing the protocol part, signing it and ordering the stamp (wall 14)."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from dialogues.enums import MotionOutcome, SignerRole
from dialogues.meetings.queries.decision import decision_of, motions_sha256_of
from dialogues.models import Meeting, Paragraph, Signature, Verification, VerificationParagraph
from dialogues.proposals.actions.rows import at_noon
from dialogues.proposals.rules import NotAllowedNow, Unfilled, unfilled
from dialogues.states import PARAGRAPH, VERIFICATION
from dialogues.verification.printing import protocol_html
from dialogues.verification.queries.protocol import paragraphs_of, protocol_content, signers_of
from dialogues.verification.rules import Signed, WrongPassword, decode, encode
from documents.actions import request_pdf, request_stamp, tell
from documents.enums import PageFormat
from governance.locks import exclusive
from governance.models import User
from governance.queries import body_name
from governance.refusals import atomic
from governance.rules import Withheld, verification_due
from governance.states import move
from governance.writing import add, says_withheld, update

METHOD = "enkel elektronisk underskrift"


@atomic()
def send_for_verification(
    *,
    meeting: Meeting,
    paragraphs: Sequence[Paragraph],
    by: User,
    now: datetime | None = None,
) -> Verification:
    """Fix the protocol part: its content is hashed and its PDF ordered; nobody changes it now.

    Held first, then read: the meeting, which says who took part, and its paragraphs.
    """
    if not paragraphs:
        raise Unfilled("Välj minst en paragraf att justera.")
    held = exclusive(Meeting.objects.select_related("body__organisation").filter(pk=meeting.pk))[0]
    for paragraph in sorted(paragraphs, key=lambda one: one.pk):
        paragraph.meeting = held
        move(paragraph, PARAGRAPH, "send", by=by)
        _require_paragraph_complete(paragraph)
    verification = _fixed(held, paragraphs, by=by, now=now or timezone.now())
    add(verification, by=by, told={"": ("", "utsänd")})
    for position, paragraph in enumerate(paragraphs, start=1):
        item = VerificationParagraph(
            verification=verification, paragraph=paragraph, position=position
        )
        add(item, by=by, told={}, about=verification)
    tell(verification, PARAGRAPH, "send", by=by)
    return verification


def _fixed(
    meeting: Meeting, paragraphs: Sequence[Paragraph], *, by: User, now: datetime
) -> Verification:
    content = protocol_content(meeting, paragraphs)
    data = encode(content)
    return Verification(
        meeting=meeting,
        sent_at=now,
        due_on=verification_due(meeting.held_on),
        content=data,
        content_sha256=sha256(data).hexdigest(),
        document=request_pdf(
            organisation=meeting.body.organisation,
            html=protocol_html(content),
            page_format=PageFormat.A4,
            css=["protocol.css"],
            title=f"Protokoll {body_name(meeting.body, meeting.held_on)} {meeting.held_on}, {content.numbers}",
            filename=f"Protokoll {meeting.body.short_name} {meeting.held_on}.pdf",
            created_at=at_noon(meeting.held_on),
            by=by,
            content=data,
        ),
    )


def _require_paragraph_complete(paragraph: Paragraph) -> None:
    # Asked anew: a mark upon a point does not wait for the paragraph's version.
    rows = (paragraph, *paragraph.points.order_by("pk"), *paragraph.motions.order_by("pk"))
    if any(map(says_withheld, rows)):
        raise Withheld(
            f"§ {paragraph.number} har sekretessmarkerade uppgifter, och det som skrivs under är det "
            "som står. Häv markeringen, eller justera paragrafen på papper."
        )
    if paragraph.motions.filter(outcome=MotionOutcome.PENDING).exists():
        raise Unfilled(f"§ {paragraph.number}: ange utgången för varje yrkande.")
    decided = decision_of(paragraph)
    if not decided:
        raise Unfilled(f"§ {paragraph.number} har ingen beslutspunkt.")
    if unfilled(point.text for point in decided):
        raise Unfilled(f"§ {paragraph.number}: en beslutspunkt är inte ifylld.")
    if not paragraph.question_order.strip():
        raise Unfilled(f"§ {paragraph.number}: skriv propositionsordningen.")
    if paragraph.motions_sha256 != motions_sha256_of(paragraph):
        raise Unfilled(
            f"§ {paragraph.number}: yrkandena har ändrats sedan propositionsordningen skrevs. "
            "Bekräfta den, eller låt den föreslås på nytt."
        )


def sign(
    *,
    verification: Verification,
    role: SignerRole,
    password: str,
    read_sha256: str,
    by: User,
    now: datetime | None = None,
) -> Signature:
    """A simple electronic signature: the signer's own password on the very bytes shown.

    Raises WrongPassword, NotAllowedNow (not printed yet), WrongState (declined, verified). The last
    of the three orders the stamp and from then on the database refuses any change.
    """
    if not verification.document.is_ready:
        raise NotAllowedNow("Protokollet håller på att skapas. Vänta tills det går att läsa.")
    if read_sha256 != verification.document.sha256:
        raise NotAllowedNow("Det du läste är inte det som ska justeras. Ladda om sidan.")
    if not by.check_password(password):  # slow by design: before anything is held
        raise WrongPassword("Lösenordet stämmer inte. Inget har skrivits under.")
    return _sign(verification, role, by=by, now=now or timezone.now())


@atomic()
def _sign(verification: Verification, role: SignerRole, *, by: User, now: datetime) -> Signature:
    move(verification, VERIFICATION, "sign", by=by)
    signature = _answer(verification, role, by=by, now=now)
    if verification.signatures.filter(is_declined=False).count() == len(SignerRole):
        _seal(verification, by=by, now=now)
    return signature


def _answer(
    verification: Verification, role: SignerRole, *, by: User, now: datetime, declined: str = ""
) -> Signature:
    if by.person is None or signers_of(verification.meeting)[role] != by.person:
        raise NotAllowedNow(f"Du är inte utsedd som {role.label.lower()} vid sammanträdet.")
    signature = Signature(
        verification=verification,
        person=by.person,
        role=role,
        user=by,
        at=now,
        is_declined=bool(declined),
        comment=declined,
        method=METHOD,
        document_sha256=verification.document.sha256,
    )
    words = f"avböjd: {declined}" if declined else METHOD
    return add(signature, by=by, told={role.value: ("", words)}, about=verification)


def _seal(verification: Verification, *, by: User, now: datetime) -> None:
    """Order the stamp on the signed bytes; the content gets the signatures. Paragraphs first:
    once verified_at is set nothing below the verification can be written."""
    content = dataclasses.replace(
        decode(bytes(verification.content)),
        document_sha256=verification.document.sha256,
        signatures=tuple(
            Signed(
                name=str(row.person),
                role=row.get_role_display(),
                at=row.at,
                method=row.method,
                document_sha256=row.document_sha256,
            )
            for row in verification.signatures.select_related("person")
        ),
    )
    for paragraph in paragraphs_of(verification):
        move(paragraph, PARAGRAPH, "verify", by=by)
    stamp = request_stamp(
        source=verification.document,
        content=encode(content),
        title=verification.document.title,
        filename=f"Protokoll {verification.meeting.held_on} {content.numbers}.pdf",
        by=by,
    )
    move(verification, VERIFICATION, "verify", by=by, values={"stamp": stamp, "verified_at": now})
    tell(verification, VERIFICATION, "verify", by=by)


@atomic()
def decline(
    *,
    verification: Verification,
    role: SignerRole,
    comment: str,
    by: User,
    now: datetime | None = None,
) -> None:
    """Decline with a comment: the paragraphs go back to the secretary as drafts."""
    move(verification, VERIFICATION, "decline", by=by, reason=comment)
    _answer(verification, role, by=by, now=now or timezone.now(), declined=comment.strip())
    for item in verification.items.all():
        update(item, {"is_open": False})
    for paragraph in paragraphs_of(verification):
        move(paragraph, PARAGRAPH, "decline", by=by)
    tell(verification, VERIFICATION, "decline", by=by)
