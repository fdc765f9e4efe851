"""Is this file one of ours, and untouched? Four questions answered apart, then one sentence."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final

from documents import queries
from documents.enums import Finding
from documents.files import sha256_of
from documents.models import Document, SealedRecord
from documents.rules import LARGEST_UPLOAD, SUMMARY, Observed, finding
from documents.stamping import root_path, stamp_exists
from governance.models import Organisation

HEADER: Final = b"%PDF-"
BYTE_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+(\d{1,12})\s+(\d{1,12})\s*\]")


@dataclass(frozen=True, kw_only=True)
class Report:
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
    data: bytes, organisation: Organisation, *, expected: Document | None = None
) -> Report:
    """Judge an uploaded file against what the organisation has sealed; nothing is fetched.

    With `expected` a genuine file that is another document than that one is told so.
    """
    if len(data) > LARGEST_UPLOAD:
        return _report(Observed(too_large=True), sha256="")
    sha256 = sha256_of(data)
    if not data.startswith(HEADER):
        return _report(Observed(is_pdf=False), sha256=sha256)
    record = queries.sealed_by_hash(sha256, organisation)
    document = record.document if record else queries.document_by_hash(sha256, organisation)
    seen, signer = _observe(data)
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
) -> Report:
    result = finding(seen)
    return Report(
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


def _observe(data: bytes) -> tuple[Observed, str]:
    """What the file says of itself, checked with our root as the only trust anchor.

    Any fault while reading is an answer, not an accident: the file was uploaded by anybody.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- slow to load

    with _quiet():
        try:
            signatures = list(PdfFileReader(BytesIO(data)).embedded_signatures)
        except Exception:
            return _observe_what_was_stamped(data)
        if not signatures:
            return Observed(stamped=False), ""
        try:
            return _observe_signature(signatures[-1])
        except Exception:
            return Observed(stamped=True), ""


def _observe_what_was_stamped(data: bytes) -> tuple[Observed, str]:
    """A tail that breaks the file: judge the part the stamp says it covers, and that there is more."""
    ends = [int(start) + int(length) for start, length in BYTE_RANGE.findall(data)]
    if not ends or ends[-1] >= len(data):
        return Observed(readable=False), ""
    seen, signer = _observe(data[: ends[-1]])
    return replace(seen, whole_file_covered=False), signer


def _observe_signature(signature: Any) -> tuple[Observed, str]:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 -- slow to load
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 -- the same

    status = validate_pdf_signature(signature, _only_our_root())
    seen = Observed(
        stamped=True,
        stamp_intact=bool(status.intact and status.valid),
        whole_file_covered=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        anchor_ours=bool(status.trusted),
    )
    return seen, str(status.signing_cert.subject.native.get("common_name", ""))


def _only_our_root() -> Any:
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- slow to load

    roots = [_root()] if stamp_exists() else []
    return ValidationContext(trust_roots=roots, allow_fetching=False)


def _root() -> Any:
    from pyhanko.keys import load_cert_from_pemder  # noqa: PLC0415 -- slow to load

    return load_cert_from_pemder(str(root_path()))  # type: ignore[no-untyped-call]


@contextmanager
def _quiet() -> Iterator[None]:
    """A bad upload is not a fault of ours: no stack traces of pyHanko's in the log."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
