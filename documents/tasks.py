"""Envelopes: the job row is the truth, these only ring and answer the bell."""

import logging
import os
import socket
from functools import partial

from celery import shared_task
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from documents import files, jobs, rules, running
from documents.jobs import Job

logger = logging.getLogger(__name__)


@shared_task
def run_job(label: str, pk: int) -> None:
    """Do one job, of whatever kind."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    claim = jobs.claim(apps.get_model(label), pk, worker, timezone.now())
    if claim is not None:
        running.run(claim)


@shared_task(expires=20)
def sweep() -> None:
    """Ring again for what was forgotten, give up what never succeeds, clear half-written files."""
    running.show_life()
    now = timezone.now()
    for kind in jobs.kinds():
        jobs.give_up(kind, now)
        forgotten = jobs.unattended(kind, now)
        for job in forgotten:
            _ring(job)
        if forgotten:
            jobs.note_rung(kind, [job.pk for job in forgotten], now)
    files.remove_temporary(older_than=now - rules.TEMPORARY_FOR)


def ring(job: Job) -> None:
    """Tell a worker, after the commit. A silent bell loses nothing: the sweep takes the row."""
    transaction.on_commit(partial(_ring, job), robust=True)


def _ring(job: Job) -> None:
    limits = job.limits
    try:
        run_job.apply_async(
            (job._meta.label, job.pk),
            queue=limits.queue,
            soft_time_limit=limits.soft_seconds,
            time_limit=limits.hard_seconds,
            retry=False,
        )
    except Exception:  # any fault of the broker; the sweep rings again
        logger.warning("No bell for %s %s", job._meta.label, job.pk, exc_info=True)
