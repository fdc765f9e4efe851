"""Indicators in a real browser: a target is echoed while it is typed, the list as one searches."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults, watch

pytestmark = pytest.mark.browser


def test_target_is_read_aloud_while_it_is_typed_and_kept(demo_site):
    page = demo_site.page("orebro-controller")
    complaints = watch(page)
    page.goto("/mal/indikatorer/")
    page.get_by_label("Sök", exact=True).press_sequentially("sjukfrånvaron SKA")
    expect(page.locator("#rows")).to_contain_text("Visar 1 av")
    page.locator("#rows th a").click()
    expect(page.get_by_role("img", name="Sjukfrånvaro")).to_be_visible()
    assert faults(page) == []

    page.get_by_role("link", name="Ändra årets målvärde i").first.click()
    field, echo = page.locator("#id_year-text"), page.locator("#echo-year")
    field.fill("")
    field.press_sequentially("> 5 %")
    expect(echo).to_contain_text("Menas < 5 %?")
    assert faults(page) == []
    field.fill("")
    field.press_sequentially("max 6,5 %")
    expect(echo).to_have_text("Tolkas som högst 6,5 %.")
    page.get_by_role("button", name="Spara", exact=True).click()

    expect(page.get_by_text("Sparat.", exact=True)).to_be_visible()
    expect(field).to_have_value("max 6,5 %")
    assert complaints == []
