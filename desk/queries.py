"""What each person has to do, gathered from the floors below, and the thread of a paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.rules import Task
from governance.enums import BodyKind, Role
from governance.models import Mandate, User
from governance.rules import in_force

BOARD_KINDS = frozenset({BodyKind.BOARD, BodyKind.WORKING_COMMITTEE})


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role in force as pages see it: which, and whether it is held in the board."""

    role: Role
    board: bool
    words: str


def roles_held(user: User, today: date) -> Sequence[Held]:
    """The user's mandates in force, read once per user object; none for an administrator."""
    if user.person_id is None or user.is_system_administrator:
        return []
    if "_roles_held" not in user.__dict__:
        rows = Mandate.objects.filter(person_id=user.person_id).select_related("body")
        user.__dict__["_roles_held"] = [
            Held(
                role=Role(row.role),
                board=row.body.kind in BOARD_KINDS,
                words=f"{row.get_role_display()}, {row.body.short_name}",
            )
            for row in rows.order_by("id")
            if in_force(row.valid_from, row.valid_to, today)
        ]
    held: Sequence[Held] = user.__dict__["_roles_held"]
    return held


def tasks_for(user: User, today: date) -> list[Task]:
    """Everything that waits for the user, in no particular order."""
    if user.person is None or user.is_system_administrator:
        return []
    return []
