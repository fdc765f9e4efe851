"""The grid of amounts on the real site: typed, refused, pasted, undone, taken out, read in, handed in."""

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import watch
from tests.browser.test_control import all_saved
from tests.browser.test_entry import paste

pytestmark = pytest.mark.browser


@pytest.fixture
def page(demo_site) -> Page:
    page = demo_site.page("controller")
    page.goto("/")
    page.get_by_role("link", name=re.compile("Fyll i utfall|Lämna in utfallen")).click()
    page.get_by_role("link", name="Ekonomi", exact=True).click()
    page.wait_for_url("**/ekonomi/rapportera/**")
    page.wait_for_load_state()
    return page


def field(page: Page, row: str, column: str) -> Locator:
    return page.get_by_role("row", name=re.compile(f"^{row}")).locator(f'[name$=".{column}"]').first


def test_amounts_are_typed_refused_pasted_and_undone(page):
    outcome, budget = field(page, "Omsättning", "outcome"), field(page, "Omsättning", "budget")
    stood = outcome.input_value()

    outcome.fill("ca 900")
    outcome.press("Enter")
    expect(page.locator(".grid-error", has_text="”ca 900” är inte ett tal.")).to_have_count(1)
    outcome.press("Escape")
    expect(outcome).to_have_value(stood)
    complaints = watch(page)

    outcome.focus()
    outcome.press("ArrowRight")
    expect(budget).to_be_focused()
    budget.fill("860,25")
    budget.press("Enter")
    all_saved(page)
    page.reload()
    expect(budget).to_have_value("860,25")

    paste(outcome, "901,5\t870\n1,9\t2\n")
    page.get_by_role("dialog").get_by_role("button", name="Klistra in 4 värden").click()
    all_saved(page)
    page.get_by_role("button", name="Ångra inklistring (4 celler)").click()
    expect(outcome).to_have_value(stood)
    all_saved(page)
    page.reload()
    expect(outcome).to_have_value(stood)
    expect(budget).to_have_value("860,25")
    budget.fill("")
    budget.press("Enter")
    all_saved(page)
    assert complaints == []


def test_workbook_goes_out_and_comes_back_with_a_preview(page, tmp_path):
    complaints, grid = watch(page), page.url
    page.get_by_role("button", name="Excel").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Hämta som Excel").click()
    page.get_by_role("link", name="Läs in från Excel").click()
    file = tmp_path / "ekonomi.xlsx"
    taken.value.save_as(file)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Visa vad som ändras").click()
    assert page.locator("#found").inner_text() == "Inget att spara"

    book = load_workbook(file)
    sheet = book["Ekonomi"]
    budget = next(cell.column for cell in sheet[3] if cell.value == "Helår 2025 Budget")
    sheet.cell(4, budget).value = 861.5
    sheet.cell(5, budget).value = "ungefär 2"
    book.save(file)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Visa vad som ändras").click()
    assert page.locator("#found").inner_text() == "1 ny, 0 ändrade, 1 kan inte läsas in"
    page.get_by_role("button", name="Spara ändringarna").click()

    assert page.locator("#done").inner_text() == "1 värde sparat, 1 lästes inte in"
    page.get_by_role("button", name="Ångra inläsningen").click()
    assert page.locator("#done").inner_text().startswith("Inläsningen är ångrad: 1 värde")
    page.get_by_role("link", name="Till tabellen").click()
    page.wait_for_url(grid)
    expect(page.locator('input.grid-input[value="861,5"]')).to_have_count(0)
    assert complaints == []
