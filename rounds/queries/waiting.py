"""What waits for whom in the reporting rounds, besides filling in."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from governance.enums import Role
from governance.models import User
from governance.permissions import held_roles
from governance.rules import OpenTask
from rounds.contributions import asked_of
from rounds.enums import HANDED_IN, WITH_THE_CONTROLLER, RoundStateName
from rounds.models import ReportingRound, RoundState
from rounds.queries.rounds import leads_rounds
from rounds.queries.states import states_of


def waiting_rounds(user: User, today: date) -> list[OpenTask]:
    """What to hand in and approve, and to the regional office who is late and what can be locked."""
    return [*_to_hand_in(user, today), *_to_approve(user, today), *_to_lead(user, today)]


def _to_hand_in(user: User, today: date) -> Iterator[OpenTask]:
    """Rounds of which no part tells the controller itself."""
    own = {body for body, role in held_roles(user, today) if role == Role.CONTROLLER}
    for state in states_of(own):
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
    bodies = {body for body, role in held_roles(user, today) if role == Role.HEAD_OF_ADMINISTRATION}
    if not bodies:
        return
    for state in RoundState.objects.filter(
        body__in=bodies, state=RoundStateName.SUBMITTED
    ).select_related("body", "reporting_round__period"):
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
    rounds = (
        ReportingRound.objects.filter(period__organisation_id=user.person.organisation_id)
        .exclude(states=None)
        .select_related("period")
        .prefetch_related("states")
    )
    for each in rounds.order_by("due_on", "id"):
        states = Counter(state.state for state in each.states.all())
        late = sum(states.values()) - sum(states[one] for one in HANDED_IN)
        if late and each.due_on < today:
            words = f"{_bodies(late)} har inte lämnat in"
            yield _task(each, what="Påminn om utfallen", body=words, due=each.due_on)
        if approved := states[RoundStateName.APPROVED]:
            words = f"{_bodies(approved)} {'är godkänd' if approved == 1 else 'är godkända'}"
            yield _task(each, what="Lås utfallen", body=words, due=None)


def _bodies(count: int) -> str:
    return "1 nämnd" if count == 1 else f"{count} nämnder"


def _task(reporting_round: ReportingRound, *, what: str, body: str, due: date | None) -> OpenTask:
    return OpenTask(
        what=what,
        body=body,
        occasion=reporting_round.name,
        due=due,
        url_name="rounds:round_detail",
        pk=reporting_round.pk,
        button="Öppna",
    )
