"""Fetching and permission are one act: each row for the one who may have it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from dialogues import permissions
from dialogues.enums import SignerRole
from dialogues.models import Dialogue, DialogueRound, Meeting, Paragraph, Proposal, Verification
from governance.models import User
from governance.permissions import same_organisation


def all_dialogues() -> QuerySet[Dialogue]:
    return Dialogue.objects.select_related(
        "round__board", "committee", "receiving_body__parent", "receiving_body__organisation"
    )


def all_paragraphs() -> QuerySet[Paragraph]:
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


def dialogues_of(found: DialogueRound) -> QuerySet[Dialogue]:
    return all_dialogues().filter(round=found).order_by("held_on", "committee__name")


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
    found = all_dialogues().filter(pk=pk).first()
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
    found = all_paragraphs().filter(pk=pk).first()
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
