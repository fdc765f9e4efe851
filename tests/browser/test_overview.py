"""The board's overview in a real browser: choose, open a figure, close it again, print."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import axe, faults, watch

pytestmark = pytest.mark.browser


def overview(site, *, width: int = 1366):
    page = site.page("ledamot", width=width)
    page.goto("/namndoversikt/?ar=2021&visning=indikatorer")
    page.get_by_label("Nämnd", exact=True).select_option(label="DN Hallands sjukhus")
    page.get_by_role("button", name="Visa", exact=True).click()
    return page


def test_member_chooses_a_committee_and_opens_a_figure(demo_site):
    page = overview(demo_site)
    complaints = watch(page)

    expect(page.get_by_role("region", name="Indikatorer och nämnder")).to_be_visible()
    cell = page.locator("a.overview__cell").first
    cell.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("DN Hallands sjukhus · ")
    expect(dialog).to_contain_text("Målvärde")
    expect(dialog.locator("#detail-title")).to_be_focused()
    assert axe(page) == []

    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(cell).to_be_focused()
    assert complaints == []


def test_both_tables_are_fit_to_use(demo_site):
    page = overview(demo_site)
    complaints = watch(page)

    assert faults(page) == []
    page.get_by_role("link", name="Fokusområden", exact=True).click()
    expect(page.get_by_role("region", name="Nämnder och fokusområden")).to_be_visible()
    assert faults(page) == []
    assert complaints == []


def test_link_leads_without_script(demo_site):
    page = overview(demo_site)
    href = page.locator("a.overview__cell").first.evaluate("link => link.href")

    page.goto(href)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("DN Hallands sjukhus")
