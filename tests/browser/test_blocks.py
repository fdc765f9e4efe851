"""A report with every block of the steering chain, as its controller reads it."""

import pytest

from tests.browser.looking import faults, watch

pytestmark = pytest.mark.browser
CAPTIONS = [
    "Måluppfyllelse, helår 2025",
    "Underlag för bedömningen av nr 5. Forskning och utbildning av hög kvalitet med internationell spets.",
    "Målsättning nr 8: kompetensförsörjning",
    "Målsättning nr 9: ekonomi",
    "Sjukfrånvaro, kvinnor, män och totalt (%)",
    "Uppdrag, helår 2025",
    "Produktionstal/Nyckeltal, helår 2025",
]


def test_a_report_of_every_block_is_fit_to_use(demo_site):
    page = demo_site.page("orebro-controller")
    complaints = watch(page)
    page.goto("/underlag/")

    page.get_by_role("link", name="Verksamhetsberättelse 2025").click()
    page.wait_for_url("**/underlag/*/")
    page.wait_for_load_state()

    captions = page.locator("caption").all_inner_texts()
    assert [caption for caption in captions if caption in CAPTIONS] == CAPTIONS
    assert faults(page) == []
    assert complaints == []
