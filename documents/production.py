"""Making a claimed document: print, stamp, store, finish. Run by the worker."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection
from django.utils import timezone

from documents import actions, files, pdf
from documents.actions import Claim, Seal
from documents.enums import Kind, PageFormat
from documents.models import Document
from documents.rules import HEARTBEAT, LostLease
from documents.stamping import stamp
from governance.rules import Refusal

logger = logging.getLogger(__name__)

TOO_SLOW = "Utskriften tog för lång tid och avbröts. Dela upp underlaget eller försök igen senare."
BROKEN = (
    "Utskriften misslyckades ({name}). Försök igen, eller kontakta den som sköter systemet "
    "och uppge dokument {pk}."
)


def produce(claim: Claim) -> None:
    """Make the document; whatever goes wrong ends on the row in Swedish."""
    try:
        with _held(claim):
            _make(claim)
    except LostLease:
        logger.warning("Document %s was taken over by another worker", claim.document_id)
    except SoftTimeLimitExceeded:
        logger.warning("Document %s took too long", claim.document_id)
        _fail(claim, TOO_SLOW)
    except Refusal as refusal:
        _fail(claim, refusal.message)
    except Exception as error:
        logger.exception("Document %s failed", claim.document_id)
        _fail(claim, BROKEN.format(name=type(error).__name__, pk=claim.document_id))


def _fail(claim: Claim, error: str) -> None:
    try:
        actions.fail(claim, error=error)
    except LostLease:
        logger.warning("Document %s was taken over before it failed", claim.document_id)


def _make(claim: Claim) -> None:
    document = Document.objects.select_related("source").get(pk=claim.document_id)
    listener = _Listener(claim)
    data = _unstamped(document, listener)
    seal = None
    if document.kind != Kind.RENDER:
        listener("Stämplar", 85)
        unstamped_sha256 = files.sha256_of(data)
        data, certificate_sha256 = stamp(data)
        seal = Seal(
            content=bytes(document.content or b""),
            unstamped_sha256=unstamped_sha256,
            certificate_sha256=certificate_sha256,
        )
    actions.renew(claim, timezone.now())
    sha256 = files.store(data)
    actions.finish(claim, sha256=sha256, size=len(data), now=timezone.now(), seal=seal)


def _unstamped(document: Document, listener: "_Listener") -> bytes:
    if document.source is not None:
        return files.read(document.source.sha256)
    embedded = [
        pdf.EmbeddedFile(name=row.name, data=bytes(row.data), description=row.description)
        for row in document.attachments.all()
    ]
    if document.content is not None:
        embedded.append(
            pdf.EmbeddedFile(
                name="content.json",
                data=bytes(document.content),
                description="Dokumentets innehåll som data",
                relationship="Source",
            )
        )
    return pdf.render_pdf(
        document.html,
        page_format=PageFormat(document.page_format),
        css=document.css,
        created_at=document.created_stated_at,
        attachments=embedded,
        on_step=listener,
    )


class _Listener:
    """Writes progress to the row, at most once a second and never backwards."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.written_at = time.monotonic()
        self.progress = 5

    def __call__(self, step: str, progress: int) -> None:
        self.progress = max(self.progress, progress)
        if time.monotonic() - self.written_at < 1:
            return
        actions.report_progress(self.claim, step=step, progress=self.progress, now=timezone.now())
        self.written_at = time.monotonic()


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
        try:
            actions.renew(claim, timezone.now())
        except LostLease:
            break
        except DatabaseError:
            logger.warning("Could not renew document %s", claim.document_id, exc_info=True)
    if beaten:
        connection.close()
