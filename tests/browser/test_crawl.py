"""Every account of the walked demo, as far as its links lead: no dead link, and each kind of page of
an organisation is looked at once for each set of what one may do on it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page as Window

from exchange.demo.actions import DEMO_ACCOUNTS
from tests.browser.looking import faults, watch
from tests.crawl import Answer, Crawl, Page

pytestmark = pytest.mark.browser
ACCOUNTS = [(org, one) for org, accounts in DEMO_ACCOUNTS.items() for one in accounts]


@pytest.fixture(scope="session")
def looked(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The kinds of pages that have been looked at, by any process of the run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "looked"
    folder.mkdir(exist_ok=True)
    return folder


def getting(window: Window) -> Callable[[str], Answer]:
    def get(url: str) -> Answer:
        found = window.request.get(url, max_redirects=0)
        is_page = found.headers.get("content-type", "").startswith("text/html")
        return Answer(
            status=found.status,
            headers={"Content-Type": found.headers.get("content-type", "")},
            text=found.text() if is_page else "",
            location=found.headers.get("location", ""),
        )

    return get


def view_of(url: str) -> str:
    return resolve(urlsplit(url).path).view_name


def kind_of(organisation: str, url: str, page: Page) -> str:
    acts = sorted({view_of(urljoin(url, act)) for act in page.acts})
    return " ".join([organisation, view_of(url), *acts])


def is_first(looked: Path, kind: str) -> bool:
    try:
        (looked / hashlib.sha256(kind.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.mark.parametrize(("organisation", "account"), ACCOUNTS, ids=lambda one: one)
def test_every_page_an_account_reaches_is_fit_to_use(organisation, account, walked_site, looked):
    window = walked_site.page(account)
    complaints = watch(window)

    crawl = Crawl(getting(window), most=3)

    assert {url: one.status for url, one in crawl.answers.items() if one.status >= 400} == {}
    wrong = {}
    for url, page in crawl.pages.items():
        if page.has_menu and is_first(looked, kind_of(organisation, url, page)):
            window.goto(url)
            if told := faults(window):
                wrong[url] = told
    assert wrong == {}
    assert complaints == []
