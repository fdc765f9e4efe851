"""The grid in a real browser: keys, saving, errors, conflicts, no contact, layout; on three floors' columns."""

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.looking import OVERFLOW, SETTLED
from tests.frontend.grids import GRIDS, Entry

pytestmark = pytest.mark.browser


WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WORD = "x" * 260


@pytest.fixture
def grid(tab, server):
    return opened(tab, server, "utfall")


def opened(tab: Page, server: str, name: str) -> Page:
    tab.goto(f"{server}/rutnat/{name}/")
    return tab


def at(page: Page, name: str) -> Locator:
    """The element with an id that has a point in it."""
    return page.locator(f'[id="{name}"]')


def texts(pk: str, column: str = "value") -> str:
    return GRIDS["utfall"].entries[pk].texts.get(column, "")


def was(page: Page, cell: str) -> Locator:
    return page.locator(f'[name="was-{cell}"]')


def saved_words(grid):
    return grid.locator("#grid-saved")


def test_typed_value_is_saved_and_focus_stays(grid):
    cell = at(grid, "value-7.value")
    cell.fill("6,94")

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade kl.")
    expect(at(grid, "fact-7.status")).to_have_text("Målvärde saknas")
    expect(cell).to_be_focused()
    assert GRIDS["utfall"].posted == [
        {
            "value-7.value": "6,94",
            "kind-7.value": "number",
            "was-7.value": "",
            "version-7.value": "1",
        }
    ]
    assert texts("7") == "6,94"


def test_second_save_sends_the_new_version(grid):
    at(grid, "value-7.value").fill("6,94")
    expect(saved_words(grid)).to_have_attribute("data-state", "saved")
    at(grid, "value-7.value").fill("6,95")
    expect(grid.locator('[name="version-7.value"]')).to_have_value("3")

    assert texts("7") == "6,95"


def test_enter_and_arrows_move_and_select(grid):
    at(grid, "value-7.value").focus()
    grid.keyboard.press("Enter")
    expect(at(grid, "value-8.value")).to_be_focused()
    grid.keyboard.press("ArrowDown")
    expect(at(grid, "value-9.value")).to_be_focused()
    grid.keyboard.press("Shift+Enter")
    grid.keyboard.press("ArrowUp")
    expect(at(grid, "value-7.value")).to_be_focused()
    at(grid, "value-8.value").focus()

    assert grid.evaluate("getSelection().toString()") == "2,91"


def test_escape_restores_the_saved_value(grid):
    cell = at(grid, "value-8.value")
    cell.fill("99")
    grid.keyboard.press("Escape")

    expect(cell).to_have_value("2,91")
    grid.wait_for_timeout(600)
    assert GRIDS["utfall"].posted == []


@pytest.mark.parametrize(("cell", "stood"), [("8.value", "2,91"), ("8.comment", "")])
def test_escape_restores_what_stood_though_the_typing_was_saved(grid, cell, stood):
    field = at(grid, f"value-{cell}")
    field.fill("2,97")
    expect(was(grid, cell)).to_have_value("2,97")
    grid.keyboard.press("Escape")

    expect(field).to_have_value(stood)
    expect(was(grid, cell)).to_have_value(stood)
    assert f"undo-{cell}" in GRIDS["utfall"].posted[-1]


def test_number_is_shown_as_it_was_read_when_the_cell_is_left(grid):
    at(grid, "value-8.value").fill("2577.20 %")
    grid.keyboard.press("Enter")

    expect(at(grid, "value-8.value")).to_have_value("2\u00a0577,20")


def test_what_is_no_number_keeps_the_typed_text(grid):
    cell = at(grid, "value-8.value")
    cell.fill("ca 70")
    grid.keyboard.press("Enter")

    expect(at(grid, "error-8.value")).to_have_text(
        "”ca 70” är inte ett tal. Skriv till exempel 2 577,2."
    )
    expect(saved_words(grid)).to_contain_text("1 värde kunde inte sparas")
    expect(cell).to_have_value("ca 70")
    expect(cell).to_have_attribute("aria-invalid", "true")
    assert texts("8") == "2,91"

    cell.fill("2,95")
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    expect(cell).not_to_have_attribute("aria-invalid", "true")
    expect(at(grid, "error-8.value")).to_be_empty()


def test_unusual_value_is_saved_and_confirmed_by_one_click(grid):
    cell = at(grid, "value-8.value")
    cell.fill("166506")
    button = at(grid, "error-8.value").get_by_role("button", name="Det stämmer")

    expect(button).to_be_visible()
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    expect(at(grid, "row-8")).to_have_attribute("data-unusual", "1")
    expect(cell).not_to_have_attribute("aria-invalid", "true")

    button.click()

    expect(at(grid, "error-8.value")).to_be_empty()
    expect(at(grid, "row-8")).to_have_attribute("data-unusual", "0")
    expect(cell).to_be_focused()
    assert "confirm-8.value" in GRIDS["utfall"].posted[-1]
    cell.fill("166507")
    expect(button).to_be_visible()


def test_what_may_mean_two_things_is_asked_about_and_answered_by_one_click(grid):
    cell = at(grid, "value-8.value")
    cell.fill("9.999")
    expect(at(grid, "error-8.value")).to_contain_text("”9.999” kan vara 9,999 eller 9 999.")
    assert texts("8") == "2,91"

    at(grid, "error-8.value").get_by_role("button", name="9 999").click()

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8") == "9\xa0999"

    cell.fill("e.t.")
    at(grid, "error-8.value").get_by_role("button", name="Ej tillämpligt").click()

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert GRIDS["utfall"].entries["8"].kinds["value"] == "not_applicable"
    expect(cell).to_have_attribute("placeholder", "Ej tillämpligt")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1,5 mdr", "1\xa0500"), ("–5", "−5"), ("(1 234)", "−1\xa0234"), ("867,5 mnkr", "867,5")],
)
def test_number_is_read_in_the_unit_of_its_row(grid, typed, shown):
    GRIDS["utfall"].entries["8"].unit = "mnkr"
    grid.reload()
    at(grid, "value-8.value").fill(typed)
    grid.keyboard.press("Enter")

    expect(at(grid, "value-8.value")).to_have_value(shown)
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8") == shown


