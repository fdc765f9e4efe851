"""Who writes, signs, reads and exports (architecture.md, "Who may do what")."""

from datetime import date
from typing import Protocol

from django.db.models import Q
from django.utils import timezone

from dialogues.enums import ParagraphState, ProposalState, SignerRole, VerificationState
from dialogues.models import Dialogue, Meeting, Paragraph, Proposal, Verification
from governance.enums import BOARD_ROLES, OFFICE_ROLES, Role
from governance.models import Body, User, today_of
from governance.permissions import (
    has_any_role,
    has_role,
    holds,
    roles_held,
    same_organisation,
    serves_board,
)
from reports.enums import Access
from reports.permissions import Printing


def opens_meetings(user: User, today: date) -> bool:
    """The secretary of the board or its working committee."""
    return holds(user, today, Role.SECRETARY, board=True)


def is_case_officer(user: User, receiving_body: Body, today: date) -> bool:
    return serves_board(user, receiving_body, Role.CASE_OFFICER, today)


def is_secretary(user: User, body: Body, today: date) -> bool:
    return has_role(user, body, Role.SECRETARY, today)


def is_registrar(user: User, body: Body, today: date) -> bool:
    return serves_board(user, body, Role.REGISTRAR, today)


def is_of_the_board(user: User, body: Body, today: date) -> bool:
    """Anyone who serves the receiving working committee, or its board's office."""
    return has_any_role(user, body, today, *BOARD_ROLES) or any(
        serves_board(user, body, role, today) for role in OFFICE_ROLES
    )


def of_the_board(user: User, today: date, path: str) -> Q:
    """The same of rows, whose body is at the path."""
    held = roles_held(user, today)
    here = [each.body_id for each in held if each.role in BOARD_ROLES]
    above = [each.body_id for each in held if each.role in OFFICE_ROLES]
    return Q(**{f"{path}__in": here}) | Q(**{f"{path}__parent__in": above})


def is_of_the_committee(user: User, dialogue: Dialogue, today: date) -> bool:
    return has_any_role(user, dialogue.committee, today)


def may_see_dialogue(user: User, dialogue: Dialogue, today: date) -> bool:
    """The board's people, the committee's people and the chiefs named on the proposal."""
    return same_organisation(user, dialogue.receiving_body.organisation_id) and (
        is_of_the_board(user, dialogue.receiving_body, today)
        or is_of_the_committee(user, dialogue, today)
        or is_chief_of_dialogue(user, dialogue)
    )


def is_chief_of_dialogue(user: User, dialogue: Dialogue) -> bool:
    proposal = Proposal.objects.filter(dialogue=dialogue).first()
    return proposal is not None and is_chief(user, proposal)


def is_chief(user: User, proposal: Proposal) -> bool:
    """One of the signing chiefs named on the proposal."""
    return user.person_id is not None and any(
        chief.person_id == user.person_id for chief in proposal.chiefs.all()
    )


def may_read_proposal(user: User, proposal: Proposal, today: date) -> bool:
    """Its writers, its chiefs, secretary and registrar; chair and members when it has been sent."""
    body = proposal.dialogue.receiving_body
    if not same_organisation(user, body.organisation_id):
        return False
    return (
        is_case_officer(user, body, today)
        or is_secretary(user, body, today)
        or is_registrar(user, body, today)
        or is_chief(user, proposal)
        or (
            proposal.state == ProposalState.SENT
            and has_any_role(user, body, today, Role.CHAIR, Role.MEMBER)
        )
    )


def signer_role(user: User, meeting: Meeting) -> SignerRole | None:
    """What the user signs as at this meeting: secretary, presiding chair, verifier or nothing."""
    if user.person_id is None or user.is_system_administrator:
        return None
    named = {
        meeting.secretary_id: SignerRole.SECRETARY,
        meeting.presiding_id: SignerRole.PRESIDING,
        meeting.verifier_id: SignerRole.VERIFIER,
    }
    return named.get(user.person_id)


def signed_by(user: User) -> Q:
    """The same of paragraphs: those of the meetings at which the user signs."""
    return (
        Q(meeting__secretary=user.person_id)
        | Q(meeting__presiding=user.person_id)
        | Q(meeting__verifier=user.person_id)
    )


def may_read_verification(user: User, verification: Verification, today: date) -> bool:
    """The secretary and the three who sign; afterwards those who may read the paragraphs."""
    meeting = verification.meeting
    if not same_organisation(user, meeting.body.organisation_id):
        return False
    if is_secretary(user, meeting.body, today) or signer_role(user, meeting) is not None:
        return True
    return verification.state == VerificationState.VERIFIED and any(
        may_read_paragraph(user, item.paragraph, today) for item in verification.items.all()
    )


def may_read_paragraph(user: User, paragraph: Paragraph, today: date) -> bool:
    """A draft: the secretary. Sent: those who sign too. Verified: board and committee."""
    meeting = paragraph.meeting
    if not same_organisation(user, meeting.body.organisation_id):
        return False
    if is_secretary(user, meeting.body, today):
        return True
    if paragraph.state == ParagraphState.SENT:
        return signer_role(user, meeting) is not None
    return paragraph.state == ParagraphState.VERIFIED and (
        signer_role(user, meeting) is not None
        or is_of_the_board(user, meeting.body, today)
        or (paragraph.dialogue is not None and is_of_the_committee(user, paragraph.dialogue, today))
    )


# What a governance file may not write.
def proposal_is_frozen(proposal: Proposal) -> bool:
    return proposal.state != ProposalState.DRAFT


def paragraph_is_frozen(paragraph: Paragraph) -> bool:
    return paragraph.state in (ParagraphState.SENT, ParagraphState.VERIFIED)


def meeting_is_frozen(meeting: Meeting) -> bool:
    return meeting.verifications.exclude(verified_at=None).exists()


class Row(Protocol):
    """A lower app's row, of which only the id is known here."""

    pk: int


def reads_pack(user: User, report: Row, today: date) -> Access | None:
    """What the board's people may do with a pack that has been handed over to their dialogue."""
    dialogues = Dialogue.objects.filter(pack=report.pk).select_related(
        "receiving_body__parent", "receiving_body__organisation", "committee"
    )
    for dialogue in dialogues:
        if is_case_officer(user, dialogue.receiving_body, today):
            return Access.RECEIVE
        if is_of_the_board(user, dialogue.receiving_body, today):
            return Access.READ
        if is_chief_of_dialogue(user, dialogue):
            return Access.READ
    return None


def reads_document(user: User, document: Printing) -> bool:
    """documents asks: is this a proposal, protocol part or extract the user may read?"""
    today = today_of(document.organisation, timezone.localdate())
    proposals = Proposal.objects.filter(document=document.pk).select_related(
        "dialogue__receiving_body__parent", "dialogue__committee"
    )
    parts = Verification.objects.filter(
        Q(document=document.pk) | Q(stamp=document.pk)
    ).select_related("meeting__body__parent")
    extracts = Paragraph.objects.filter(dispatches__extract=document.pk).select_related(
        "meeting__body__parent", "dialogue__committee"
    )
    return (
        any(may_read_proposal(user, found, today) for found in proposals)
        or any(may_read_verification(user, found, today) for found in parts)
        or any(may_read_paragraph(user, found, today) for found in extracts)
    )
