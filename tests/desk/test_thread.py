import pytest
from django.test import Client
from django.urls import reverse

from tests import world

THREAD = "Följ tråden till siffrorna"


@pytest.fixture
def made(db, tmp_path):
    made = world.make_world(tmp_path, key="region-halland", name="Region Halland", prefix="")
    world.walk(made)
    return made


def test_verified_paragraph_leads_to_its_figures_and_back(made):
    client = Client()
    client.force_login(made.users["registrator"])
    paragraph = world.paragraph_of(made)

    page = client.get(reverse("dialogues:paragraph_detail", args=[paragraph.pk]))
    link = page.context["related"][0]
    thread = client.get(link.url)

    assert (link.label, link.url) == (THREAD, reverse("desk:thread", args=[paragraph.pk]))
    assert THREAD in page.content.decode()
    strands = [s for group in thread.context["thread"].pack.groups for s in group.strands]
    typed = next(strand for strand in strands if strand.printed.startswith("6,94"))
    assert (typed.author, typed.entries[0].new) == ("Karin Lundqvist", "6,94")
    assert reverse("dialogues:paragraph_detail", args=[paragraph.pk]) in thread.content.decode()