def change_behind_the_back(pk, value):
    GRIDS["utfall"].entries[pk].texts["value"] = value


def test_conflict_shows_both_values_and_mine_can_be_kept(grid):
    change_behind_the_back("8", "3,00")
    at(grid, "value-8.value").fill("2,95")

    expect(at(grid, "error-8.value")).to_contain_text("Karin Lund ändrade till 3,00")
    expect(at(grid, "value-8.value")).to_have_value("2,95")
    grid.get_by_role("button", name="Spara mitt värde").click()
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8") == "2,95"


def test_step_back_after_a_conflict_leads_to_what_the_other_wrote(grid):
    field = at(grid, "value-8.value")
    field.fill("2,92")
    grid.keyboard.press("Enter")
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    change_behind_the_back("8", "3,00")
    field.fill("2,95")
    grid.locator("[data-grid-keep]").click()
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8") == "2,95"

    grid.locator("[data-grid-undo]").click()

    expect(field).to_have_value("3,00")
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8") == "3,00"
    expect(grid.locator("[data-grid-undo]")).to_be_disabled()


def test_conflict_and_theirs_is_taken(grid):
    change_behind_the_back("8", "3,00")
    at(grid, "value-8.value").fill("2,95")
    grid.get_by_role("button", name="Behåll 3,00").click()

    expect(at(grid, "value-8.value")).to_have_value("3,00")
    expect(at(grid, "error-8.value")).to_be_empty()
    at(grid, "value-8.value").fill("3,01")
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8") == "3,01"


def test_no_contact_is_told_and_mended(grid):
    grid.context.set_offline(True)
    at(grid, "value-7.value").fill("6,94")
    expect(saved_words(grid)).to_have_text(
        "Ingen kontakt med servern. 1 ändring är inte sparad – försöker igen."
    )
    at(grid, "value-8.value").fill("3")
    expect(saved_words(grid)).to_contain_text("2 ändringar är inte sparade", timeout=8000)

    grid.context.set_offline(False)
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade", timeout=8000)
    assert (texts("7"), texts("8")) == ("6,94", "3")


def test_refused_save_stops_and_says_so(grid):
    grid.route("**/rutnat/**", lambda route: route.fulfill(status=403))
    at(grid, "value-7.value").fill("6,94")

    expect(saved_words(grid)).to_contain_text("Servern tog inte emot det. Det är inte sparat.")


def test_comment_is_saved_in_the_same_way(grid):
    at(grid, "value-8.comment").fill("Influensan kom sent.")

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8", "comment") == "Influensan kom sent."


def test_value_changed_back_while_it_is_being_saved_is_saved_again(grid):
    def slowly(route):
        grid.wait_for_timeout(300)
        route.continue_()

    grid.route("**/rutnat/**", slowly)
    cell = at(grid, "value-8.value")
    with grid.expect_request("**/rutnat/**"):
        cell.fill("9")
    cell.fill("2,91")

    expect(grid.locator('[name="version-8.value"]')).to_have_value("3", timeout=8000)
    assert texts("8") == "2,91"


def test_nothing_is_called_saved_while_something_waits(grid):
    def slowly(route):
        grid.wait_for_timeout(300)
        route.continue_()

    grid.evaluate(
        """() => {
          const status = document.getElementById("grid-saved");
          window.told = [];
          new MutationObserver(() => told.push(status.dataset.state)).observe(status, { attributeFilter: ["data-state"] });
        }"""
    )
    grid.route("**/rutnat/**", slowly)
    with grid.expect_request("**/rutnat/**"):
        at(grid, "value-8.value").fill("9")
    at(grid, "value-9.value").fill("8")

    expect(was(grid, "9.value")).to_have_value("8", timeout=8000)
    assert grid.evaluate("told.filter((state) => state === 'saved').length") == 1


def test_conflict_over_a_comment_and_mine_is_kept(grid):
    GRIDS["utfall"].entries["8"].texts["comment"] = "Deras."
    at(grid, "value-8.comment").fill("Min.")

    expect(at(grid, "error-8.comment")).to_contain_text("Karin Lund ändrade till Deras.")
    expect(at(grid, "value-8.comment")).to_have_attribute("aria-invalid", "true")
    grid.get_by_role("button", name="Spara min kommentar").click()
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert texts("8", "comment") == "Min."


def test_value_and_comment_of_a_row_are_refused_apart(grid):
    at(grid, "value-8.value").fill("ca 3")
    expect(at(grid, "error-8.value")).to_contain_text("är inte ett tal")
    at(grid, "value-8.comment").focus()
    field, reason = (
        at(grid, "value-8.comment").bounding_box(),
        at(grid, "error-8.value").bounding_box(),
    )
    assert (
        field["x"] >= reason["x"] + reason["width"] or field["y"] >= reason["y"] + reason["height"]
    )
    at(grid, "value-8.comment").fill("Osäkert.")

    expect(was(grid, "8.comment")).to_have_value("Osäkert.")
    expect(at(grid, "error-8.value")).to_contain_text("är inte ett tal")
    expect(at(grid, "value-8.value")).to_have_value("ca 3")


def kind_of(grid: Page, row: str) -> Locator:
    """The list of kinds in the row's menu, opened."""
    grid.get_by_role("button", name=f"Mer om {row}").click()
    return grid.get_by_role("combobox", name=f"{row} Slag av utfall")


def test_chosen_blank_empties_the_value_and_typing_makes_it_a_number_again(grid):
    kind = kind_of(grid, "Korttidssjukfrånvaro")
    kind.select_option("not_applicable")
    grid.keyboard.press("Escape")

    expect(was(grid, "8.value")).to_have_value("not_applicable")
    expect(at(grid, "value-8.value")).to_have_value("")
    expect(at(grid, "value-8.value")).to_have_attribute("placeholder", "Ej tillämpligt")
    at(grid, "value-8.value").fill("3")
    expect(at(grid, "kind-8.value")).to_have_value("number")
    expect(was(grid, "8.value")).to_have_value("3")
    assert (GRIDS["utfall"].entries["8"].kinds["value"], texts("8")) == ("number", "3")


