"""Ordering reminders; each is a mail that the queue sends once (ADR 5)."""

from collections.abc import Collection
from datetime import date, datetime

from django.urls import reverse

from documents.actions import request_mail
from documents.jobs import retry
from governance.models import Person, User
from governance.refusals import atomic
from governance.rules import Refusal
from governance.writing import add
from rounds.models import Reminder, ReportingRound
from rounds.queries.reminders import addressees_of, mailing_to
from rounds.rules.reminders import Letter

ORDERED = {"läge": ("", "beställd")}


class NobodyToRemind(Refusal):
    pass


@atomic()
def order_reminders(
    *,
    reporting_round: ReportingRound,
    persons: Collection[int],
    again: Collection[int] = (),
    by: User,
    today: date,
    now: datetime,
) -> list[Reminder]:
    """One row per chosen person who still has something to hand in; the worker sends them.

    Who has been reminded today is left out unless chosen in ``again``. The persons are locked
    first, so that two who press at once do not both remind. The caller's view rings afterwards. Raises
    NobodyToRemind when nothing is left to send.
    """
    locked = Person.objects.select_for_update().filter(
        organisation_id=reporting_round.period.organisation_id, pk__in={*persons, *again}
    )
    chosen = {person.pk for person in locked.order_by("pk")}
    found, _lonely = addressees_of(reporting_round, today)
    wanted = [addressee for addressee in found if addressee.person_id in chosen]
    letters = [
        letter
        for letter in mailing_to(wanted, by=by, today=today, now=now).letters
        if letter.person_id in again or not letter.is_repeated
    ]
    if not letters:
        raise NobodyToRemind(
            "Ingen påminnelse skickas: de valda har redan lämnat in, har redan fått en påminnelse "
            "i dag eller saknar e-postadress."
        )
    return [_ordered(reporting_round, letter, by=by, now=now) for letter in letters]


def _ordered(
    reporting_round: ReportingRound, letter: Letter, *, by: User, now: datetime
) -> Reminder:
    mail = request_mail(
        organisation=reporting_round.period.organisation,
        to=letter.address,
        subject=letter.subject,
        text=letter.text,
        about=reverse("rounds:round_detail", args=[reporting_round.pk]),
        by=by,
        now=now,
    )
    reminder = Reminder(
        reporting_round=reporting_round,
        person_id=letter.person_id,
        mail=mail,
        asked_by=str(by),
        asked_at=now,
    )
    return add(reminder, told=ORDERED, by=by, now=now)


def retry_reminder(*, reminder: Reminder, by: User, now: datetime) -> None:
    """Send a failed one again, with a new round of attempts. Raises NotRetryable."""
    retry(reminder.mail, by=by, now=now)
