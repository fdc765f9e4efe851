"""The entry grid in a real browser: keys, saving, errors, conflicts, no contact."""

import pytest
from playwright.sync_api import expect

from tests.frontend import pages

pytestmark = pytest.mark.browser


@pytest.fixture
def grid(tab, server):
    tab.goto(f"{server}/rutnat/")
    return tab


def saved_words(grid):
    return grid.locator("#grid-saved")


def test_typed_value_is_saved_and_focus_stays(grid):
    cell = grid.locator("#value-7")
    cell.fill("6,94")

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade kl.")
    expect(grid.locator("#status-7")).to_have_text("Målvärde saknas")
    expect(cell).to_be_focused()
    assert pages.POSTED == [{"value-7": "6,94", "kind-7": "number", "was-7": "", "version-7": "1"}]
    assert pages.ROWS[7].value == "6,94"


def test_second_save_sends_the_new_version(grid):
    grid.locator("#value-7").fill("6,94")
    expect(saved_words(grid)).to_have_attribute("data-state", "saved")
    grid.locator("#value-7").fill("6,95")
    expect(grid.locator('[name="version-7"]')).to_have_value("3")

    assert pages.ROWS[7].value == "6,95"


def test_enter_and_arrows_move_and_select(grid):
    grid.locator("#value-7").focus()
    grid.keyboard.press("Enter")
    expect(grid.locator("#value-8")).to_be_focused()
    grid.keyboard.press("ArrowDown")
    expect(grid.locator("#value-9")).to_be_focused()
    grid.keyboard.press("Shift+Enter")
    grid.keyboard.press("ArrowUp")
    expect(grid.locator("#value-7")).to_be_focused()
    grid.locator("#value-8").focus()

    assert grid.evaluate("getSelection().toString()") == "2,91"


def test_escape_restores_the_saved_value(grid):
    cell = grid.locator("#value-8")
    cell.fill("99")
    grid.keyboard.press("Escape")

    expect(cell).to_have_value("2,91")
    grid.wait_for_timeout(600)
    assert pages.POSTED == []


def test_number_is_shown_as_it_was_read_when_the_cell_is_left(grid):
    grid.locator("#value-8").fill("2577.20 %")
    grid.keyboard.press("Enter")

    expect(grid.locator("#value-8")).to_have_value("2\u00a0577,20")


def test_what_is_no_number_keeps_the_typed_text(grid):
    cell = grid.locator("#value-8")
    cell.fill("ca 70")
    grid.keyboard.press("Enter")

    expect(grid.locator("#error-8")).to_have_text(
        "”ca 70” är inte ett tal. Skriv till exempel 2 577,2."
    )
    expect(saved_words(grid)).to_contain_text("1 värde kunde inte sparas")
    expect(cell).to_have_value("ca 70")
    expect(cell).to_have_attribute("aria-invalid", "true")
    assert pages.ROWS[8].value == "2,91"

    cell.fill("2,95")
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    expect(cell).not_to_have_attribute("aria-invalid", "true")
    expect(grid.locator("#error-8")).to_be_empty()


def change_behind_the_back(pk, value):
    pages.ROWS[pk].value = value
    pages.ROWS[pk].version += 1


def test_conflict_shows_both_values_and_mine_can_be_kept(grid):
    change_behind_the_back(8, "3,00")
    grid.locator("#value-8").fill("2,95")

    expect(grid.locator("#error-8")).to_contain_text("Karin Lund ändrade till 3,00")
    expect(grid.locator("#value-8")).to_have_value("2,95")
    grid.get_by_role("button", name="Spara mitt värde").click()
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert pages.ROWS[8].value == "2,95"


def test_conflict_and_theirs_is_taken(grid):
    change_behind_the_back(8, "3,00")
    grid.locator("#value-8").fill("2,95")
    grid.get_by_role("button", name="Behåll 3,00").click()

    expect(grid.locator("#value-8")).to_have_value("3,00")
    expect(grid.locator("#error-8")).to_be_empty()
    grid.locator("#value-8").fill("3,01")
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert pages.ROWS[8].value == "3,01"


def test_no_contact_is_told_and_mended(grid):
    grid.context.set_offline(True)
    grid.locator("#value-7").fill("6,94")
    expect(saved_words(grid)).to_have_text(
        "Ingen kontakt med servern. 1 ändring är inte sparad – försöker igen."
    )
    grid.locator("#value-8").fill("3")
    expect(saved_words(grid)).to_contain_text("2 ändringar är inte sparade", timeout=8000)

    grid.context.set_offline(False)
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade", timeout=8000)
    assert (pages.ROWS[7].value, pages.ROWS[8].value) == ("6,94", "3")