def test_text_is_kept_as_it_is_written(grid):
    kind_of(grid, "Korttidssjukfrånvaro").select_option("text")
    at(grid, "value-8.value").fill("kartlagda")
    grid.keyboard.press("Enter")

    expect(was(grid, "8.value")).to_have_value("kartlagda")
    assert GRIDS["utfall"].entries["8"].kinds["value"] == "text"


def paste(grid, cell, text, html=""):
    at(grid, cell).focus()
    grid.evaluate(
        """([text, html]) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          if (html) data.setData("text/html", html);
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }""",
        [text, html],
    )
    return grid.get_by_role("dialog", name="Klistra in från Excel")


def test_block_is_shown_before_it_is_written_and_undone_as_one(grid):
    dialog = paste(
        grid, "value-8.value", 'ca 3\tosäkert\t9\r\n6,2\t"två\nrader"\r\n\t\r\n5\r\n35\r\n1\r\n'
    )

    expect(dialog).to_contain_text("Korttidssjukfrånvaro: ”ca 3” är inte ett tal.")
    expect(dialog).to_contain_text("Antal utbildade: beräknas och kan inte skrivas.")
    expect(dialog).to_contain_text("Rader som inte får plats: 1.")
    expect(dialog).to_contain_text("Kolumner som inte får plats: 1.")
    assert GRIDS["utfall"].posted == []
    dialog.get_by_role("button", name="Klistra in 4 värden").click()
    expect(grid.locator("#grid-notice")).to_have_text("4 celler inklistrade.")
    expect(was(grid, "12.value")).to_have_value("35")
    assert (texts("9"), texts("12"), texts("8", "comment")) == (
        "6,2",
        "35",
        "osäkert",
    )
    assert texts("10") == "79"

    grid.get_by_role("button", name="Ångra inklistring (4 celler)").click()
    expect(was(grid, "12.value")).to_have_value("34")
    expect(was(grid, "9.value")).to_have_value("6,1")
    assert (texts("9"), texts("9", "comment"), texts("8", "comment")) == ("6,1", "", "")


def test_folded_rows_take_part_in_a_paste_and_are_unfolded(grid):
    grid.get_by_role("button", name="Delarna av Antal utbildade").click()
    dialog = paste(grid, "value-10.value", "80\n\n35\n1")
    expect(dialog).to_contain_text("Rader som inte får plats: 1.")
    dialog.get_by_role("button", name="Klistra in 2 värden").click()

    expect(was(grid, "12.value")).to_have_value("35")
    expect(at(grid, "value-12.value")).to_be_visible()
    assert (texts("10"), texts("12")) == ("80", "35")


def test_rows_the_filter_hides_are_passed_over_by_a_paste(grid):
    GRIDS["utfall"].entries["12"].texts.clear()
    grid.reload()
    grid.get_by_label("Bara rader som saknar något").check()
    dialog = paste(grid, "value-7.value", "6,94\n\n35")
    dialog.get_by_role("button", name="Klistra in 2 värden").click()

    expect(was(grid, "12.value")).to_have_value("35")
    assert (texts("7"), texts("8")) == ("6,94", "2,91")


def test_column_copied_from_a_sheet_into_a_comment_is_a_block(grid):
    rows = "<table><tr><td>Ett.</td></tr><tr><td>Två.</td></tr></table>"
    dialog = paste(grid, "value-8.comment", "Ett.\nTvå.", rows)
    dialog.get_by_role("button", name="Klistra in 2 värden").click()
    expect(was(grid, "9.comment")).to_have_value("Två.")
    assert texts("8", "comment") == "Ett."

    expect(paste(grid, "value-8.comment", "Ett.\nTvå.")).not_to_be_visible()
    expect(paste(grid, "value-8.comment", "Ett.\nTvå.", "<p>Ett.</p>")).not_to_be_visible()


@pytest.mark.parametrize("name", ["utfall", "belopp"])
def test_paste_shows_what_is_and_what_becomes_on_a_phone(tab, server, name):
    tab.set_viewport_size({"width": 320, "height": 800})
    grid = opened(tab, server, name)
    cell = "value-7.value" if name == "utfall" else "value-7.outcome_april"
    dialog = paste(grid, cell, "81,5\n1 282,5\n81,5")

    frame = dialog.locator(".table-scroll")
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
    heights = dialog.locator("tbody .nowrap").evaluate_all(
        "cells => cells.map((c) => { const r = document.createRange(); r.selectNodeContents(c); return r.getClientRects().length; })"
    )
    assert set(heights) == {1}


def copied(grid) -> str:
    grid.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.get_by_role("button", name="Excel").click()
    grid.get_by_role("button", name="Kopiera tabellen").click()
    expect(grid.locator("#grid-copied")).to_contain_text("Tabellen är kopierad.")
    grid.keyboard.press("Escape")
    return grid.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("cell", ["value-7.value", "value-9.value", "value-8.comment"])
def test_table_pasted_back_changes_nothing(grid, cell):
    entries = GRIDS["utfall"].entries
    entries["8"].texts["comment"] = '=1+1 är "en"\nkommentar'
    entries["9"].kinds["value"], entries["9"].texts["value"] = "not_applicable", ""
    grid.reload()

    dialog = paste(grid, cell, copied(grid))

    expect(dialog).to_contain_text("Inget ändras.")
    expect(dialog).to_contain_text("Tomma celler ändrar inget.")
    expect(dialog.locator("li")).to_have_text([])
    expect(dialog.locator("tbody tr")).to_have_count(0)


def test_rows_are_found_by_their_names_and_columns_by_their_headings(grid):
    text = (
        "Utfall 2025\n\nKommentar\tNyckeltal\tEgen\tUtfall\n"
        "Bra.\tPersonalomsättning, rullande 12 månader\tx\t6,3\n"
        "\tOmråde IT, antal\t\t35\n"
        "Ny.\tFinns inte\t\t9\n"
    )
    dialog = paste(grid, "value-7.value", text)

    expect(dialog).to_contain_text("Raden ”Finns inte” finns inte här")
    expect(dialog).to_contain_text("Kolumnen ”Egen” finns inte att skriva i.")
    dialog.get_by_role("button", name="Klistra in 3 värden").click()
    expect(was(grid, "12.value")).to_have_value("35")
    assert (texts("9"), texts("9", "comment"), texts("12")) == ("6,3", "Bra.", "35")
    assert texts("7") == ""


