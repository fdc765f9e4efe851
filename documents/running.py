"""Doing a claimed job: holding it while it is done, and telling the row how it went."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from documents import jobs
from documents.jobs import Claim
from documents.rules import HEARTBEAT, LostLease, TryLater
from governance.rules import Refusal

logger = logging.getLogger(__name__)


def show_life() -> None:
    """Who watches the worker sees that its pool works: a killed process can stop it for good."""
    with suppress(OSError):
        settings.WORKER_ALIVE.touch()


def run(claim: Claim) -> None:
    """Do the job; whatever goes wrong ends on the row in Swedish."""
    try:
        _do(claim)
    except LostLease as lost:
        logger.warning("Taken over by another worker: %s", lost)


def _do(claim: Claim) -> None:
    words = claim.kind.words
    try:
        with _held(claim):
            job = claim.kind._default_manager.get(pk=claim.pk)
            import_string(claim.kind.work)(job, claim)
    except LostLease:
        raise
    except TryLater as fault:
        jobs.postpone(claim, error=fault.message, now=timezone.now())
    except SoftTimeLimitExceeded:
        logger.warning("%s %s took too long", claim.kind._meta.label, claim.pk)
        jobs.fail(claim, error=words.too_slow)
    except Refusal as refusal:
        jobs.fail(claim, error=refusal.message)
    except Exception as error:
        logger.exception("%s %s failed", claim.kind._meta.label, claim.pk)
        jobs.fail(claim, error=words.broken(type(error).__name__, claim.pk))


@contextmanager
def _held(claim: Claim) -> Iterator[None]:
    """Renew the lease while this process lives; a killed one stops renewing."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(claim, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(claim: Claim, done: threading.Event) -> None:
    beaten = False
    while not done.wait(HEARTBEAT.total_seconds()):
        beaten = True
        show_life()
        try:
            jobs.renew(claim, timezone.now())
        except LostLease:
            break
        except DatabaseError:
            logger.warning("Could not renew %s", claim, exc_info=True)
    if beaten:
        connection.close()
