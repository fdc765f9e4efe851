"""Who may see and write a committee's figures, and take its rounds further. The rest is denied."""

from datetime import date

from governance.enums import Role
from governance.models import Body, User
from governance.permissions import has_role, holds, same_organisation
from rounds.enums import APPROVE, HAND_IN, RETURN
from rounds.models import RoundState


def opens_rounds(user: User, today: date) -> bool:
    """The regional office leads the rounds; others come to theirs from Rapportera."""
    return holds(user, today, Role.CASE_OFFICER, board=True)


def can_record(user: User, body: Body, today: date) -> bool:
    """The controller of this very committee."""
    return same_organisation(user, body.organisation_id) and has_role(
        user, body, Role.CONTROLLER, today
    )


def can_lead_rounds(user: User, organisation_id: int, today: date) -> bool:
    """The regional office: case officers of the board or its working committee. They open,
    lock, reopen and remind, and see of a committee only where it stands until it has handed in."""
    return same_organisation(user, organisation_id) and opens_rounds(user, today)


def can_approve_figures(user: User, body: Body, today: date) -> bool:
    """The committee's own head of administration approves what was handed in, or returns it."""
    return same_organisation(user, body.organisation_id) and has_role(
        user, body, Role.HEAD_OF_ADMINISTRATION, today
    )


def can_change_round(user: User, state: RoundState, act: str, today: date) -> bool:
    """Who may take an act; from which state it follows says the table of states."""
    if act == HAND_IN:
        return can_record(user, state.body, today)
    if act in {APPROVE, RETURN}:
        return can_approve_figures(user, state.body, today)
    return can_lead_rounds(user, state.body.organisation_id, today)