def test_names_without_headings_go_to_no_comment(grid):
    names = "Korttidssjukfrånvaro\t3,1\nHållbart medarbetarengagemang (HME), index\t80\n"
    dialog = paste(grid, "value-7.value", names)
    dialog.get_by_role("button", name="Klistra in 2 värden").click()

    expect(was(grid, "10.value")).to_have_value("80")
    assert (texts("8"), texts("10"), texts("8", "comment")) == ("3,1", "80", "")


def test_paste_shows_what_will_be_stored_and_asks_what_it_means(grid):
    long = "En lång kommentar som ska läsas i sin helhet innan den klistras in, " * 3
    dialog = paste(grid, "value-8.value", f"(1 234)\t{long}\n9.999\ni.u.\n")

    expect(dialog.locator("tbody tr").nth(0)).to_contain_text("−1\xa0234")
    expect(dialog.locator("tbody tr").nth(1)).to_contain_text(long.strip())
    expect(dialog.get_by_role("button", name="Klistra in 2 värden")).to_be_visible()
    dialog.get_by_role("combobox").nth(0).select_option("9 999")
    dialog.get_by_role("combobox").nth(1).select_option("Ej tillämpligt")
    dialog.get_by_role("button", name="Klistra in 4 värden").click()

    expect(was(grid, "10.value")).to_have_value("not_applicable")
    assert (texts("8"), texts("9")) == ("−1\xa0234", "9\xa0999")


def test_quoted_cell_loses_its_quotes_and_comments_go_down_the_comments(grid):
    paste(grid, "value-8.comment", '"Ett.\nTvå ""sa"" hon."')
    expect(at(grid, "value-8.comment")).to_have_value('Ett.\nTvå "sa" hon.')
    expect(was(grid, "8.comment")).to_have_value('Ett.\nTvå "sa" hon.')

    dialog = paste(grid, "value-9.comment", '"Ett.\nTvå."\n"Tre" sa hon.\n')
    dialog.get_by_role("button", name="Klistra in 2 värden").click()

    expect(was(grid, "10.comment")).to_have_value('"Tre" sa hon.')
    assert texts("9", "comment").split() == ["Ett.", "Två."]


def test_pasting_can_be_called_off(grid):
    dialog = paste(grid, "value-7.value", "1\n2")
    dialog.get_by_role("button", name="Avbryt").click()

    expect(dialog).not_to_be_visible()
    expect(at(grid, "value-7.value")).to_have_value("")
    expect(grid.get_by_role("button", name="Ångra")).to_be_disabled()


def test_one_value_is_pasted_by_the_browser(grid):
    expect(paste(grid, "value-7.value", "6,94\n")).not_to_be_visible()


def test_several_changes_are_undone_step_by_step(grid):
    at(grid, "value-8.value").fill("3")
    grid.keyboard.press("Enter")
    at(grid, "value-9.value").fill("7")
    grid.keyboard.press("Enter")
    at(grid, "value-10.comment").fill("Ny.")
    at(grid, "value-10.value").focus()
    expect(was(grid, "10.comment")).to_have_value("Ny.")

    grid.keyboard.press("Control+z")
    expect(at(grid, "value-10.comment")).to_have_value("")
    expect(at(grid, "value-10.comment")).to_be_focused()
    grid.keyboard.press("Control+z")
    expect(at(grid, "value-9.value")).to_have_value("6,1")
    grid.get_by_role("button", name="Ångra").click()
    expect(at(grid, "value-8.value")).to_have_value("2,91")
    expect(was(grid, "8.value")).to_have_value("2,91")
    expect(grid.get_by_role("button", name="Ångra")).to_be_disabled()
    assert (texts("8"), texts("9"), texts("10", "comment")) == ("2,91", "6,1", "")


def undone(post):
    return [name for name in post if name.startswith("undo-")]


def test_save_that_follows_an_undo_says_what_was_undone(grid):
    at(grid, "value-8.value").fill("3")
    grid.keyboard.press("Enter")
    expect(was(grid, "8.value")).to_have_value("3")
    grid.keyboard.press("Control+z")
    at(grid, "value-9.value").fill("7")
    expect(was(grid, "8.value")).to_have_value("2,91")
    expect(was(grid, "9.value")).to_have_value("7")
    at(grid, "value-8.value").fill("4")
    expect(was(grid, "8.value")).to_have_value("4")

    posted = GRIDS["utfall"].posted
    assert [name for post in posted for name in undone(post)] == ["undo-8.value"]
    (one,) = (post for post in posted if undone(post))
    assert (one["undo-8.value"], one["value-8.value"]) == ("1", "2,91")


def test_undo_is_said_again_when_there_was_no_contact_but_not_of_what_was_typed_since(grid):
    for cell in ("8.value", "9.value"):
        at(grid, f"value-{cell}").fill("3")
        grid.keyboard.press("Enter")
        expect(was(grid, cell)).to_have_value("3")
    grid.context.set_offline(True)
    grid.keyboard.press("Control+z")
    grid.keyboard.press("Control+z")
    expect(saved_words(grid)).to_contain_text("Ingen kontakt")
    at(grid, "value-9.value").fill("5")
    grid.context.set_offline(False)

    expect(was(grid, "9.value")).to_have_value("5", timeout=8000)
    expect(was(grid, "8.value")).to_have_value("2,91")
    assert [undone(post) for post in GRIDS["utfall"].posted[2:]] == [["undo-8.value"]]


def test_notice_is_cleared_by_the_next_change(grid):
    notice = grid.locator("#grid-notice")
    at(grid, "value-8.value").fill("3")
    grid.keyboard.press("Enter")
    grid.get_by_role("button", name="Ångra").click()
    expect(notice).to_have_text("Ändringen är ångrad.")
    at(grid, "value-9.value").fill("4")

    expect(notice).to_be_empty()


