"""A long word in every field that somebody writes freely: no page is wider than its window."""

import shutil

import pytest

from tests.browser.conftest import running_site
from tests.browser.looking import CULPRITS, OVERFLOW, SETTLED
from tests.pages import ENTRIES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(walked, tmp_path_factory, browser):
    folder = shutil.copytree(walked.folder, tmp_path_factory.mktemp("long") / "data")
    with running_site(folder, browser) as running:
        addresses = running.ask("facts.addresses()")
        running.manage("shell", "-v0", "-c", "from tests.long_words import lengthen; lengthen()")
        yield running, addresses


def test_no_page_is_wider_than_its_window(site):
    running, addresses = site
    found = []
    for name in sorted(addresses):
        page = running.page(ENTRIES[name].by)
        page.goto(addresses[name])
        for width in (1366, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(SETTLED)
            over = page.evaluate(OVERFLOW)
            if over > 0:
                found.append(f"{name} {width}: {over} px, {page.evaluate(CULPRITS)}")
        page.close()

    assert found == []
