"""Ordering reminders, and sending each once by whoever holds it (ADR 5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from governance.actions import audit
from governance.models import Person, User
from governance.rules import Refusal
from rounds.models import Reminder, ReportingRound
from rounds.queries.reminders import addressees_of, mailing_to
from rounds.rules.reminders import (
    ATTEMPTS,
    GIVEN_UP,
    LEASE,
    TRY_AGAIN_AFTER,
    Fault,
    Letter,
    fault_of,
)


class NobodyToRemind(Refusal):
    pass


class NotRetryable(Refusal):
    pass


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to send one reminder until an instant; the instant tells the claims apart."""

    reminder_id: int
    attempt: int
    until: datetime


@transaction.atomic
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
    reminder = Reminder.objects.create(
        reporting_round=reporting_round,
        person_id=letter.person_id,
        address=letter.address,
        subject=letter.subject,
        text=letter.text,
        asked_by=str(by),
        asked_at=now,
    )
    _audit(reminder, by=by, new="beställd")
    return reminder


@transaction.atomic
def retry_reminder(*, reminder: Reminder, by: User) -> None:
    """Send a failed one again, with a new round of attempts."""
    failed = Reminder.objects.filter(pk=reminder.pk, sent_at=None).exclude(error="").order_by()
    if not failed.update(error="", attempts=0, claimed_until=None):
        raise NotRetryable("Påminnelsen har inte misslyckats och behöver inte skickas igen.")
    _audit(reminder, by=by, old="misslyckades", new="skickas igen")


def claim_reminder(reminder_id: int, now: datetime) -> Claim | None:
    """Take the reminder when nobody holds it; None when it is sent, failed or another's."""
    until = now + LEASE
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    taken = (
        Reminder.objects.filter(free, pk=reminder_id, sent_at=None, error="", attempts__lt=ATTEMPTS)
        .order_by()
        .update(attempts=F("attempts") + 1, claimed_until=until)
    )
    if not taken:
        return None
    attempt = Reminder.objects.values_list("attempts", flat=True).get(pk=reminder_id)
    return Claim(reminder_id=reminder_id, attempt=attempt, until=until)


def send_claimed(claim: Claim, now: datetime) -> None:
    """Send through Django's mail backend and note how it went.

    A worker that dies after the server took the mail and before the note is the one case in
    which a mail may go twice; both copies then carry the same Message-ID.
    """
    reminder = Reminder.objects.get(pk=claim.reminder_id)
    try:
        message_of(reminder).send()
    except Exception as error:  # any fault of the transport; the row says which
        _note_fault(claim, fault_of(error), now)
    else:
        _note_sent(claim, now)


def message_of(reminder: Reminder) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=reminder.subject,
        body=reminder.text,
        to=[reminder.address],
        headers={
            "Message-ID": f"<paminnelse-{reminder.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


@transaction.atomic
def _note_sent(claim: Claim, now: datetime) -> None:
    """A mail that went has gone, also when the lease ran out meanwhile."""
    unsent = Reminder.objects.filter(pk=claim.reminder_id, sent_at=None).order_by()
    if unsent.update(sent_at=now, error="", claimed_until=None):
        _audit(Reminder.objects.get(pk=claim.reminder_id), by=None, new="skickad")


@transaction.atomic
def _note_fault(claim: Claim, fault: Fault, now: datetime) -> None:
    """A temporary fault is tried again after a while; nothing is noted when no longer mine."""
    mine = Reminder.objects.filter(
        pk=claim.reminder_id, sent_at=None, claimed_until=claim.until
    ).order_by()
    if fault.is_temporary and claim.attempt < ATTEMPTS:
        mine.update(claimed_until=now + TRY_AGAIN_AFTER)
    elif mine.update(error=fault.words, claimed_until=None):
        reminder = Reminder.objects.get(pk=claim.reminder_id)
        _audit(reminder, by=None, new=f"misslyckades: {fault.words}")


@transaction.atomic
def give_up_reminders(now: datetime) -> int:
    """Fail what has killed its worker at every attempt."""
    exhausted = Reminder.objects.filter(
        sent_at=None, error="", attempts__gte=ATTEMPTS, claimed_until__lt=now
    )
    rows = list(exhausted.select_related("person"))
    exhausted.order_by().update(error=GIVEN_UP, claimed_until=None)
    for reminder in rows:
        _audit(reminder, by=None, new=f"misslyckades: {GIVEN_UP}")
    return len(rows)


def _audit(reminder: Reminder, *, by: User | None, old: str = "", new: str) -> None:
    audit(
        by=by,
        obj=reminder,
        organisation_id=reminder.person.organisation_id,
        field="läge",
        old=old,
        new=new,
    )