def test_what_is_being_typed_is_undone_by_the_browser(grid):
    at(grid, "value-8.value").focus()
    grid.keyboard.type("9")
    grid.keyboard.press("Control+z")

    expect(at(grid, "value-8.value")).to_have_value("2,91")


def test_lost_answer_is_sent_again_even_when_the_value_is_changed_back(grid):
    sent = []

    def swallow(route):
        sent.append(route.fetch().status)
        route.abort()

    grid.route("**/rutnat/**", swallow, times=1)
    at(grid, "value-8.value").fill("9")
    expect(saved_words(grid)).to_contain_text("Ingen kontakt")
    was(grid, "8.value").evaluate("field => field.value = '9'")
    at(grid, "value-8.value").fill("2,91")

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade", timeout=8000)
    assert sent == [200]
    assert texts("8") == "2,91"


def test_rows_without_an_outcome_alone_with_what_they_are_parts_of(grid):
    GRIDS["utfall"].entries["12"].texts.clear()
    grid.reload()
    box = grid.get_by_label("Bara rader som saknar något")
    box.check()

    visible = grid.locator("tr[data-entry]:visible").evaluate_all(
        "rows => rows.map(r => r.dataset.entry)"
    )
    assert visible == ["7", "11", "12"]
    at(grid, "value-7.value").focus()
    grid.keyboard.press("ArrowDown")
    expect(at(grid, "value-12.value")).to_be_focused()
    box.uncheck()
    expect(grid.locator("tr[data-entry]:visible")).to_have_count(6)


def test_table_is_copied_with_comments_and_no_formula(grid):
    grid.context.grant_permissions(["clipboard-read", "clipboard-write"])
    at(grid, "value-8.comment").fill("=HYPERLINK(1)\ntvå rader")
    grid.get_by_role("button", name="Excel").click()
    grid.get_by_role("button", name="Kopiera tabellen").click()
    expect(grid.locator("#grid-copied")).to_have_text(
        "Tabellen är kopierad. Klistra in den i Excel."
    )

    lines = grid.evaluate("navigator.clipboard.readText()").split("\n")
    heads = ["Nyckeltal", "Helår 2024", "Utfall", "Status", "Förändring", "Kommentar"]
    assert lines[0].split("\t") == heads
    assert lines[2].split("\t")[:3] == ["Korttidssjukfrånvaro, %", "2,88", "2,91"]
    assert lines[2].endswith("\t\"'=HYPERLINK(1)")
    assert lines[-1].startswith("  Område IT, antal\t40\t34")


def test_what_asks_for_a_comment_is_counted_and_listed_at_submission(grid):
    comment = at(grid, "value-8.comment")
    at(grid, "value-8.value").fill("2,95")

    expect(grid.locator("#grid-asking")).to_have_text("1 avvikelse utan kommentar")
    expect(comment).to_have_attribute("placeholder", "Kommentera avvikelsen")
    grid.get_by_role("button", name="Lämna in …").click()
    expect(grid.locator("#submit-comments li")).to_have_text("Korttidssjukfrånvaro")
    grid.locator("#submit-comments a").click()
    expect(comment).to_be_focused()
    grid.keyboard.type("Influensan.")
    expect(grid.locator("#grid-asking")).not_to_be_visible()
    expect(grid.locator("#submit-comments li")).to_have_count(0)
    expect(comment).to_have_attribute("placeholder", "")


def hand_in(grid: Page) -> Locator:
    """The dialog, after its button was pressed."""
    grid.get_by_role("button", name="Lämna in …").click()
    dialog = grid.get_by_role("dialog", name="Lämna in?")
    dialog.get_by_role("button", name="Lämna in").click()
    return dialog


UNSAVED = "Det finns ändringar som inte är sparade. Rätta eller spara dem först."


@pytest.mark.parametrize("why", ["refused", "offline", "on its way"])
def test_nothing_is_handed_in_while_a_change_is_not_saved(grid, why):
    handed_in = []
    grid.route("**/rapporteringar/**", lambda route: (handed_in.append(1), route.abort()))
    if why == "offline":
        grid.route("**/rutnat/**", lambda route: route.abort())
    if why == "on its way":
        grid.route("**/rutnat/**", lambda _route: None)
    with grid.expect_request("**/rutnat/**"):
        at(grid, "value-12.value").fill("ca 3")
    if why == "refused":
        expect(at(grid, "error-12.value")).to_contain_text("är inte ett tal")
    grid.get_by_role("button", name="Delarna av Antal utbildade").click()
    dialog = hand_in(grid)

    expect(dialog.get_by_role("alert")).to_have_text(UNSAVED)
    dialog.get_by_role("button", name="Lämna in").click()
    expect(dialog.get_by_role("alert")).to_have_count(1)
    assert handed_in == []
    dialog.get_by_role("button", name="Avbryt").click()
    expect(at(grid, "value-12.value")).to_be_focused()


def test_what_is_saved_is_handed_in_after_all(grid):
    handed_in = []
    grid.route("**/rapporteringar/**", lambda route: (handed_in.append(1), route.abort()))
    at(grid, "value-8.value").fill("ca 3")
    expect(at(grid, "error-8.value")).to_contain_text("är inte ett tal")
    hand_in(grid).get_by_role("button", name="Avbryt").click()
    at(grid, "value-8.value").fill("3")
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    dialog = hand_in(grid)

    expect(dialog.get_by_role("alert")).to_have_count(0)
    grid.wait_for_timeout(300)
    assert handed_in == [1]


def test_what_is_filled_in_is_counted_with_every_save(grid):
    filled = grid.locator("#grid-filled")
    expect(filled).to_have_text("3 av 5 ifyllda")
    at(grid, "value-7.value").fill("6,94")

    expect(filled).to_have_text("4 av 5 ifyllda")
    expect(grid.locator("#grid-progress")).to_have_js_property("value", 4)
    assert grid.locator("#submit-missing").text_content() == (
        "4 av 5 är ifyllda. Övriga redovisas som saknade."
    )


