"""What the pages of dialogue, proposal, meeting and paragraph show; fetching is permission."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from dialogues import permissions, rules
from dialogues.enums import (
    MotionOutcome,
    ParagraphState,
    ProposalState,
    SignerRole,
    VerificationState,
)
from dialogues.models import (
    Attendance,
    Dialogue,
    DialogueRound,
    Dispatch,
    FloorMotion,
    Meeting,
    NumberSeries,
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
from governance.permissions import held_roles, same_organisation
from governance.rules import verification_due
from reports.queries import HandedOver, report_status


def _dialogues() -> QuerySet[Dialogue]:
    return Dialogue.objects.select_related(
        "round__board", "committee", "receiving_body__parent", "receiving_body__organisation"
    )


def _paragraphs() -> QuerySet[Paragraph]:
    return Paragraph.objects.select_related(
        "meeting__body__organisation",
        "meeting__body__parent",
        "meeting__presiding",
        "meeting__secretary",
        "meeting__verifier",
        "dialogue__committee",
        "dialogue__receiving_body",
        "dialogue__round",
    )


# Fetching and permission are one act.


def get_round_for(user: User, pk: int, today: date) -> DialogueRound:
    """The round, for the board's people and for those whose committee takes part."""
    found = DialogueRound.objects.select_related("board").filter(pk=pk).first()
    if found is None or not same_organisation(user, found.board.organisation_id):
        raise Http404
    if not any(permissions.may_see_dialogue(user, d, today) for d in dialogues_of(found)):
        raise Http404
    return found


def get_dialogue_for(user: User, pk: int, today: date, *, write: bool = False) -> Dialogue:
    """The dialogue's page; with write, the case officer's right to begin a proposal."""
    found = _dialogues().filter(pk=pk).first()
    if found is None or not permissions.may_see_dialogue(user, found, today):
        raise Http404
    if write and not permissions.is_case_officer(user, found.receiving_body, today):
        raise PermissionDenied
    return found


def get_proposal_for(user: User, pk: int, today: date, *, write: bool = False) -> Proposal:
    found = (
        Proposal.objects.select_related(
            "dialogue__receiving_body__organisation",
            "dialogue__receiving_body__parent",
            "dialogue__committee",
            "dialogue__round",
            "dialogue__pack",
            "appendix_version",
            "document",
        )
        .prefetch_related("points", "chiefs__person")
        .filter(pk=pk)
        .first()
    )
    if found is None or not permissions.may_read_proposal(user, found, today):
        raise Http404
    if write and not permissions.is_case_officer(user, found.dialogue.receiving_body, today):
        raise PermissionDenied
    return found


