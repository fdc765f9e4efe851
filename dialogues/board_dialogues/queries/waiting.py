"""What of this floor waits for whom, for Att göra and for those who are told."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from dialogues import permissions
from dialogues.board_dialogues.queries.dialogues import board_dialogues
from dialogues.enums import ParagraphState, ProposalState, VerificationState
from dialogues.meetings.queries.meeting_list import meetings_for
from dialogues.models import Paragraph, Proposal, SigningChief, Verification
from documents.queries import told_before
from governance.enums import Role
from governance.models import User
from governance.permissions import held_roles
from governance.queries import holders
from governance.rules import OpenTask, verification_due

# Whom an act waits for.


def officers_told(proposal: Proposal, today: date) -> set[int]:
    body = proposal.dialogue.receiving_body
    return holders([body.pk, body.parent_id or body.pk], Role.CASE_OFFICER, today)


def chiefs_told(proposal: Proposal, _today: date) -> set[int]:
    waiting = SigningChief.objects.filter(proposal=proposal, approved_at=None)
    return set(waiting.values_list("person_id", flat=True))


def named_chiefs_told(proposal: Proposal, today: date) -> set[int]:
    """Those of them who have not been told of the proposal."""
    return chiefs_told(proposal, today) - told_before(proposal)


def secretary_told(proposal: Proposal, today: date) -> set[int]:
    return holders([proposal.dialogue.receiving_body_id], Role.SECRETARY, today)


def signers_told(verification: Verification, _today: date) -> set[int]:
    """Those of the three who have not answered."""
    meeting = verification.meeting
    answered = verification.signatures.values_list("person_id", flat=True)
    return {meeting.secretary_id, meeting.presiding_id, meeting.verifier_id} - set(answered)


def minutes_told(verification: Verification, _today: date) -> set[int]:
    return {verification.meeting.secretary_id}


def archive_told(verification: Verification, today: date) -> set[int]:
    """The secretary dispatches, the registrar exports."""
    body = verification.meeting.body
    registrars = holders([body.pk, body.parent_id or body.pk], Role.REGISTRAR, today)
    return registrars | minutes_told(verification, today)


def proposals_to_write(user: User, today: date) -> Iterator[OpenTask]:
    for dialogue in board_dialogues(user, today):
        if not permissions.is_case_officer(user, dialogue.receiving_body, today):
            continue
        proposal = getattr(dialogue, "proposal", None)
        body, occasion = dialogue.committee.short_name, dialogue.round.name
        due = dialogue.proposal_due_on
        if proposal is None:
            yield OpenTask(
                what="Skriv beslutsförslag", body=body, occasion=occasion, due=due,
                url_name="dialogues:dialogue_detail", pk=dialogue.pk, button="Skriv",
            )  # fmt: skip
        elif proposal.state != ProposalState.SENT:
            verb = "Sänd ut" if proposal.state == ProposalState.APPROVED else "Färdigställ"
            yield OpenTask(
                what=f"{verb} beslutsförslaget", body=body, occasion=occasion, due=due,
                url_name="dialogues:proposal_detail", pk=proposal.pk, button="Öppna",
            )  # fmt: skip


def unapproved(user: User, _today: date) -> QuerySet[SigningChief]:
    """Where the user is a signing chief of a proposal and has not approved it."""
    return SigningChief.objects.filter(
        person=user.person_id, approved_at=None, proposal__state=ProposalState.DRAFT
    )


def proposals_to_approve(user: User, today: date) -> Iterator[OpenTask]:
    for pk, body, occasion, due in unapproved(user, today).values_list(
        "proposal_id",
        "proposal__dialogue__committee__short_name",
        "proposal__dialogue__round__name",
        "proposal__dialogue__proposal_due_on",
    ):
        yield OpenTask(
            what="Godkänn beslutsförslaget", body=body, occasion=occasion, due=due,
            url_name="dialogues:proposal_detail", pk=pk, button="Granska",
        )  # fmt: skip


def secretary_work(user: User, today: date) -> Iterator[OpenTask]:
    bodies = {
        d.receiving_body_id
        for d in board_dialogues(user, today)
        if permissions.is_secretary(user, d.receiving_body, today)
    }
    if not bodies:
        return
    for meeting in meetings_for(user, today):
        written = list(meeting.paragraphs.all())
        due = verification_due(meeting.held_on)
        if not written:
            yield OpenTask(
                what="Skriv protokollet", body=meeting.body.short_name,
                occasion=f"Sammanträde {meeting.held_on}", due=due,
                url_name="dialogues:meeting_detail", pk=meeting.pk, button="Skriv",
            )  # fmt: skip
        for paragraph in written:
            if paragraph.state == ParagraphState.DRAFT:
                yield OpenTask(
                    what=f"Skriv § {paragraph.number} och sänd för justering",
                    body=meeting.body.short_name, occasion=f"Sammanträde {meeting.held_on}",
                    due=due, url_name="dialogues:paragraph_edit", pk=paragraph.pk, button="Skriv",
                )  # fmt: skip
    verified = Paragraph.objects.filter(
        meeting__body__in=bodies, state=ParagraphState.VERIFIED, dispatches=None
    ).select_related("meeting__body")
    for paragraph in verified:
        yield OpenTask(
            what=f"Expediera § {paragraph.number}", body=paragraph.meeting.body.short_name,
            occasion=paragraph.heading, due=None, url_name="dialogues:paragraph_detail",
            pk=paragraph.pk, button="Expediera",
        )  # fmt: skip


def unsigned(user: User, _today: date) -> QuerySet[Verification]:
    """Verifications that were sent out and lack the user's signature."""
    me = user.person_id
    return Verification.objects.filter(
        Q(meeting__secretary=me) | Q(meeting__presiding=me) | Q(meeting__verifier=me),
        state=VerificationState.SENT,
    ).exclude(signatures__person=me)


def verifications_to_sign(user: User, today: date) -> Iterator[OpenTask]:
    waiting = unsigned(user, today).select_related("meeting__body")
    for verification in waiting.prefetch_related("items__paragraph"):
        numbers = ", ".join(str(item.paragraph.number) for item in verification.items.all())
        yield OpenTask(
            what=f"Justera och skriv under § {numbers}", body=verification.meeting.body.short_name,
            occasion=f"Sammanträde {verification.meeting.held_on}", due=verification.due_on,
            url_name="dialogues:verification_detail", pk=verification.pk, button="Läs och justera",
        )  # fmt: skip


def registrar_work(user: User, today: date) -> Iterator[OpenTask]:
    roles = {body for body, role in held_roles(user, today) if role == "registrar"}
    if not roles:
        return
    waiting = Paragraph.objects.filter(
        Q(meeting__body__in=roles) | Q(meeting__body__parent__in=roles),
        state=ParagraphState.VERIFIED, exports=None,
    ).select_related("meeting__body")  # fmt: skip
    for paragraph in waiting:
        yield OpenTask(
            what=f"Exportera § {paragraph.number}", body=paragraph.meeting.body.short_name,
            occasion=paragraph.heading, due=None, url_name="dialogues:paragraph_detail",
            pk=paragraph.pk, button="Exportera",
        )  # fmt: skip