def test_refused_save_stops_and_says_so(grid):
    grid.route("**/rutnat/", lambda route: route.fulfill(status=403))
    grid.locator("#value-7").fill("6,94")

    expect(saved_words(grid)).to_contain_text("Servern tog inte emot ändringen")


def test_comment_is_saved_in_the_same_way(grid):
    grid.locator("#comment-8").fill("Influensan kom sent.")

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert pages.ROWS[8].comment == "Influensan kom sent."


def test_value_changed_back_while_it_is_being_saved_is_saved_again(grid):
    def slowly(route):
        grid.wait_for_timeout(300)
        route.continue_()

    grid.route("**/rutnat/", slowly)
    cell = grid.locator("#value-8")
    with grid.expect_request("**/rutnat/"):
        cell.fill("9")
    cell.fill("2,91")

    expect(grid.locator('[name="version-8"]')).to_have_value("3", timeout=8000)
    assert pages.ROWS[8].value == "2,91"


def test_conflict_over_a_comment_and_mine_is_kept(grid):
    pages.ROWS[8].comment = "Deras."
    grid.locator("#comment-8").fill("Min.")

    expect(grid.locator("#ask-8")).to_contain_text("Karin Lund ändrade till Deras.")
    expect(grid.locator("#comment-8")).to_have_attribute("aria-invalid", "true")
    grid.get_by_role("button", name="Spara mitt värde").click()
    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade")
    assert pages.ROWS[8].comment == "Min."


def test_value_and_comment_of_a_row_are_refused_apart(grid):
    grid.locator("#value-8").fill("ca 3")
    expect(grid.locator("#error-8")).to_contain_text("är inte ett tal")
    grid.locator("#comment-8").fill("Osäkert.")

    expect(grid.locator('[name="was-comment-8"]')).to_have_value("Osäkert.")
    expect(grid.locator("#error-8")).to_contain_text("är inte ett tal")
    expect(grid.locator("#value-8")).to_have_value("ca 3")


def test_chosen_blank_empties_the_value_and_typing_makes_it_a_number_again(grid):
    kind = grid.get_by_role("combobox", name="Korttidssjukfrånvaro slag av utfall")
    kind.select_option("not_applicable")

    expect(grid.locator('[name="was-8"]')).to_have_value("not_applicable")
    expect(grid.locator("#value-8")).to_have_value("")
    grid.locator("#value-8").fill("3")
    expect(kind).to_have_value("number")
    expect(grid.locator('[name="was-8"]')).to_have_value("3")
    assert (pages.ROWS[8].kind, pages.ROWS[8].value) == ("number", "3")


def test_text_is_kept_as_it_is_written(grid):
    grid.get_by_role("combobox", name="Korttidssjukfrånvaro slag av utfall").select_option("text")
    expect(grid.locator("#value-8")).to_be_focused()
    grid.locator("#value-8").fill("kartlagda")
    grid.keyboard.press("Enter")

    expect(grid.locator('[name="was-8"]')).to_have_value("kartlagda")
    assert pages.ROWS[8].kind == "text"


