"""(d) The browser's side: Örebro's entry grid in chromium, asked of a web server of our own.

Every run has a fresh browser context, so nothing is cached: a link is clicked, the first value
typed and left with Enter, until the page says that it is saved. The same again with a browser
that accepts no compression, for the bytes side by side.
"""

import os
import shutil
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import bench_load  # noqa: E402 -- a script finds the project by its own place
from bench_report import spread  # noqa: E402 -- the same
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402 -- the same

from config import serve  # noqa: E402 -- the same
from tests.chromium import FLAGS, PROGRAMS  # noqa: E402 -- the same

RUNS, GOAL = 5, 1.0
ADDRESS = f"http://localhost:{bench_load.PORT}"
ACCOUNT = "orebro-controller"
ACCEPTED = {"compressed": "gzip, deflate, br", "as they lie": "identity"}
WITHIN = 30_000
CLOCK = """
document.addEventListener("DOMContentLoaded", () => {  // the modules have run
  window.usable = performance.now();
  const isSaved = () => [...document.querySelectorAll('[role="status"]')].some((one) => one.textContent.includes("sparade"));
  let isTyped = false;
  window.saved = new Promise((resolve) => {
    new MutationObserver(() => {
      if (!isSaved()) isTyped = true;
      else if (isTyped) resolve(performance.now());
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
});
"""


@dataclass
class Transfer:
    """What comes over the line, headers and all, by kind of resource."""

    page: Page
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        line = self.page.context.new_cdp_session(self.page)
        line.on("Network.responseReceived", self.note)
        line.on("Network.loadingFinished", self.add)
        line.send("Network.enable")

    def note(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def add(self, event: dict) -> None:
        kind = self.kinds.get(event["requestId"], "Other")
        self.sizes[kind] = self.sizes.get(kind, 0) + event["encodedDataLength"]

    def told(self) -> str:
        parts = sorted(self.sizes.items(), key=lambda part: -part[1])
        inner = ", ".join(f"{kind.lower()} {size / 1024:.0f}" for kind, size in parts if size)
        return f"{sum(self.sizes.values()) / 1024:.0f} KiB ({inner})"


def grid_address() -> str:
    from django.urls import reverse  # noqa: PLC0415 -- only after setup

    from rounds.models import RoundState  # noqa: PLC0415 -- the same

    state = RoundState.objects.get(
        body__organisation__key="region-orebro", body__key="servicenamnden", state="open"
    )
    return ADDRESS + reverse("targets:entry_grid", args=[state.pk])


def logged_in(browser: Browser) -> dict:
    """The cookies of a login through the login page."""
    from governance.queries import DEMO_PASSWORD  # noqa: PLC0415 -- only after setup

    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{ADDRESS}/konto/logga-in/")
    page.locator('[name="username"]').fill(ACCOUNT)
    page.locator('[name="password"]').fill(DEMO_PASSWORD)
    page.locator('[name="password"]').press("Enter")
    page.wait_for_url(f"{ADDRESS}/")
    cookies = context.storage_state()
    context.close()
    return cookies


def fresh(browser: Browser, cookies: dict) -> BrowserContext:
    context = browser.new_context(storage_state=cookies, viewport={"width": 1366, "height": 900})
    context.set_default_timeout(WITHIN)
    return context


def typed_and_saved(page: Page, address: str, value: str) -> tuple[float, float]:
    """Seconds until the grid can be typed in and until the first value is saved, by the page's own
    clock, which starts with what the click starts."""
    page.set_content(f'<a href="{address}">Fyll i utfall</a>')
    page.add_init_script(CLOCK)
    page.get_by_role("link").click(no_wait_after=True)
    page.wait_for_url(address, wait_until="domcontentloaded")
    page.locator("form[data-grid] input[data-saved]").first.focus()
    page.keyboard.type(value)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.keyboard.press("Enter")
    assert answer.value.ok, (answer.value.status, value)
    usable, saved = page.evaluate("Promise.all([window.usable, window.saved])")
    return usable / 1000, saved / 1000


def cold(browser: Browser, cookies: dict, address: str) -> None:
    """Print the seconds, and the bytes of the same page with and without compression."""
    times = []
    for run in range(RUNS + 1):
        context = fresh(browser, cookies)
        times.append(typed_and_saved(context.new_page(), address, f"{run + 2},5"))
        context.close()
    usable, saved = (list(seconds) for seconds in zip(*times[1:], strict=True))
    verdict = "met" if statistics.median(saved) <= GOAL else "NOT MET"
    print(f"(d) Örebro's grid on a cold cache  (min / median / max of {RUNS})")
    print(f"    usable {spread(usable)} s")
    print(
        f"    first value typed and saved {spread(saved)} s   goal {GOAL} s: {verdict}", flush=True
    )
    for name, accepted in ACCEPTED.items():
        context = fresh(browser, cookies)
        context.set_extra_http_headers({"Accept-Encoding": accepted})
        page = context.new_page()
        for visit in ("cold", "again"):
            transfer = Transfer(page)
            page.goto(address, wait_until="networkidle")
            print(f"    {visit}, {name}: {transfer.told()}", flush=True)
        context.close()


def measure() -> None:
    """Needs the demo in the environment's database."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        print("NOT RUN (d): chromium is not installed")
        return
    address = grid_address()
    with bench_load.web_server(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        cold(browser, logged_in(browser), address)
        browser.close()


if __name__ == "__main__":
    data = ROOT / "var" / "bench-browser"
    shutil.rmtree(data, ignore_errors=True)
    os.environ.update(serve.embedded(data, os.environ))
    serve.prepare()
    measure()
