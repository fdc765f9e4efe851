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
    assert pages.POSTED == [{"value-7": "6,94", "version-7": "1"}]
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
