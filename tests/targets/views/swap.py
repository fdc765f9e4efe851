"""The truth test: the page after a save equals the page loaded afresh.

Does to the text what static/js/grid.js does in the browser (docs/frontend.md): replaces the
elements sent out of band, and settles the row's version and saved value.
"""

import re

OOB = ' hx-swap-oob="true"'
SENT = re.compile(rf'<(?P<tag>\w+) [^>]*\bid="(?P<id>[\w-]+)"[^>]*{OOB}[^>]*>')
ROW = re.compile(
    r'data-row="(?P<row>\d+)" data-state="(?P<state>\w+)" '
    r'data-version="(?P<version>\d+)" data-saved="(?P<saved>[^"]*)"'
)


def swapped(page: str, answer: str) -> str:
    for sent in SENT.finditer(answer):
        part = element(answer, sent["id"]).replace(OOB, "", 1)
        page = page.replace(element(page, sent["id"]), part)
    for row in ROW.finditer(answer):
        page = settled(page, **row.groupdict())
    return page


def element(html: str, name: str) -> str:
    """The whole element with the id, its nested elements of the same tag included."""
    opening = re.search(rf'<(\w+)[^>]*\bid="{name}"[^>]*>', html)
    assert opening, f"no element {name}"
    depth = 0
    for tag in re.finditer(rf"<(/?){opening[1]}\b[^>]*>", html[opening.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html[opening.start() : opening.start() + tag.end()]
    raise AssertionError(f"element {name} is not closed")


def settled(page: str, *, row: str, state: str, version: str, saved: str) -> str:
    assert state == "saved"
    field = re.search(rf'<input [^>]*id="value-{row}"[^>]*>', page)[0]
    new = re.sub(r' value="[^"]*"', f' value="{saved}"', field)
    new = re.sub(r'data-saved="[^"]*"', f'data-saved="{saved}"', new)
    page = page.replace(field, new)
    page = re.sub(rf'(name="version-{row}" value=)"\d+"', rf'\1"{version}"', page)
    return re.sub(rf'(name="was-{row}" value=)"[^"]*"', rf'\1"{saved}"', page)


def tidy(html: str) -> str:
    """Without what differs on every load (the token) or means nothing (white space)."""
    html = re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]*"', r"\1", html)
    return re.sub(r"\s+", " ", html)


def cell(html: str, name: str) -> str:
    """The text of the element with the id."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", element(html, name))).strip()
