"""Writing, approving, signing, sealing, dispatching, exporting: each in one transaction."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone

from dialogues import printing, queries, rules
from dialogues.enums import (
    DispatchWay,
    MotionKind,
    MotionOutcome,
    ParagraphState,
    ProposalState,
    Service,
    SignerRole,
    VerificationState,
)
from dialogues.models import (
    Attendance,
    Dialogue,
    Dispatch,
    Export,
    FloorMotion,
    Meeting,
    NumberSeries,
    Paragraph,
    ParagraphPoint,
    Proposal,
    ProposalPoint,
    Signature,
    SigningChief,
    Verification,
    VerificationParagraph,
)
from dialogues.rules import NotAllowedNow, Point, Unfilled, WrongPassword
from documents.actions import request_pdf, request_stamp
from documents.enums import PageFormat
from documents.queries import bytes_of, sealed_record
from governance.actions import audit, raise_version
from governance.models import Body, Person, User
from governance.rules import verification_due
from reports.queries import latest_handed_over

METHOD = "enkel elektronisk underskrift"
PROPOSAL_FIELDS = (
    "unit",
    "author_name",
    "author_title",
    "title",
    "dated_on",
    "diary_number",
    "addressee",
    "summary",
    "consequences",
    "financial_consequences",
    "appendix_label",
    "delivered_to",
)
PARAGRAPH_FIELDS = (
    "heading",
    "diary_number",
    "matter",
    "question_order",
    "supporting_documents",
    "dispatched_to",
)


def _audit(obj: Model, body: Body, *, by: User, field: str, old: object = "", new: object) -> None:
    audit(
        by=by,
        obj=obj,
        organisation_id=body.organisation_id,
        body_id=body.pk,
        field=field,
        old=old,
        new=new,
    )


def _write(
    row: Proposal | Paragraph, body: Body, values: Mapping[str, object], *, by: User, seen: int
) -> None:
    """Save the fields that differ, one history row each; Stale when someone was first."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    raise_version(row, seen=seen)
    for name, value in changed.items():
        _audit(row, body, by=by, field=name, old=getattr(row, name), new=value)
        setattr(row, name, value)
    row.save(update_fields=list(changed))


def _at_noon(day: date) -> datetime:
    """The time a document states: the day it bears, so that its bytes do not depend on the clock."""
    return timezone.make_aware(datetime.combine(day, time(12)))


# Proposal.


@transaction.atomic
def create_proposal(*, dialogue: Dialogue, by: User, today: date) -> Proposal:
    """Begin the decision proposal, before or after the pack exists."""
    if Proposal.objects.filter(dialogue=dialogue).exists():
        raise NotAllowedNow("Det finns redan ett beslutsförslag för dialogen.")
    names = queries.names_of(dialogue.committee, dialogue.receiving_body)
    organisation = dialogue.receiving_body.organisation
    board = dialogue.round.board
    proposal = Proposal.objects.create(
        dialogue=dialogue,
        key=f"beslutsforslag-{dialogue.key}",
        unit=organisation.unit_of_office,
        author_name=by.person.name if by.person else "",
        author_title=by.person.title if by.person else "",
        title=f"Nämndsdialog {names['namnd']} {dialogue.round.name.lower()}"[:200],
        dated_on=today,
        diary_number=dialogue.diary_number,
        addressee=board.name,
        appendix_label=f"Dialogunderlag {names['namnd']}",
        delivered_to=names["namnd"][:1].upper() + names["namnd"][1:],
    )
    _audit(proposal, dialogue.receiving_body, by=by, field="state", new=ProposalState.DRAFT)
    return proposal


@transaction.atomic
def save_proposal(
    *,
    proposal: Proposal,
    values: Mapping[str, object],
    points: Sequence[Point],
    chiefs: Sequence[tuple[Person, str, bool]],
    by: User,
    seen: int,
) -> None:
    """Write the whole draft: its texts, its points in order (ids kept) and its signing chiefs.

    A change takes back approvals already given, since they were given to another text.
    """
    _require_draft(proposal)
    body = proposal.dialogue.receiving_body
    if len({point.key for point in points}) != len(points):
        raise NotAllowedNow("Två beslutspunkter har samma nyckel. Ladda om sidan.")
    _write(proposal, body, {k: values[k] for k in PROPOSAL_FIELDS if k in values}, by=by, seen=seen)
    _write_points(proposal, points, by=by)
    _write_chiefs(proposal, chiefs)
    proposal.chiefs.update(approved_at=None, approved_by="")


