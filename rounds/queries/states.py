"""Where a body stands in its rounds, and why its figures of a period cannot be written."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from django.db import models
from django.db.models import F, Q, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse

from governance.declarations import table_of
from governance.enums import Role
from governance.models import Body, Period, User
from governance.permissions import asked_once, can_read_figures, require, roles_held
from rounds.contributions import asked_of
from rounds.enums import HANDED_IN, WITH_THE_CONTROLLER, RoundStateName
from rounds.models import RoundState
from rounds.permissions import can_change_round, can_lead_rounds, can_record
from rounds.rules.days import late_days
from rounds.rules.hand_in import NOT_HANDED_IN, REOPENED
from rounds.rules.lock_reason import Lock, lock_reason, return_reason

PREVIOUS = "reporting_round__period__previous"
# Those the period is compared with in turn, after the first: five in all are before it.
EARLIER = {f"earlier_{step}": F(f"{PREVIOUS}{'__previous' * step}") for step in (1, 2, 3, 4)}
TONES = {
    RoundStateName.OPEN: "neutral",
    RoundStateName.SUBMITTED: "info",
    RoundStateName.RETURNED: "warning",
    RoundStateName.APPROVED: "success",
    RoundStateName.LOCKED: "neutral",
}


def states_of(bodies: Iterable[int]) -> Sequence[RoundState]:
    """All round states of the bodies, soonest due first."""
    return list(
        RoundState.objects.filter(body_id__in=list(bodies))
        .select_related("reporting_round__period__previous", "body")
        .order_by("reporting_round__due_on", "id")
    )


@asked_once
def waiting_states(user: User, today: date) -> Sequence[RoundState]:
    """What the user has to hand in as controller or to approve as head, soonest due first."""
    bodies: dict[Role, list[int]] = defaultdict(list)
    for each in roles_held(user, today):
        bodies[each.role].append(each.body_id)
    writes, approves = bodies[Role.CONTROLLER], bodies[Role.HEAD_OF_ADMINISTRATION]
    if not writes and not approves:
        return ()
    return list(
        RoundState.objects.filter(
            Q(body__in=writes, state__in=WITH_THE_CONTROLLER)
            | Q(body__in=approves, state=RoundStateName.SUBMITTED)
        )
        .select_related("reporting_round__period", "body")
        .order_by("reporting_round__due_on", "id")
    )


def not_handed_in(body_id: int, periods: Collection[int]) -> tuple[str, ...]:
    """The names of those periods that the body has still to hand in, oldest first."""
    waiting = RoundState.objects.filter(
        body=body_id, state__in=WITH_THE_CONTROLLER, reporting_round__period__in=periods
    ).order_by("reporting_round__period__ends_on", "id")
    names = waiting.values_list("reporting_round__period__name", flat=True)
    return tuple(dict.fromkeys(names))


def period_states(period: Period, body: Body, part: str) -> Sequence[RoundState]:
    """Every round that asks the body for this part of the period; one handed in locks it."""
    found = (
        RoundState.objects.filter(reporting_round__period=period, body=body)
        .select_related("reporting_round")
        .order_by("id")
    )
    return [state for state in found if state.reporting_round.asks(part)]


def lock_of(period: Period, body: Body, part: str) -> str:
    """Why the part's figures of the period cannot be changed, in words; "" when they can."""
    return lock_of_part(period_states(period, body, part), part, period)


def lock_of_part(states: Iterable[RoundState], part: str, period: Period) -> str:
    """The same of states at hand: those that ask for the part decide."""
    asking = [state for state in states if state.reporting_round.asks(part)]
    return lock_words(asking) if asking else _nobody_asks(period)


def year_lock(body: Body, year: int, part: str) -> str:
    """Why the year is closed: its whole-year round has left the controller's hands."""
    return lock_words(
        state for state in year_states(body, year) if state.reporting_round.asks(part)
    )


def year_states(body: Body, year: int) -> QuerySet[RoundState]:
    """The body's states in rounds of the whole calendar year."""
    return (
        RoundState.objects.filter(
            body=body,
            reporting_round__period__starts_on=date(year, 1, 1),
            reporting_round__period__ends_on=date(year, 12, 31),
        )
        .select_related("reporting_round")
        .order_by("id")
    )


