"""Who is to be reminded of a round, what each will be sent, and the log."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from documents.enums import State
from documents.queries import usable_address
from governance.models import Person, User
from governance.permissions import require
from rounds.enums import HANDED_IN, RoundStateName
from rounds.models import Reminder, ReportingRound, RoundState
from rounds.permissions import can_lead_rounds
from rounds.queries.rounds import controllers_of
from rounds.queries.states import entry_address
from rounds.rules.reminders import Addressee, Mailing, WaitingBody, mailing

LOGGED = 200


@dataclass(frozen=True, kw_only=True)
class ReminderPage:
    """What would be sent now, to whom, and who cannot be reached."""

    round: ReportingRound
    mailing: Mailing
    without_controller: tuple[str, ...]


def reminder_page(
    user: User, reporting_round: ReportingRound, *, today: date, now: datetime
) -> ReminderPage:
    found, lonely = addressees_of(reporting_round, today)
    return ReminderPage(
        round=reporting_round,
        mailing=mailing_to(found, by=user, today=today, now=now),
        without_controller=tuple(lonely),
    )


def addressees_of(
    reporting_round: ReportingRound, today: date
) -> tuple[list[Addressee], list[str]]:
    """(controllers of the round's bodies that have not handed in, bodies without a controller).

    Each controller comes with everything of the region that waits for that person, whatever
    the round, so that one mail says it all.
    """
    waiting = list(
        RoundState.objects.exclude(state__in=HANDED_IN)
        .filter(
            body__organisation_id=reporting_round.period.organisation_id,
            reporting_round__period__starts_on__lte=today,
        )
        .select_related("body", "reporting_round__period")
        .order_by("reporting_round__due_on", "body__name", "id")
    )
    here = {state.body_id: state.body for state in waiting if _is_in(state, reporting_round)}
    controllers = controllers_of({state.body_id for state in waiting}, today)
    persons: dict[int, Person] = {}
    items: dict[int, list[WaitingBody]] = defaultdict(list)
    for state in waiting:
        for mandate in controllers[state.body_id]:
            items[mandate.person_id].append(_waiting(state))
            if state.body_id in here:
                persons[mandate.person_id] = mandate.person
    found = [
        Addressee(
            person_id=person.pk,
            name=person.name,
            address=usable_address(person.email),
            waiting=tuple(items[person.pk]),
        )
        for person in sorted(persons.values(), key=lambda person: (person.name, person.pk))
    ]
    return found, [body.short_name for pk, body in here.items() if not controllers[pk]]


def _is_in(state: RoundState, reporting_round: ReportingRound) -> bool:
    return state.reporting_round_id == reporting_round.pk


def _waiting(state: RoundState) -> WaitingBody:
    return WaitingBody(
        body=state.body.short_name,
        period=state.reporting_round.period.name,
        occasion=state.reporting_round.name,
        due=state.reporting_round.due_on,
        is_returned=state.state == RoundStateName.RETURNED,
        url=urljoin(settings.SITE_URL, entry_address(state)),
    )


def mailing_to(addressees: Iterable[Addressee], *, by: User, today: date, now: datetime) -> Mailing:
    """The letters as they would be sent now, in the name of the person who asks."""
    wanted = list(addressees)
    organisation = by.person.organisation if by.person else None
    return mailing(
        wanted,
        reminded=reminded_on(timezone.localtime(now).date(), wanted),
        sender=str(by),
        organisation=f"{organisation.unit_of_office}, {organisation}" if organisation else "",
        today=today,
    )


def reminded_on(day: date, addressees: Iterable[Addressee]) -> set[int]:
    """Ids of the persons who were sent, or are about to be sent, a reminder on the day."""
    return set(
        Reminder.objects.filter(
            person__in=[each.person_id for each in addressees], asked_at__date=day
        )
        .exclude(mail__state=State.FAILED)
        .values_list("person_id", flat=True)
    )


def reminder_log(reporting_round: ReportingRound) -> Sequence[Reminder]:
    """The newest reminders asked for from the round."""
    return list(
        Reminder.objects.filter(reporting_round=reporting_round).select_related("person", "mail")[
            :LOGGED
        ]
    )


def get_reminder_for(user: User, pk: int, today: date) -> Reminder:
    """A reminder, to the regional office; 404 outside the region, 403 to others in it."""
    found = (
        Reminder.objects.select_related("person", "reporting_round", "mail").filter(pk=pk).first()
    )
    if found is None or user.person is None:
        raise Http404
    if user.person.organisation_id != found.person.organisation_id:
        raise Http404
    require(can_lead_rounds(user, found.person.organisation_id, today))
    return found
