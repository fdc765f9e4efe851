"""Who holds which role where, today. Everything not said here is denied."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TypeVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, QuerySet
from django.http import Http404

from governance.declarations import Place, Secret, declared, table_of
from governance.enums import OFFICES, READING_ROLES, BodyKind, Role
from governance.models import Body, Mandate, User
from governance.rules import in_force

Read = TypeVar("Read")
Row = TypeVar("Row", bound=Model)


def row_for(rows: "QuerySet[Row]", pk: int, may_see: Callable[[Row], bool] | None = None) -> Row:
    """The row of this number, to who may know that it is there; else 404."""
    row = rows.filter(pk=pk).first()
    if row is None or (may_see is not None and not may_see(row)):
        raise Http404
    return row


def require(condition: bool) -> None:  # noqa: FBT001 -- reads as a sentence
    """403 unless it holds: for what one may know of and not do."""
    if not condition:
        raise PermissionDenied


def find(condition: bool) -> None:  # noqa: FBT001 -- reads as a sentence
    """404 unless it holds: for what one may not know of."""
    if not condition:
        raise Http404


def asked_once(read: Callable[[User, date], Read]) -> Callable[[User, date], Read]:
    """Keeps what was read for a user and a day on the user object.

    A request has a user object of its own: what is read holds for the request, and what is changed
    in it is seen from the next one on.
    """

    name = f"_asked_{read.__name__}"

    @wraps(read)
    def kept(user: User, today: date) -> Read:
        days: dict[date, Read] | None = getattr(user, name, None)
        if days is None:
            setattr(user, name, days := {})
        if today not in days:
            days[today] = read(user, today)
        return days[today]

    return kept


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role in force: which, where, and whether that is the board or its working committee."""

    body_id: int
    role: Role
    kind: BodyKind
    words: str

    @property
    def board(self) -> bool:
        return self.kind in OFFICES

    @property
    def has_figures(self) -> bool:
        """A working committee has none of its own."""
        return self.kind != BodyKind.WORKING_COMMITTEE


GIVEN = "_mandates"  # where they are kept on the user object
COLUMNS = ("body_id", "role", "body__kind", "body__short_name", "valid_from", "valid_to")
Given = tuple[int, str, str, str, date | None, date | None]  # a mandate's columns


def user_with_mandates(pk: int) -> User | None:
    """The user with person, organisation, mandates and what is unread, in one query: all that a
    request asks of who makes it."""
    columns = {f"given_{column}": F(f"person__mandates__{column}") for column in COLUMNS}
    unread = {place.column: place.unread() for place in declared(Place) if place.unread}
    users = User.objects.filter(pk=pk).select_related("person__organisation")
    users = users.annotate(**columns, **unread)
    rows = list(users.order_by("person__mandates__id"))
    given = (tuple(getattr(row, name) for name in columns) for row in rows)
    for user in rows[:1]:
        setattr(user, GIVEN, [each for each in given if each[0] is not None])
        return user
    return None


def _mandates(user: User) -> Sequence[Given]:
    given: Sequence[Given] | None = getattr(user, GIVEN, None)
    if given is None:
        rows = Mandate.objects.filter(person=user.person_id).order_by("id")
        setattr(user, GIVEN, given := list(rows.values_list(*COLUMNS)))
    return given


@asked_once
def roles_held(user: User, today: date) -> tuple[Held, ...]:
    """The user's mandates in force; none for an administrator. No query where they were read with
    the user, else one for the user object."""
    if not user.is_active or user.person_id is None or user.is_system_administrator:
        return ()
    return tuple(
        Held(
            body_id=body_id,
            role=Role(role),
            kind=BodyKind(kind),
            words=f"{Role(role).label}, {short_name}",
        )
        for body_id, role, kind, short_name, valid_from, valid_to in _mandates(user)
        if in_force(valid_from, valid_to, today)
    )


def held_roles(user: User, today: date) -> frozenset[tuple[int, str]]:
    """All (body id, role) the user holds today."""
    return frozenset((each.body_id, each.role.value) for each in roles_held(user, today))


def holds(user: User, today: date, *roles: Role, board: bool | None = None) -> bool:
    """True when the user holds one of the roles (any when none are named) somewhere; in the board
    or its working committee, or outside them, when said."""
    return any(
        each.role in (roles or Role) and board in (None, each.board)
        for each in roles_held(user, today)
    )


def has_role(user: User, body: Body, role: Role, today: date) -> bool:
    """True when the user holds this very role in this very body today."""
    return has_any_role(user, body, today, role)


def has_any_role(user: User, body: Body, today: date, *roles: Role) -> bool:
    """True when the user holds one of the roles (all roles when none are named)."""
    return any(
        each.body_id == body.pk and each.role in (roles or Role) for each in roles_held(user, today)
    )


def serves_board(user: User, working_committee: Body, role: Role, today: date) -> bool:
    """True when the user holds the role in the working committee or in the board above it.

    The regional office works for both, so its case officers and registrars may be
    appointed at either.
    """
    bodies = {working_committee.pk, working_committee.parent_id}
    return any(each.body_id in bodies and each.role == role for each in roles_held(user, today))


def reading_bodies(user: User, today: date, *more: Role) -> set[int]:
    """Ids of the bodies whose figures the user may read as one of its own people; ``more`` roles
    where a page is theirs too."""
    return {
        each.body_id
        for each in roles_held(user, today)
        if each.role in (*READING_ROLES, *more) and each.has_figures
    }


def can_read_figures(user: User, body: Body, today: date) -> bool:
    """The committee's own people. What is not handed over nobody outside it sees."""
    return same_organisation(user, body.organisation_id) and body.pk in reading_bodies(user, today)


def everyone(_user: User, _today: date) -> bool:
    """Whoever is logged in."""
    return True


def sees_content(user: User, _today: date) -> bool:
    """Everyone but a system administrator, of what the roles and the rows then let in to."""
    return user.person is not None and not user.is_system_administrator


COMMITTEE_MARKS = (Role.CONTROLLER, Role.HEAD_OF_ADMINISTRATION)
OFFICE_MARKS = (Role.SECRETARY, Role.REGISTRAR)


def marks_secrecy(user: User, body: Body, model: str, today: date) -> bool:
    """Who sets and lifts a secrecy mark on a row of the model that is the body's (ADR 18): who
    answers for a body's figures, or for the board's proceedings, which say who sees them."""
    secret = table_of(apps.get_model(model)).secret
    if body.kind not in OFFICES or (isinstance(secret, Secret) and secret.is_seen is None):
        return has_any_role(user, body, today, *COMMITTEE_MARKS)
    return any(serves_board(user, body, role, today) for role in OFFICE_MARKS)


def same_organisation(user: User, organisation_id: int) -> bool:
    """True when the user belongs to the organisation and may see content at all."""
    return (
        user.person is not None
        and user.person.organisation_id == organisation_id
        and not user.is_system_administrator
    )
