"""Hostile files, made here so that none lies in the repository, and readers that misbehave.

Imported by the child too: no Django, nothing of ours but the readers.
"""

import os
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct
from openpyxl import Workbook

from documents.readers import Unfit

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
MARK = "uppsikt/utfall/2"
ENTITIES = (
    "<!DOCTYPE worksheet [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


def plain_workbook() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active["A3"] = MARK
    book.active["A4"] = "1"
    book.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A workbook with one of its parts exchanged or added."""
    out = BytesIO()
    with ZipFile(BytesIO(plain_workbook())) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def sheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    titles = f'<row r="3"><c r="A3" t="inlineStr"><is><t>{MARK}</t></is></c></row>'
    return with_part(
        SHEET,
        (
            f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}">'
            f"<sheetData>{titles}{rows}</sheetData>{after}</worksheet>"
        ).encode(),
    )


def merged() -> bytes:
    """Seventeen thousand million merged cells in one line."""
    cells = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return sheet("", after=cells)


def zip_bomb() -> bytes:
    return with_part("xl/media/image1.bin", b"\0" * (64 * 1024 * 1024))


def many_styles() -> bytes:
    """Within what is declared, and a great many objects when it is read."""
    styles = "<xf numFmtId='0'/>" * 2_000_000
    return with_part(
        "xl/styles.xml",
        f'<styleSheet xmlns="{MAIN}"><cellXfs>{styles}</cellXfs></styleSheet>'.encode(),
    )


def far_row() -> bytes:
    return sheet('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')


def wide_rows() -> bytes:
    """Text that is too much for an answer."""
    text = "x" * 32_000
    cell = f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    return sheet("".join(f'<row r="{n}">{cell}</row>' for n in range(4, 1200)))


def entities() -> bytes:
    rows = '<row r="4"><c r="A4" t="inlineStr"><is><t>&a9;</t></is></c></row>'
    return sheet(rows, before=ENTITIES)


def external_entity() -> bytes:
    before = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return sheet('<row r="4"><c r="A4" t="inlineStr"><is><t>&x;</t></is></c></row>', before=before)


def lying_zip() -> bytes:
    """Says that a part is small, and is not."""
    data = bytearray(with_part("xl/media/image1.bin", b"\0" * (64 * 1024 * 1024)))
    where = data.rindex(b"PK\x01\x02")
    data[where + 24 : where + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, with a table that says where they are."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def nested_pdf(depth: int) -> bytes:
    nest = b"[" * depth + b"]" * depth
    form = b"<</Fields %b>>" % nest
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", form
    )


def field_tree_pdf() -> bytes:
    """Thirty fields, each its own child twice over: a thousand million ways down."""
    fields = [b"<</T(%d)/Kids[%d 0 R %d 0 R]>>" % (n, n + 1, n + 1) for n in range(4, 34)]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Fields[4 0 R]>>",
        *fields,
        b"<</T(end)/FT/Sig>>",
    )


def bomb_pdf() -> bytes:
    """A table of objects that unpacks to a thousand million bytes; one part is packed and repeated."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    part = packer.compress(b"\0" * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (1_000_000_000 % 65_521 << 16 | 1).to_bytes(4)  # Adler-32 of so many zeros
    packed = zlib.compress(b"")[:2] + part * 100 + packer.flush() + checksum
    body = (
        b"1 0 obj\n<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
        % len(packed)
    )
    return b"%PDF-1.7\n" + body + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


class Nothing(Struct, frozen=True):
    pass


class Seen(Struct, frozen=True, kw_only=True):
    """What a reader finds around it."""

    size: int
    has_django: bool
    environment: tuple[str, ...]
    could_write: bool
    could_fork: bool


def looks_around(data: bytes, options: Nothing) -> Seen:
    return Seen(
        size=len(data),
        has_django="django" in sys.modules,
        environment=tuple(sorted(os.environ)),
        could_write=_could(lambda: Path(data.decode()).write_bytes(data)),
        could_fork=os.getuid() != 0 and _could(os.fork),
    )


def _could(do) -> bool:
    try:
        do()
    except OSError:
        return False
    return True


def burns(data: bytes, options: Nothing) -> Nothing:
    while True:
        pass


def sleeps(data: bytes, options: Nothing) -> Nothing:
    time.sleep(60)
    return Nothing()


def hoards(data: bytes, options: Nothing) -> Nothing:
    held = []
    while True:
        held.append(bytes(10_000_000))


def babbles(data: bytes, options: Nothing) -> bytes:
    return bytes(30_000_000)


def breaks(data: bytes, options: Nothing) -> Nothing:
    raise RecursionError


def crashes(data: bytes, options: Nothing) -> Nothing:
    os.abort()


def refuses(data: bytes, options: Nothing) -> Nothing:
    raise Unfit("Arket är för brett.")


def says(data: bytes, options: Nothing) -> str:
    return data.decode()
