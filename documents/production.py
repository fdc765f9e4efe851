"""Making a claimed document: print, stamp, store, finish. Run by the worker."""

import time

from django.utils import timezone

from documents import actions, files, jobs, pdf
from documents.actions import Seal
from documents.enums import Kind, PageFormat
from documents.jobs import Claim
from documents.models import Document
from documents.stamping import stamp


def produce(document: Document, claim: Claim) -> None:
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
    jobs.renew(claim, timezone.now())
    sha256 = files.store(data)
    actions.finish_document(claim, sha256=sha256, size=len(data), now=timezone.now(), seal=seal)


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
        jobs.report_progress(self.claim, step=step, progress=self.progress, now=timezone.now())
        self.written_at = time.monotonic()
