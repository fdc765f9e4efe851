from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from desk.queries import standing_at
from governance.enums import ChangeKind
from governance.history import HIDDEN, HistoryEntry
from governance.models import Organisation
from targets.models import Indicator, Outcome
from tests import world
from tests.world import World

CONTROLLER, MEMBER = "controller", "ledamot"


@pytest.fixture
def region(walked_world, db) -> World:
    return world.read_again(walked_world)


def thread(region: World, account: str):
    client = Client()
    client.force_login(region.users[account])
    url = reverse("desk:thread", args=[world.paragraph_of(region).pk])
    return client.get(url)


def strand(response, place: str):
    groups = response.context["thread"].pack.groups
    return next(one for group in groups for one in group.strands if one.place == place)


def change_outcome(region: World) -> None:
    row = strand(thread(region, CONTROLLER), "Sjukfrånvaro (R12)")
    world.report_outcome(region, "7,10", seen=row.ref.version)


def test_thread_leads_from_paragraph_to_figure_and_author(region):
    response = thread(region, MEMBER)

    found = strand(response, "Sjukfrånvaro (R12)")
    assert response.context["thread"].number == 58
    assert found.printed.startswith("6,94 % (7,53)")
    assert found.author == "Karin Lundqvist"
    assert found.is_changed is False


def test_a_loaded_figure_says_that_a_file_stands_behind_it(region):
    found = strand(thread(region, MEMBER), "Korttidssjukfrånvaro")

    assert found.author == "Systemet"
    assert [(entry.old, entry.new) for entry in found.entries] == [("", "Inläst från styrfil")]


def test_later_change_is_marked_for_all_and_told_to_the_committee_alone(region):
    change_outcome(region)

    inside = strand(thread(region, CONTROLLER), "Sjukfrånvaro (R12)")
    outside = strand(thread(region, MEMBER), "Sjukfrånvaro (R12)")

    assert (inside.is_changed, outside.is_changed) == (True, True)
    assert [entry.new for entry in inside.entries] == ["7,10", "6,94"]
    assert [entry.new for entry in outside.entries] == ["6,94"]


def test_what_was_tried_before_the_hand_over_is_the_committees_own():
    """The board reads what was handed over and by whom, never the drafts on the way there."""
    handed_over = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def entry(number: int, *, old: str, new: str, day: int) -> HistoryEntry:
        at = datetime(2026, 2, day, 12, tzinfo=UTC) if day else handed_over + timedelta(days=1)
        return HistoryEntry(
            id=number, row=("targets.Outcome", 1), at=at, stamped_at=at, actor="Karin Lundqvist",
            kind=ChangeKind.TYPED, field="value", old=old, new=new, is_hidden=False,
        )  # fmt: skip

    newest_first = [
        entry(4, old="6,94", new="9,99", day=0),
        entry(3, old="7,20", new="6,94", day=3),
        entry(2, old="7,00", new="7,20", day=2),
        entry(1, old="", new="7,00", day=1),
    ]

    told = list(standing_at(newest_first, handed_over))

    assert [(one.id, one.old, one.new) for one in told] == [(3, "", "6,94")]


def test_value_that_a_small_group_hides_now_is_not_told(region):
    row = strand(thread(region, CONTROLLER), "Sjukfrånvaro (R12)").ref
    outcome = Outcome.objects.get(pk=row.id)
    Outcome.objects.filter(pk=row.id).update(group_size=3)
    Indicator.objects.filter(pk=outcome.indicator_id).update(hides_small_groups=True)

    for account in (CONTROLLER, MEMBER):
        found = strand(thread(region, account), "Sjukfrånvaro (R12)")
        assert [entry.new for entry in found.entries] == [HIDDEN]


def test_day_of_its_own_does_not_tell_what_came_after_the_hand_over(region):
    Organisation.objects.update(demo_today=date(2020, 1, 1))
    change_outcome(region)

    found = strand(thread(region, MEMBER), "Sjukfrånvaro (R12)")

    assert [entry.new for entry in found.entries] == ["6,94"]


def test_every_figure_of_the_pack_is_followed(region):
    groups = thread(region, MEMBER).context["thread"].pack.groups

    without = [
        one.place
        for group in groups
        for one in group.strands
        if not one.printed and "2024" not in one.place
    ]
    assert without == []
    assert [group.title for group in groups] == [
        "Medarbetare",
        "Internkontroll",
        "Ekonomistyrning",
    ]


def test_draft_has_no_thread(db, tmp_path):
    key, name, prefix = world.TWIN
    made = world.make_world(tmp_path, key=key, name=name, prefix=prefix)
    world.hand_over_pack(made)
    world.send_proposal(made)
    world.write_paragraph(made)

    assert thread(made, "sekreterare").status_code == 404


def test_anonymous_is_sent_to_login(client, region):
    url = reverse("desk:thread", args=[world.paragraph_of(region).pk])

    assert client.get(url).status_code == 302


def test_verified_paragraph_leads_to_its_figures_and_back(region):
    client = Client()
    client.force_login(region.users["registrator"])
    paragraph = world.paragraph_of(region)

    page = client.get(reverse("dialogues:paragraph_detail", args=[paragraph.pk]))
    link = page.context["related"][0]
    back = client.get(link.url)

    assert link.url == reverse("desk:thread", args=[paragraph.pk])
    assert link.label in page.content.decode()
    assert reverse("dialogues:paragraph_detail", args=[paragraph.pk]) in back.content.decode()


def test_fault_page_does_not_tell_that_a_paragraph_exists(region, stranger):
    client = Client()
    client.force_login(stranger)

    page = client.get(reverse("dialogues:paragraph_detail", args=[world.paragraph_of(region).pk]))

    assert page.status_code == 404
    assert "tråden" not in page.content.decode()
