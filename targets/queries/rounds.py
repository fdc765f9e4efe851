"""Reporting rounds: where each body stands, and who may take it further."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from governance.enums import ALLOWED, HANDED_IN, BodyKind, Role, RoundStateName
from governance.models import (
    AuditEntry,
    Body,
    Mandate,
    Organisation,
    Period,
    ReportingRound,
    RoundState,
    User,
)
from governance.permissions import held_roles
from governance.queries import history
from governance.rules import in_force
from targets.permissions import (
    READING_ROLES,
    can_change_round,
    can_lead_rounds,
    can_read_outcomes,
)
from targets.queries.entry import lock_of
from targets.queries.missing import (
    missing_comments,
    missing_outcomes,
    units_without_outcomes,
)
from targets.rules import due_words, lacks_words, last_day_words, late_days, late_words

REPORTING_KINDS = (BodyKind.BOARD, BodyKind.OPERATIONS, BodyKind.COMMITTEE, BodyKind.JOINT)
NOT_HANDED_IN = "Ej inlämnat"
TONES = {
    RoundStateName.OPEN: "neutral",
    RoundStateName.SUBMITTED: "info",
    RoundStateName.RETURNED: "warning",
    RoundStateName.APPROVED: "success",
    RoundStateName.LOCKED: "neutral",
}


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """A reporting round in the list; the counts are of the bodies its reader may follow."""

    id: int
    name: str
    period: str
    due: date
    bodies: int
    handed_in: int
    approved: int
    locked: int
    late_words: str


def round_rows(user: User, today: date) -> list[RoundRow]:
    """All rounds of the region for the regional office, else those of the user's own committees."""
    if user.person is None:
        return []
    organisation_id = user.person.organisation_id
    states = RoundState.objects.filter(body__organisation_id=organisation_id)
    rounds = ReportingRound.objects.filter(period__organisation_id=organisation_id)
    if not leads_rounds(user, today):
        states = states.filter(body_id__in=own_bodies(user, today))
        rounds = rounds.filter(states__in=states).distinct()
    found = (
        rounds.select_related("period")
        .prefetch_related(Prefetch("states", states))
        .order_by("-period__ends_on", "-due_on", "id")
    )
    return [_round_row(each, today) for each in found]


def _round_row(reporting_round: ReportingRound, today: date) -> RoundRow:
    states = [state.state for state in reporting_round.states.all()]
    handed_in = sum(state in HANDED_IN for state in states)
    late = len(states) - handed_in if late_days(reporting_round.due_on, today) else 0
    return RoundRow(
        id=reporting_round.pk,
        name=reporting_round.name,
        period=reporting_round.period.name,
        due=reporting_round.due_on,
        bodies=len(states),
        handed_in=handed_in,
        approved=states.count(RoundStateName.APPROVED),
        locked=states.count(RoundStateName.LOCKED),
        late_words=late_words(late),
    )


def leads_rounds(user: User, today: date) -> bool:
    return user.person is not None and can_lead_rounds(user, user.person.organisation_id, today)


def organisation_led_by(user: User, today: date) -> Organisation:
    """The region whose rounds the user opens; 403 to everybody else."""
    if user.person is None or not leads_rounds(user, today):
        raise PermissionDenied
    return user.person.organisation


def own_bodies(user: User, today: date) -> set[int]:
    """Ids of the bodies whose drafts the user may read."""
    return {body for body, role in held_roles(user, today) if role in READING_ROLES}


@dataclass(frozen=True, kw_only=True)
class RoundLine:
    """One body in a round; ``lacks`` tells what is missing to those who may know it."""

    id: int
    body: str
    word: str
    tone: str
    is_handed_in: bool
    is_late: bool
    late_words: str
    controllers: tuple[str, ...]
    lacks: str


@dataclass(frozen=True, kw_only=True)
class RoundPage:
    """'Vem har inte rapporterat'"""

    round: ReportingRound
    period: Period
    due_words: str
    lines: tuple[RoundLine, ...]
    leads: bool
    only_waiting: bool
    bodies: int
    handed_in: int
    approved: int
    lockable: int

    @property
    def waiting(self) -> int:
        return self.bodies - self.handed_in


