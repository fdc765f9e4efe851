"""The grid of results on the real site: chosen, refused, pasted, undone, taken out and handed in."""

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import watch
from tests.browser.test_entry import ASKED, hand_in, paste, saved

pytestmark = pytest.mark.browser


@pytest.fixture
def page(demo_site) -> Page:
    page = demo_site.page("controller")
    page.goto("/")
    page.get_by_role("link", name=re.compile("Fyll i utfall|Lämna in utfallen")).click()
    page.get_by_role("link", name="Intern kontroll", exact=True).click()
    page.wait_for_url("**/internkontroll/rapportera/**")
    page.wait_for_load_state()
    return page


def field(page: Page, name: str) -> Locator:
    return page.locator(f'tr[data-entry]:first-of-type [name^="value-"][name$="_{name}"]').first


def all_saved(page: Page) -> None:
    expect(saved(page)).to_contain_text("Alla ändringar sparade kl.")


def test_answers_are_chosen_refused_pasted_and_undone(page):
    performed, passed, comment = (field(page, each) for each in ("performed", "passed", "comment"))
    expect(performed).to_be_in_viewport(ratio=1)
    expect(comment).to_be_in_viewport(ratio=1)

    performed.select_option("Nej")
    expect(page.locator(".grid-error", has_text="Kontrollen är inte utförd.")).to_have_count(1)
    performed.select_option("Ja")
    all_saved(page)
    complaints = watch(page)

    paste(performed, "Ja\tGod kontroll\tStickprov på 20.\n")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Klistra in")).click()
    expect(page.locator("#grid-notice")).to_contain_text("inklistrade")
    all_saved(page)
    page.reload()
    expect(passed.locator("option:checked")).to_have_text("God kontroll")
    expect(comment).to_have_value("Stickprov på 20.")

    passed.select_option("Brister finns")
    passed.press("Tab")
    all_saved(page)
    page.get_by_role("button", name="Ångra").click()
    expect(passed.locator("option:checked")).to_have_text("God kontroll")
    all_saved(page)
    passed.select_option("Brister finns")
    comment.fill("")
    comment.press("Tab")
    all_saved(page)
    assert complaints == []


def test_workbook_goes_out_and_comes_back_with_a_preview(page, tmp_path):
    complaints, grid = watch(page), page.url
    page.get_by_role("button", name="Excel").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Hämta som Excel").click()
    page.get_by_role("link", name="Läs in från Excel").click()
    file = tmp_path / "internkontroll.xlsx"
    taken.value.save_as(file)
    book = load_workbook(file)
    sheet = book["Internkontroll"]
    title = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(5, title["Helår Kommentar"]).value = "Ur arket."
    sheet.cell(6, title["Helår Resultat"]).value = "Bra"
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
    expect(page.locator("textarea", has_text="Ur arket.")).to_have_count(0)
    assert complaints == []


def test_results_are_handed_in_with_the_outcomes(demo_site, page):
    grid = page.url
    pk = grid.rstrip("/").rpartition("/")[2]
    hand_in(page)
    links = page.get_by_role("main").get_by_role("link", name="Kommentera avvikelsen för")
    asked = [ASKED.search(text)[1] for text in links.all_inner_texts()]
    if asked:
        links.first.click()
        page.wait_for_url("**/mal/rapportera/**")
        for name in asked:
            page.get_by_role("textbox", name=f"{name} Kommentar", exact=True).fill("Se bilagan.")
        expect(page.locator("tr[data-entry]:not([data-asks=''])")).to_have_count(0)
        hand_in(page)

    page.goto(grid)
    expect(page.get_by_role("main")).to_contain_text("Låst: inlämnad")
    expect(page.get_by_role("main").locator("select")).to_have_count(0)
    demo_site.ask(f"facts.reopen_entry({pk})")
