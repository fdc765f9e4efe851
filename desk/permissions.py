"""Who finds the pages of this floor; what they show is asked of the floors below."""

from datetime import date

from governance.declarations import Figures, declared
from governance.models import User
from governance.permissions import holds, reading_bodies


def opens_reporting(user: User, today: date) -> bool:
    """Who reads something of a body's figures as one of its own people."""
    more = {role for kind in declared(Figures) for role in kind.roles}
    return bool(reading_bodies(user, today, *more))


def opens_overview(user: User, today: date) -> bool:
    """Everyone with a role in the board or its working committee."""
    return holds(user, today, board=True)