def get_round_for(user: User, pk: int, today: date, *, lead: bool = False) -> ReportingRound:
    """The round, to the regional office and to people of a committee in it; else 404.

    ``lead`` asks for the regional office: 403 to the committees.
    """
    found = (
        ReportingRound.objects.select_related("period__previous", "period__organisation")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    if can_lead_rounds(user, found.period.organisation_id, today):
        return found
    if not states_for(user, found, today).exists():
        raise Http404
    if lead:
        raise PermissionDenied
    return found


def states_for(user: User, reporting_round: ReportingRound, today: date) -> QuerySet[RoundState]:
    """The round's states that the user may follow."""
    organisation_id = reporting_round.period.organisation_id
    states = RoundState.objects.filter(reporting_round=reporting_round)
    if can_lead_rounds(user, organisation_id, today):
        return states
    if user.person is None or user.person.organisation_id != organisation_id:
        return states.none()
    return states.filter(body_id__in=own_bodies(user, today))


def round_page(
    user: User, reporting_round: ReportingRound, today: date, *, only_waiting: bool = False
) -> RoundPage:
    """Each body of the round that the user may follow; the same few queries for any number.

    What is missing in a draft is told to the body's own people alone, and judged body by body.
    """
    states = list(
        states_for(user, reporting_round, today)
        .select_related("body__organisation", "reporting_round__period")
        .order_by("body__name", "id")
    )
    own = own_bodies(user, today)
    known = [state for state in states if state.body_id in own or state.state in HANDED_IN]
    missing = missing_outcomes(known) if known else {}
    drafts = [state for state in states if state.body_id in own]
    units = units_without_outcomes(drafts) if drafts else {}
    comments = {state.pk: missing_comments(state) for state in drafts}
    controllers = controllers_of({state.body_id for state in states}, today)
    handed_in = sum(state.state in HANDED_IN for state in states)
    return RoundPage(
        round=reporting_round,
        period=reporting_round.period,
        due_words=last_day_words(reporting_round.due_on, today, is_waiting=handed_in < len(states)),
        lines=tuple(
            RoundLine(
                id=state.pk,
                body=state.body.short_name,
                word=word_of(state),
                tone=TONES[RoundStateName(state.state)],
                is_handed_in=state.state in HANDED_IN,
                is_late=is_late(state, today),
                late_words=due_words(reporting_round.due_on, today),
                controllers=tuple(one.person.name for one in controllers[state.body_id]),
                lacks=lacks_words(
                    missing.get(state.pk), comments.get(state.pk), units.get(state.pk)
                ),
            )
            for state in states
            if not (only_waiting and state.state in HANDED_IN)
        ),
        leads=can_lead_rounds(user, reporting_round.period.organisation_id, today),
        only_waiting=only_waiting,
        bodies=len(states),
        handed_in=handed_in,
        approved=sum(state.state == RoundStateName.APPROVED for state in states),
        lockable=sum(state.state != RoundStateName.LOCKED for state in states),
    )


def is_late(state: RoundState, today: date) -> bool:
    return state.state not in HANDED_IN and late_days(state.reporting_round.due_on, today) > 0


def word_of(state: RoundState) -> str:
    """Where the body stands; an open period is one that has not been handed in."""
    return NOT_HANDED_IN if state.state == RoundStateName.OPEN else state.get_state_display()


def controllers_of(bodies: Collection[int], today: date) -> dict[int, list[Mandate]]:
    """The mandates as controller in force, with their persons, per body; one query."""
    found: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in (
        Mandate.objects.filter(body_id__in=bodies, role=Role.CONTROLLER)
        .select_related("person")
        .order_by("person__name", "id")
    ):
        if in_force(mandate.valid_from, mandate.valid_to, today):
            found[mandate.body_id].append(mandate)
    return found


@dataclass(frozen=True, kw_only=True)
class Step:
    """One change of a body's state: when, by whom, to what and why."""

    at: datetime
    who: str
    word: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StatePage:
    """One body in one round: where it stands, what has happened and what the reader may do."""

    state: RoundState
    body: Body
    round: ReportingRound
    period: Period
    word: str
    tone: str
    due_words: str
    is_late: bool
    reason: str
    reason_title: str
    lock: str
    missing: int | None
    without_comment: int | None
    units: tuple[str, ...]
    opens_grid: bool
    steps: tuple[Step, ...]
    may: frozenset[RoundStateName]

    @property
    def may_approve(self) -> bool:
        return RoundStateName.APPROVED in self.may

    @property
    def may_return(self) -> bool:
        return RoundStateName.RETURNED in self.may

    @property
    def may_lock(self) -> bool:
        return RoundStateName.LOCKED in self.may

    @property
    def may_reopen(self) -> bool:
        return RoundStateName.OPEN in self.may

    @property
    def lock_text(self) -> str:
        if self.state.state == RoundStateName.APPROVED:
            return "Godkända utfall låses. De kan öppnas igen, med ett skäl som loggas."
        return (
            "Utfallen är inte godkända av nämndens förvaltningschef. De låses som de är och kan "
            "öppnas igen, med ett skäl som loggas."
        )

    @property
    def is_open_but_locked(self) -> bool:
        """Another round of the same period has locked its outcomes (wall 4)."""
        return self.state.state == RoundStateName.OPEN and self.lock != ""


def get_state_for(
    user: User, pk: int, today: date, *, to: RoundStateName | None = None
) -> RoundState:
    """Where a body stands, to its own people and the regional office; 403 when ``to`` is
    another's to decide."""
    state = (
        RoundState.objects.select_related("body__organisation", "reporting_round__period__previous")
        .filter(pk=pk)
        .first()
    )
    if state is None or not (
        can_read_outcomes(user, state.body, today)
        or can_lead_rounds(user, state.body.organisation_id, today)
    ):
        raise Http404
    if to is not None and not can_change_round(user, state, to, today):
        raise PermissionDenied
    return state


def state_page(user: User, state: RoundState, today: date) -> StatePage:
    own = can_read_outcomes(user, state.body, today)
    knows = own or state.state in HANDED_IN
    may = {
        to
        for to in ALLOWED[RoundStateName(state.state)]
        if to != RoundStateName.SUBMITTED and can_change_round(user, state, to, today)
    }
    steps = steps_of(history(state), own=own)
    is_internal = state.state == RoundStateName.RETURNED and not own
    return StatePage(
        state=state,
        body=state.body,
        round=state.reporting_round,
        period=state.reporting_round.period,
        word=word_of(state),
        tone=TONES[RoundStateName(state.state)],
        due_words=last_day_words(
            state.reporting_round.due_on, today, is_waiting=state.state not in HANDED_IN
        ),
        is_late=is_late(state, today),
        reason="" if is_internal else state.reason,
        reason_title="Öppnad igen:" if state.state == RoundStateName.OPEN else "Skickad tillbaka:",
        lock=lock_of(state.reporting_round.period, state.body),
        missing=missing_outcomes([state])[state.pk] if knows else None,
        without_comment=missing_comments(state) if own else None,
        units=units_without_outcomes([state])[state.pk] if own else (),
        opens_grid=own,
        steps=tuple(steps),
        may=frozenset(may),
    )


def steps_of(entries: Iterable[AuditEntry], *, own: bool) -> list[Step]:
    """The changes of state, newest first, each with the reason written just after it.

    Why something was sent back within the committee is told to its ``own`` people alone.
    """
    steps: list[Step] = []
    reason = ""
    for entry in entries:
        if entry.field == "reason":
            reason = entry.new
        elif entry.field == "state":
            to = RoundStateName(entry.new)
            shown = own or to != RoundStateName.RETURNED
            word = "Öppnad igen" if to == RoundStateName.OPEN else str(to.label)
            steps.append(
                Step(at=entry.at, who=entry.actor, word=word, reason=reason if shown else "")
            )
            reason = ""
    return steps


def reporting_bodies(organisation: Organisation, today: date) -> QuerySet[Body]:
    """The bodies that report: every board and committee in force; not councils and their like."""
    return Body.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_to=None) | Q(valid_to__gte=today),
        organisation=organisation,
        kind__in=REPORTING_KINDS,
    ).order_by("name")
