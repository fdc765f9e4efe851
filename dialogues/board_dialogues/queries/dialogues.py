"""Board dialogues and their rounds: fetching and permission are one act."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from dialogues import permissions
from dialogues.models import Dialogue, DialogueRound
from governance.models import User
from governance.permissions import asked_once, require, roles_held, row_for, same_organisation


def all_dialogues() -> QuerySet[Dialogue]:
    return Dialogue.objects.select_related(
        "round__board", "committee", "receiving_body__parent", "receiving_body__organisation"
    )


def dialogues_of(found: DialogueRound) -> QuerySet[Dialogue]:
    return all_dialogues().filter(round=found).order_by("held_on", "committee__name")


@asked_once
def board_dialogues(user: User, today: date) -> Sequence[Dialogue]:
    """The dialogues of the bodies where the user has a role, or of those under them, each with its
    proposal."""
    bodies = [each.body_id for each in roles_held(user, today) if each.board]
    if not bodies or user.person is None:
        return ()
    return list(
        Dialogue.objects.filter(
            Q(receiving_body__in=bodies) | Q(receiving_body__parent__in=bodies),
            receiving_body__organisation=user.person.organisation_id,
        ).select_related("round", "committee", "receiving_body", "proposal")
    )


def get_round_for(user: User, pk: int, today: date) -> DialogueRound:
    """The round, for the board's people and for those whose committee takes part."""
    found = row_for(
        DialogueRound.objects.select_related("board"),
        pk,
        lambda row: same_organisation(user, row.board.organisation_id),
    )
    if not any(permissions.may_see_dialogue(user, d, today) for d in dialogues_of(found)):
        raise Http404
    return found


def get_dialogue_for(user: User, pk: int, today: date, *, write: bool = False) -> Dialogue:
    """The dialogue's page; with write, the case officer's right to begin a proposal."""
    found = row_for(all_dialogues(), pk, lambda row: permissions.may_see_dialogue(user, row, today))
    require(not write or permissions.is_case_officer(user, found.receiving_body, today))
    return found