def test_arrows_move_both_ways_and_pass_what_is_computed(grid):
    at(grid, "value-10.value").focus()
    grid.keyboard.press("ArrowDown")
    expect(at(grid, "value-12.value")).to_be_focused()
    grid.keyboard.press("ArrowRight")
    expect(at(grid, "value-12.comment")).to_be_focused()
    grid.keyboard.press("ArrowUp")
    expect(at(grid, "value-11.comment")).to_be_focused()
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("ArrowLeft")
    expect(at(grid, "value-10.value")).to_be_focused()


def test_keys_stay_in_a_comment_that_is_being_written(grid):
    comment = at(grid, "value-8.comment")
    at(grid, "value-8.value").focus()
    grid.keyboard.press("ArrowRight")
    grid.keyboard.type("ab")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.press("Shift+Enter")
    expect(comment).to_be_focused()
    expect(comment).to_have_value("a\nb")
    grid.keyboard.press("Escape")
    expect(comment).to_have_value("")
    grid.keyboard.press("Enter")
    expect(at(grid, "value-9.comment")).to_be_focused()


def test_step_back_from_a_text_that_was_refused_is_what_the_server_holds(grid):
    value = at(grid, "value-8.value")
    value.fill("ca 3")
    grid.keyboard.press("Enter")
    expect(at(grid, "error-8.value")).to_contain_text("är inte ett tal")
    value.fill("3,5")
    grid.keyboard.press("Enter")
    expect(was(grid, "8.value")).to_have_value("3,5")

    grid.get_by_role("button", name="Ångra").click()
    expect(was(grid, "8.value")).to_have_value("2,91")
    expect(value).to_have_value("2,91")
    expect(value).not_to_have_attribute("aria-invalid", "true")
    expect(grid.get_by_role("button", name="Ångra")).to_be_disabled()
    assert texts("8") == "2,91"


def test_refused_text_is_undone_and_sent(grid):
    value = at(grid, "value-8.value")
    value.fill("ca 3")
    expect(at(grid, "error-8.value")).to_contain_text("är inte ett tal")
    sent = len(GRIDS["utfall"].posted)
    grid.keyboard.press("Control+z")

    expect(value).to_have_value("2,91")
    expect(at(grid, "error-8.value")).to_be_empty()
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert GRIDS["utfall"].posted[sent:][0]["value-8.value"] == "2,91"


def test_refused_value_shows_no_light(grid):
    expect(at(grid, "fact-8.status")).to_be_visible()
    at(grid, "value-8.value").fill("ca 3")

    expect(at(grid, "error-8.value")).to_contain_text("är inte ett tal")
    expect(at(grid, "fact-8.status")).not_to_be_visible()


def test_refused_grid_promises_nothing_more(grid):
    grid.route("**/rutnat/**", lambda route: route.fulfill(status=403))
    at(grid, "value-7.value").fill("6,94")
    expect(saved_words(grid)).to_contain_text("Servern tog inte emot det. Det är inte sparat.")
    at(grid, "value-8.value").fill("3")

    expect(saved_words(grid)).to_contain_text("Servern tog inte emot det. Det är inte sparat.")


def test_parts_are_folded_and_what_is_undone_in_them_is_shown(grid):
    at(grid, "value-12.value").fill("35")
    expect(was(grid, "12.value")).to_have_value("35")
    fold = grid.get_by_role("button", name="Delarna av Antal utbildade")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(grid.locator('[data-entry="12"]')).to_be_hidden()

    grid.get_by_role("button", name="Ångra").click()
    expect(at(grid, "value-12.value")).to_be_focused()
    expect(at(grid, "value-12.value")).to_have_value("34")
    expect(fold).to_have_attribute("aria-expanded", "true")


def test_definition_and_earlier_comment_are_a_press_away(grid):
    grid.get_by_role("button", name="Om Korttidssjukfrånvaro", exact=True).click()
    expect(grid.locator("#help-8")).to_have_text("Så räknas det. Källa: personalsystemet.")
    expect(grid.locator("#help-8")).to_be_visible()
    grid.keyboard.press("Escape")
    grid.get_by_role("button", name="Mer om Korttidssjukfrånvaro").press("Enter")

    expect(grid.locator("#more-8")).to_contain_text("Som i fjol.")


def test_amounts_of_several_periods_are_typed_and_pasted_both_ways(tab, server):
    grid = opened(tab, server, "belopp")
    at(grid, "value-1.outcome_april").focus()
    grid.keyboard.press("ArrowRight")
    expect(at(grid, "value-1.budget_april")).to_be_focused()
    dialog = paste(grid, "value-1.budget_april", "1\t2\t3\n4,5\tx\t6")
    expect(dialog).to_contain_text("Januari–augusti: Utfall")
    expect(dialog).to_contain_text("Rad 2: ”x” är inte ett tal.")
    dialog.get_by_role("button", name="Klistra in 4 värden").click()

    expect(was(grid, "2.outcome_augusti")).to_have_value("6")
    stands = GRIDS["belopp"].entries["1"].texts
    assert stands == {"budget_april": "1", "forecast_april": "2", "outcome_augusti": "3"}
    assert not any(name.startswith("kind-") for name in GRIDS["belopp"].posted[0])


def test_comment_after_grouped_amounts_is_the_last_column_of_keys_and_paste(tab, server):
    grid = opened(tab, server, "ekonomi")
    at(grid, "value-1.budget").focus()
    grid.keyboard.press("ArrowRight")
    expect(at(grid, "value-1.comment")).to_be_focused()
    dialog = paste(grid, "value-1.outcome", "10\t12\tSenare start")
    dialog.get_by_role("button", name="Klistra in 3 värden").click()

    expect(was(grid, "1.comment")).to_have_value("Senare start")
    stands = GRIDS["ekonomi"].entries["1"].texts
    assert stands == {"outcome": "10", "budget": "12", "comment": "Senare start"}


def test_table_of_two_headings_is_copied_under_both(tab, server):
    grid = opened(tab, server, "belopp")
    grid.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.get_by_role("button", name="Excel").click()
    grid.get_by_role("button", name="Kopiera tabellen").click()
    expect(grid.locator("#grid-copied")).to_contain_text("Tabellen är kopierad.")

    heads = grid.evaluate("navigator.clipboard.readText()").split("\n")[0].split("\t")
    assert heads[2:4] == ["Januari–april: Utfall", "Januari–april: Budget"]
    assert len(heads) == 13


