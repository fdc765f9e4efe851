"""A real file, printed and stamped, and four ways of getting it wrong."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.models import UploadTurn
from documents.queries import bytes_of
from tests.dialogues import factories
from tests.documents import hostile
from tests.documents.factories import make, stamp_folder

URL = "dialogues:verify_upload"


@pytest.fixture(autouse=True)
def own_stamp(settings):
    settings.STAMP_DIR = stamp_folder()


@pytest.fixture
def stamped(paragraph, signers, secretary):
    """The paragraph's protocol part as the worker prints and stamps it."""
    verification = factories.send(paragraph, secretary, printed=False)
    make(verification.document)
    factories.sign_all(verification, signers, stamped=False)
    document = make(verification.stamp)
    assert document.is_ready, document.error
    return bytes_of(document)


def check(client, data, *, paragraph=None):
    url = reverse(URL) + (f"?paragraf={paragraph.pk}" if paragraph else "")
    file = SimpleUploadedFile("utdrag.pdf", data, content_type="application/pdf")
    return client.post(url, {"file": file}).content.decode()


def test_the_answers_tell_the_ways_apart(
    login, reader, stamped, paragraph, secretary, working_committee, signers
):
    client = login(reader)
    flipped = bytearray(stamped)
    flipped[2000] ^= 1

    genuine = check(client, stamped, paragraph=paragraph)
    changed = check(client, bytes(flipped), paragraph=paragraph)
    appended = check(client, stamped + b"\n%x", paragraph=paragraph)

    assert "Filen är äkta" in genuine
    assert "Filen är ändrad" in changed
    assert "Något har lagts till i filen" in appended
    assert "RSAU" in genuine or "§ 58" in genuine


def test_another_paragraphs_file_is_told(
    login, stamped, paragraph, signers, secretary, working_committee, member
):
    meeting = factories.make_meeting(working_committee, signers)
    other = factories.make_paragraph(meeting, None, secretary)
    other.points.create(key="egen", position=1, text="Egen punkt.")
    factories.sign_all(factories.send(other, secretary), signers)

    html = check(login(member), stamped, paragraph=other)

    assert "Filen är äkta, men den gäller § 58" in html
    assert "och inte § 59" in html


def test_another_region_does_not_know_the_file(login, stamped, stranger):
    html = check(login(stranger), stamped)

    assert "§ 58" not in html
    assert "Filen är äkta" not in html


@pytest.mark.parametrize("data", [b"%PDF-1.7 nonsense", b"MZ\x90", b"<html>"])
def test_rubbish_gets_a_plain_answer(login, reader, data):
    assert "Filen är" in check(login(reader), data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: hostile.nested_pdf(30_000), "Filen är skadad eller ändrad"),
        (hostile.field_tree_pdf, "Filen kräver för mycket tid eller minne"),
    ],
    ids=["brackets", "without end"],
)
def test_a_hostile_file_gets_a_plain_answer(make, words, login, reader):
    assert words in check(login(reader), make())


def test_a_second_file_while_the_first_is_read_waits(login, reader):
    UploadTurn.objects.create(
        person=reader.person, held_until=timezone.now() + timedelta(seconds=9)
    )

    html = check(login(reader), b"%PDF-1.7 nonsense")

    assert "En fil från dig läses redan" in html


def test_an_empty_file_is_told_at_its_field(login, reader):
    assert "Filen är tom" in check(login(reader), b"")


def test_a_paragraph_one_may_not_read_is_not_named(login, outsider, verified, paragraph):
    response = login(outsider).get(reverse(URL) + f"?paragraf={paragraph.pk}")

    assert response.status_code == 404
