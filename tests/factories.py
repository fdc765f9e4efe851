"""Minimal valid rows of the ground; the apps' own factories build on these."""

from datetime import date

from governance.enums import BodyKind, Role, RoundStateName
from governance.models import (
    Body,
    Mandate,
    Organisation,
    Period,
    Person,
    ReportingRound,
    RoundState,
    Unit,
    User,
)

PASSWORD = "ett-langt-losenord"  # noqa: S105 -- a test login
TODAY = date(2026, 3, 10)


def make_organisation(key: str = "region-test", name: str = "Region Test") -> Organisation:
    return Organisation.objects.create(key=key, name=name, demo_today=TODAY)


def make_body(
    org: Organisation,
    key: str = "dnrgs",
    *,
    kind: BodyKind = BodyKind.OPERATIONS,
    short_name: str = "DN Regionservice",
    parent: Body | None = None,
) -> Body:
    """A body with its root unit (wall 5)."""
    body = Body.objects.create(
        organisation=org,
        parent=parent,
        key=key,
        kind=kind,
        name=f"Nämnden {key}",
        definite="driftnämnden",
        genitive="driftnämndens",
        short_name=short_name,
        code=key.upper()[:20],
        administration="Förvaltningen",
    )
    Unit.objects.create(body=body, key="hela", name="Hela förvaltningen")
    return body


def make_user(
    org: Organisation, username: str, *, name: str = "", roles: dict[Role, Body] | None = None
) -> User:
    """A person with a login and the roles given."""
    person = Person.objects.create(
        organisation=org, key=username, name=name or username.replace("-", " ").title()
    )
    for role, body in (roles or {}).items():
        make_mandate(person, body, role)
    return User.objects.create_user(
        username=f"{org.key}-{username}", password=PASSWORD, person=person
    )


def make_mandate(person: Person, body: Body, role: Role) -> Mandate:
    return Mandate.objects.create(
        body=body, person=person, key=f"{role}-{person.key}", role=role, valid_from=None
    )


def make_period(org: Organisation, year: int = 2025, previous: Period | None = None) -> Period:
    return Period.objects.create(
        organisation=org,
        key=f"helar-{year}",
        name=f"Helår {year}",
        short_name=f"Helår {year}",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        previous=previous,
    )


def make_round_state(
    period: Period, body: Body, state: RoundStateName = RoundStateName.OPEN
) -> RoundState:
    reporting_round, _made = ReportingRound.objects.get_or_create(
        period=period,
        key="arsrapport",
        defaults={
            "name": f"Årsrapport {period.ends_on.year}",
            "cut_off_on": period.ends_on,
            "due_on": date(period.ends_on.year + 1, 3, 31),
        },
    )
    return RoundState.objects.create(reporting_round=reporting_round, body=body, state=state)