def test_results_are_chosen_and_pasted_by_their_words(tab, server):
    grid = opened(tab, server, "resultat")
    at(grid, "value-1.performed").focus()
    at(grid, "value-1.performed").select_option("yes")
    expect(was(grid, "1.performed")).to_have_value("yes")
    grid.keyboard.press("ArrowRight")
    expect(at(grid, "value-1.passed")).to_be_focused()
    dialog = paste(grid, "value-1.passed", "nej\tBrister i två fall\nkanske")
    expect(dialog).to_contain_text("Kontroll 2: ”kanske” finns inte att välja.")
    dialog.get_by_role("button", name="Klistra in 2 värden").click()

    expect(was(grid, "1.comment")).to_have_value("Brister i två fall")
    assert GRIDS["resultat"].entries["1"].texts == {
        "performed": "yes",
        "passed": "no",
        "comment": "Brister i två fall",
    }
    grid.get_by_role("button", name="Ångra inklistring (2 celler)").click()
    expect(was(grid, "1.passed")).to_have_value("")


def test_arrows_pass_over_answers_and_never_change_them(tab, server):
    grid = opened(tab, server, "resultat")
    at(grid, "value-1.performed").select_option("yes")
    at(grid, "value-1.performed").focus()
    for key in ["ArrowUp", "End", "Shift+ArrowDown", "PageDown", "ArrowLeft"]:
        grid.keyboard.press(key)
    expect(at(grid, "value-1.performed")).to_have_value("yes")
    expect(at(grid, "value-1.performed")).to_be_focused()
    grid.keyboard.press("ArrowDown")
    expect(at(grid, "value-2.performed")).to_be_focused()
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("ArrowDown")
    expect(at(grid, "value-3.performed")).to_be_focused()
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("ArrowUp")

    expect(at(grid, "value-1.performed")).to_be_focused()
    expect(was(grid, "1.performed")).to_have_value("yes")
    assert GRIDS["resultat"].entries["2"].texts == {}


def test_answer_is_chosen_by_its_letter_cleared_by_delete_and_undone_where_it_stands(tab, server):
    grid = opened(tab, server, "resultat")
    answer = at(grid, "value-1.performed")
    answer.focus()
    grid.keyboard.press("j")
    expect(answer).to_have_value("yes")
    expect(grid.get_by_role("button", name="Ångra")).to_be_enabled()
    grid.keyboard.press("Delete")
    expect(answer).to_have_value("")
    grid.keyboard.press("Control+z")
    expect(was(grid, "1.performed")).to_have_value("yes")
    grid.keyboard.press("Backspace")
    expect(was(grid, "1.performed")).to_have_value("")
    grid.keyboard.press("Control+z")
    grid.keyboard.press("Control+z")

    expect(answer).to_have_value("")
    expect(answer).to_be_focused()


@pytest.mark.parametrize("key", ["Space", "Alt+ArrowDown"])
def test_opened_list_of_answers_is_the_browsers(tab, server, key):
    grid = opened(tab, server, "resultat")
    answer = at(grid, "value-1.performed")
    answer.focus()
    grid.keyboard.press(key)
    expect(grid.locator("select:open")).to_have_count(1)
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")

    expect(was(grid, "1.performed")).to_have_value("yes")
    expect(answer).to_be_focused()


def test_kinds_passed_by_the_keys_erase_nothing(grid):
    kind = kind_of(grid, "Korttidssjukfrånvaro")
    kind.focus()
    for _step in range(3):
        grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Home")
    grid.wait_for_timeout(600)
    expect(at(grid, "value-8.value")).to_have_value("2,91")
    assert GRIDS["utfall"].posted == []
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Escape")
    expect(at(grid, "kind-8.value")).to_have_value("number")
    assert GRIDS["utfall"].posted == []


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_kind_the_keys_came_to_is_chosen_once(grid, key):
    kind = kind_of(grid, "Korttidssjukfrånvaro")
    kind.focus()
    while kind.input_value() != "not_applicable":
        grid.keyboard.press("ArrowDown")
    grid.keyboard.press(key)

    expect(was(grid, "8.value")).to_have_value("not_applicable")
    assert [one["kind-8.value"] for one in GRIDS["utfall"].posted] == ["not_applicable"]
    grid.get_by_role("button", name="Ångra").click()
    expect(was(grid, "8.value")).to_have_value("2,91")


def many_rows() -> None:
    """As many as the largest grid has, with what is widest in each."""
    grid = GRIDS["utfall"]
    for number in range(100, 125):
        name = f"Förebyggande underhåll med risktal {number}"
        comment = WORD if number % 3 else "Efter återbetalningar till andra regioner."
        entry = Entry(name, "%", "7,53", {"value": "7,1", "comment": comment})
        if not number % 4:
            entry.kinds["value"] = "suppressed"
            entry.texts["value"] = ""
        grid.entries[str(number)] = entry


@pytest.mark.parametrize("is_open", [True, False])
def test_nothing_sticks_out_to_the_side(tab, server, is_open):
    many_rows()
    GRIDS["utfall"].is_open = is_open
    grid = opened(tab, server, "utfall")

    for width in (1366, 1280, 1024, 820, 640, 400, 320):
        tab.set_viewport_size({"width": width, "height": 800})
        grid.evaluate(SETTLED)
        assert (width, grid.evaluate(OVERFLOW)) == (width, 0)
        assert grid.locator(".grid-table").evaluate("table => table.scrollWidth") <= width


def test_a_row_is_a_line_and_the_largest_grid_a_page_and_a_half(tab, server):
    many_rows()
    grid = opened(tab, server, "utfall")

    rows = grid.locator("tr[data-entry]").evaluate_all("rows => rows.map(r => r.offsetHeight)")
    assert len(rows) == 31
    assert max(rows) <= 46
    assert grid.locator(".grid-table").evaluate("table => table.offsetHeight") <= 1500


