"""The walk's heart in a real browser: a figure typed, a pack cleared, a paragraph signed."""

import re

import pytest
from playwright.sync_api import Page, expect

from governance.queries import DEMO_PASSWORD
from tests.browser.looking import watch

pytestmark = pytest.mark.browser
SLOW = 30_000  # the worker prints


def grid(site, account: str = "controller") -> Page:
    page = site.page(account)
    page.goto("/")
    page.get_by_role("link", name=re.compile("Fyll i utfall|Lämna in utfallen")).click()
    return page


def cell(page: Page, indicator: str):
    return page.get_by_role("textbox", name=f"{indicator} Utfall")


def row(page: Page, indicator: str):
    return page.get_by_role("row").filter(has=cell(page, indicator))


def test_controller_types_a_figure(demo_site):
    page = grid(demo_site)
    complaints = watch(page)
    field = cell(page, "Sjukfrånvaro (R12)")

    field.fill("ca 70")
    field.press("Enter")
    expect(page.get_by_text("”ca 70” är inte ett tal")).to_be_visible()
    expect(page.locator("#grid-saved")).to_contain_text("1 värde kunde inte sparas")
    expect(field).to_have_value("ca 70")

    field.fill("6,94")
    field.press("Enter")
    expect(page.locator("#grid-saved")).to_contain_text("Alla ändringar sparade kl.")
    expect(row(page, "Sjukfrånvaro (R12)")).to_contain_text("0,59 bättre")
    expect(row(page, "Sjukfrånvaro (R12)").locator(".light")).to_have_count(1)

    page.get_by_role("button", name="Mer om Sjukfrånvaro (R12)", exact=True).click()
    page.get_by_role("link", name="Visa historik för Sjukfrånvaro (R12)", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Karin Lundqvist")
    expect(page.get_by_role("main")).to_contain_text("6,94")
    # A refused value is answered 422, which the browser notes; nothing else may be said.
    assert [line for line in complaints if "422" not in line] == []


def test_second_writer_sees_both_values(demo_site):
    first, second = grid(demo_site), grid(demo_site)

    cell(first, "HME").fill("77")
    cell(first, "HME").press("Enter")
    expect(first.locator("#grid-saved")).to_contain_text("Alla ändringar sparade kl.")
    cell(second, "HME").fill("78")
    cell(second, "HME").press("Enter")

    error = row(second, "HME").locator(".grid-error").first
    expect(error).to_contain_text("Du, i ett annat fönster, ändrade 76 till 77 kl.")
    expect(error).to_contain_text("Du skrev 78")
    second.get_by_role("button", name="Behåll 77").click()
    expect(cell(second, "HME")).to_have_value("77")


def open_pack(site, account: str, button: str, *, width: int = 1366) -> Page:
    page = site.page(account, width=width)
    page.goto("/")
    page.get_by_role("link", name=re.compile(f"^{button}.*dialogunderlaget")).click()
    return page


def decide(page: Page, opens: str, verb: str) -> None:
    page.get_by_role("button", name=opens).click()
    page.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()
    page.wait_for_load_state()


def test_pack_is_written_and_cleared_on_a_tablet(demo_site):
    page = open_pack(demo_site, "controller", "Skriv")
    text = page.get_by_label("Text till ”Inledning”")
    text.fill("- Sjukfrånvaron minskar")
    form = page.locator("form").filter(has=text)
    expect(form.locator(".saved")).to_contain_text("Sparat kl.")
    decide(page, "Lämna in …", "Lämna in")
    expect(page.get_by_role("main")).to_contain_text("Inlämnat")

    head = open_pack(demo_site, "forvaltningschef", "Granska")
    expect(head.get_by_role("main")).to_contain_text("Sjukfrånvaron minskar")
    decide(head, "Godkänn …", "Godkänn")

    chair = open_pack(demo_site, "ordforande", "Granska", width=820)
    decide(chair, "Godkänn …", "Godkänn och lämna över")
    expect(chair.get_by_role("main")).to_contain_text("ersion 1")

    officer = demo_site.page("handlaggare")
    officer.goto("/")
    expect(officer.get_by_role("heading", name="Ta emot dialogunderlaget")).to_be_visible()


def sign(site, account: str, pk: int) -> Page:
    page = site.page(account)
    page.goto(f"/dialoger/justering/{pk}/")
    button = page.get_by_role("button", name="Justera och skriv under …")
    for _ in range(30):
        if button.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    button.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Ditt lösenord").fill(DEMO_PASSWORD)
    dialog.get_by_role("button", name="Justera och skriv under", exact=True).click()
    page.wait_for_load_state()
    return page


def test_paragraph_is_signed_by_the_three(demo_site):
    pk = demo_site.ask("facts.sent_for_verification()")

    sign(demo_site, "sekreterare", pk)
    sign(demo_site, "au-ordforande", pk)
    page = sign(demo_site, "justerare", pk)

    expect(page.get_by_role("main")).to_contain_text("Justerat och stämplat")
    expect(page.get_by_role("link", name=re.compile("Hämta|Ladda ner"))).to_be_visible(timeout=SLOW)
    page.get_by_role("link", name="Till § 58").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 58")
    secretary = demo_site.page("sekreterare")
    secretary.goto("/")
    expect(secretary.get_by_role("heading", name="Expediera § 58")).to_be_visible()
