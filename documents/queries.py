"""Reads: where a printing stands, its bytes, and what was sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from documents import files
from documents.enums import State
from documents.models import Document, SealedRecord
from documents.permissions import may_read
from documents.rules import NotFinished
from governance.models import Organisation, User
from governance.permissions import row_for
from governance.rules import OpenTask


@dataclass(frozen=True, kw_only=True)
class Status:
    state: State
    step: str
    progress: int
    error: str


def document_status(pk: int) -> Status:
    """Where the printing stands, from the row alone."""
    state, step, progress, error = Document.objects.values_list(
        "state", "step", "progress", "error"
    ).get(pk=pk)
    return Status(state=State(state), step=step, progress=progress, error=error)


def document(pk: int) -> Document:
    """The row without any check of who asks: for upper apps that have checked."""
    return Document.objects.get(pk=pk)


def document_for(user: User, pk: int) -> Document:
    """The document when its owner lets the user read it; else 404, as if it were not there."""
    rows = Document.objects.select_related("organisation")
    return row_for(rows, pk, lambda row: may_read(user, row))


def bytes_of(document: Document) -> bytes:
    """The finished file, checked against its hash. Raises CorruptFile, MissingFile, NotFinished."""
    if not document.is_ready:
        raise NotFinished("Dokumentet är inte färdigt ännu.")
    return files.read(document.sha256)


def kept_file(sha256: str, suffix: str) -> bytes:
    """A file an upper app keeps, checked against its hash. Raises CorruptFile, MissingFile."""
    return files.read(sha256, suffix)


def sealed_record(document: Document) -> SealedRecord | None:
    return SealedRecord.objects.filter(document=document).first()


def sealed_by_hash(sha256: str, organisation: Organisation) -> SealedRecord | None:
    return (
        SealedRecord.objects.filter(stamped_sha256=sha256, document__organisation=organisation)
        .select_related("document")
        .order_by("id")
        .first()
    )


def document_by_hash(sha256: str, organisation: Organisation) -> Document | None:
    """The first finished document of the organisation with these very bytes."""
    return (
        Document.objects.filter(sha256=sha256, state=State.READY, organisation=organisation)
        .order_by("id")
        .first()
    )


def failed_of(user: User, _today: date) -> QuerySet[Document]:
    """Printings the user ordered that failed and wait for another try."""
    return Document.objects.filter(requested_by=user, state=State.FAILED)


def failed_printings(user: User, today: date) -> Iterator[OpenTask]:
    """The newest first."""
    for job in failed_of(user, today).defer("html", "content").order_by("-id")[:20]:
        yield OpenTask(
            what="Gör om en utskrift som misslyckades",
            body=job.title,
            occasion="",
            url_name="documents:document_progress",
            pk=job.pk,
            button="Gör om",
            detail=job.error,
            is_fault=True,
        )
