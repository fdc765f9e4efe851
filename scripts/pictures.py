"""The README's three pictures, from the walked demo: `python scripts/pictures.py` after `make demo-documents`."""

import os
import shutil
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "var" / "demo-documents"
OUTPUT = ROOT / "docs" / "pictures"
PORT = 18766
ADDRESS = f"http://localhost:{PORT}"
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
sys.path.insert(0, str(ROOT))

from config import serve  # noqa: E402 -- a script finds the project by its own place
from config.supervisor import Supervisor  # noqa: E402 -- the same


def addresses() -> list[tuple[str, str, str, int, int]]:
    """Picture, demo account, path, width, height."""
    from django.urls import reverse  # noqa: PLC0415 -- only after setup

    from dialogues.models import Paragraph  # noqa: PLC0415 -- the same
    from governance.models import User  # noqa: PLC0415 -- the same
    from reports.models import ReportVersion  # noqa: PLC0415 -- the same
    from rounds.models import RoundState  # noqa: PLC0415 -- the same

    def by_role(role: str) -> str:
        return (
            User.objects.filter(is_demo=True, person__mandates__role=role)
            .order_by("id")[0]
            .username
        )

    version = ReportVersion.objects.order_by("id")[0]
    state = RoundState.objects.filter(body=version.report.body).latest("reporting_round__due_on")
    paragraph = Paragraph.objects.order_by("-id")[0]
    return [
        ("entry", by_role("controller"), reverse("targets:entry_grid", args=[state.pk]), 1366, 800),
        (
            "pack",
            by_role("chair"),
            reverse("reports:version_detail", args=[version.pk]),
            820,
            1100,
        ),
        (
            "paragraph",
            by_role("secretary"),
            reverse("dialogues:paragraph_detail", args=[paragraph.pk]),
            1366,
            900,
        ),
    ]


def take(pictures: list[tuple[str, str, str, int, int]]) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- a development dependency

    from governance.queries import DEMO_PASSWORD  # noqa: PLC0415 -- only after setup

    with sync_playwright() as play:
        program = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
        browser = play.chromium.launch(executable_path=program, args=CHROMIUM)
        for name, username, path, width, height in pictures:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale="sv-SE",
                reduced_motion="reduce",
                color_scheme="light",
            )
            page = context.new_page()
            page.goto(f"{ADDRESS}/konto/logga-in/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", DEMO_PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "logga-in" not in url)
            page.goto(ADDRESS + path)
            page.screenshot(path=OUTPUT / f"{name}.png")
            print(f"docs/pictures/{name}.png")
            context.close()
        browser.close()


def main() -> int:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    os.environ.update(serve.embedded(DATA, os.environ))
    serve.prepare()
    pictures = addresses()
    supervisor = Supervisor()
    supervisor.start(serve.web(os.environ, port=PORT))
    watcher = threading.Thread(target=supervisor.watch, daemon=True)
    watcher.start()
    try:
        serve.wait_until_answers(f"{ADDRESS}/konto/logga-in/", supervisor)
        taker = threading.Thread(target=take, args=(pictures,))
        taker.start()
        taker.join()
    finally:
        supervisor.request_stop()
        watcher.join()
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
