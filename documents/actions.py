"""Ordering a printing, holding it while it is made, and finishing it: once, by whoever holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone

from documents.enums import Kind, PageFormat, State
from documents.files import sha256_of, store
from documents.models import Document, DocumentAttachment, SealedRecord
from documents.pdf import EmbeddedFile
from documents.rules import (
    ATTEMPTS,
    LEASE,
    LostLease,
    MissingTemplate,
    NotFinished,
    NotRetryable,
    safe_filename,
)
from governance.actions import audit
from governance.models import Organisation, User

GIVEN_UP = (
    "Utskriften avbröts flera gånger och har stoppats. "
    "Försök igen, eller kontakta den som sköter systemet."
)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to make one document, for one attempt."""

    document_id: int
    attempt: int


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What a stamping came to, for the sealed record."""

    content: bytes
    unstamped_sha256: str
    certificate_sha256: str


def keep_file(data: bytes, suffix: str) -> str:
    """Keep an upper app's file durably and return its hash; the caller writes the row after."""
    return store(data, suffix)


def html_of(template: str, context: Mapping[str, object]) -> str:
    """The HTML to print. Raises MissingTemplate instead of a fault nobody can read."""
    try:
        return render_to_string(template, dict(context))
    except TemplateDoesNotExist as error:
        raise MissingTemplate(
            f"Utskriften kan inte göras: mallen {error} saknas. Inget har ändrats. "
            "Kontakta den som sköter systemet."
        ) from error


@transaction.atomic
def request_pdf(
    *,
    organisation: Organisation,
    html: str,
    page_format: PageFormat,
    css: Sequence[str],
    title: str,
    filename: str,
    created_at: datetime,
    by: User,
    attachments: Sequence[EmbeddedFile] = (),
    content: bytes | None = None,
    stamp: bool = False,
) -> Document:
    """Order a PDF of the HTML. The caller's view rings afterwards: documents.tasks.ring(document).

    `content` is embedded as content.json; `created_at` is the date the file states.
    """
    document = Document.objects.create(
        organisation=organisation,
        kind=Kind.RENDER_AND_STAMP if stamp else Kind.RENDER,
        title=title[:200],
        filename=safe_filename(filename)[:200],
        page_format=page_format,
        html=html,
        css=list(css),
        content=content,
        created_stated_at=created_at,
        requested_by=by,
        requested_at=timezone.now(),
    )
    for attachment in attachments:
        DocumentAttachment.objects.create(
            document=document,
            name=attachment.name,
            description=attachment.description,
            data=attachment.data,
        )
    _audit(document, by=by, new="beställd")
    return document


@transaction.atomic
def request_stamp(
    *, source: Document, content: bytes, title: str, filename: str, by: User
) -> Document:
    """Order the electronic stamp on the very bytes of a finished document (wall 14)."""
    if not source.is_ready:
        raise NotFinished("Dokumentet är inte färdigt och kan inte stämplas ännu.")
    document = Document.objects.create(
        organisation_id=source.organisation_id,
        kind=Kind.STAMP,
        title=title[:200],
        filename=safe_filename(filename)[:200],
        page_format=source.page_format,
        content=content,
        source=source,
        created_stated_at=source.created_stated_at,
        requested_by=by,
        requested_at=timezone.now(),
    )
    _audit(document, by=by, new="stämpel beställd")
    return document


@transaction.atomic
def retry(*, document: Document, by: User) -> None:
    """Start a failed job again, with a new round of attempts."""
    updated = Document.objects.filter(pk=document.pk, state=State.FAILED).update(
        state=State.QUEUED,
        error="",
        step="",
        progress=0,
        rung_at=None,
        requested_at=timezone.now(),
        attempt_limit=F("attempt") + ATTEMPTS,
    )
    if not updated:
        raise NotRetryable("Utskriften har inte misslyckats och behöver inte startas om.")
    document.refresh_from_db()
    _audit(document, by=by, old=State.FAILED, new="startad på nytt")


@transaction.atomic
def claim(document_id: int, worker: str, now: datetime) -> Claim | None:
    """Take the job when it is queued or its holder is gone; None when it is not to be had."""
    free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=now)
    taken = (
        Document.objects.filter(free, pk=document_id, attempt__lt=F("attempt_limit"))
        .order_by()
        .update(
            state=State.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=now + LEASE,
            worker=worker[:150],
            step="Startar utskriften",
            progress=5,
        )
    )
    if not taken:
        return None
    attempt = Document.objects.values_list("attempt", flat=True).get(pk=document_id)
    return Claim(document_id=document_id, attempt=attempt)


def renew(claim: Claim, now: datetime) -> None:
    """Hold the job longer. Raises LostLease when somebody else has it."""
    _update_mine(claim, lease_until=now + LEASE)


def report_progress(claim: Claim, *, step: str, progress: int, now: datetime) -> None:
    """Say how far it has come, which also renews the lease."""
    _update_mine(claim, step=step[:100], progress=progress, lease_until=now + LEASE)


@transaction.atomic
def finish(
    claim: Claim, *, sha256: str, size: int, now: datetime, seal: Seal | None = None
) -> None:
    """The bytes are stored: the document is ready, once. Raises LostLease when no longer mine."""
    _update_mine(
        claim,
        state=State.READY,
        step="Klar",
        progress=100,
        lease_until=None,
        sha256=sha256,
        size=size,
        finished_at=now,
    )
    if seal is not None:
        SealedRecord.objects.create(
            document_id=claim.document_id,
            content=seal.content,
            content_sha256=sha256_of(seal.content),
            unstamped_sha256=seal.unstamped_sha256,
            stamped_sha256=sha256,
            certificate_sha256=seal.certificate_sha256,
            sealed_at=now,
        )
    document = Document.objects.get(pk=claim.document_id)
    _audit(document, by=None, old=State.RUNNING, new=f"klar, sha256 {sha256}")


@transaction.atomic
def fail(claim: Claim, *, error: str) -> None:
    """The job cannot be done; the row says why in Swedish and can be started again."""
    _update_mine(claim, state=State.FAILED, error=error, step="", lease_until=None)
    document = Document.objects.get(pk=claim.document_id)
    _audit(document, by=None, old=State.RUNNING, new=f"misslyckades: {error}")


@transaction.atomic
def give_up(now: datetime) -> int:
    """Fail what has killed its worker at every attempt."""
    exhausted = Document.objects.filter(
        state=State.RUNNING, lease_until__lt=now, attempt__gte=F("attempt_limit")
    )
    rows = list(exhausted)
    exhausted.update(state=State.FAILED, error=GIVEN_UP, step="", lease_until=None)
    for document in rows:
        _audit(document, by=None, old=State.RUNNING, new=f"misslyckades: {GIVEN_UP}")
    return len(rows)


def note_rung(document_ids: Sequence[int], now: datetime) -> None:
    """Remember when the sweep rang, so that a long queue is not rung for over and over."""
    Document.objects.filter(pk__in=list(document_ids)).exclude(state=State.READY).update(
        rung_at=now
    )


def _update_mine(claim: Claim, **values: object) -> None:
    mine = Document.objects.filter(pk=claim.document_id, attempt=claim.attempt, state=State.RUNNING)
    if not mine.update(**values):
        raise LostLease(f"document {claim.document_id}, attempt {claim.attempt}")


def _audit(document: Document, *, by: User | None, old: str = "", new: str = "") -> None:
    audit(
        by=by,
        obj=document,
        organisation_id=document.organisation_id,
        field="läge",
        old=old,
        new=new,
    )
