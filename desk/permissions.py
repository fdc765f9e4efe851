"""Who finds the pages of this floor; what they show is asked of the floors below."""

from datetime import date

from governance.enums import READING_ROLES
from governance.models import User
from governance.permissions import holds


def opens_reporting(user: User, today: date) -> bool:
    return holds(user, today, *READING_ROLES, board=False)


def opens_overview(user: User, today: date) -> bool:
    """Everyone with a role in the board or its working committee."""
    return holds(user, today, board=True)
