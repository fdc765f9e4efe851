"""Every account of the demo finds, from its menu, every page it may read, and no dead link."""

from collections.abc import Iterator
from itertools import chain

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from exchange.demo.actions import DEMO_ACCOUNTS
from governance.declarations import table_of
from governance.models import Organisation, User
from tests import world
from tests.crawl import Answer, Crawl
from tests.exchange.sources import demo  # noqa: F401 -- the fixture of the loaded demo
from tests.factories import PASSWORD
from tests.pages import ENTRIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("walked_demo")]
ACCOUNTS = list(chain.from_iterable(DEMO_ACCOUNTS.values()))
EMPTY = 'class="empty"'  # a page that says there is nothing here
NOT_LINKED = {
    "documents:document_progress": "polled while a printing is under way",
    # Forms, linked while what they write in is open.
    "dialogues:proposal_edit": "of a proposal that has been sent",
    "economy:grid_import": "of a period that is handed in",
    "internal_control:grid_import": "of a period that is handed in",
    "rounds:round_remind": "of a round that everyone has handed in",
    "targets:category_edit": "of an indicator that has none",
    "targets:goal_add": "in a plan whose levels are not known",
    "targets:grid_import": "of a period that is handed in",
    # The way here is through the login.
    "governance:login": "for who is logged out",
}


@pytest.fixture(scope="module")
def walked_demo(
    demo: None,  # noqa: F811 -- the fixture
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """The pack handed over, § 58 verified and dispatched."""
    with django_db_blocker.unblock():
        User.objects.update(password=make_password(PASSWORD))
        here = world.World(
            organisation=Organisation.objects.get(key="region-halland"),
            users={user.username: user for user in User.objects.all()},
        )
        world.hand_over_pack(here)
        world.send_proposal(here)
        paragraph = world.write_paragraph(here)
        world.sign_all(here, world.send_for_verification(here, paragraph))
        world.dispatch(here, paragraph)


def getting(user: User):
    client = Client()
    client.force_login(user)

    def get(url: str) -> Answer:
        found = client.get(url)
        is_page = found.headers.get("Content-Type", "").startswith("text/html")
        return Answer(
            status=found.status_code,
            headers=dict(found.headers),
            text=found.content.decode() if is_page else "",
            location=found.headers.get("Location", ""),
        )

    return get


def pages_of(organisation: Organisation) -> Iterator[str]:
    """The address of every page about a row of the organisation, and of those about none."""
    for name, entry in ENTRIES.items():
        if entry.post or not entry.html or len(entry.objects) > 1 or name in NOT_LINKED:
            continue
        for parameter, model in entry.objects.items():
            rows = apps.get_model(model).objects.all()
            if path := table_of(apps.get_model(model)).organisation_path:
                rows = rows.filter(**{path: organisation})
            for pk in rows.order_by("pk").values_list("pk", flat=True):
                yield reverse(name, kwargs={parameter: pk})
        if not entry.objects:
            yield reverse(name)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_menu_leads_to_everything_one_may_read_and_nowhere_else(account):
    user = User.objects.select_related("person__organisation").get(username=account)
    get = getting(user)

    crawl = Crawl(get)

    assert {
        f"{url} on {crawl.came_from[url]}": answer.status
        for url, answer in crawl.answers.items()
        if answer.status >= 400
    } == {}
    assert {
        url: page.current
        for url, page in crawl.pages.items()
        if page.has_menu and len(page.current) != 1
    } == {}
    assert [url for url, said in crawl.answers.items() if "Cache-Control" not in said.headers] == []
    readable = {
        url
        for url in pages_of(user.person.organisation)
        if url not in crawl.reached and (answer := get(url)).status == 200
        if EMPTY not in answer.text
    }
    assert readable == set()
    assert len(crawl.pages) > 1


def test_pages_without_a_link_are_pages():
    assert {name for name in NOT_LINKED if not ENTRIES[name].html} == set()
