"""Who may see and write a committee's outcomes. Everything not said here is denied."""

from datetime import date

from governance.enums import BodyKind, Role, RoundStateName
from governance.models import Body, RoundState, User
from governance.permissions import has_any_role, has_role, held_roles, same_organisation
from targets.models import Indicator

READING_ROLES = (Role.CONTROLLER, Role.HEAD_OF_ADMINISTRATION, Role.CHAIR, Role.READER)
OFFICES = (BodyKind.BOARD, BodyKind.WORKING_COMMITTEE)


def can_read_outcomes(user: User, body: Body, today: date) -> bool:
    """The committee's own people. What is not handed over nobody outside it sees."""
    return same_organisation(user, body.organisation_id) and has_any_role(
        user, body, today, *READING_ROLES
    )


def can_record(user: User, body: Body, today: date) -> bool:
    """The controller of this very committee."""
    return same_organisation(user, body.organisation_id) and has_role(
        user, body, Role.CONTROLLER, today
    )


def can_lead_rounds(user: User, organisation_id: int, today: date) -> bool:
    """The regional office: case officers of the board or its working committee. They open,
    lock, reopen and remind, and see of a committee only where it stands until it has handed in."""
    if not same_organisation(user, organisation_id):
        return False
    bodies = [body for body, role in held_roles(user, today) if role == Role.CASE_OFFICER]
    return bool(bodies) and Body.objects.filter(pk__in=bodies, kind__in=OFFICES).exists()


def can_approve_outcomes(user: User, body: Body, today: date) -> bool:
    """The committee's own head of administration approves what was handed in, or returns it."""
    return same_organisation(user, body.organisation_id) and has_role(
        user, body, Role.HEAD_OF_ADMINISTRATION, today
    )


def can_change_round(user: User, state: RoundState, to: RoundStateName, today: date) -> bool:
    """Who may take a body's round to a state; which steps exist at all says the ground's table."""
    if to == RoundStateName.SUBMITTED:
        return can_record(user, state.body, today)
    if to in {RoundStateName.APPROVED, RoundStateName.RETURNED}:
        return can_approve_outcomes(user, state.body, today)
    return can_lead_rounds(user, state.body.organisation_id, today)


def can_read_indicators(user: User, body: Body, today: date) -> bool:
    """The committee's own people; at the regional office also those who keep what is shared."""
    return can_read_outcomes(user, body, today) or (
        body.kind in OFFICES and can_lead_rounds(user, body.organisation_id, today)
    )


def can_add_indicator(user: User, body: Body, today: date) -> bool:
    """The body's controller its own; at the regional office the case officer a shared one."""
    return can_record(user, body, today) or (
        body.kind in OFFICES and can_lead_rounds(user, body.organisation_id, today)
    )


def can_define(user: User, indicator: Indicator, today: date) -> bool:
    """The controller of the committee that owns it; the regional office for a shared one."""
    if indicator.body is None:
        return can_lead_rounds(user, indicator.organisation_id, today)
    return can_record(user, indicator.body, today)


def can_read_plan(user: User, body: Body, today: date) -> bool:
    """Everyone with a role in the committee, its members too."""
    return same_organisation(user, body.organisation_id) and has_any_role(user, body, today)
