"""Who may see and write a committee's outcomes. Everything not said here is denied."""

from datetime import date

from governance.enums import OFFICES, Role
from governance.models import Body, User
from governance.permissions import can_read_figures, holds, reading_bodies, same_organisation
from rounds.permissions import can_lead_rounds, can_record
from targets.models import Indicator

PLAN_ROLES = (Role.MEMBER,)


def opens_indicators(user: User, today: date) -> bool:
    """A body's own people, and the regional office, which keeps the shared ones."""
    return bool(reading_bodies(user, today)) or holds(user, today, Role.CASE_OFFICER, board=True)


def can_read_indicators(user: User, body: Body, today: date) -> bool:
    """The committee's own people; at the regional office also those who keep what is shared."""
    return can_read_figures(user, body, today) or (
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
    """The committee's own people, its members too."""
    return same_organisation(user, body.organisation_id) and body.pk in reading_bodies(
        user, today, *PLAN_ROLES
    )