def _require_draft(proposal: Proposal) -> None:
    if proposal.state != ProposalState.DRAFT:
        raise NotAllowedNow(
            f"Beslutsförslaget är {proposal.get_state_display().lower()} och kan inte ändras."
        )


def _write_points(proposal: Proposal, points: Sequence[Point], *, by: User) -> None:
    body = proposal.dialogue.receiving_body
    kept = {row.key: row for row in proposal.points.all()}
    for row in kept.values():
        if row.key not in {point.key for point in points}:
            _audit(proposal, body, by=by, field=f"point {row.key}", old=row.text, new="")
            row.delete()
    for position, point in enumerate(points, start=1):
        was = kept[point.key].text if point.key in kept else ""
        ProposalPoint.objects.update_or_create(
            proposal=proposal,
            key=point.key,
            defaults={"text": point.text, "position": position},
        )
        if was != point.text:
            _audit(proposal, body, by=by, field=f"point {point.key}", old=was, new=point.text)


def _write_chiefs(proposal: Proposal, chiefs: Sequence[tuple[Person, str, bool]]) -> None:
    proposal.chiefs.exclude(person__in=[person for person, _title, _acting in chiefs]).delete()
    for position, (person, title, is_acting) in enumerate(chiefs, start=1):
        SigningChief.objects.update_or_create(
            proposal=proposal,
            person=person,
            defaults={"title": title, "is_acting": is_acting, "position": position},
        )


@transaction.atomic
def approve_proposal(*, proposal: Proposal, by: User, seen: int) -> None:
    """A signing chief approves; the last one makes the proposal approved."""
    _require_draft(proposal)
    _require_complete(proposal)
    chief = proposal.chiefs.filter(person=by.person_id).first()
    if chief is None:
        raise NotAllowedNow("Du står inte som undertecknare av beslutsförslaget.")
    if chief.approved_at is not None:
        raise NotAllowedNow("Du har redan godkänt beslutsförslaget.")
    raise_version(proposal, seen=seen)
    chief.approved_at, chief.approved_by = timezone.now(), str(by)
    chief.save(update_fields=["approved_at", "approved_by"])
    body = proposal.dialogue.receiving_body
    _audit(proposal, body, by=by, field="approved", new=f"{chief}")
    if not proposal.chiefs.filter(approved_at=None).exists():
        proposal.state = ProposalState.APPROVED
        proposal.save(update_fields=["state"])
        _audit(proposal, body, by=by, field="state", old="draft", new=proposal.state)


def _require_complete(proposal: Proposal) -> None:
    points = [point.text for point in proposal.points.all()]
    if not points:
        raise Unfilled("Beslutsförslaget har inga beslutspunkter.")
    if left := rules.unfilled(points):
        raise Unfilled(f"En beslutspunkt är inte ifylld: ”{left[0][:60]}”.")
    if not proposal.chiefs.exists():
        raise Unfilled("Ange vilka chefer som undertecknar beslutsförslaget.")


@transaction.atomic
def reopen_proposal(*, proposal: Proposal, by: User, seen: int) -> None:
    """Back to draft before it has been sent out; the chiefs then approve again."""
    if proposal.state != ProposalState.APPROVED:
        raise NotAllowedNow("Bara ett godkänt beslutsförslag som inte är utsänt kan öppnas igen.")
    raise_version(proposal, seen=seen)
    proposal.state = ProposalState.DRAFT
    proposal.save(update_fields=["state"])
    proposal.chiefs.update(approved_at=None, approved_by="")
    _audit(
        proposal,
        proposal.dialogue.receiving_body,
        by=by,
        field="state",
        old="approved",
        new="draft",
    )


@transaction.atomic
def send_proposal(*, proposal: Proposal, by: User, today: date, seen: int) -> None:
    """Send out: the appendix's version is pinned now, and the PDF is ordered.

    Without a pack handed over the place stays named and empty, and the document says so.
    """
    if proposal.state != ProposalState.APPROVED:
        raise NotAllowedNow("Beslutsförslaget ska vara godkänt av cheferna innan det sänds ut.")
    raise_version(proposal, seen=seen)
    dialogue = proposal.dialogue
    if dialogue.pack is not None:
        proposal.appendix_version = latest_handed_over(dialogue.pack)
    proposal.state, proposal.sent_on = ProposalState.SENT, today
    proposal.save(update_fields=["state", "sent_on", "appendix_version"])
    print_proposal(proposal=proposal, by=by)
    _audit(proposal, dialogue.receiving_body, by=by, field="state", old="approved", new="sent")


