"""What the demo holds as a whole, and the list of what it prints otherwise than its sources:
docs/demo.md prints it, every line of it is compared in test_s1_facts.py to test_s4_figures.py."""

from pathlib import Path

import pytest
from django.conf import settings

from governance.models import Organisation
from rounds.models import RoundState
from targets.models import Goal, Outcome, Target
from tests.exchange.differences import DIFFERENCES, KEPT, table
from tests.exchange.sources import FILES

pytestmark = pytest.mark.django_db

DOC = Path(settings.BASE_DIR) / "docs" / "demo.md"
COMPARED = (
    "S1 3,", "S1 4,", "S2 2.2,", "S3 utvecklingsområde ", "S3 tillgänglighet ", "S4 4, mening:",
    "S4 4, styrtal ", "S4 5.2, område ", "S4 5.5, ", "S4 6.5, ",
)  # fmt: skip


def test_two_organisations_stand_side_by_side_with_past_rounds_locked(demo: None) -> None:
    states = RoundState.objects.values_list(
        "body__organisation__key", "body__key", "reporting_round__period__key", "state"
    )
    assert list(Organisation.objects.order_by("key").values_list("key", flat=True)) == [
        "region-halland",
        "region-orebro",
    ]
    assert set(states) == {
        ("region-halland", "dnrgs", "apr-2021", "locked"),
        ("region-halland", "dnhs", "apr-2021", "locked"),
        ("region-halland", "rs", "apr-2023", "locked"),
        ("region-halland", "dnrgs", "helar-2025", "open"),
        ("region-halland", "dn-narsjukvard", "helar-2025", "open"),
        ("region-orebro", "servicenamnden", "helar-2025", "open"),
    }


def test_every_listed_difference_belongs_to_a_comparison_and_differs() -> None:
    places = [each.place for each in DIFFERENCES]

    assert len(places) == len(set(places))
    assert [place for place in places if not place.startswith(COMPARED)] == []
    assert [each.place for each in DIFFERENCES if each.source == each.ours] == []
    assert all(each.reason for each in (*DIFFERENCES, *KEPT))


def test_what_is_kept_is_printed_as_it_stands(demo: None) -> None:
    chiefs, delay, forecast, three, span, energy = (each.printed for each in KEPT)

    assert Goal.objects.filter(plan__body__key="dnrgs", name=chiefs).count() == 2
    assert (
        Goal.objects.filter(
            key="informationssakerhet", assignment_reports__comment__contains=delay
        ).count()
        == 1
    )
    assert sorted(
        Goal.objects.filter(
            assignment_reports__status="year_part_expected",
            plan__body__organisation__key="region-orebro",
        ).values_list("number", flat=True)
    ) == ["Nr 44", "Nr 50"]
    assert "bedöms vara genomfört" in forecast
    assert (
        Outcome.objects.filter(indicator__number=three).values("indicator").distinct().count() == 2
    )
    assert Target.objects.filter(text__in=[span, energy]).count() == 2


def test_document_prints_the_table_of_differences() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()

    start = lines.index(table()[0])
    assert lines[start : start + len(DIFFERENCES) + 2] == table()[: len(DIFFERENCES) + 2]
    assert [line for line in table() if line not in lines] == []
    assert [file.name for file in FILES if f"`{file.name}`" not in DOC.read_text()] == []
