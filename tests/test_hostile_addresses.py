"""No address gives a fault, whatever stands in it or in its query."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages import ENTRIES, address, numbers
from tests.world import read_again

ASKED = (
    "q", "period", "visa", "namnd", "langd", "alla", "under", "goal", "saknade", "omrade",
    "paragraf", "text", "next",
)  # fmt: skip
TOO_LARGE = str(2**63)  # past what a column of numbers can hold


@pytest.fixture
def world(walked_world, db):
    return read_again(walked_world)


@pytest.mark.parametrize("text", ["%00x%0b%1f", TOO_LARGE])
def test_no_page_fails_on_a_hostile_query(world, text):
    failed = []
    for name, entry in ENTRIES.items():
        client = Client(raise_request_exception=False)
        if entry.by:
            client.force_login(world.users[entry.by])
        url = address(name, world.organisation)
        query = "&".join(f"{asked}={text}" for asked in ASKED)
        answer = client.get(f"{url}?{query}")
        if answer.status_code >= 500:
            failed.append(name)

    assert failed == []


def test_a_number_too_large_for_any_row_leads_nowhere(world):
    found = {}
    for name, entry in ENTRIES.items():
        client = Client(raise_request_exception=False)
        if entry.by:
            client.force_login(world.users[entry.by])
        right = numbers(name, world.organisation)
        for parameter in right:
            url = reverse(name, kwargs=right | {parameter: TOO_LARGE})
            answer = client.post(url) if entry.post else client.get(url)
            found[name, parameter] = answer.status_code

    assert {place: status for place, status in found.items() if status != 404} == {}
