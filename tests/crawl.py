"""Following every link from a menu, as a reader does."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

DIGITS = re.compile("[0-9]+")
VIEWS = 2  # of one page: by filter, period or order


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server said to a GET."""

    status: int
    headers: dict[str, str]
    text: str = ""
    location: str = ""


class Page(HTMLParser):
    """Where a page leads, what one may do on it, and which entries of its menu are current."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.current: list[str] = []
        self.acts: list[str] = []  # where its forms are posted
        self.has_menu = self.in_menu = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "nav":
            self.in_menu = given.get("id") == "site-nav"
            self.has_menu |= self.in_menu
        link = given.get("hx-get") or (given.get("href") if tag == "a" else None)
        if link is not None:
            self.links.append(link)
        if tag == "form" and given.get("method") == "post":
            self.acts.append(given.get("action") or "")
        if self.in_menu and "aria-current" in given:
            self.current.append(link or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self.in_menu = False


@dataclass
class Crawl:
    """From the start page as far as links lead; ``came_from`` is where each address was found.
    ``most`` is how many addresses that differ in their numbers alone are visited; 0 for all."""

    get: Callable[[str], Answer]
    most: int = 0
    came_from: dict[str, str] = field(default_factory=lambda: {"/": ""})
    answers: dict[str, Answer] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        waiting, views, alike = deque(self.came_from), Counter[str](), Counter[str]()
        while waiting:
            at = waiting.popleft()
            for url in self.visit(at):
                path = urlsplit(url).path
                if url in self.came_from or ("?" in url and views[path] >= VIEWS):
                    continue
                if 0 < self.most <= alike[DIGITS.sub("0", path)]:
                    continue
                alike[DIGITS.sub("0", path)] += 1
                views[path] += "?" in url
                self.came_from[url] = at
                waiting.append(url)

    def visit(self, url: str) -> Iterator[str]:
        answer = self.answers[url] = self.get(url)
        links = [answer.location] if answer.location else []
        if answer.status == 200 and answer.headers["Content-Type"].startswith("text/html"):
            page = self.pages[url] = Page(answer.text)
            links = page.links
        for link in links:
            target = urldefrag(urljoin(url, link)).url
            if target.startswith("/") and not target.startswith("/static/"):
                yield target

    @property
    def reached(self) -> set[str]:
        return {urlsplit(url).path for url, answer in self.answers.items() if answer.status == 200}