@transaction.atomic
def print_proposal(*, proposal: Proposal, by: User) -> None:
    """Order the PDF of the proposal as it stands; the view rings for the worker."""
    body = proposal.dialogue.receiving_body
    proposal.document = request_pdf(
        organisation=body.organisation,
        html=printing.proposal_html(proposal),
        page_format=PageFormat.A4,
        css=["proposal.css"],
        title=proposal.title,
        filename=f"Beslutsförslag {proposal.diary_number}.pdf",
        created_at=_at_noon(proposal.dated_on),
        by=by,
    )
    proposal.save(update_fields=["document"])


# Meeting and paragraph.


@transaction.atomic
def create_meeting(
    *, body: Body, held_on: date, presiding: Person, secretary: Person, verifier: Person, by: User
) -> Meeting:
    number = Meeting.objects.filter(body=body, held_on=held_on).count()
    key = f"{body.key}-{held_on}" + (f"-{number + 1}" if number else "")
    meeting = Meeting.objects.create(
        body=body,
        key=key,
        held_on=held_on,
        presiding=presiding,
        secretary=secretary,
        verifier=verifier,
    )
    Attendance.objects.create(meeting=meeting, person=presiding, service=Service.CHAIR, position=1)
    _audit(meeting, body, by=by, field="held_on", new=held_on)
    return meeting


@transaction.atomic
def save_meeting(
    *,
    meeting: Meeting,
    values: Mapping[str, object],
    present: Sequence[tuple[Person, Service]],
    by: User,
    seen: int,
) -> None:
    """Who presides, who keeps the minutes, who verifies, and who took part."""
    _require_not_under_verification(meeting)
    named = (values.get("presiding"), values.get("secretary"), values.get("verifier"))
    if len({person for person in named if person is not None}) != len(named):
        raise Unfilled("Ordförande, sekreterare och justerare ska vara tre olika personer.")
    raise_version(meeting, seen=seen)
    for name, value in values.items():
        if getattr(meeting, name) != value:
            _audit(meeting, meeting.body, by=by, field=name, old=getattr(meeting, name), new=value)
            setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
    before = {row.person_id: row.service for row in meeting.attendances.all()}
    after = {person.pk: service.value for person, service in present}
    meeting.attendances.exclude(person__in=after).delete()
    for position, (person, service) in enumerate(present, start=1):
        Attendance.objects.update_or_create(
            meeting=meeting,
            person=person,
            defaults={"service": service, "position": position},
        )
    if before != after:
        _audit(meeting, meeting.body, by=by, field="attendance", old=len(before), new=len(after))


def _require_not_under_verification(meeting: Meeting) -> None:
    if meeting.verifications.exclude(state=VerificationState.DECLINED).exists():
        raise NotAllowedNow(
            "Protokollet är utsänt för justering. Vilka som deltog kan inte ändras nu."
        )


@transaction.atomic
def take_number(*, body: Body, year: int) -> int:
    """The next paragraph number: raise the counter first, then read it (wall 16)."""
    NumberSeries.objects.get_or_create(body=body, year=year)
    NumberSeries.objects.filter(body=body, year=year).update(last=F("last") + 1)
    return NumberSeries.objects.get(body=body, year=year).last


def _is_taken(body: Body, year: int, number: int) -> bool:
    return Paragraph.objects.filter(meeting__body=body, year=year, number=number).exists()


def _take_free_number(body: Body, year: int) -> int:
    """The series goes on past a number that was given by another system."""
    number = take_number(body=body, year=year)
    while _is_taken(body, year, number):
        number = take_number(body=body, year=year)
    return number


