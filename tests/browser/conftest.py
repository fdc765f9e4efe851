"""A real server with worker and clock on a folder of its own, and Debian's chromium."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from config.serve import ROOT, embedded
from governance.queries import DEMO_PASSWORD
from tests.walk import Walked

STARTS_WITHIN = 180.0
WIDE = {"width": 1366, "height": 900}
# The suite's own settings must not leak into the server's.
FOREIGN = {"DATABASE_URL", "REDIS_URL", "DATA_DIR", "BROKER_DIR", "MEDIA_DIR", "STAMP_DIR"}


@dataclass
class Site:
    """A running installation with the demo in it."""

    address: str
    environment: dict[str, str]
    browser: Browser
    cookies: dict[str, dict] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 -- our own manage.py
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def ask(self, expression: str) -> object:
        """Evaluate a Python expression in the server's environment; the answer as JSON."""
        code = (
            f"import json; from tests.browser import facts; print('##' + json.dumps({expression}))"
        )
        return json.loads(self.manage("shell", "-v0", "-c", code).partition("##")[2])

    def page(self, username: str = "", *, width: int = 1366) -> Page:
        """A fresh browser window, logged in through the login page (once per account)."""
        context = self.browser.new_context(
            base_url=self.address,
            locale="sv-SE",
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
            storage_state=self.cookies.get(username),
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        if username and username not in self.cookies:
            page.goto("/konto/logga-in/")
            page.get_by_label("Användarnamn").fill(username)
            page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
            page.get_by_role("button", name="Logga in", exact=True).click()
            page.wait_for_url("**/")
            self.cookies[username] = context.storage_state()
        return page

    def close_pages(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(address: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(URLError, OSError):
            urllib.request.urlopen(f"{address}/konto/logga-in/", timeout=5).close()  # noqa: S310 -- our own http address
            return
        time.sleep(0.2)
    pytest.fail(f"The server did not start: {log.read_text()[-2000:]}")


@contextlib.contextmanager
def running_site(folder: Path, browser: Browser) -> Iterator[Site]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {"PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment = embedded(folder, environment)
    log = folder / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "config.serve"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_up(f"http://127.0.0.1:{port}", server, log)
            yield Site(f"http://127.0.0.1:{port}", environment, browser)
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="session")
def demo_site(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Site]:
    """The demo as it stands before the walk."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("demo") / "data")
    with running_site(folder, browser) as site:
        yield site


@pytest.fixture(scope="session")
def walked_site(
    walked: Walked, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Site]:
    """The demo after the whole walk, every printing done by the worker."""
    folder = shutil.copytree(walked.folder, tmp_path_factory.mktemp("walked") / "data")
    with running_site(folder, browser) as site:
        yield site


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With --dist=loadgroup one process drives the site that tests write in; the rest is shared out."""
    for item in items:
        if "demo_site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(autouse=True)
def clean_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """No window of one test is open in the next."""
    yield
    for name in ("demo_site", "walked_site"):
        if name in request.fixturenames:
            request.getfixturevalue(name).close_pages()
