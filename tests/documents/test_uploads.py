"""An uploaded file's size is checked before a byte of it is read, on every page that takes one."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.uploads import UploadField
from tests.architecture.house import FLOORS, ROOT, project_files

PARSERS = re.compile(r"load_workbook\(|PdfFileReader\(|PdfReader\(|\bpikepdf\b")
MAY_PARSE = {"documents/readers/workbook.py", "documents/readers/signed_pdf.py"}


class Unread(SimpleUploadedFile):
    def read(self, *args):  # noqa: ARG002 -- a file's own signature
        raise AssertionError("read before its size was known to be fit")


def product_files():
    return [
        path
        for path in project_files(".py")
        if path.relative_to(ROOT).parts[0] in FLOORS and "migrations" not in path.parts
    ]


def test_a_file_that_is_too_large_is_refused_unread():
    field = UploadField(most_bytes=3 * 1024 * 1024)
    file = Unread("stor.xlsx", b"x")
    file.size = 3 * 1024 * 1024 + 1

    with pytest.raises(ValidationError) as refusal:
        field.clean(file)

    assert refusal.value.messages == ["Filen är större än 3 MB."]


def test_a_file_that_is_small_enough_is_taken():
    file = SimpleUploadedFile("liten.xlsx", b"x" * 10)

    assert UploadField(most_bytes=10).clean(file) is file


def test_every_file_comes_in_through_the_field_that_asks_for_its_size():
    found = {
        str(path.relative_to(ROOT))
        for path in product_files()
        if re.search(r"forms\.(File|Image)Field\b", path.read_text())
    }

    assert found == {"documents/uploads.py"}


def test_only_a_reader_in_the_child_parses_a_file():
    found = {
        str(path.relative_to(ROOT)) for path in product_files() if PARSERS.search(path.read_text())
    }

    assert found == MAY_PARSE