@transaction.atomic
def create_paragraph(
    *, meeting: Meeting, dialogue: Dialogue | None, given_number: int | None, by: User
) -> Paragraph:
    """A numbered paragraph; a dialogue's points are copied with their ids as the main proposal."""
    _require_not_under_verification(meeting)
    year = meeting.held_on.year
    if dialogue is not None and dialogue.receiving_body_id != meeting.body_id:
        raise NotAllowedNow("Dialogen hör till ett annat organ.")
    open_states = [ParagraphState.DRAFT, ParagraphState.SENT, ParagraphState.VERIFIED]
    if (
        dialogue is not None
        and Paragraph.objects.filter(dialogue=dialogue, state__in=open_states).exists()
    ):
        raise NotAllowedNow("Det finns redan en paragraf för dialogen.")
    number = given_number
    if number is None:
        number = _take_free_number(meeting.body, year)
    elif _is_taken(meeting.body, year, number):
        raise NotAllowedNow(f"§ {number} finns redan {year}. Ange ett annat nummer.")
    proposal = Proposal.objects.filter(dialogue=dialogue).first() if dialogue else None
    paragraph = Paragraph.objects.create(
        meeting=meeting,
        dialogue=dialogue,
        key=f"paragraf-{year}-{number}",
        number=number,
        year=year,
        is_number_given=given_number is not None,
        heading=_heading(dialogue),
        diary_number=dialogue.diary_number if dialogue else "",
        matter=proposal.summary if proposal else "",
        supporting_documents=_supporting(proposal),
        dispatched_to=proposal.delivered_to if proposal else "",
    )
    if proposal is not None:
        for point in proposal.points.all():
            ParagraphPoint.objects.create(
                paragraph=paragraph, key=point.key, position=point.position, text=point.text
            )
    _audit(paragraph, meeting.body, by=by, field="number", new=number)
    return paragraph


def _heading(dialogue: Dialogue | None) -> str:
    if dialogue is None:
        return "Nytt ärende"
    return f"Nämndsdialog med {dialogue.committee.short_name}, {dialogue.round.name.lower()}"[:200]


def _supporting(proposal: Proposal | None) -> str:
    if proposal is None:
        return ""
    lines = [f"Beslutsförslag {proposal.dated_on}: {proposal.title}"]
    if proposal.appendix_label:
        version = proposal.appendix_version
        lines.append(
            f"{proposal.appendix_label}, version {version.number}, godkänt {version.approved_on}"
            if version
            else proposal.appendix_label
        )
    return "\n".join(lines)


@transaction.atomic
def save_paragraph(
    *, paragraph: Paragraph, values: Mapping[str, object], by: User, seen: int
) -> None:
    _require_paragraph_draft(paragraph)
    wanted = {name: values[name] for name in PARAGRAPH_FIELDS if name in values}
    _write(paragraph, paragraph.meeting.body, wanted, by=by, seen=seen)


def _require_paragraph_draft(paragraph: Paragraph) -> None:
    if paragraph.state != ParagraphState.DRAFT:
        raise NotAllowedNow(
            f"§ {paragraph.number} är {paragraph.get_state_display().lower()} och kan inte ändras."
        )


@transaction.atomic
def add_motion(*, paragraph: Paragraph, mover: Person, text: str, by: User) -> FloorMotion:
    """An additional motion moved at the table."""
    _require_paragraph_draft(paragraph)
    if not text.strip():
        raise Unfilled("Skriv yrkandets text.")
    count = paragraph.motions.count()
    motion = FloorMotion.objects.create(
        paragraph=paragraph,
        key=f"yrkande-{count + 1}",
        mover=mover,
        kind=MotionKind.ADDITION,
        text=text.strip(),
        position=count + 1,
    )
    _audit(paragraph, paragraph.meeting.body, by=by, field=motion.key, new=motion.text)
    return motion


@transaction.atomic
def settle_motion(*, motion: FloorMotion, outcome: MotionOutcome, by: User, seen: int) -> None:
    """Carried, rejected or withdrawn; until it is verified the secretary may mend it."""
    paragraph = motion.paragraph
    _require_paragraph_draft(paragraph)
    raise_version(motion, seen=seen)
    old, motion.outcome = motion.outcome, outcome
    motion.save(update_fields=["outcome"])
    _audit(paragraph, paragraph.meeting.body, by=by, field=motion.key, old=old, new=outcome)


@transaction.atomic
def strike_paragraph(*, paragraph: Paragraph, by: User, seen: int) -> None:
    """A numbered paragraph is struck, never deleted: its number stays used (wall 16)."""
    _require_paragraph_draft(paragraph)
    raise_version(paragraph, seen=seen)
    paragraph.state = ParagraphState.STRUCK
    paragraph.save(update_fields=["state"])
    _audit(
        paragraph, paragraph.meeting.body, by=by, field="state", old="draft", new=paragraph.state
    )


