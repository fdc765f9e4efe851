"""The door for files: whatever comes in, the answer is in words, within limits, and not in here."""

import resource
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from documents import untrusted
from documents.models import UploadTurn
from documents.readers import signed_pdf, workbook
from documents.rules import SKEW, HeavyFile, ReadingBusy, UnfitContent, UnreadableFile
from documents.untrusted import Bounds, read_untrusted
from tests.documents import hostile
from tests.documents.hostile import Nothing

NOTHING = Nothing()
QUICK = Bounds(memory=200 * 1024 * 1024, cpu_seconds=2, wall_seconds=15)
SMALL = 60 * 1024  # kB that the web process may grow by while it reads hostile files
WANTED = workbook.WantedTable(
    mark=hostile.MARK, head_within=20, columns=13, most_rows=5000, most_unpacked=40 * 1024 * 1024
)
TRUST = signed_pdf.Trust(root="")


@pytest.fixture
def person(secretary):
    return secretary.person


def size_of_this_process() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_the_child_has_nothing_but_the_bytes(person, tmp_path):
    place = str(tmp_path / "was-here").encode()

    seen = read_untrusted(hostile.looks_around, place, NOTHING, by=person)

    assert (seen.size, seen.has_django, seen.could_write, seen.could_fork) == (
        len(place),
        False,
        False,
        False,
    )
    assert set(seen.environment) <= {"LANG", "LC_CTYPE", "PATH"}


@pytest.mark.parametrize(
    ("reader", "bounds", "refusal", "words"),
    [
        (hostile.burns, QUICK, HeavyFile, untrusted.TOO_SLOW),
        (hostile.sleeps, Bounds(wall_seconds=3), HeavyFile, untrusted.TOO_SLOW),
        (hostile.hoards, QUICK, HeavyFile, untrusted.TOO_BIG),
        (hostile.babbles, QUICK, HeavyFile, untrusted.TOO_MUCH),
        (hostile.crashes, QUICK, HeavyFile, untrusted.TOO_BIG),
        (hostile.breaks, QUICK, UnreadableFile, untrusted.UNREADABLE),
        (hostile.refuses, QUICK, UnfitContent, "Arket är för brett."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_reader_gone_wrong_is_a_refusal(reader, bounds, refusal, words, person):
    before, began = size_of_this_process(), time.monotonic()

    with pytest.raises(refusal) as raised:
        read_untrusted(reader, b"innehall", NOTHING, by=person, bounds=bounds)

    assert (raised.value.message, raised.value.status) == (words, 422)
    assert time.monotonic() - began < bounds.wall_seconds + 5
    assert size_of_this_process() - before < SMALL
    assert UploadTurn.objects.get().held_until is None


def test_a_plain_workbook_is_read(person):
    table = read_untrusted(workbook.read, hostile.plain_workbook(), WANTED, by=person)

    assert (table.titles[0], [(row.line, row.cells[0].text) for row in table.rows]) == (
        hostile.MARK,
        [(4, "1")],
    )


@pytest.mark.parametrize(
    ("make", "answer"),
    [
        (hostile.zip_bomb, UnfitContent),
        (hostile.entities, UnfitContent),
        (hostile.external_entity, UnfitContent),
        (hostile.wide_rows, HeavyFile),
        (hostile.many_styles, (HeavyFile, UnfitContent)),
        (lambda: hostile.plain_workbook()[:3000], UnfitContent),
        (lambda: b"PK\x03\x04" + bytes(4000), UnfitContent),
    ],
    ids=[
        "zip bomb",
        "entities",
        "external entity",
        "too much text",
        "styles",
        "truncated",
        "nothing",
    ],
)
def test_a_hostile_workbook_is_refused_in_words(make, answer, person):
    data, before = make(), size_of_this_process()

    with pytest.raises(answer) as raised:
        read_untrusted(workbook.read, data, WANTED, by=person)

    assert raised.value.message.startswith("Filen ")
    assert size_of_this_process() - before < SMALL


@pytest.mark.parametrize(
    ("make", "is_merged", "has_more"),
    [
        (hostile.merged, True, False),
        (hostile.far_row, False, True),
        (hostile.lying_zip, False, False),
    ],
    ids=["merged", "a row far away", "lying about its size"],
)
def test_what_looks_large_and_is_not_is_read(make, is_merged, has_more, person):
    data, before = make(), size_of_this_process()

    table = read_untrusted(workbook.read, data, WANTED, by=person)

    assert (table.titles[0], table.is_merged, table.has_more) == (
        hostile.MARK,
        is_merged,
        has_more,
    )
    assert size_of_this_process() - before < SMALL


@pytest.mark.parametrize(
    "data",
    [
        hostile.nested_pdf(5_000),
        hostile.nested_pdf(30_000),
        hostile.bomb_pdf(),
        b"%PDF-1.7\n" + b"[" * 60_000,
    ],
    ids=["10 kB of brackets", "60 kB of brackets", "bomb", "brackets alone"],
)
def test_a_hostile_pdf_is_unreadable(data, person):
    before = size_of_this_process()

    seen = read_untrusted(signed_pdf.read, data, TRUST, by=person)

    assert seen == signed_pdf.SignedPdf(is_readable=False)
    assert size_of_this_process() - before < SMALL


def test_a_pdf_without_end_is_given_up(person):
    with pytest.raises(HeavyFile):
        read_untrusted(signed_pdf.read, hostile.field_tree_pdf(), TRUST, by=person, bounds=QUICK)


def test_one_file_at_a_time_for_each_person(person, outsider):
    hold = untrusted._turn(person, timedelta(seconds=20))
    with hold:
        refused = []
        for _number in range(19):
            with pytest.raises(ReadingBusy) as raised:
                read_untrusted(hostile.says, b"hej", NOTHING, by=person)
            refused.append((raised.value.status, raised.value.message))
        others = read_untrusted(hostile.says, b"hej", NOTHING, by=outsider.person)

    assert refused == [(429, untrusted.BUSY)] * 19
    assert others == "hej"
    assert read_untrusted(hostile.says, b"hej", NOTHING, by=person) == "hej"
    assert UploadTurn.objects.get(person=person).number == 2


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_turn_held_by_nobody_ends_whatever_the_clock_does(jump, person):
    UploadTurn.objects.create(person=person, held_until=timezone.now() + jump)

    assert read_untrusted(hostile.says, b"hej", NOTHING, by=person) == "hej"


def test_a_turn_of_another_machine_a_little_ahead_is_kept(person):
    length = timedelta(seconds=untrusted.BOUNDS.wall_seconds)
    UploadTurn.objects.create(person=person, held_until=timezone.now() + length + SKEW / 2)

    with pytest.raises(ReadingBusy):
        read_untrusted(hostile.says, b"hej", NOTHING, by=person)
