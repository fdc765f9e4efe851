"""Wall 2 on the loaded demo: neither of its two regions finds anything of the other."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from exchange.demo.actions import DEMO_ACCOUNTS
from governance.models import Organisation, User
from tests.exchange.sources import demo  # noqa: F401 -- the fixture of the loaded demo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

# Central pages, what their number points at, and the way from there to the organisation.
PAGES = {
    "targets:entry_grid": ("rounds.RoundState", "body__organisation"),
    "economy:entry_grid": ("rounds.RoundState", "body__organisation"),
    "internal_control:entry_grid": ("rounds.RoundState", "body__organisation"),
    "targets:plan_detail": ("targets.Plan", "body__organisation"),
    "targets:goal_detail": ("targets.Goal", "plan__body__organisation"),
    "economy:overview": ("governance.Body", "organisation"),
}
LISTS = ("desk:todo", "desk:reporting", "reports:pack_list", "dialogues:paragraph_list")
REGIONS = {"region-halland": "region-orebro", "region-orebro": "region-halland"}


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.mark.parametrize(("own", "other"), REGIONS.items())
def test_no_account_finds_a_page_of_the_other_region(own: str, other: str) -> None:
    urls = [
        reverse(name, args=[pk])
        for name, (model, way) in PAGES.items()
        for pk in apps.get_model(model)
        .objects.filter(**{f"{way}__key": other})
        .order_by("pk")
        .values_list("pk", flat=True)[:3]
    ]

    found = []
    for username in DEMO_ACCOUNTS[own]:
        client = client_of(username)
        found += [(username, url) for url in urls if client.get(url).status_code != 404]

    assert len(urls) > len(PAGES)
    assert found == []


@pytest.mark.parametrize(("own", "other"), REGIONS.items())
def test_no_list_names_the_other_region(own: str, other: str) -> None:
    name = Organisation.objects.get(key=other).name

    shown = []
    for username in DEMO_ACCOUNTS[own]:
        client = client_of(username)
        shown += [
            (username, page)
            for page in LISTS
            if name in client.get(reverse(page), follow=True).content.decode()
        ]

    assert shown == []


@pytest.mark.parametrize(
    ("username", "body"),
    [
        ("controller", "dnrgs"),
        ("sjukhus-controller", "dnhs"),
        ("regionkontor-controller", "rs"),
        ("orebro-controller", "servicenamnden"),
    ],
)
def test_controllers_open_every_plan_and_round_of_their_own(username: str, body: str) -> None:
    """The walks above would pass on broken addresses; this shows that they lead somewhere."""
    client, user = client_of(username), User.objects.get(username=username)
    own = {"body__key": body, "body__organisation": user.person.organisation_id}

    urls = [
        reverse(name, args=[pk])
        for name in ("targets:entry_grid", "economy:entry_grid", "targets:plan_detail")
        for pk in apps.get_model(PAGES[name][0]).objects.filter(**own).values_list("pk", flat=True)
    ]

    assert len(urls) >= 2
    assert {client.get(url).status_code for url in urls} == {200}
