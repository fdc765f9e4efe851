"""What a PDF says of its own signature, checked with the given root as the only trust anchor."""

import re
from io import BytesIO
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

BYTE_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+(\d{1,12})\s+(\d{1,12})\s*\]")


class Trust(Struct, frozen=True, kw_only=True):
    """The root's certificate in PEM; empty when there is none, and then nothing is ours."""

    root: str


class SignedPdf(Struct, frozen=True, kw_only=True):
    is_readable: bool = True
    is_encrypted: bool = False
    is_signed: bool = False
    is_intact: bool = False
    is_whole_covered: bool = False
    is_root_ours: bool = False
    signer: str = ""


def read(data: bytes, options: Trust) -> SignedPdf:
    """Any fault while reading is an answer, not an accident: the file came from anybody."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- slow to load, child only

    try:
        file = PdfFileReader(BytesIO(data))
        if file.encrypted:
            return SignedPdf(is_encrypted=True)
        signatures = list(file.embedded_signatures)
    except MemoryError:
        raise
    except Exception:
        return _what_was_signed(data, options)
    if not signatures:
        return SignedPdf()
    try:
        return _signature(signatures[-1], options)
    except MemoryError:
        raise
    except Exception:
        return SignedPdf(is_signed=True)


def _what_was_signed(data: bytes, options: Trust) -> SignedPdf:
    """A tail that breaks the file: judge the part the stamp says it covers, and that there is more."""
    ends = [int(start) + int(length) for start, length in BYTE_RANGE.findall(data)]
    if not ends or ends[-1] >= len(data):
        return SignedPdf(is_readable=False)
    return replace(read(data[: ends[-1]], options), is_whole_covered=False)


def _signature(signature: Any, options: Trust) -> SignedPdf:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 -- slow to load
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 -- the same

    status = validate_pdf_signature(signature, _only(options.root))
    return SignedPdf(
        is_signed=True,
        is_intact=bool(status.intact and status.valid),
        is_whole_covered=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_root_ours=bool(status.trusted),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
    )


def _only(root: str) -> Any:
    from asn1crypto import pem, x509  # noqa: PLC0415 -- with pyHanko
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- slow to load

    roots = [x509.Certificate.load(pem.unarmor(root.encode())[2])] if root else []
    return ValidationContext(trust_roots=roots, allow_fetching=False)