@pytest.mark.parametrize("width", [1200, 1100, 1024, 820])
def test_columns_keep_their_places_on_a_tablet(tab, server, width):
    many_rows()
    tab.set_viewport_size({"width": width, "height": 1180})
    grid = opened(tab, server, "utfall")

    places = grid.locator("tr[data-entry]").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.getBoundingClientRect().x).join())"
    )
    assert len(set(places)) == 1
    assert at(grid, "value-7.value").bounding_box()["width"] >= 80
    assert at(grid, "value-7.comment").bounding_box()["width"] >= 100
    assert grid.locator("tr[data-entry] th").first.bounding_box()["width"] >= 200


def test_many_columns_scroll_in_their_own_frame_beside_the_names(tab, server):
    tab.set_viewport_size({"width": 820, "height": 800})
    grid = opened(tab, server, "belopp")
    assert grid.evaluate(OVERFLOW) <= 0

    at(grid, "value-20.forecast_december").focus()
    name = grid.locator("#name-20").bounding_box()
    field = at(grid, "value-20.forecast_december").bounding_box()
    assert name["x"] >= 0
    assert field["x"] + field["width"] <= 820
    at(grid, "value-20.outcome_april").focus()
    head = grid.locator('[data-entry="20"] th').bounding_box()
    assert at(grid, "value-20.outcome_april").bounding_box()["x"] >= head["x"] + head["width"]


def test_reason_of_what_is_refused_comes_into_sight(tab, server):
    tab.set_viewport_size({"width": 1024, "height": 700})
    grid = opened(tab, server, "belopp")
    field, error = at(grid, "value-12.forecast_december"), at(grid, "error-12.forecast_december")
    frame = grid.locator(".grid-scroll")
    field.fill("x")

    expect(error).to_contain_text("är inte ett tal")
    box, around = error.bounding_box(), frame.bounding_box()
    assert box["y"] + box["height"] <= around["y"] + around["height"]
    assert box["x"] + box["width"] <= around["x"] + around["width"]
    expect(field).to_be_focused()


def test_what_has_the_focus_is_never_behind_the_bar(tab, server):
    many_rows()
    tab.set_viewport_size({"width": 1366, "height": 700})
    grid = opened(tab, server, "utfall")
    at(grid, "value-124.value").focus()
    for _step in range(30):
        grid.keyboard.press("ArrowUp")
        box = grid.evaluate("document.activeElement.getBoundingClientRect().top")
        under = grid.evaluate("document.querySelector('thead').getBoundingClientRect().bottom")
        assert box >= under

    expect(at(grid, "value-7.value")).to_be_focused()


@pytest.mark.parametrize("width", [1366, 1024, 820])
def test_what_the_bar_says_moves_no_row(tab, server, width):
    tab.set_viewport_size({"width": width, "height": 800})
    grid = opened(tab, server, "utfall")
    place = "document.querySelector('.grid-table').getBoundingClientRect().top"
    stood = grid.evaluate(place)

    for typed, told in [("ca 70", "kunde inte sparas"), ("2,95", "avvikelse utan kommentar")]:
        at(grid, "value-8.value").fill(typed)
        expect(grid.locator(".grid-bar")).to_contain_text(told)
        assert grid.evaluate(place) == stood


def test_comment_grows_where_it_is_written_and_moves_nothing(grid):
    comment = at(grid, "value-8.comment")
    comment.fill("Många ord om varför det blev som det blev. " * 6)
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    below = grid.locator('[data-entry="9"]')
    grown, stood = comment.bounding_box(), below.bounding_box()
    grid.keyboard.press("Tab")

    assert grown["height"] > 80
    assert comment.bounding_box()["height"] == 34
    assert below.bounding_box() == stood


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["utfall", "belopp", "resultat"])
def test_grid_has_no_wcag_violation(tab, server, name, scheme):
    GRIDS["utfall"].entries["8"].texts["value"] = "2,95"
    tab.emulate_media(color_scheme=scheme)
    grid = opened(tab, server, name)
    if name == "utfall":
        at(grid, "value-9.value").fill("ca 3")
        expect(at(grid, "error-9.value")).to_contain_text("är inte ett tal")
        grid.get_by_role("button", name="Mer om Korttidssjukfrånvaro").click()

    for width in (1366, 320):
        tab.set_viewport_size({"width": width, "height": 900})
        result = Axe().run(grid, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert [v["id"] for v in result.response["violations"]] == []


@pytest.mark.parametrize("width", [1180, 320])
def test_fingers_hit_what_they_aim_at(browser, server, width):
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": width, "height": 820}
    )
    page = context.new_page()
    page.goto(f"{server}/rutnat/utfall/")
    page.get_by_role("button", name="Mer om Korttidssjukfrånvaro").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(button, .ds-input, .grid-filter label, .grid-menu a)")]
          .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
          .map((e) => e.outerHTML.slice(0, 80))"""
    )
    context.close()

    assert small == []


def test_paper_has_the_table_alone(grid):
    grid.set_viewport_size({"width": 1000, "height": 700})
    grid.emulate_media(media="print")

    expect(grid.locator(".grid-bar")).to_be_hidden()
    expect(grid.get_by_role("button", name="Mer om Korttidssjukfrånvaro")).to_be_hidden()
    expect(at(grid, "fact-8.trend")).to_be_visible()
    style = "e => [getComputedStyle(e).borderTopWidth, getComputedStyle(e).whiteSpaceCollapse]"
    assert at(grid, "value-8.comment").evaluate(style) == ["0px", "preserve"]


@pytest.mark.parametrize("name", ["utfall", "belopp"])
def test_paper_lies_down_and_has_whole_words(tab, server, name):
    many_rows()
    grid = opened(tab, server, name)
    pages = PdfReader(BytesIO(grid.pdf(prefer_css_page_size=True))).pages

    assert {page.mediabox.width > page.mediabox.height for page in pages} == {True}
    first = " ".join(pages[0].extract_text().split())
    assert ("Sjukfrånvaro, rullande 12 månader" if name == "utfall" else "Rad 7, tkr") in first


def test_without_javascript_a_button_saves(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/rutnat/utfall/")

    expect(page.get_by_role("button", name="Spara", exact=True)).to_be_visible()
    at(page, "value-7.value").fill("6,94")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_load_state()
    assert texts("7") == "6,94"
    context.close()