# Verification.


@transaction.atomic
def send_for_verification(
    *, meeting: Meeting, paragraphs: Sequence[Paragraph], by: User
) -> Verification:
    """Fix the protocol part: its content is hashed and its PDF ordered; nobody changes it now."""
    if not paragraphs:
        raise Unfilled("Välj minst en paragraf att justera.")
    for paragraph in paragraphs:
        _require_paragraph_draft(paragraph)
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
            created_at=_at_noon(meeting.held_on),
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
    _audit(paragraph, paragraph.meeting.body, by=by, field="state", old=old, new=state)


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
    if by.person is None:
        raise NotAllowedNow("Kontot hör inte till någon person.")
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
    _audit(
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


# Dispatch and export.


@transaction.atomic
def dispatch_extract(
    *, paragraph: Paragraph, receiver: Body, way: DispatchWay, by: User, today: date
) -> Dispatch:
    """Order the stamped extract from what was sealed, and note receiver, day and way."""
    content = queries.sealed_content(paragraph)
    if content is None:
        raise NotAllowedNow("Paragrafen är inte justerad och stämplad än.")
    if receiver.organisation_id != paragraph.meeting.body.organisation_id:
        raise NotAllowedNow("Mottagaren hör inte till organisationen.")
    if paragraph.dispatches.filter(receiver=receiver).exists():
        raise NotAllowedNow(f"§ {paragraph.number} är redan expedierad till {receiver.name}.")
    mine = next(p for p in content.paragraphs if p.id == paragraph.pk)
    dispatch = Dispatch.objects.create(
        paragraph=paragraph,
        receiver=receiver,
        dispatched_on=today,
        way=way,
        by=str(by),
        extract=request_pdf(
            organisation=paragraph.meeting.body.organisation,
            html=printing.extract_html(content, paragraph_id=paragraph.pk),
            page_format=PageFormat.A4,
            css=["protocol.css"],
            title=f"Protokollsutdrag {content.body} {content.held_on}, § {mine.number}",
            filename=f"Protokollsutdrag § {mine.number} {content.held_on}.pdf",
            created_at=_at_noon(content.held_on),
            by=by,
            content=rules.encode(dataclasses.replace(content, paragraphs=[mine])),
            stamp=True,
        ),
    )
    _audit(paragraph, paragraph.meeting.body, by=by, field="dispatched", new=receiver.name)
    return dispatch


@transaction.atomic
def export_paragraph(*, paragraph: Paragraph, by: User, today: date) -> bytes:
    """The package of a verified paragraph, built from the sealed record; marks it registered."""
    verification = queries.verification_of(paragraph)
    record = sealed_record(verification.stamp) if verification and verification.stamp else None
    if verification is None or verification.stamp is None or record is None:
        raise NotAllowedNow("Paragrafen är inte justerad och stämplad än.")
    files = {
        "protokollsdel.pdf": bytes_of(verification.stamp),
        "innehall.json": bytes(record.content),
    }
    for dispatch in paragraph.dispatches.select_related("extract", "receiver"):
        if dispatch.extract.is_ready:
            files[f"protokollsutdrag-{dispatch.receiver.key}.pdf"] = bytes_of(dispatch.extract)
    content = rules.decode(bytes(record.content))
    data = printing.package(files, _manifest(content, paragraph))
    Export.objects.create(
        paragraph=paragraph,
        exported_on=today,
        by=str(by),
        sha256=sha256(data).hexdigest(),
    )
    _audit(paragraph, paragraph.meeting.body, by=by, field="exported", new=today)
    return data


def _manifest(content: rules.ProtocolContent, paragraph: Paragraph) -> dict[str, object]:
    return {
        "format": "uppsikt-protokollspaket",
        "format_version": 1,
        "organisation": content.organisation,
        "body": content.body,
        "held_on": content.held_on.isoformat(),
        "paragraph": paragraph.number,
        "year": paragraph.year,
        "heading": paragraph.heading,
        "diary_number": paragraph.diary_number,
        "signatures": [
            {"name": row.name, "role": row.role, "at": row.at.isoformat(), "method": row.method}
            for row in content.signatures
        ],
        "stamp": "PAdES-B-B, elektronisk stämpel",
    }
