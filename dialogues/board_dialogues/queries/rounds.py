"""Lists: dialogue rounds with their committees, and the packs that reach the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from dialogues import permissions
from dialogues.board_dialogues.queries.dialogues import board_dialogues, dialogues_of
from dialogues.enums import ParagraphState, ProposalState
from dialogues.models import Dialogue, DialogueRound, Dispatch, Paragraph, Proposal
from governance.models import User
from governance.permissions import held_roles
from governance.rules import verification_due
from reports.clearance.queries.versions import HandedOver, report_status


@dataclass(frozen=True, kw_only=True)
class DialogueRoundRow:
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


def round_rows(found: DialogueRound, user: User, today: date) -> list[DialogueRoundRow]:
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
) -> DialogueRoundRow:
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
    return DialogueRoundRow(
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
            | permissions.of_the_board(user, today, "dialogues__receiving_body")
            | Q(dialogues__proposal__chiefs__person=user.person_id),
            board__organisation=organisation,
        )
        .select_related("board")
        .distinct()
    )


@dataclass(frozen=True, kw_only=True)
class BoardPack:
    """A handed-over pack as the board's people meet it before the dialogue."""

    dialogue: Dialogue
    latest: HandedOver
    may_receive: bool


def packs_for_board(user: User, today: date) -> list[BoardPack]:
    """The newest handed-over packs of the dialogues where the user serves the receiving body."""
    dialogues = [
        dialogue
        for dialogue in board_dialogues(user, today)
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
