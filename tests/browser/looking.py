"""What a page must pass in the browser: axe in light and dark, no overflow, targets, no CSP fault."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = (820, 320)
AXE = "options => axe.run(document, options)"
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
# What sticks out, so that the message says where to mend.
CULPRITS = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-scroll'))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
# WCAG 2.5.8: at least 24 px. Links in running text are axe's (its rule knows the spacing that
# excuses them); a control may be small when its label is not.
SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(e => {
    const box = e.getBoundingClientRect();
    if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    if (e.type === 'hidden' || e.closest('.skip-link, .ds-sr-only')) return false;
    if (box.width >= 23.9 && box.height >= 23.9) return false;
    const label = e.labels && e.labels[0] && e.labels[0].getBoundingClientRect();
    if (label && label.width >= 23.9 && label.height >= 23.9) return false;
    return getComputedStyle(e).display !== 'inline';
  }).map(e => `${e.offsetWidth} x ${e.offsetHeight}: ${e.outerHTML.slice(0, 120)}`)"""


# Scripts that answer a resize, and style changes, have had their turn after two frames.
SETTLED = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"""


def watch(page: Page) -> list[str]:
    """Collects what the browser complains of: policy violations, errors, broken scripts."""
    complaints: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security" in message.text:
            complaints.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def axe(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """axe's violations: rule, how bad, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found = page.evaluate(AXE, {"runOnly": only, "resultTypes": ["violations"]})
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:140]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands open at a wide screen."""
    found = [f"light: {line}" for line in axe(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.reload()  # a scheme changed under way leaves some colours stale in headless chromium
    # Of axe's rules only contrast depends on the colours.
    found += [f"dark: {line}" for line in axe(page, rules=["color-contrast"])]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found += [f"small target: {line}" for line in page.evaluate(SMALL)]
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        over = page.evaluate(OVERFLOW)
        if over > 0:
            found.append(f"{width} px: {over} px too wide: {page.evaluate(CULPRITS)}")
        found += [f"{width} px: small target: {line}" for line in page.evaluate(SMALL)]
    page.set_viewport_size({"width": 1366, "height": 900})
    return found
