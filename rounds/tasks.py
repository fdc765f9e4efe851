"""Envelopes: the reminder's row is the truth, these only ring and answer the bell."""

import logging
from collections.abc import Iterable
from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from rounds.actions.reminders import claim_reminder, give_up_reminders, send_claimed
from rounds.models import Reminder
from rounds.queries.reminders import unattended_reminders

logger = logging.getLogger(__name__)


@shared_task(time_limit=90)
def send_reminder(reminder_id: int) -> None:
    claim = claim_reminder(reminder_id, timezone.now())
    if claim is not None:
        send_claimed(claim, timezone.now())


@shared_task(expires=20)
def sweep_reminders() -> None:
    """Ring again for what was forgotten, and give up what never succeeds."""
    now = timezone.now()
    give_up_reminders(now)
    for reminder_id in unattended_reminders(now):
        _ring(reminder_id)


def ring(reminders: Iterable[Reminder]) -> None:
    """Tell a worker, after the commit. A silent bell loses nothing: the sweep takes the row."""
    for reminder in reminders:
        transaction.on_commit(partial(_ring, reminder.pk), robust=True)


def _ring(reminder_id: int) -> None:
    try:
        send_reminder.apply_async((reminder_id,), expires=60, retry=False)
    except Exception:  # any fault of the broker; the sweep rings again
        logger.warning("No bell for reminder %s", reminder_id, exc_info=True)
