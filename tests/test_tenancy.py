"""Wall 2: with another organisation's number in it, every address answers 404 to everyone."""

import pytest
from django.test import Client
from django.urls import reverse

from targets.models import Goal
from tests.architecture.house import url_patterns
from tests.pages import ENTRIES, address
from tests.world import TWIN, World, make_world, read_again, rolled_back, walk

NUMBERED = sorted(name for name, entry in ENTRIES.items() if entry.objects)
# Takes no number: what they show is asked for with the user's own organisation.
WITHOUT_NUMBERS = {name for name, entry in ENTRIES.items() if not entry.objects}


@pytest.fixture(scope="module")
def twins(walked_world, tmp_path_factory) -> tuple[World, World]:
    """Made inside the transaction of the first."""
    key, name, prefix = TWIN
    theirs = make_world(tmp_path_factory.mktemp("twin"), key=key, name=name, prefix=prefix)
    walk(theirs)
    return walked_world, theirs


@pytest.fixture
def worlds(twins, db) -> tuple[World, World]:
    ours, theirs = twins
    return read_again(ours), read_again(theirs)


def posted(world: World) -> dict[str, object]:
    """Enough of a form for an address to get past what it looks up beside its own row."""
    return {
        "version": 1,
        "step": 1,
        "mover": world.users["au-ordforande"].person_id,
        "receiver": world.body("dnrgs").pk,
        "outcome": "carried",
        "way": "email",
        "act": "approve",
        "row": f"goal-{Goal.objects.filter(plan__body=world.body('dnrgs')).earliest('pk').pk}",
    }


def answer(client: Client, name: str, url: str, data: dict[str, object]) -> int:
    if not ENTRIES[name].post:
        return client.get(url).status_code
    return client.post(url, data).status_code


def test_every_address_with_a_number_is_walked():
    walked = {name for name, pattern in url_patterns() if pattern.pattern.converters}

    assert walked == set(NUMBERED)


def test_other_organisations_rows_are_not_found(worlds):
    ours, theirs = worlds
    clients = {account: Client() for account in ours.users}
    for account, client in clients.items():
        client.force_login(ours.users[account])

    data = posted(theirs)
    found = []
    for name in NUMBERED:
        url = address(name, theirs.organisation)
        for account, client in clients.items():
            with rolled_back():
                status = answer(client, name, url, data)
            if status != 404:
                found.append((name, account, status))

    assert found == []


def test_own_rows_are_found_by_whom_the_table_names(worlds):
    """The walk above would pass on broken addresses; this shows that they lead somewhere."""
    _ours, theirs = worlds

    data = posted(theirs)
    missing = []
    for name in NUMBERED:
        client = Client()
        client.force_login(theirs.users[ENTRIES[name].by])
        with rolled_back():
            status = answer(client, name, address(name, theirs.organisation), data)
        if status in {403, 404, 405}:
            missing.append((name, status))

    assert missing == []


def test_lists_show_nothing_of_another_organisation(worlds):
    ours, theirs = worlds

    shown = []
    for name in sorted(WITHOUT_NUMBERS - {"governance:logout"}):
        client = Client()
        if ENTRIES[name].by:
            client.force_login(ours.users[ENTRIES[name].by])
        if theirs.organisation.name in client.get(reverse(name)).content.decode(errors="replace"):
            shown.append(name)

    assert shown == []
