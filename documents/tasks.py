"""Envelopes: the job row is the truth, these only ring and answer the bell."""

import logging
import os
import socket
from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from documents import actions, files, production, queries, rules
from documents.enums import PageFormat
from documents.models import Document

logger = logging.getLogger(__name__)


@shared_task
def render_document(document_id: int) -> None:
    claim = actions.claim(document_id, f"{socket.gethostname()}:{os.getpid()}", timezone.now())
    if claim is not None:
        production.produce(claim)


@shared_task(expires=20)
def sweep() -> None:
    """Ring again for what was forgotten, give up what never succeeds, clear half-written files."""
    now = timezone.now()
    actions.give_up(now)
    forgotten = queries.unattended(now)
    for document in forgotten:
        _ring(document)
    if forgotten:
        actions.note_rung([document.pk for document in forgotten], now)
    files.remove_temporary(older_than=now - rules.LEASE)


def ring(document: Document) -> None:
    """Tell a worker, after the commit. A silent bell loses nothing: the sweep takes the row."""
    transaction.on_commit(partial(_ring, document), robust=True)


def _ring(document: Document) -> None:
    limits = rules.limits(
        page_format=PageFormat(document.page_format), html_length=len(document.html)
    )
    try:
        render_document.apply_async(
            (document.pk,),
            queue=limits.queue,
            soft_time_limit=limits.soft_seconds,
            time_limit=limits.hard_seconds,
            retry=False,
        )
    except Exception:  # any fault of the broker; the sweep rings again
        logger.warning("No bell for document %s", document.pk, exc_info=True)
