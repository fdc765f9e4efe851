"""A controller follows the steering chain: reads, reports, judges, plans and opens the next year."""

import pytest

from tests.browser.looking import axe, faults, watch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(demo_site):
    return demo_site.ask("facts.plan_address('region-orebro', 'servicenamnden', 'plan-2025')")


@pytest.fixture
def plan(demo_site, address):
    """Örebro's plan of 2025 with its annual report's statuses, as its controller."""
    page = demo_site.page("orebro-controller")
    page.goto(address)
    return page


def counted(page) -> list[str]:
    rows = page.locator(".table-counts tbody tr")
    return [" ".join(row.inner_text().split()) for row in rows.all()]


def test_the_printed_table_stands_above_the_tree(plan):
    complaints = watch(plan)

    assert counted(plan) == [
        "Målsättningar från regionfullmäktige 6 1 0 0",
        "Uppdrag från regionfullmäktige 13 3 0 0",
        "Nämndens mål 0 0 0 0",
        "Nämndens uppdrag 3 0 0 0",
    ]
    assert faults(plan) == []
    assert complaints == []


def test_a_conflict_shows_both_texts_and_is_settled(demo_site, plan):
    plan.get_by_role("link", name="Nr 57.").click()
    late = demo_site.page("orebro-controller")
    late.goto(plan.url)
    plan.get_by_label("Kommentar").fill("Den första texten.")
    plan.get_by_role("button", name="Spara").click()
    plan.get_by_text("Sparat för").wait_for()

    late.get_by_label("Kommentar").fill("Den andra texten.")
    late.get_by_role("button", name="Spara", exact=True).click()

    late.get_by_text("Det finns text som inte är sparad.").wait_for()
    choice = late.get_by_role("group", name="Välj text")
    assert "första" in choice.locator("del").inner_text()
    assert late.get_by_label("Kommentar").input_value() == "Den andra texten."
    assert axe(late) == []  # the whole walk would load the page anew
    choice.get_by_role("button", name="Spara min text").click()
    late.get_by_text("Sparat kl.").wait_for()
    late.get_by_role("button", name="Spara", exact=True).click()
    late.get_by_text("Sparat för").wait_for()
    late.get_by_role("link", name="Historik").click()
    late.get_by_role("button", name="Återställ kommentar").first.click()
    late.get_by_text("Den tidigare texten är tillbaka.").wait_for()


def test_a_departure_asks_for_its_reason(plan):
    plan.get_by_role("link", name="Nr 9.").click()
    plan.get_by_label("Har inte uppnåtts/genomförts").check()
    plan.get_by_role("button", name="Spara bedömningen").click()

    assert "Skriv varför bedömningen avviker" in plan.get_by_role("alert").inner_text()
    plan.get_by_label("Skäl till avsteget").fill("Underskottet väger tyngre.")
    plan.get_by_role("button", name="Spara bedömningen").click()
    plan.get_by_text("Avvikelse från förslaget").wait_for()
    assert faults(plan) == []

    # As it was, for those who count what is attained.
    plan.get_by_label("Har uppnåtts/genomförts").check()
    plan.get_by_label("Skäl till avsteget").fill("")
    plan.get_by_role("button", name="Spara bedömningen").click()
    plan.get_by_text("Avvikelse från förslaget").wait_for(state="detached")


def test_the_plan_is_written_by_keyboard(plan):
    plan.get_by_role("link", name="Redigera planen").click()
    plan.get_by_role("link", name="Fokusområde", exact=True).press("Enter")
    plan.get_by_label("Namn").fill("Trygghet")
    plan.keyboard.press("Enter")
    plan.get_by_role("link", name="Lägg till mål eller uppdrag i Trygghet").press("Enter")
    plan.get_by_label("Nivå").select_option(label="Uppdrag")
    plan.get_by_label("Mål eller uppdrag").fill("Att öva")
    plan.get_by_role("button", name="Lägg till").press("Enter")

    removed = plan.get_by_role("button", name="Ta bort Att öva")
    removed.press("Enter")
    plan.get_by_text("”Att öva” är borttagen ur planen.").wait_for()


def test_the_next_year_is_opened_once(plan):
    plan.get_by_role("link", name="Öppna nästa år").click()
    assert plan.get_by_label("Att revidera befintlig upphandlingspolicy").is_checked()
    assert not plan.get_by_label("second opinion").is_checked()
    assert faults(plan) == []

    plan.get_by_role("button", name="Öppna 2026").click()

    plan.get_by_role("heading", name="Redigera Verksamhetsplan 2026").wait_for()
    assert plan.get_by_text("second opinion").count() == 0
    plan.get_by_role("link", name="Verksamhetsplan 2026").click()
    plan.get_by_role("link", name="Nr 30.").click()
    assert (
        "Har startat, fortsätter kommande år"
        in plan.locator(".card", has_text="Tidigare år").inner_text()
    )
