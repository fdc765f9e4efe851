"""The small scripts in a real browser: numbers, autosave, dialog, double clicks, colour scheme; and axe."""

import json
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.templatetags.static import static
from playwright.sync_api import expect

from tests.governance.test_numbers import read

pytestmark = pytest.mark.browser

NUMBERS = json.loads((Path(__file__).parent.parent / "data" / "numbers.json").read_text())
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


PIECES = (
    ["", "-", "–", "+", "(", "kr "],
    ["", "0", "7", "007", "12", "1 234", "1 23", "1.234", "1.234.567", "12.5", "12.34", "1,234"],
    ["", ",5", ".5", ",50", ".567", ",", "\ufeff", " 678", "٣"],
    ["", "-", ")", " %", " kr", " mdr", "%%", " apor"],
)
UNITS = ["", "%", "mnkr", "antal"]


def test_numbers_in_javascript_follow_the_table_and_python(tab, server):
    made = ["".join(pieces) for pieces in product(*PIECES)]
    tab.goto(f"{server}/komponenter/")

    got = tab.evaluate(
        """async ([module, table, made, units]) => {
          const { parseSwedish, readNumber, swedish } = await import(module);
          return {
            parse: table.parse.map((c) => parseSwedish(c.text)),
            measured: table.measured.map((c) => readNumber(c.text, c.unit)),
            print: table.print.map((c) => swedish(c.value, c.decimals ?? undefined)),
            made: made.map((text) => units.map((unit) => readNumber(text, unit))),
          };
        }""",
        [static("js/numbers.js"), NUMBERS, made, UNITS],
    )

    assert got["parse"] == [case["value"] for case in NUMBERS["parse"]]
    assert got["measured"] == [case["value"] for case in NUMBERS["measured"]]
    assert got["print"] == [case["printed"] for case in NUMBERS["print"]]
    python = [[read(text, unit) for unit in UNITS] for text in made]
    differ = {
        text: (js, py) for text, js, py in zip(made, got["made"], python, strict=True) if js != py
    }
    assert differ == {}
    assert sum(any(each) for each in python) > 500


def test_a_whole_face_is_fetched_only_for_letters_beyond_the_latin(tab, server):
    fetched = []
    tab.on("request", lambda asked: fetched.append(asked.url.rpartition("/")[2]))
    tab.goto(f"{server}/rutnat/", wait_until="networkidle")
    tab.goto(f"{server}/komponenter/", wait_until="networkidle")
    fonts = [name for name in fetched if name.endswith(".woff2")]
    assert {".latin." in name for name in fonts} == {True}

    fetched.clear()
    tab.locator("h1").evaluate("heading => { heading.textContent = 'Ω'; }")
    tab.evaluate("document.fonts.ready")
    assert [name for name in fetched if ".latin." not in name] == [
        static("vendor/inter/Inter-SemiBold.woff2").rpartition("/")[2]
    ]


def test_dialog_opens_closes_and_sends_once(tab, server):
    tab.goto(f"{server}/komponenter/")
    sent = []
    tab.route(
        "**/komponenter/",
        lambda route: (sent.append(1), route.fulfill(status=204)),
    )
    dialog = tab.get_by_role("dialog", name="Skicka tillbaka underlaget")

    tab.get_by_role("button", name="Skicka tillbaka").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Avbryt").click()
    expect(dialog).to_be_hidden()
    tab.get_by_role("button", name="Skicka tillbaka").click()
    dialog.get_by_role("button", name="Skicka tillbaka").dblclick()
    tab.wait_for_timeout(300)

    assert sent == [1]


def test_colour_scheme_is_remembered(tab, server):
    tab.goto(f"{server}/komponenter/")
    tab.locator(".menu > summary").click()
    tab.get_by_label("Mörkt").check()
    expect(tab.locator("html")).to_have_attribute("data-color-scheme", "dark")
    tab.reload()

    expect(tab.locator("html")).to_have_attribute("data-color-scheme", "dark")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()


def test_menu_is_behind_a_button_on_a_phone(tab, server):
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(f"{server}/komponenter/")
    expect(tab.get_by_role("link", name="Ekonomi", exact=True)).to_be_hidden()
    tab.get_by_role("button", name="Meny").click()

    expect(tab.get_by_role("link", name="Ekonomi", exact=True)).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1366)])
def test_components_have_no_wcag_violation(tab, server, scheme, width):
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{server}/komponenter/")
    result = Axe().run(tab, options={"runOnly": {"type": "tag", "values": WCAG}})

    assert [v["id"] for v in result.response["violations"]] == []


@pytest.mark.parametrize("width", [820, 320])
def test_components_do_not_overflow(tab, server, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{server}/komponenter/")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_touch_targets_are_large_on_coarse_pointers(browser, server):
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 820, "height": 1180}
    )
    page = context.new_page()
    page.goto(f"{server}/komponenter/")

    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, input, .site-nav a, .section-nav a, .ds-button")]
          .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
          .map((e) => e.outerHTML.slice(0, 80))"""
    )
    context.close()

    assert small == []


def test_paper_is_light_and_has_no_chrome(tab, server):
    tab.emulate_media(color_scheme="dark", media="print")
    tab.goto(f"{server}/komponenter/")

    expect(tab.locator(".site-header")).to_be_hidden()
    expect(tab.locator(".action-bar")).to_be_hidden()
    head = tab.locator("thead").first.evaluate("e => getComputedStyle(e).display")
    assert head == "table-header-group"
