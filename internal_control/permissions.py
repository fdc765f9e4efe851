"""Who may see a committee's internal control before it is handed over."""

from datetime import date

from governance.enums import READING_ROLES
from governance.models import Body, User
from governance.permissions import has_any_role, same_organisation


def can_read_controls(user: User, body: Body, today: date) -> bool:
    return same_organisation(user, body.organisation_id) and has_any_role(
        user, body, today, *READING_ROLES
    )
