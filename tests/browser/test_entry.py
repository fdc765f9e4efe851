"""The entry grid on the real site: a block pasted and undone, comments asked for, the period handed in."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import axe, watch

SCHEMES = ("light", "dark")
pytestmark = pytest.mark.browser
ASKED = re.compile("Kommentera avvikelsen för (.+), eller skriv")


@pytest.fixture
def page(demo_site) -> Page:
    page = demo_site.page("controller")
    page.goto("/")
    page.get_by_role("link", name=re.compile("Fyll i utfall|Lämna in utfallen")).click()
    page.wait_for_url("**/rapportera/**")
    page.wait_for_load_state()
    return page


def values(page: Page) -> Locator:
    return page.get_by_role("main").locator("input.grid-input")


def saved(page: Page) -> Locator:
    return page.locator("#grid-saved")


def paste(field: Locator, text: str) -> None:
    field.evaluate(
        """(field, text) => {
          field.focus();
          const data = new DataTransfer();
          data.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_paste_that_asks_can_be_read_by_all(page, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.reload()
    paste(values(page).first, "9.999\tPåhittat\n–\n")

    dialog = page.get_by_role("dialog", name="Klistra in från Excel")
    expect(dialog.get_by_role("combobox")).to_have_count(2)
    assert axe(page) == []


def test_block_is_pasted_with_a_preview_and_undone(page):
    complaints = watch(page)
    first, second = values(page).nth(0), values(page).nth(1)
    stood = (first.input_value(), second.input_value())

    paste(first, "11,1\tPåhittat\nca 12\n")
    dialog = page.get_by_role("dialog", name="Klistra in från Excel")
    expect(dialog).to_contain_text("”ca 12” är inte ett tal.")
    dialog.get_by_role("button", name="Klistra in 2 värden").click()
    expect(page.locator("#grid-notice")).to_have_text("2 celler inklistrade.")
    expect(saved(page)).to_contain_text("Alla ändringar sparade kl.")
    page.reload()
    expect(first).to_have_value("11,1")
    expect(second).to_have_value(stood[1])

    first.fill("12,2")
    first.press("Enter")
    expect(saved(page)).to_contain_text("Alla ändringar sparade kl.")
    page.get_by_role("button", name="Ångra").click()
    expect(first).to_have_value("11,1")
    first.fill(stood[0])
    page.locator("textarea.grid-comment").nth(0).fill("")
    page.locator("textarea.grid-comment").nth(0).press("Tab")
    expect(saved(page)).to_contain_text("Alla ändringar sparade kl.")
    assert complaints == []


def test_second_writers_comment_is_shown_beside_mine(demo_site, page):
    other = demo_site.page("controller")
    other.goto(page.url)
    mine, theirs = (one.locator("textarea.grid-comment").nth(1) for one in (page, other))

    theirs.fill("Deras.")
    expect(saved(other)).to_contain_text("Alla ändringar sparade kl.")
    mine.fill("Min.")

    row = mine.locator("xpath=ancestor::tr")
    expect(row).to_contain_text("ändrade kommentaren till ”Deras.” kl.")
    row.get_by_role("button", name="Spara min kommentar").click()
    expect(saved(page)).to_contain_text("Alla ändringar sparade kl.")
    mine.fill("")
    mine.press("Tab")
    expect(row.locator('[name^="was-"][name$=".comment"]')).to_have_value("")


def test_deviation_without_a_comment_stops_submission_until_it_has_one(demo_site, page):
    pk = page.url.rstrip("/").rpartition("/")[2]
    sick = page.get_by_role("textbox", name="Sjukfrånvaro (R12) Utfall", exact=True)
    stood = sick.input_value()
    sick.fill("19,5")
    sick.press("Enter")
    asking = page.locator("tr[data-entry]").filter(has=sick).locator("textarea")
    expect(asking).to_have_attribute("placeholder", "Kommentera avvikelsen")

    hand_in(page)
    expect(page.get_by_role("alert")).to_contain_text("Perioden är inte inlämnad.")
    links = page.get_by_role("main").get_by_role("link", name="Kommentera avvikelsen för")
    asked = [ASKED.search(text)[1] for text in links.all_inner_texts()]
    assert "Sjukfrånvaro (R12)" in asked
    links.first.click()
    page.wait_for_url("**/rapportera/**")
    for name in asked:
        page.get_by_role("textbox", name=f"{name} Kommentar", exact=True).fill(
            "Se kommentar i bilagan."
        )
    expect(page.locator("tr[data-entry]:not([data-asks=''])")).to_have_count(0)

    hand_in(page)
    expect(page.get_by_role("main")).to_contain_text("Låst: inlämnad")
    expect(values(page)).to_have_count(0)

    demo_site.ask(f"facts.reopen_entry({pk})")
    page.goto(f"/mal/rapportera/{pk}/")
    sick.fill(stood)
    sick.press("Tab")
    expect(saved(page)).to_contain_text("Alla ändringar sparade kl.")


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Lämna in …").click()
    page.get_by_role("dialog").get_by_role("button", name="Lämna in", exact=True).click()
    page.wait_for_url("**/rapporteringar/lage/**")
    page.wait_for_load_state()


def fill_in(file: Path) -> None:
    """A comment, a value that is asked about and one that is no number."""
    book = load_workbook(file)
    sheet = book["Utfall"]
    title = {cell.value: cell.column for cell in sheet[3]}
    osa = next(row for row in sheet.iter_rows(min_row=4) if "OSA" in str(row[2].value))[0].row
    hme = next(row for row in sheet.iter_rows(min_row=4) if "HME" in str(row[2].value))[0].row
    sheet.cell(osa, title["Kommentar"]).value = "Ur arket."
    sheet.cell(hme, title["Utfall"]).value = "ca 70"
    sheet.cell(osa, title["Utfall"]).value = "9.999"
    book.save(file)


def test_workbook_goes_out_and_comes_back_with_a_preview(page, tmp_path):
    complaints = watch(page)
    grid = page.url
    page.get_by_role("button", name="Excel").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Hämta som Excel").click()
    page.get_by_role("link", name="Läs in från Excel").click()
    file = tmp_path / "utfall.xlsx"
    taken.value.save_as(file)

    def read_in() -> str:
        page.locator("input[type=file]").set_input_files(file)
        assert page.locator("[data-file-name]").inner_text() == "utfall.xlsx"
        page.get_by_role("button", name="Visa vad som ändras").click()
        return page.locator("#found").inner_text()

    assert read_in() == "Inget att spara"
    fill_in(file)

    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert read_in() == "1 ny, 0 ändrade, 2 att svara på"
        assert axe(page) == []
    assert "”ca 70” är inte ett tal" in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Spara ändringarna").click()
    assert page.locator("#done").inner_text() == "1 värde sparat, 2 lästes inte in"
    assert "är inte besvarat" in page.get_by_role("main").inner_text()
    assert axe(page) == []
    page.get_by_role("link", name="Till tabellen").click()
    page.wait_for_url(grid)
    expect(page.locator("textarea", has_text="Ur arket.")).to_have_count(1)
    assert complaints == []