def paste(grid, cell, text):
    grid.locator(cell).focus()
    grid.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }""",
        text,
    )
    return grid.get_by_role("dialog", name="Klistra in från Excel")


def test_block_is_shown_before_it_is_written_and_undone_as_one(grid):
    dialog = paste(
        grid, "#value-8", 'ca 3\tosäkert\t9\r\n6,2\t"två\nrader"\r\n\t\r\n5\r\n35\r\n1\r\n'
    )

    expect(dialog).to_contain_text("Korttidssjukfrånvaro: ”ca 3” är inte ett tal.")
    expect(dialog).to_contain_text("Antal utbildade: beräknas och kan inte skrivas.")
    expect(dialog).to_contain_text("Rader som inte får plats: 1.")
    expect(dialog).to_contain_text("Kolumner som inte får plats: 1.")
    assert pages.POSTED == []
    dialog.get_by_role("button", name="Klistra in 4 värden").click()
    expect(grid.locator("#grid-notice")).to_have_text("4 celler inklistrade.")
    expect(grid.locator('[name="was-12"]')).to_have_value("35")
    assert (pages.ROWS[9].value, pages.ROWS[12].value, pages.ROWS[8].comment) == (
        "6,2",
        "35",
        "osäkert",
    )
    assert pages.ROWS[10].value == "79"

    grid.get_by_role("button", name="Ångra inklistring (4 celler)").click()
    expect(grid.locator('[name="was-12"]')).to_have_value("34")
    expect(grid.locator('[name="was-9"]')).to_have_value("6,1")
    assert (pages.ROWS[9].value, pages.ROWS[9].comment, pages.ROWS[8].comment) == ("6,1", "", "")


def test_pasting_can_be_called_off(grid):
    dialog = paste(grid, "#value-7", "1\n2")
    dialog.get_by_role("button", name="Avbryt").click()

    expect(dialog).not_to_be_visible()
    expect(grid.locator("#value-7")).to_have_value("")
    expect(grid.get_by_role("button", name="Ångra")).to_be_disabled()


def test_one_value_is_pasted_by_the_browser(grid):
    expect(paste(grid, "#value-7", "6,94\n")).not_to_be_visible()


def test_several_changes_are_undone_step_by_step(grid):
    grid.locator("#value-8").fill("3")
    grid.keyboard.press("Enter")
    grid.locator("#value-9").fill("7")
    grid.keyboard.press("Enter")
    grid.locator("#comment-10").fill("Ny.")
    grid.locator("#value-10").focus()
    expect(grid.locator('[name="was-comment-10"]')).to_have_value("Ny.")

    grid.keyboard.press("Control+z")
    expect(grid.locator("#comment-10")).to_have_value("")
    expect(grid.locator("#comment-10")).to_be_focused()
    grid.keyboard.press("Control+z")
    expect(grid.locator("#value-9")).to_have_value("6,1")
    grid.get_by_role("button", name="Ångra").click()
    expect(grid.locator("#value-8")).to_have_value("2,91")
    expect(grid.locator('[name="was-8"]')).to_have_value("2,91")
    expect(grid.get_by_role("button", name="Ångra")).to_be_disabled()
    assert (pages.ROWS[8].value, pages.ROWS[9].value, pages.ROWS[10].comment) == ("2,91", "6,1", "")


def test_what_is_being_typed_is_undone_by_the_browser(grid):
    grid.locator("#value-8").focus()
    grid.keyboard.type("9")
    grid.keyboard.press("Control+z")

    expect(grid.locator("#value-8")).to_have_value("2,91")


def test_lost_answer_is_sent_again_even_when_the_value_is_changed_back(grid):
    sent = []

    def swallow(route):
        sent.append(route.fetch().status)
        route.abort()

    grid.route("**/rutnat/", swallow, times=1)
    grid.locator("#value-8").fill("9")
    expect(saved_words(grid)).to_contain_text("Ingen kontakt")
    grid.locator('[name="was-8"]').evaluate("field => field.value = '9'")
    grid.locator("#value-8").fill("2,91")

    expect(saved_words(grid)).to_contain_text("Alla ändringar sparade", timeout=8000)
    assert sent == [200]
    assert pages.ROWS[8].value == "2,91"


def test_rows_without_an_outcome_alone_with_what_they_are_parts_of(grid):
    pages.ROWS[12].value = ""
    grid.reload()
    box = grid.get_by_label("Visa bara rader utan utfall")
    box.check()

    visible = grid.locator("tr[data-entry]:visible").evaluate_all(
        "rows => rows.map(r => r.dataset.entry)"
    )
    assert visible == ["7", "11", "12"]
    grid.locator("#value-7").focus()
    grid.keyboard.press("ArrowDown")
    expect(grid.locator("#value-12")).to_be_focused()
    box.uncheck()
    expect(grid.locator("tr[data-entry]:visible")).to_have_count(6)


def test_table_is_copied_with_comments_and_no_formula(grid):
    grid.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.locator("#comment-8").fill("=HYPERLINK(1)\ntvå rader")
    grid.get_by_role("button", name="Kopiera tabellen").click()
    expect(grid.locator("#grid-copied")).to_have_text("Tabellen är kopierad.")

    lines = grid.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0].split("\t")[:4] == ["Nyckeltal", "Enhet", "Helår 2024", "Utfall helår 2025"]
    assert lines[2].split("\t")[:4] == ["Korttidssjukfrånvaro", "%", "2,88", "2,91"]
    assert lines[2].endswith("\t\"'=HYPERLINK(1)")
    assert lines[-1].startswith("  Område IT\tantal\t40\t34")


def test_what_asks_for_a_comment_is_listed_at_submission(grid):
    grid.locator("#value-8").fill("2,95")

    expect(grid.locator("#submit-comments li")).to_have_text("Rad")
    grid.locator("#submit-comments a").click()
    expect(grid.locator("#comment-8")).to_be_focused()
    grid.keyboard.type("Influensan.")
    expect(grid.locator("#submit-comments")).not_to_be_visible()


@pytest.mark.parametrize("width", [820, 320])
def test_grid_is_usable_when_narrow(grid, width):
    grid.set_viewport_size({"width": width, "height": 800})

    assert grid.evaluate("document.documentElement.scrollWidth") <= width
    box = grid.locator("#value-7").bounding_box()
    assert box is not None
    assert box["width"] >= 90
    assert box["x"] + box["width"] <= width


def test_without_javascript_a_button_saves(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/rutnat/")

    expect(page.get_by_role("button", name="Spara")).to_be_visible()
    context.close()
