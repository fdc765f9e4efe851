"""A valid request as its page would send it: the page is fetched and its form read."""

from collections.abc import Callable
from html.parser import HTMLParser

from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from config.wsgi import application
from tests.concurrency.arena import cookie_of
from tests.concurrency.table import Act, Fields, Rows, arguments, nothing
from tests.world import World

Found = dict[str, list[str]]
UNSENT = {"submit", "button", "file", "image", "reset"}


class Forms(HTMLParser):
    """Every form of a page: where it is sent, and the fields it would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Found]] = []
        self.select: str | None = None
        self.first: str | None = None
        self.area: str | None = None

    def put(self, name: str | None, value: str) -> None:
        if name and self.forms:
            self.forms[-1][1].setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form":
            self.forms.append((has.get("action") or "", {}))
        elif tag == "input" and has.get("type") not in UNSENT:
            ticked = "checked" in has or has.get("type") not in ("checkbox", "radio")
            if ticked:
                self.put(has.get("name"), has.get("value") or "")
        elif tag == "textarea":
            self.area = has.get("name")
            self.put(self.area, "")
        elif tag == "select":
            self.select, self.first = has.get("name"), None
        elif tag == "option" and self.select:
            self.first = self.first if self.first is not None else has.get("value") or ""
            if "selected" in has:
                self.put(self.select, has.get("value") or "")
                self.select = None

    def handle_data(self, data: str) -> None:
        if self.area and self.forms:
            self.forms[-1][1][self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            if self.select:
                self.put(self.select, self.first or "")
            self.select = None


def filled(w: World, by: str, page: str, action: str) -> dict[str, object]:
    """What the form of the page sends to the address, untouched."""
    request = RequestFactory(headers={"Cookie": cookie_of(w.users[by])}).get(page)
    response = application.get_response(request)
    assert response.status_code == 200, (page, response.status_code)
    parser = Forms()
    parser.feed(response.content.decode())
    own = [fields for to, fields in parser.forms if to == action or (not to and page == action)]
    assert own, (page, action, [to for to, _fields in parser.forms])
    assert not connection.in_atomic_block
    return {name: values for name, values in own[0].items() if name != "csrfmiddlewaretoken"}


def on_page(
    name: str,
    by: str,
    at: Rows | None = None,
    *,
    changes: Fields = nothing,
    page: str = "",
    page_at: Rows | None = None,
    query: str = "",
    **more: object,
) -> Act:
    """The act with the fields of its form, on the page of the same address unless said."""

    def data(w: World) -> dict[str, object]:
        action = reverse(name, args=arguments(at, w))
        shown = reverse(page or name, args=arguments(page_at or at, w)) + query
        return filled(w, by, shown, action) | changes(w)

    return Act(name=name, by=by, at=at, data=data, **more)


def typed(**changes: object) -> Callable[[World], dict[str, object]]:
    return lambda _world: dict(changes)
