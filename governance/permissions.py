"""Who holds which role where, today. Everything not said here is denied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from governance.enums import OFFICES, Role
from governance.models import Body, Mandate, User
from governance.rules import in_force


def held_roles(user: User, today: date) -> frozenset[tuple[int, str]]:
    """All (body id, role) the user holds today, read once per user object and day."""
    cached: tuple[date, frozenset[tuple[int, str]]] | None = user.__dict__.get("_held_roles")
    if cached and cached[0] == today:
        return cached[1]
    rows: frozenset[tuple[int, str]] = frozenset()
    if user.is_active and user.person_id is not None and not user.is_system_administrator:
        rows = frozenset(
            Mandate.objects.filter(
                Q(valid_from=None) | Q(valid_from__lte=today),
                Q(valid_to=None) | Q(valid_to__gte=today),
                person_id=user.person_id,
            ).values_list("body_id", "role")
        )
    user.__dict__["_held_roles"] = (today, rows)
    return rows


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
                board=row.body.kind in OFFICES,
                words=f"{row.get_role_display()}, {row.body.short_name}",
            )
            for row in rows.order_by("id")
            if in_force(row.valid_from, row.valid_to, today)
        ]
    held: Sequence[Held] = user.__dict__["_roles_held"]
    return held


def holds(user: User, today: date, *roles: Role, board: bool | None = None) -> bool:
    """True when the user holds one of the roles (any when none are named) somewhere; in the board
    or its working committee, or outside them, when said."""
    return any(
        each.role in (roles or Role) and board in (None, each.board)
        for each in roles_held(user, today)
    )


def has_role(user: User, body: Body, role: Role, today: date) -> bool:
    """True when the user holds this very role in this very body today."""
    return (body.pk, role.value) in held_roles(user, today)


def has_any_role(user: User, body: Body, today: date, *roles: Role) -> bool:
    """True when the user holds one of the roles (all roles when none are named)."""
    wanted = {role.value for role in roles or Role}
    return any(body_id == body.pk and role in wanted for body_id, role in held_roles(user, today))


def serves_board(user: User, working_committee: Body, role: Role, today: date) -> bool:
    """True when the user holds the role in the working committee or in the board above it.

    The regional office works for both, so its case officers and registrars may be
    appointed at either.
    """
    bodies = {working_committee.pk, working_committee.parent_id}
    return any(
        body_id in bodies and held == role.value for body_id, held in held_roles(user, today)
    )


def same_organisation(user: User, organisation_id: int) -> bool:
    """True when the user belongs to the organisation and may see content at all."""
    return (
        user.person is not None
        and user.person.organisation_id == organisation_id
        and not user.is_system_administrator
    )
