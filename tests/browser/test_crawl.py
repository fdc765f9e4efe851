"""Every account of the walked demo, as far as its links lead: no dead link, and each kind of page of
an organisation, whoever opens it first, at three widths and with axe."""

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from exchange.demo.actions import DEMO_ACCOUNTS
from tests.browser.looking import faults, watch
from tests.crawl import Answer, Crawl

pytestmark = pytest.mark.browser
ACCOUNTS = [(org, one) for org, accounts in DEMO_ACCOUNTS.items() for one in accounts]


@pytest.fixture(scope="module")
def seen() -> set[object]:
    """The kinds of pages that have been looked at."""
    return set()


def getting(page: Page):
    def get(url: str) -> Answer:
        found = page.request.get(url, max_redirects=0)
        is_page = found.headers.get("content-type", "").startswith("text/html")
        return Answer(
            status=found.status,
            headers={"Content-Type": found.headers.get("content-type", "")},
            text=found.text() if is_page else "",
            location=found.headers.get("location", ""),
        )

    return get


@pytest.mark.parametrize(("organisation", "account"), ACCOUNTS, ids=lambda one: one)
def test_every_page_an_account_reaches_is_fit_to_use(organisation, account, walked_site, seen):
    page = walked_site.page(account)
    complaints = watch(page)

    crawl = Crawl(getting(page))

    assert {url: one.status for url, one in crawl.answers.items() if one.status >= 400} == {}
    wrong = {}
    for url, found in crawl.pages.items():
        if not found.has_menu:
            continue
        kind = organisation, resolve(url.partition("?")[0]).view_name
        if kind not in seen:
            seen.add(kind)
            page.goto(url)
            if told := faults(page):
                wrong[url] = told
    assert wrong == {}
    assert complaints == []
