"""Every kind of uploaded file gets its own plain answer."""

from functools import partial
from io import BytesIO

import pytest
from pypdf import PdfWriter

from documents import files, queries, rules, stamping, verification
from documents.enums import Finding
from documents.readers import signed_pdf
from documents.verification import observed
from tests.documents import factories
from tests.documents.factories import stamp_folder
from tests.vera.vera import assert_archivable


@pytest.fixture
def verify(secretary):
    """As the secretary has it checked."""
    return partial(verification.verify_pdf, by=secretary.person)


@pytest.fixture
def document(org, secretary):
    return factories.stamped(org, secretary)


@pytest.fixture
def data(document):
    return queries.bytes_of(document)


def test_genuine_file(verify, org, document, data):
    report = verify(data, org, expected=document)

    assert report.finding == Finding.GENUINE
    assert report.is_genuine
    assert report.record == queries.sealed_record(document)
    assert report.document == document
    assert (
        report.hash_known,
        report.whole_file_covered,
        report.stamp_valid,
        report.anchor_ours,
    ) == (True, True, True, True)
    assert report.signer == "Uppsikt teststämpel"


def test_another_paragraphs_extract_is_genuine_but_another(verify, org, secretary, document):
    other = factories.ready(
        org, secretary, html=factories.HTML.replace("58", "59"), content=b"{}", stamp=True
    )

    report = verify(queries.bytes_of(other), org, expected=document)

    assert report.finding == Finding.ANOTHER
    assert report.document == other


def test_flipped_byte(verify, org, document, data):
    middle = len(queries.bytes_of(document.source)) // 2
    flipped = bytearray(data)
    flipped[middle] ^= 1

    report = verify(bytes(flipped), org)

    assert report.finding == Finding.CHANGED
    assert (report.hash_known, report.stamp_valid) == (False, False)


def test_every_flipped_byte_is_noticed(data):
    """By the reader itself, here, where it need not be afraid of the file."""
    trust = signed_pdf.Trust(root=stamping.root_path().read_text())
    assert rules.finding(observed(signed_pdf.read(data, trust))) == Finding.UNKNOWN_STAMPED

    for place in range(11, len(data), len(data) // 40):
        flipped = bytearray(data)
        flipped[place] ^= 1

        seen = observed(signed_pdf.read(bytes(flipped), trust))

        assert files.sha256_of(bytes(flipped)) != files.sha256_of(data)
        assert rules.finding(seen) in {Finding.CHANGED, Finding.DAMAGED, Finding.UNKNOWN_STAMPED}


@pytest.mark.parametrize("tail", [b"x", b"\n", b"\n% mer text\n%%EOF\n"])
def test_appended_bytes(verify, org, data, tail):
    report = verify(data + tail, org)

    assert report.finding == Finding.APPENDED
    assert (report.stamp_valid, report.anchor_ours) == (True, True)
    assert (report.hash_known, report.whole_file_covered) == (False, False)


def test_stamp_of_another_authority(verify, org, document, settings):
    settings.STAMP_DIR = stamp_folder("foreign")
    foreign, _certificate = stamping.stamp(queries.bytes_of(document.source))
    settings.STAMP_DIR = stamp_folder()

    report = verify(foreign, org)

    assert report.finding == Finding.FOREIGN_STAMP
    assert (report.stamp_valid, report.whole_file_covered, report.anchor_ours) == (
        True,
        True,
        False,
    )


def test_our_stamp_on_something_never_stored(verify, org, document):
    stray, _certificate = stamping.stamp(queries.bytes_of(document.source))

    report = verify(stray, org)

    assert report.finding == Finding.UNKNOWN_STAMPED
    assert (report.stamp_valid, report.anchor_ours, report.hash_known) == (True, True, False)


def test_file_of_another_organisation_is_unknown(verify, other_org, data):
    report = verify(data, other_org)

    assert report.finding == Finding.UNKNOWN_STAMPED
    assert report.document is None


def test_unstamped_file_of_ours(verify, org, document):
    report = verify(queries.bytes_of(document.source), org)

    assert report.finding == Finding.GENUINE_UNSTAMPED
    assert report.document == document.source


@pytest.mark.parametrize(
    ("junk", "expected"),
    [
        (b"", Finding.NOT_A_PDF),
        (b"PK\x03\x04 word", Finding.NOT_A_PDF),
        (b"\n\n%PDF-1.7 moved a little", Finding.DAMAGED),
        (b"%PDF-1.7 and nothing more", Finding.DAMAGED),
        (b"%PDF-1.7\n" + b"\x00" * 4000 + b"\nstartxref\n9\n%%EOF", Finding.DAMAGED),
    ],
)
def test_junk(verify, org, junk, expected):
    assert verify(junk, org).finding == expected


def test_file_behind_a_password_is_told_apart_from_a_damaged_one(verify, org):
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(72, 72)
    writer.encrypt("hemligt", algorithm="RC4-128")
    writer.write(out)

    assert verify(out.getvalue(), org).finding == Finding.ENCRYPTED


def test_unknown_unstamped_file(verify, org, secretary):
    from documents.enums import PageFormat  # noqa: PLC0415
    from documents.pdf import render_pdf  # noqa: PLC0415

    plain = render_pdf(
        factories.HTML.replace("58", "77"),
        page_format=PageFormat.A4,
        css=[],
        created_at=factories.STATED,
    )

    assert verify(plain, org).finding == Finding.UNKNOWN_UNSTAMPED


def test_huge_upload(verify, org, monkeypatch):
    monkeypatch.setattr(verification, "LARGEST_UPLOAD", 10)

    report = verify(b"%PDF-1.7 ....", org)

    assert report.finding == Finding.TOO_LARGE
    assert report.summary == rules.SUMMARY[Finding.TOO_LARGE]


def test_without_a_root_nothing_is_ours(verify, org, data, settings, tmp_path):
    settings.STAMP_DIR = tmp_path / "empty"

    report = verify(data, org)

    assert (report.hash_known, report.anchor_ours) == (True, False)
    assert report.finding == Finding.FOREIGN_STAMP


def test_stamped_file_is_archivable(data, tmp_path):
    target = tmp_path / "stamped.pdf"
    target.write_bytes(data)

    assert_archivable(target)


def test_make_stamp_keeps_an_existing_certificate(settings, tmp_path, capsys):
    from django.core.management import call_command  # noqa: PLC0415

    settings.STAMP_DIR = tmp_path / "stamp"

    call_command("make_stamp")
    first = stamping.certificate_path().read_bytes()
    call_command("make_stamp")

    assert stamping.certificate_path().read_bytes() == first
    assert oct(stamping.key_path().stat().st_mode & 0o777) == "0o600"
    assert capsys.readouterr().out.splitlines() == [
        "Stämpelns certifikat är skapat: Uppsikt teststämpel.",
        "Stämpelns certifikat finns redan.",
    ]
