"""Texts that save themselves: conflicts, the end of a session, leaving, and what was not sent."""

import pytest
from playwright.sync_api import Page, expect

from governance.middleware import SIGNED_OUT
from tests.frontend import pages
from tests.frontend.grids import GRIDS

NOTHING_KEPT = '() => !Object.keys(sessionStorage).some((key) => key.startsWith("unsent "))'
pytestmark = pytest.mark.browser


@pytest.fixture
def text(tab, server) -> Page:
    tab.goto(f"{server}/text/")
    return tab


def status(page):
    return page.locator("#text-saved")


def kept(page):
    found = page.evaluate("() => ({ ...sessionStorage })")
    return {key: text for key, text in found.items() if key.startswith("unsent ")}


def nothing_kept(page):
    """Once what is on its way has been answered."""
    page.wait_for_function(NOTHING_KEPT)


def dialogs(page):
    seen = []
    page.on("dialog", lambda dialog: (seen.append(dialog.type), dialog.accept()))
    return seen


def signed_out():
    pages.ACCOUNT.update(pk="")


def signed_in(pk="7"):
    pages.ACCOUNT.update(pk=pk, stale=True)


def test_nothing_is_called_saved_before_a_save(text):
    expect(status(text)).to_have_text("")
    text.locator("#text").press_sequentially("x")

    expect(status(text)).to_have_text("Sparas när du stannar upp.")
    expect(status(text)).to_contain_text("Sparat kl.")
    assert pages.TEXT["version"] == 2


def test_every_save_follows_the_one_before(text):
    text.locator("#text").fill("Andra utkastet.")
    expect(status(text)).to_contain_text("Sparat kl.")
    text.locator("#title").fill("Inledning")
    expect(text.locator('[name="version"]')).to_have_value("3")

    assert (pages.TEXT["text"], pages.TEXT["title"]) == ("Andra utkastet.", "Inledning")
    nothing_kept(text)


def test_two_who_write_different_fields_do_not_conflict(text):
    pages.TEXT.update(title="Deras rubrik", version=7)
    text.locator("#text").fill("Min text.")

    expect(status(text)).to_contain_text("Sparat kl.")
    expect(text.locator("#title")).to_have_value("Deras rubrik")
    assert (pages.TEXT["text"], pages.TEXT["title"]) == ("Min text.", "Deras rubrik")


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("Spara min text", "Första mitt utkast."), ("Behåll den andra", "Deras första utkast.")],
)
def test_a_conflict_shows_the_words_and_is_chosen(text, choice, stands):
    pages.TEXT.update(text="Deras första utkast.", version=7)
    text.locator("#text").fill("Första mitt utkast.")
    clash = text.get_by_role("group", name="Välj text")

    expect(status(text)).to_contain_text("ändrats i ett annat fönster")
    expect(clash.locator("del").first).to_contain_text("Deras")
    expect(clash.locator("ins").first).to_be_visible()
    expect(text.locator("#text")).to_have_value("Första mitt utkast.")
    assert pages.TEXT["text"] == "Deras första utkast."

    clash.get_by_role("button", name=choice).click()
    expect(clash).to_have_count(0)
    expect(text.locator("#text")).to_have_value(stands)
    text.locator("#title").fill("Efteråt")
    expect(status(text)).to_contain_text("Sparat kl.")
    assert pages.TEXT["text"] == stands
    nothing_kept(text)


def test_the_end_of_a_session_is_told_and_mends_in_another_tab(text):
    signed_out()
    text.locator("#text").fill("Efter sessionen.")

    expect(status(text)).to_contain_text(SIGNED_OUT)
    expect(status(text).get_by_role("link", name="Logga in i en ny flik")).to_be_visible()
    signed_in()
    text.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(status(text)).to_contain_text("Sparat kl.")
    assert pages.TEXT["text"] == "Efter sessionen."
    assert not pages.ACCOUNT["stale"]


def test_nothing_is_sent_in_another_accounts_name(text):
    signed_in("8")
    text.locator("#text").fill("Mitt.")

    expect(status(text)).to_contain_text("Någon annan är inloggad")
    assert pages.TEXT["text"] == "Första utkastet."


def test_what_was_not_sent_is_offered_after_the_login(text, server):
    signed_out()
    text.locator("#text").fill("")
    text.locator("#text").press_sequentially("Osänt.")
    expect(status(text)).to_contain_text(SIGNED_OUT)
    asked = dialogs(text)
    text.goto(f"{server}/komponenter/")
    assert asked == ["beforeunload"]
    signed_in()
    text.goto(f"{server}/text/")

    offer = text.locator(".ds-alert")
    expect(offer).to_contain_text("Osänt.")
    offer.get_by_role("button", name="Lägg tillbaka").click()
    expect(status(text)).to_contain_text("Sparat kl.")
    assert pages.TEXT["text"] == "Osänt."
    nothing_kept(text)


def test_what_was_not_sent_is_another_accounts_never(text, server):
    signed_out()
    text.locator("#text").fill("Osänt.")
    expect(status(text)).to_contain_text(SIGNED_OUT)
    assert list(kept(text).values()) == ["Osänt."]
    text.evaluate("""() => {
      const key = Object.keys(sessionStorage).find((each) => each.startsWith("unsent "));
      sessionStorage.setItem(key.replace("unsent 7 ", "unsent 8 "), "En annans.");
      sessionStorage.removeItem(key);
    }""")
    dialogs(text)
    text.goto(f"{server}/text/")

    expect(text.locator(".ds-alert")).to_have_count(0)


