"""Every page of the walked demo: axe in light and dark, three widths, no word from the CSP."""

import pytest

from tests.browser.looking import faults, watch
from tests.pages import ENTRIES

pytestmark = pytest.mark.browser
PAGES = sorted(name for name, entry in ENTRIES.items() if entry.html)


@pytest.fixture(scope="session")
def addresses(walked_site):
    return walked_site.ask("facts.addresses()")


@pytest.mark.parametrize("name", PAGES)
def test_page_is_fit_to_use(name, walked_site, addresses):
    page = walked_site.page(ENTRIES[name].by)
    complaints = watch(page)

    answer = page.goto(addresses[name])

    assert answer.status == 200
    assert faults(page) == []
    assert complaints == []
