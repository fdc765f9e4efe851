"""Is this file one of ours, and untouched? Four questions answered apart, then one sentence."""

from dataclasses import dataclass, replace
from typing import Final

from documents import queries
from documents.enums import Finding
from documents.files import sha256_of
from documents.models import Document, SealedRecord
from documents.readers import signed_pdf
from documents.rules import LARGEST_UPLOAD, SUMMARY, HeavyFile, Observed, UnreadableFile, finding
from documents.stamping import root_path, stamp_exists
from documents.untrusted import read_untrusted
from governance.models import Organisation, Person

HEADER: Final = b"%PDF-"
HEADER_WITHIN: Final = 1024  # as readers of PDF look for it


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What was established. `record` and `document` say which one it is, when the hash is known."""

    finding: Finding
    summary: str
    sha256: str
    hash_known: bool
    stamped: bool
    stamp_valid: bool
    whole_file_covered: bool
    anchor_ours: bool
    signer: str
    document: Document | None
    record: SealedRecord | None

    @property
    def is_genuine(self) -> bool:
        return self.finding == Finding.GENUINE


def verify_pdf(
    data: bytes, organisation: Organisation, *, by: Person, expected: Document | None = None
) -> FileReport:
    """Judge an uploaded file against what the organisation has sealed; nothing is fetched.

    With `expected` a genuine file that is another document than that one is told so. Raises
    ReadingBusy while another file of the same person is read.
    """
    if len(data) > LARGEST_UPLOAD:
        return _report(Observed(too_large=True), sha256="")
    sha256 = sha256_of(data)
    if HEADER not in data[:HEADER_WITHIN]:
        return _report(Observed(is_pdf=False), sha256=sha256)
    record = queries.sealed_by_hash(sha256, organisation)
    document = record.document if record else queries.document_by_hash(sha256, organisation)
    seen, signer = _observe(data, by)
    seen = replace(
        seen,
        hash_known=document is not None,
        another_expected=expected is not None and document is not None and document != expected,
    )
    return _report(seen, sha256=sha256, signer=signer, document=document, record=record)


def _report(
    seen: Observed,
    *,
    sha256: str,
    signer: str = "",
    document: Document | None = None,
    record: SealedRecord | None = None,
) -> FileReport:
    result = finding(seen)
    return FileReport(
        finding=result,
        summary=SUMMARY[result],
        sha256=sha256,
        hash_known=seen.hash_known,
        stamped=seen.stamped,
        stamp_valid=seen.stamp_intact,
        whole_file_covered=seen.whole_file_covered,
        anchor_ours=seen.anchor_ours,
        signer=signer,
        document=document,
        record=record,
    )


def _observe(data: bytes, by: Person) -> tuple[Observed, str]:
    """What the file says of itself, read in a child with our root as the only trust anchor."""
    root = root_path().read_text() if stamp_exists() else ""
    try:
        seen = read_untrusted(signed_pdf.read, data, signed_pdf.Trust(root=root), by=by)
    except HeavyFile:
        return Observed(too_heavy=True), ""
    except UnreadableFile:
        return Observed(readable=False), ""
    return observed(seen), seen.signer


def observed(seen: signed_pdf.SignedPdf) -> Observed:
    return Observed(
        readable=seen.is_readable,
        encrypted=seen.is_encrypted,
        stamped=seen.is_signed,
        stamp_intact=seen.is_intact,
        whole_file_covered=seen.is_whole_covered,
        anchor_ours=seen.is_root_ours,
    )