def test_a_private_text_is_never_kept(text):
    text.locator("form[data-autosave]").evaluate("form => { form.dataset.private = ''; }")
    signed_out()
    text.locator("#text").fill("Bara mitt.")
    expect(status(text)).to_contain_text(SIGNED_OUT)

    nothing_kept(text)


def test_logging_out_clears_what_is_kept_in_every_tab(text, server):
    other = text.context.new_page()
    other.goto(f"{server}/text/")
    for page in (text, other):
        page.route("**/text/", lambda route: route.abort())
        page.locator("#text").fill("Osänt.")
        expect(status(page)).to_contain_text("Ingen kontakt")
        assert kept(page) != {}
    dialogs(text)
    text.route("**/konto/logga-ut/", lambda route: route.fulfill(status=204))
    text.locator(".menu > summary").click()
    text.get_by_role("button", name="Logga ut").click()

    text.wait_for_function(NOTHING_KEPT)
    other.wait_for_function(NOTHING_KEPT)


def test_leaving_sends_what_waits_and_asks_nothing(text, server):
    asked = dialogs(text)
    text.locator("#text").press_sequentially("Just skrivet. ")
    text.locator("#away").click()
    text.wait_for_url("**/komponenter/")
    text.wait_for_timeout(300)

    assert asked == []
    assert "Just skrivet." in pages.TEXT["text"]
    text.goto(f"{server}/text/")
    expect(text.locator(".ds-alert")).to_have_count(0)


def test_leaving_what_cannot_be_saved_asks_first(text, server):
    text.route("**/text/", lambda route: route.abort())
    asked = dialogs(text)
    text.locator("#text").press_sequentially("Mitt.")
    expect(status(text)).to_contain_text("Ingen kontakt med servern")
    text.goto(f"{server}/komponenter/")

    assert asked == ["beforeunload"]


def test_a_saved_text_is_left_without_a_question(text, server):
    asked = dialogs(text)
    text.locator("#text").press_sequentially("Mitt.")
    expect(status(text)).to_contain_text("Sparat kl.")
    text.goto(f"{server}/komponenter/")

    assert asked == []


def test_a_form_that_is_posted_waits_for_the_text(text):
    text.locator("#text").press_sequentially("Före. ")
    text.get_by_role("button", name="Spara").click()

    expect(text.locator("#posted")).to_be_visible()
    assert "Före." in pages.TEXT["text"]
    assert pages.TEXT["saves"] == 1


def test_a_form_is_not_posted_past_what_cannot_be_saved(text):
    text.locator("#text").fill("Mitt.")
    pages.ACCOUNT.update(pk="")
    text.get_by_role("button", name="Spara").click()

    expect(text.get_by_role("alert")).to_contain_text("inte är sparad")
    assert not pages.TEXT["posted"]


def test_a_grid_goes_on_after_a_login_in_another_tab(tab, server):
    tab.goto(f"{server}/rutnat/utfall/")
    signed_out()
    cell = tab.locator('[id="value-7.value"]')
    cell.fill("6,94")

    expect(tab.locator("#grid-saved")).to_contain_text(SIGNED_OUT)
    signed_in()
    tab.evaluate("window.dispatchEvent(new Event('online'))")
    expect(tab.locator("#grid-saved")).to_contain_text("Alla ändringar sparade kl.")
    assert GRIDS["utfall"].entries["7"].texts["value"] == "6,94"
    nothing_kept(tab)


def test_a_grid_offers_what_was_not_sent(tab, server):
    tab.goto(f"{server}/rutnat/utfall/")
    expect(tab.locator("#grid-saved")).not_to_contain_text("sparade")
    signed_out()
    tab.locator('[id="value-7.value"]').fill("6,94")
    expect(tab.locator("#grid-saved")).to_contain_text(SIGNED_OUT)
    dialogs(tab)
    signed_in()
    tab.goto(f"{server}/rutnat/utfall/")

    offer = tab.locator(".ds-alert")
    expect(offer).to_contain_text("Sjukfrånvaro, rullande 12 månader")
    expect(offer).to_contain_text("6,94")
    offer.get_by_role("button", name="Lägg tillbaka").click()
    expect(tab.locator("#grid-saved")).to_contain_text("Alla ändringar sparade kl.")
    assert GRIDS["utfall"].entries["7"].texts["value"] == "6,94"


def test_a_form_that_does_not_save_itself_is_offered_after_a_lost_session(tab, server):
    tab.goto(f"{server}/formular/")
    tab.locator("#reason").fill("Ett långt skäl.")
    signed_out()
    tab.get_by_role("button", name="Skicka").click()
    tab.wait_for_load_state()
    signed_in()
    pages.ACCOUNT.update(stale=False)
    tab.goto(f"{server}/formular/")

    offer = tab.locator(".ds-alert")
    expect(offer).to_contain_text("Ett långt skäl.")
    offer.get_by_role("button", name="Lägg tillbaka").click()
    expect(tab.locator("#reason")).to_have_value("Ett långt skäl.")
    tab.get_by_role("button", name="Skicka").click()
    tab.wait_for_url("**/komponenter/")
    nothing_kept(tab)


def test_a_text_that_was_locked_says_so_when_it_is_come_back_to(text):
    pages.TEXT.update(lock="Underlaget är inlämnat och kan inte ändras.")
    text.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(status(text)).to_have_text("Underlaget är inlämnat och kan inte ändras.")


def test_a_grid_that_was_handed_in_says_so_when_it_is_come_back_to(tab, server):
    tab.goto(f"{server}/rutnat/utfall/")
    GRIDS["utfall"].is_open = False
    tab.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(tab.locator("#grid-saved")).to_have_text("Låst: inlämnad 2026-02-10.")
