"""Files by their bytes, never by their names."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.outcomes.rules.evidence import (
    MAX_BYTES,
    MAX_NAME,
    MOST_PARTS,
    WORKBOOK,
    UnfitFile,
    clean_name,
    file_type,
    size_in_words,
)

PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n"


def workbook(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return data.getvalue()


XLSX = workbook("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(PDF, ".pdf"), (PNG, ".png"), (b"\xff\xd8\xff\xe0", ".jpg"), (XLSX, ".xlsx")],
)
def test_type_follows_from_the_bytes(data, suffix):
    assert file_type(data).suffix == suffix


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b" %PDF-1.7",
        b"GIF89a",
        b"PK\x03\x04 not a zip",
        workbook("word/document.xml"),
        workbook("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
        PDF + b"x" * MAX_BYTES,
    ],
)
def test_other_files_are_refused(data):
    with pytest.raises(UnfitFile):
        file_type(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_known_type_or_refused(data):
    with suppress(UnfitFile):
        assert file_type(data).suffix in {".pdf", ".png", ".jpg", ".xlsx"}


def test_more_parts_than_a_workbook_has_are_not_listed():
    parts = [f"{number}" for number in range(MOST_PARTS)]

    with pytest.raises(UnfitFile):
        file_type(workbook(*WORKBOOK, *parts))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Mätning 2025.pdf", "Mätning 2025.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\hemligt\\löner.xlsx", "löner.pdf"),
        ("löner\u202efdp.exe", "lönerfdp.pdf"),
        ("faktura.pdf.exe", "faktura.pdf.pdf"),
        (".htaccess", "htaccess.pdf"),
        ('a"b<c>|d?.png', "abcd.pdf"),
        ("rad\r\nSet-Cookie: x=1.pdf", "radSet-Cookie x=1.pdf"),
        ("", "underlag.pdf"),
        ("/// ...", "underlag.pdf"),
        ("\x00\x00", "underlag.pdf"),
    ],
)
def test_name_is_cleaned(name, clean):
    assert clean_name(name, file_type(PDF)) == clean


@given(st.text(max_size=400))
def test_clean_name_is_always_a_plain_name(name):
    clean = clean_name(name, file_type(PDF))

    assert clean.endswith(".pdf")
    assert len(clean) <= MAX_NAME + 4
    assert not set(clean) & set('/\\<>:"|?*\r\n\x00')
    assert not clean.startswith(".")
    assert clean.isprintable()


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (427_000, "417 kB"), (2_202_010, "2,1 MB"), (MAX_BYTES, "10,0 MB")],
)
def test_size_in_words(size, words):
    assert size_in_words(size) == words
