"""Reporting rounds, and who has not reported in them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from governance.enums import BodyKind, Role
from governance.models import Body, Mandate, Organisation, Period, User
from governance.permissions import reading_bodies
from governance.rules import in_force
from rounds.contributions import asked_of
from rounds.enums import HANDED_IN, RoundStateName
from rounds.models import HandIn, ReportingRound, RoundState
from rounds.permissions import can_lead_rounds
from rounds.queries.hand_ins import lacked_in, outward_parts
from rounds.queries.states import TONES, is_late, word_of
from rounds.rules.days import due_words, last_day_words, late_days, late_words

REPORTING_KINDS = (BodyKind.BOARD, BodyKind.OPERATIONS, BodyKind.COMMITTEE, BodyKind.JOINT)


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
        states = states.filter(body_id__in=reading_bodies(user, today))
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
    return states.filter(body_id__in=reading_bodies(user, today))


def round_page(
    user: User, reporting_round: ReportingRound, today: date, *, only_waiting: bool = False
) -> RoundPage:
    """Each body of the round that the user may follow; the same few queries for any number.

    What is missing in a draft is told to the body's own people alone, and judged body by body.
    """
    states = list(
        states_for(user, reporting_round, today)
        .select_related("body__organisation", "reporting_round__period")
        .annotate(is_kept=Exists(HandIn.objects.filter(state=OuterRef("pk"))))
        .order_by("body__name", "id")
    )
    lacks = _lacks(states, reading_bodies(user, today))
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
                word=word_of(state, is_kept=state.is_kept),
                tone=TONES[RoundStateName(state.state)],
                is_handed_in=state.state in HANDED_IN,
                is_late=is_late(state, today),
                late_words=due_words(reporting_round.due_on, today),
                controllers=tuple(one.person.name for one in controllers[state.body_id]),
                lacks=lacks[state.pk],
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


def _lacks(states: Sequence[RoundState], own: Collection[int]) -> dict[int, str]:
    """Per state, in words: of its own people's rows as they stand, to others as handed in."""
    drafts = [state for state in states if state.body_id in own]
    others = [state for state in states if state.body_id not in own]
    found: dict[int, list[str | None]] = defaultdict(list)
    parts = asked_of(states[0].reporting_round) if states else ()
    snapshots = outward_parts(others)
    for part in parts:
        said = part.lacks(drafts) if drafts else {}
        for state in drafts:
            found[state.pk].append(said[state.pk])
        for state in others:
            found[state.pk].append(lacked_in(part, snapshots.get(state.pk, {})))
    return {state.pk: _lacks_words(found[state.pk]) for state in states}


def _lacks_words(said: Sequence[str | None]) -> str:
    if all(words is None for words in said):
        return "–"
    return "; ".join(filter(None, said)) or "Inget saknas"


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


def reporting_bodies(organisation: Organisation, today: date) -> QuerySet[Body]:
    """The bodies that report: every board and committee in force; not councils and their like."""
    return Body.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_to=None) | Q(valid_to__gte=today),
        organisation=organisation,
        kind__in=REPORTING_KINDS,
    ).order_by("name")
