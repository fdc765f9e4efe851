"""Files that show where a value came from: what they are and what they are called. Pure."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from governance.rules import Invalid

MAX_BYTES = 10 * 1024 * 1024
MAX_NAME = 120
FALLBACK_NAME = "underlag"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNFIT = re.compile(r'[<>:"|?*%]')


class UnfitFile(Invalid):
    pass


@dataclass(frozen=True, kw_only=True)
class FileType:
    suffix: str
    content_type: str


PDF = FileType(suffix=".pdf", content_type="application/pdf")
XLSX = FileType(suffix=".xlsx", content_type=EXCEL)
SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", FileType(suffix=".png", content_type="image/png")),
    (b"\xff\xd8\xff", FileType(suffix=".jpg", content_type="image/jpeg")),
)
SUFFIXES = {kind.content_type: kind.suffix for kind in (XLSX, *(kind for _, kind in SIGNATURES))}
WORKBOOK = {"[Content_Types].xml", "xl/workbook.xml"}
PART, MOST_PARTS = b"PK\x01\x02", 10_000
MACROS = "xl/vbaProject.bin"


def file_type(data: bytes) -> FileType:
    """What the bytes are, by their first bytes and never by their name.

    Raises UnfitFile when they are none of PDF, PNG, JPEG and Excel without macros, empty or
    larger than 10 MB.
    """
    _check_size(len(data))
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"PK\x03\x04") and _is_workbook(data):
        return XLSX
    raise UnfitFile("Filen är inte en PDF, en bild (PNG eller JPEG) eller en Excelfil utan makron.")


def _check_size(size: int) -> None:
    if size == 0:
        raise UnfitFile("Filen är tom.")
    if size > MAX_BYTES:
        raise UnfitFile("Filen är större än 10 MB.")


def _is_workbook(data: bytes) -> bool:
    """By the names of its parts alone; one with more parts than any workbook is not listed."""
    if data.count(PART) > MOST_PARTS:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError, OSError):
        return False
    return names >= WORKBOOK and MACROS not in names


def clean_name(name: str, kind: FileType) -> str:
    """A name safe on any system and honest about what it is.

    No folder, no control or direction-changing characters, no leading dot, and the ending that
    the bytes have: "../../löner<RLO>fdp.exe" with the bytes of a PDF becomes "lönerfdp.pdf".
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(
        char for char in last if unicodedata.category(char)[0] not in "CZ" or char == " "
    )
    stem = UNFIT.sub("", printable).strip(" .")
    stem = stem.rpartition(".")[0].rstrip(" .") or stem
    return (stem[:MAX_NAME].strip(" .") or FALLBACK_NAME) + kind.suffix


def size_in_words(size: int) -> str:
    """ "417 kB", "2,1 MB"; a file is never 0 kB."""
    kilobytes = max(1, (size + 512) // 1024)
    if kilobytes < 1000:  # noqa: PLR2004 -- from here on it reads better in MB
        return f"{kilobytes} kB"
    tenths = (size * 10 + 512 * 1024) // (1024 * 1024)
    return f"{tenths // 10},{tenths % 10} MB"
