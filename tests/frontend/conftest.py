"""A web server for pages.py without a database, and one browser for all tests of this folder."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Page

from tests.frontend import grids, pages


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class Threaded(ThreadingMixIn, WSGIServer):
    """The browser opens connections ahead of need; one thread would wait on them."""

    daemon_threads = True


@pytest.fixture
def server(settings) -> Iterator[str]:
    settings.ROOT_URLCONF = "tests.frontend.pages"
    grids.renew()
    pages.TEXT.update(text="Första utkastet.", title="", lock="", version=1, saves=0, posted=False)
    pages.ACCOUNT.update(pk="7", stale=False)
    web = make_server("127.0.0.1", 0, WSGIHandler(), Threaded, Quiet)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_port}"
    web.shutdown()
    web.server_close()
    thread.join()


@pytest.fixture
def tab(browser) -> Iterator[Page]:
    """A page that fails the test on a script error or a breach of the content security policy."""
    context = browser.new_context(
        locale="sv-SE", reduced_motion="reduce", viewport={"width": 1366, "height": 900}
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda m: complaints.append(m.text) if "Content Security" in m.text else None,
    )
    yield page
    context.close()
    assert complaints == []
