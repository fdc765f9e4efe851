from datetime import UTC, datetime, timedelta

import pytest

from documents.enums import Finding, PageFormat
from documents.rules import SUMMARY, Observed, finding, limits, safe_filename, takes_long

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page_format", "length", "queue"),
    [
        (PageFormat.SLIDES, 900_000, "pdf-fast"),
        (PageFormat.A4, 150_000, "pdf-fast"),
        (PageFormat.A4, 150_001, "pdf-long"),
    ],
)
def test_queue_by_format_and_length(page_format, length, queue):
    found = limits(page_format=page_format, html_length=length)

    assert found.queue == queue
    assert found.soft_seconds < found.hard_seconds


@pytest.mark.parametrize(("seconds", "slow"), [(0, False), (19, False), (20, True), (300, True)])
def test_page_asks_less_often_when_it_takes_long(seconds, slow):
    assert takes_long(requested_at=NOW - timedelta(seconds=seconds), now=NOW) is slow


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Protokollsutdrag § 58", "Protokollsutdrag § 58.pdf"),
        ("pack.PDF", "pack.PDF"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"b\r\nSet-Cookie: x', "a b Set-Cookie x.pdf"),
        ("   ", "dokument.pdf"),
    ],
)
def test_filename_is_made_safe(given, safe):
    assert safe_filename(given) == safe


GENUINE = {
    "hash_known": True,
    "stamped": True,
    "stamp_intact": True,
    "whole_file_covered": True,
    "anchor_ours": True,
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Finding.GENUINE),
        ({"another_expected": True}, Finding.ANOTHER),
        ({"too_large": True}, Finding.TOO_LARGE),
        ({"is_pdf": False}, Finding.NOT_A_PDF),
        ({"readable": False}, Finding.DAMAGED),
        ({"encrypted": True, "stamped": False}, Finding.ENCRYPTED),
        ({"stamp_intact": False}, Finding.CHANGED),
        ({"anchor_ours": False}, Finding.FOREIGN_STAMP),
        ({"hash_known": False, "whole_file_covered": False}, Finding.APPENDED),
        ({"hash_known": False}, Finding.UNKNOWN_STAMPED),
        ({"stamped": False}, Finding.GENUINE_UNSTAMPED),
        ({"stamped": False, "hash_known": False}, Finding.UNKNOWN_UNSTAMPED),
    ],
)
def test_finding_is_the_gravest_thing_seen(changes, expected):
    assert finding(Observed(**{**GENUINE, **changes})) == expected


def test_every_finding_has_its_own_sentence():
    assert set(SUMMARY) == set(Finding)
    assert len(set(SUMMARY.values())) == len(Finding)
