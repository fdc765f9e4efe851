"""What each person has to do, gathered from the floors below, and the thread of a paragraph."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from desk.rules import Task, missing_words
from governance.enums import BodyKind, Role, RoundStateName
from governance.models import Body, Mandate, RoundState, User
from governance.permissions import held_roles
from governance.queries import open_rounds
from governance.rules import in_force
from internal_control.queries import plans_of_bodies as control_plans_of
from targets.queries import missing_outcomes
from targets.queries import plans_of_bodies as plans_of

COMMITTEE_ROLES = (Role.CONTROLLER, Role.HEAD_OF_ADMINISTRATION, Role.CHAIR, Role.READER)

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
    return [*outcome_tasks(user, today)]


@dataclass(frozen=True, kw_only=True)
class RoundLine:
    """A body's reporting round with how many outcomes are still missing."""

    state: RoundState
    missing: int
    is_mine: bool

    @property
    def is_open(self) -> bool:
        return self.state.state in {RoundStateName.OPEN, RoundStateName.RETURNED}


def bodies_where(user: User, today: date, *roles: Role) -> set[int]:
    """Ids of the bodies where the user holds one of the roles today."""
    wanted = {role.value for role in roles}
    return {body for body, role in held_roles(user, today) if role in wanted}


def round_lines(user: User, today: date) -> list[RoundLine]:
    """The reporting rounds of the user's committees, soonest due first."""
    states = open_rounds(bodies_where(user, today, *COMMITTEE_ROLES))
    missing = missing_outcomes(states) if states else {}
    mine = bodies_where(user, today, Role.CONTROLLER)
    return [
        RoundLine(state=state, missing=missing[state.pk], is_mine=state.body_id in mine)
        for state in states
    ]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A page of a committee's own figures, and what to call it."""

    body: str
    name: str
    url: str


def sources(user: User, today: date) -> list[Source]:
    """Where the figures of the user's committees stand: plans, internal control, economy."""
    bodies = bodies_where(user, today, *COMMITTEE_ROLES)
    found = [
        *(("targets:plan_detail", plan.pk, plan.name, plan.body) for plan in plans_of(bodies)),
        *(
            ("internal_control:plan_detail", plan.pk, plan.name, plan.body)
            for plan in control_plans_of(bodies)
        ),
        *(("economy:overview", body.pk, "Ekonomi", body) for body in bodies_with(bodies)),
    ]
    return [
        Source(body=body.short_name, name=name, url=reverse(url_name, args=[pk]))
        for url_name, pk, name, body in found
    ]


def bodies_with(ids: Iterable[int]) -> Sequence[Body]:
    return list(Body.objects.filter(pk__in=list(ids)).order_by("name"))


def outcome_tasks(user: User, today: date) -> list[Task]:
    return [
        Task(
            what="Fyll i utfall" if line.missing else "Lämna in utfallen",
            body=line.state.body.short_name,
            occasion=line.state.reporting_round.period.name,
            due=line.state.reporting_round.due_on,
            url=reverse("targets:entry_grid", args=[line.state.pk]),
            button="Fyll i" if line.missing else "Öppna",
            detail=missing_words(line.missing),
        )
        for line in round_lines(user, today)
        if line.is_mine and line.is_open
    ]