def year_of(period: Period) -> Period | None:
    """The whole calendar year that the period is a part of."""
    starts, ends = date(period.ends_on.year, 1, 1), date(period.ends_on.year, 12, 31)
    if period.starts_on < starts or (period.starts_on, period.ends_on) == (starts, ends):
        return None
    siblings = Period.objects.filter(organisation=period.organisation_id)
    return siblings.filter(starts_on=starts, ends_on=ends).order_by("id").first()


def lock_words(states: Iterable[RoundState]) -> str:
    return lock_reason(
        Lock(word=state.get_state_display(), on=state.changed_on, by=state.changed_by)
        for state in states
        if state.state in HANDED_IN
    )


def not_open(states: Sequence[RoundState], period: Period, today: date) -> str:
    """Why nothing can be reported at the period before anyone has handed it in; "" when it can."""
    if not states:
        return _nobody_asks(period)
    if period.starts_on > today:
        return f"{period.name} börjar först {period.starts_on.isoformat()}."
    return ""


def _nobody_asks(period: Period) -> str:
    return f"{period.name} är inte öppen för rapportering."


def returned(state: RoundState) -> str:
    """Who sent the period back, when and why; "" when nobody did."""
    if state.state != RoundStateName.RETURNED:
        return ""
    return return_reason(on=state.changed_on, by=state.changed_by, reason=state.reason)


def get_round_state_for(user: User, pk: int, today: date, *, write: bool = False) -> RoundState:
    """The round state whose figures the user may read, and write when asked for."""
    state = _state(pk)
    if state is None or not can_read_figures(user, state.body, today):
        raise Http404
    require(not write or can_record(user, state.body, today))
    return state


def get_state_for(user: User, pk: int, today: date, *, act: str = "") -> RoundState:
    """Where a body stands, to its own people and the regional office; 403 when the act is
    another's."""
    state = _state(pk)
    if state is None or not (
        can_read_figures(user, state.body, today)
        or can_lead_rounds(user, state.body.organisation_id, today)
    ):
        raise Http404
    require(not act or can_change_round(user, state, act, today))
    return state


def _state(pk: int) -> RoundState | None:
    return RoundState.objects.select_related("body__organisation", PREVIOUS).filter(pk=pk).first()


def with_siblings(user: User, pk: int, today: date, *, write: bool = False) -> list[RoundState]:
    """The state whose figures the user may read, and write when asked for, and after it the body's
    others of the same period, any of which may lock them; one query."""
    asked = RoundState.objects.filter(pk=pk)
    found = RoundState.objects.filter(
        body=Subquery(asked.values("body")),
        reporting_round__period=Subquery(asked.values("reporting_round__period")),
    ).select_related("body__organisation", PREVIOUS)
    states = sorted(found.annotate(**EARLIER), key=lambda state: (state.pk != pk, state.pk))
    if not states or not can_read_figures(user, states[0].body, today):
        raise Http404
    require(not write or can_record(user, states[0].body, today))
    return states


def chain_of(state: RoundState) -> list[int]:
    """The ids of its period and those it is compared with in turn, at most six."""
    period = state.reporting_round.period
    earlier = [getattr(state, name, None) for name in EARLIER]
    return [pk for pk in (period.pk, period.previous_id, *earlier) if pk]


def is_late(state: RoundState, today: date) -> bool:
    return state.state not in HANDED_IN and late_days(state.reporting_round.due_on, today) > 0


def word_of(state: RoundState, *, is_kept: bool) -> str:
    """Where the body stands; an open period has not been handed in, or was and is open again."""
    if state.state == RoundStateName.OPEN:
        return REOPENED if is_kept else NOT_HANDED_IN
    return state.get_state_display()


def handed_in(part: str) -> Callable[[models.Model], bool]:
    """When a governance file may not write a row of the part: a round that asks its body for it at
    the row's period has left the controller's hands."""

    def is_handed_in(row: models.Model) -> bool:
        states = RoundState.objects.filter(
            body=table_of(type(row)).body_of(row),
            reporting_round__period=getattr(row, "period_id"),  # noqa: B009 -- any model with a period
            state__in=HANDED_IN,
        )
        return any(
            state.reporting_round.asks(part) for state in states.select_related("reporting_round")
        )

    return is_handed_in


def entry_address(state: RoundState) -> str:
    """Where the controller begins: the first part that the round asks for."""
    found = (part.address(state) for part in asked_of(state.reporting_round))
    return next(filter(None, found), reverse("rounds:round_state", args=[state.pk]))
