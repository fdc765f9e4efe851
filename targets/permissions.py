"""Who may see and write a committee's outcomes. Everything not said here is denied."""

from datetime import date

from governance.enums import Role, RoundStateName
from governance.models import Body, RoundState, User
from governance.permissions import has_any_role, has_role, same_organisation
from targets.models import Outcome

READING_ROLES = (Role.CONTROLLER, Role.HEAD_OF_ADMINISTRATION, Role.CHAIR, Role.READER)


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


def can_read_plan(user: User, body: Body, today: date) -> bool:
    """Everyone with a role in the committee, its members too."""
    return same_organisation(user, body.organisation_id) and has_any_role(user, body, today)


def is_frozen(row: object) -> bool:
    """What a governance file may not write: outcomes of a period the committee has handed in."""
    if not isinstance(row, Outcome):
        return False
    handed_in = (RoundStateName.SUBMITTED, RoundStateName.APPROVED, RoundStateName.LOCKED)
    return RoundState.objects.filter(
        reporting_round__period=row.period_id, body__units=row.unit_id, state__in=handed_in
    ).exists()
