"""Minimal valid rows of the ground; the apps' own factories build on these."""

from datetime import date

from governance.enums import BodyKind, Role
from governance.models import Body, Mandate, Organisation, Period, Person, Unit, User
from rounds.actions.hand_in import decide, hand_in, keep_figures
from rounds.enums import HAND_IN, RoundStateName
from rounds.models import HandIn, ReportingRound, RoundState
from rounds.queries.hand_ins import newest

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


def keep(state: RoundState) -> HandIn:
    """What a hand-in keeps, of the rows as they stand now."""
    kept = RoundState.objects.select_related(
        "body__organisation", "reporting_round__period__previous"
    ).get(pk=state.pk)
    return keep_figures(kept, replaces=None, by=None, today=TODAY)


def take(state: RoundState, act: str, *, by: User, reason: str = "") -> RoundState:
    """An act of the round as its page sends it: the version and the bytes that stand now."""
    state.refresh_from_db()
    at = {"state": state, "by": by, "today": TODAY, "seen": state.version}
    if act == HAND_IN:
        return hand_in(**at).state
    shown = newest(state)
    return decide(**at, act=act, reason=reason, shown=shown.sha256 if shown else "")
