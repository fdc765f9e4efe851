"""The menu leads where its reader is let in, and the apps say what waits and where."""

import ast

import pytest
from django.test import Client
from django.urls import reverse

from governance.declarations import Figures, Place, Task, declared
from tests import world
from tests.architecture.house import FLOORS, ROOT, project_files
from tests.world import World

PLACES = sorted(declared(Place), key=lambda place: place.position)
# The people of a committee come to its rounds from Rapportera.
OPEN_TO_MORE = {"rounds:round_list"}


@pytest.fixture
def region(made_world, db) -> World:
    return world.read_again(made_world)


def test_places_are_apart_and_each_app_says_its_own():
    assert len({place.position for place in PLACES}) == len(PLACES)
    assert len({place.label for place in PLACES}) == len(PLACES)
    assert {task.waiting.__module__.partition(".")[0] for task in declared(Task)} == {
        "governance",
        "documents",
        "rounds",
        "targets",
        "dialogues",
    }
    assert {kind.pages.__module__.partition(".")[0] for kind in declared(Figures)} == {
        "targets",
        "internal_control",
        "economy",
    }


def test_every_query_for_what_waits_is_declared():
    """Public functions below this floor that answer with tasks: a forgotten one waits unseen."""
    found = {
        f"{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}.{node.name}"
        for path in project_files(".py")
        if path.relative_to(ROOT).parts[0] in set(FLOORS) - {"desk"}
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "[OpenTask]" in ast.unparse(node.returns or ast.Constant(None))
    }

    assert found == {
        f"{task.waiting.__module__}.{task.waiting.__name__}" for task in declared(Task)
    }


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.url_name)
def test_menu_leads_only_where_the_page_lets_in(region, place):
    """A page is in the menu of exactly those whom it lets in."""
    shown, opened = set(), set()
    for account, user in region.users.items():
        client = Client()
        client.force_login(user)
        nav = client.get(reverse("desk:todo")).context["nav"]
        shown |= {account} if place.label in [item.label for item in nav] else set()
        answer = client.get(reverse(place.url_name)).status_code
        opened |= {account} if answer in {200, 302} else set()

    assert shown
    assert shown == opened or (place.url_name in OPEN_TO_MORE and shown < opened)