def get_meeting_for(user: User, pk: int, today: date) -> Meeting:
    """The meeting, for its body's secretary; 403 for the others of the board."""
    found = (
        Meeting.objects.select_related(
            "body__organisation", "body__parent", "presiding", "secretary", "verifier"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None or not same_organisation(user, found.body.organisation_id):
        raise Http404
    if not permissions.is_secretary(user, found.body, today):
        raise PermissionDenied if permissions.is_of_the_board(user, found.body, today) else Http404
    return found


def get_paragraph_for(
    user: User, pk: int, today: date, *, write: bool = False, export: bool = False
) -> Paragraph:
    """A paragraph the user may read; with write the secretary's, with export the registrar's."""
    found = _paragraphs().filter(pk=pk).first()
    if found is None or not permissions.may_read_paragraph(user, found, today):
        raise Http404
    body = found.meeting.body
    if write and not permissions.is_secretary(user, body, today):
        raise PermissionDenied
    if export and not permissions.is_registrar(user, body, today):
        raise PermissionDenied
    return found


def get_verification_for(
    user: User, pk: int, today: date, *, sign: bool = False
) -> tuple[Verification, SignerRole | None]:
    """The verification and what the user signs as; with sign, the three named persons' alone."""
    found = (
        Verification.objects.select_related(
            "meeting__body__organisation",
            "meeting__body__parent",
            "meeting__presiding",
            "meeting__secretary",
            "meeting__verifier",
            "document",
            "stamp",
        )
        .prefetch_related("items__paragraph__meeting__body", "items__paragraph__dialogue")
        .filter(pk=pk)
        .first()
    )
    if found is None or not permissions.may_read_verification(user, found, today):
        raise Http404
    role = permissions.signer_role(user, found.meeting)
    if sign and role is None:
        raise PermissionDenied
    return found, role


# Points, motions and what they come to.


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
    """The newest verification the paragraph is part of."""
    item = (
        VerificationParagraph.objects.filter(paragraph=paragraph)
        .select_related("verification__document", "verification__stamp")
        .order_by("-id")
        .first()
    )
    return item.verification if item else None


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


# Lists.


def dialogues_of(found: DialogueRound) -> QuerySet[Dialogue]:
    return _dialogues().filter(round=found).order_by("held_on", "committee__name")


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """One committee's way through the round."""

    dialogue: Dialogue
    pack: HandedOver | None
    pack_late: bool
    proposal: Proposal | None
    proposal_late: bool
    paragraph: Paragraph | None
    paragraph_due: date | None
    paragraph_late: bool
    dispatch: Dispatch | None


def round_rows(found: DialogueRound, user: User, today: date) -> list[RoundRow]:
    """Every committee of the round that the user may see; the same few queries for any number."""
    verified = Paragraph.objects.exclude(state=ParagraphState.STRUCK).select_related(
        "meeting", "meeting__body"
    )
    dialogues = list(
        dialogues_of(found)
        .select_related("proposal")
        .prefetch_related(
            Prefetch("paragraphs", verified), "paragraphs__dispatches", "proposal__chiefs"
        )
    )
    board = {d.pk: permissions.is_of_the_board(user, d.receiving_body, today) for d in dialogues}
    signs = {
        d.pk for d in dialogues if hasattr(d, "proposal") and permissions.is_chief(user, d.proposal)
    }
    shown = [
        d
        for d in dialogues
        if board[d.pk] or d.pk in signs or permissions.is_of_the_committee(user, d, today)
    ]
    status = report_status(d.pack_id for d in shown if d.pack_id is not None)
    return [_round_row(d, status, today, of_board=board[d.pk], signs=d.pk in signs) for d in shown]


def _round_row(
    dialogue: Dialogue,
    status: Mapping[int, HandedOver],
    today: date,
    *,
    of_board: bool,
    signs: bool,
) -> RoundRow:
    pack = status.get(dialogue.pack_id or 0)
    proposal = getattr(dialogue, "proposal", None)
    paragraphs = list(dialogue.paragraphs.all())
    paragraph = paragraphs[-1] if paragraphs else None
    if paragraph is not None and not of_board and paragraph.state != ParagraphState.VERIFIED:
        paragraph = None
    dispatches = list(paragraph.dispatches.all()) if paragraph else []
    due = verification_due(paragraph.meeting.held_on if paragraph else dialogue.held_on)
    is_verified = paragraph is not None and paragraph.state == ParagraphState.VERIFIED
    is_sent = proposal is not None and proposal.state == ProposalState.SENT
    return RoundRow(
        dialogue=dialogue,
        pack=pack,
        pack_late=pack is None and today > dialogue.pack_due_on,
        proposal=proposal if of_board or signs else None,
        proposal_late=of_board and not is_sent and today > dialogue.proposal_due_on,
        paragraph=paragraph,
        paragraph_due=due,
        paragraph_late=not is_verified and today > due,
        dispatch=dispatches[0] if dispatches else None,
    )


def rounds_for(user: User, today: date) -> list[DialogueRound]:
    """The rounds the user has a part in, newest first."""
    bodies = {body for body, _role in held_roles(user, today)}
    organisation = user.person.organisation_id if user.person else None
    return list(
        DialogueRound.objects.filter(
            Q(dialogues__committee__in=bodies)
            | Q(dialogues__receiving_body__in=bodies)
            | Q(board__in=bodies)
            | Q(dialogues__proposal__chiefs__person=user.person_id),
            board__organisation=organisation,
        )
        .select_related("board")
        .distinct()
    )


def verified_paragraphs(user: User, today: date) -> list[Paragraph]:
    """Verified paragraphs the user may read, newest first."""
    bodies = {body for body, _role in held_roles(user, today)}
    organisation = user.person.organisation_id if user.person else None
    return list(
        _paragraphs()
        .filter(
            Q(meeting__body__in=bodies)
            | Q(meeting__body__parent__in=bodies)
            | Q(dialogue__committee__in=bodies),
            state=ParagraphState.VERIFIED,
            meeting__body__organisation=organisation,
        )
        .order_by("-year", "-number")
    )


def meetings_for(user: User, today: date) -> list[Meeting]:
    """The meetings of the bodies where the user is secretary, newest first."""
    bodies = {body for body, role in held_roles(user, today) if role == "secretary"}
    return list(
        Meeting.objects.filter(body__in=bodies)
        .select_related("body")
        .prefetch_related("paragraphs", "verifications")
    )


def persons_of(body: Body) -> QuerySet[Person]:
    """Those who may attend: the organisation's persons, those with a mandate in the body first."""
    return Person.objects.filter(organisation=body.organisation_id).order_by("name")


def next_number(body: Body, year: int) -> int:
    """What the series would give; a hint, since only the write takes it."""
    series = NumberSeries.objects.filter(body=body, year=year).first()
    return series.last + 1 if series else 1


def dialogues_without_paragraph(body: Body) -> QuerySet[Dialogue]:
    return (
        _dialogues()
        .filter(receiving_body=body)
        .exclude(paragraphs__state__in=[s for s in ParagraphState if s != ParagraphState.STRUCK])
    )


def open_paragraphs(dialogue: Dialogue) -> list[Paragraph]:
    """The dialogue's paragraphs that have not been struck, oldest first."""
    return list(
        _paragraphs().filter(dialogue=dialogue).exclude(state=ParagraphState.STRUCK).order_by("id")
    )


# What waits for whom, for Att göra.


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something of this floor that waits for the user; ``url_name`` opens it."""

    what: str
    body: str
    occasion: str
    due: date | None
    url_name: str
    pk: int
    button: str


def waiting_for(user: User, today: date) -> list[Waiting]:
    if user.person_id is None or user.is_system_administrator or not user.person:
        return []
    dialogues = _dialogues().filter(receiving_body__organisation=user.person.organisation_id)
    found = list(dialogues.select_related("proposal").prefetch_related("proposal__chiefs"))
    return [
        *_office_work(user, found, today),
        *_secretary_work(user, found, today),
        *_signing(user, today),
        *_registrar_work(user, today),
    ]


def _office_work(user: User, found: Iterable[Dialogue], today: date) -> Iterable[Waiting]:
    for dialogue in found:
        proposal = getattr(dialogue, "proposal", None)
        body, occasion = dialogue.committee.short_name, dialogue.round.name
        due = dialogue.proposal_due_on
        if permissions.is_case_officer(user, dialogue.receiving_body, today):
            if proposal is None:
                yield Waiting(
                    what="Skriv beslutsförslag", body=body, occasion=occasion, due=due,
                    url_name="dialogues:dialogue_detail", pk=dialogue.pk, button="Skriv",
                )  # fmt: skip
            elif proposal.state != ProposalState.SENT:
                verb = "Sänd ut" if proposal.state == ProposalState.APPROVED else "Färdigställ"
                yield Waiting(
                    what=f"{verb} beslutsförslaget", body=body, occasion=occasion, due=due,
                    url_name="dialogues:proposal_detail", pk=proposal.pk, button="Öppna",
                )  # fmt: skip
        if proposal is not None and proposal.state == ProposalState.DRAFT:
            mine = [c for c in proposal.chiefs.all() if c.person_id == user.person_id]
            if mine and mine[0].approved_at is None:
                yield Waiting(
                    what="Godkänn beslutsförslaget", body=body, occasion=occasion, due=due,
                    url_name="dialogues:proposal_detail", pk=proposal.pk, button="Granska",
                )  # fmt: skip


def _secretary_work(user: User, found: Iterable[Dialogue], today: date) -> Iterable[Waiting]:
    bodies = {
        d.receiving_body_id
        for d in found
        if permissions.is_secretary(user, d.receiving_body, today)
    }
    if not bodies:
        return
    for meeting in meetings_for(user, today):
        written = list(meeting.paragraphs.all())
        due = verification_due(meeting.held_on)
        if not written:
            yield Waiting(
                what="Skriv protokollet", body=meeting.body.short_name,
                occasion=f"Sammanträde {meeting.held_on}", due=due,
                url_name="dialogues:meeting_detail", pk=meeting.pk, button="Skriv",
            )  # fmt: skip
        for paragraph in written:
            if paragraph.state == ParagraphState.DRAFT:
                yield Waiting(
                    what=f"Skriv § {paragraph.number} och sänd för justering",
                    body=meeting.body.short_name, occasion=f"Sammanträde {meeting.held_on}",
                    due=due, url_name="dialogues:paragraph_edit", pk=paragraph.pk, button="Skriv",
                )  # fmt: skip
    verified = Paragraph.objects.filter(
        meeting__body__in=bodies, state=ParagraphState.VERIFIED, dispatches=None
    ).select_related("meeting__body")
    for paragraph in verified:
        yield Waiting(
            what=f"Expediera § {paragraph.number}", body=paragraph.meeting.body.short_name,
            occasion=paragraph.heading, due=None, url_name="dialogues:paragraph_detail",
            pk=paragraph.pk, button="Expediera",
        )  # fmt: skip


def _signing(user: User, _today: date) -> Iterable[Waiting]:
    me = user.person_id
    waiting = (
        Verification.objects.filter(
            Q(meeting__secretary=me) | Q(meeting__presiding=me) | Q(meeting__verifier=me),
            state=VerificationState.SENT,
        )
        .exclude(signatures__person=me)
        .select_related("meeting__body")
        .prefetch_related("items__paragraph")
    )
    for verification in waiting:
        numbers = ", ".join(str(item.paragraph.number) for item in verification.items.all())
        yield Waiting(
            what=f"Justera och skriv under § {numbers}", body=verification.meeting.body.short_name,
            occasion=f"Sammanträde {verification.meeting.held_on}", due=verification.due_on,
            url_name="dialogues:verification_detail", pk=verification.pk, button="Läs och justera",
        )  # fmt: skip


def _registrar_work(user: User, today: date) -> Iterable[Waiting]:
    roles = {body for body, role in held_roles(user, today) if role == "registrar"}
    if not roles:
        return
    waiting = Paragraph.objects.filter(
        Q(meeting__body__in=roles) | Q(meeting__body__parent__in=roles),
        state=ParagraphState.VERIFIED, exports=None,
    ).select_related("meeting__body")  # fmt: skip
    for paragraph in waiting:
        yield Waiting(
            what=f"Exportera § {paragraph.number}", body=paragraph.meeting.body.short_name,
            occasion=paragraph.heading, due=None, url_name="dialogues:paragraph_detail",
            pk=paragraph.pk, button="Exportera",
        )  # fmt: skip


def attendances(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.select_related("person")


def floor_motions(paragraph: Paragraph) -> QuerySet[FloorMotion]:
    return paragraph.motions.select_related("mover")


@dataclass(frozen=True, kw_only=True)
class BoardPack:
    """A handed-over pack as the board's people meet it before the dialogue."""

    dialogue: Dialogue
    latest: HandedOver
    may_receive: bool


def packs_for_board(user: User, today: date) -> list[BoardPack]:
    """The newest handed-over packs of the dialogues where the user serves the receiving body."""
    if not user.person:
        return []
    organisation = user.person.organisation_id
    dialogues = [
        dialogue
        for dialogue in _dialogues().filter(receiving_body__organisation=organisation)
        if dialogue.pack_id and permissions.is_of_the_board(user, dialogue.receiving_body, today)
    ]
    status = report_status(d.pack_id for d in dialogues if d.pack_id)
    return [
        BoardPack(
            dialogue=dialogue,
            latest=status[dialogue.pack_id],
            may_receive=permissions.is_case_officer(user, dialogue.receiving_body, today),
        )
        for dialogue in dialogues
        if dialogue.pack_id in status
    ]


def pack_occasions(report_ids: Iterable[int]) -> dict[int, Dialogue]:
    """The dialogue each pack was made for, with its days."""
    return {
        dialogue.pack_id: dialogue
        for dialogue in _dialogues().filter(pack__in=list(report_ids))
        if dialogue.pack_id
    }


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


def is_verified_by_id(pk: int) -> bool:
    return Paragraph.objects.filter(pk=pk, state=ParagraphState.VERIFIED).exists()
