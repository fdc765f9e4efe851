"""What waits for whom in the reporting rounds, besides filling in."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from governance.enums import Role
from governance.models import User
from governance.queries import holders, holders_at_the_board
from governance.rules import OpenTask
from rounds.contributions import asked_of
from rounds.enums import WITH_THE_CONTROLLER, RoundStateName
from rounds.models import RoundState
from rounds.queries.rounds import leads_rounds
from rounds.queries.states import waiting_states


def waiting_rounds(user: User, today: date) -> list[OpenTask]:
    """What to hand in and approve, and to the regional office who is late and what can be locked."""
    return [*_to_hand_in(user, today), *_to_approve(user, today), *_to_lead(user, today)]


# Whom an act waits for.


def controllers_told(state: RoundState, today: date) -> set[int]:
    return holders([state.body_id], Role.CONTROLLER, today)


def heads_told(state: RoundState, today: date) -> set[int]:
    return holders([state.body_id], Role.HEAD_OF_ADMINISTRATION, today)


def office_told(state: RoundState, today: date) -> set[int]:
    """The regional office locks it, and the controller reads that it is approved."""
    office = holders_at_the_board(state.body.organisation_id, Role.CASE_OFFICER, today)
    return office | controllers_told(state, today)


def _to_hand_in(user: User, today: date) -> Iterator[OpenTask]:
    """Rounds of which no part tells the controller itself."""
    for state in waiting_states(user, today):
        parts = asked_of(state.reporting_round)
        if state.state not in WITH_THE_CONTROLLER or any(part.has_task for part in parts):
            continue
        yield OpenTask(
            what=f"Lämna in: {', '.join(part.label.lower() for part in parts)}",
            body=state.body.short_name,
            occasion=state.reporting_round.period.name,
            due=state.reporting_round.due_on,
            url_name="rounds:round_state",
            pk=state.pk,
            button="Öppna",
            detail=state.reason,
        )


def _to_approve(user: User, today: date) -> Iterator[OpenTask]:
    for state in waiting_states(user, today):
        if state.state == RoundStateName.SUBMITTED:
            yield OpenTask(
                what="Godkänn utfallen",
                body=state.body.short_name,
                occasion=state.reporting_round.period.name,
                due=state.reporting_round.due_on,
                url_name="rounds:round_state",
                pk=state.pk,
                button="Granska",
            )


def _to_lead(user: User, today: date) -> Iterator[OpenTask]:
    if user.person is None or not leads_rounds(user, today):
        return
    found: dict[tuple[int, str, date], Counter[str]] = defaultdict(Counter)
    for pk, name, due, state in (
        RoundState.objects.filter(
            reporting_round__period__organisation_id=user.person.organisation_id
        )
        .exclude(state=RoundStateName.LOCKED)
        .order_by("reporting_round__due_on", "reporting_round_id")
        .values_list(
            "reporting_round_id",
            "reporting_round__name",
            "reporting_round__due_on",
            "state",
        )
    ):
        found[pk, name, due][state] += 1
    for (pk, name, due), states in found.items():
        late = sum(states[state] for state in WITH_THE_CONTROLLER)
        if late and due < today:
            words = f"{_bodies(late)} har inte lämnat in"
            yield _task(pk, name, what="Påminn om utfallen", body=words, due=due)
        if submitted := states[RoundStateName.SUBMITTED]:
            words = f"{_bodies(submitted)} har lämnat in"
            yield _task(pk, name, what="Läs inlämnade utfall", body=words, due=None)
        if approved := states[RoundStateName.APPROVED]:
            words = f"{_bodies(approved)} {'är godkänd' if approved == 1 else 'är godkända'}"
            yield _task(pk, name, what="Lås utfallen", body=words, due=None)


def _bodies(count: int) -> str:
    return "1 nämnd" if count == 1 else f"{count} nämnder"


def _task(pk: int, occasion: str, *, what: str, body: str, due: date | None) -> OpenTask:
    return OpenTask(
        what=what,
        body=body,
        occasion=occasion,
        due=due,
        url_name="rounds:round_detail",
        pk=pk,
        button="Öppna",
    )
