"""The truth test: the page after a save equals the page loaded afresh.

Does to the text what static/js/grid.js does in the browser (docs/frontend.md): replaces the
elements sent out of band, and settles the row's version and saved value.
"""

import re

OOB = ' hx-swap-oob="true"'
SENT = re.compile(rf'<(?P<tag>\w+) [^>]*\bid="(?P<id>[\w-]+)"[^>]*{OOB}[^>]*>')
ROW = re.compile(r'<span id="row-[\w]+" data-row="[^>]*>')
DATA = re.compile(r' data-([\w-]+)="([^"]*)"')


def swapped(page: str, answer: str) -> str:
    for sent in SENT.finditer(answer):
        part = element(answer, sent["id"]).replace(OOB, "", 1)
        page = page.replace(element(page, sent["id"]), part)
    for row in ROW.finditer(answer):
        page = settled(page, dict(DATA.findall(row[0])))
    return listed(page)


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


def settled(page: str, row: dict[str, str]) -> str:
    """The row's fields as saved: what stands there, and what the form sends back as seen."""
    assert (row["state"], row["comment-state"]) == ("saved", "saved")
    name = row["row"]
    old = re.search(rf'<tr data-entry="{name}".*?</tr>', page, re.DOTALL)[0]
    new = re.sub(r'(<input [^>]*id="value-[^>]* value=)"[^"]*"', rf'\1"{row["saved"]}"', old)
    new = re.sub(r'(<input [^>]*id="value-[^>]* data-saved=)"[^"]*"', rf'\1"{row["saved"]}"', new)
    new = re.sub(r'(<select [^>]*data-saved=)"[^"]*"', rf'\1"{row["kind"]}"', new)
    new = new.replace(" selected", "").replace(
        f'<option value="{row["kind"]}"', f'<option value="{row["kind"]}" selected'
    )
    new = re.sub(r'(name="was-\w+" value=)"[^"]*"', rf'\1"{row["was"]}"', new)
    new = re.sub(r'(name="version-\w+" value=)"\d+"', rf'\1"{row["version"]}"', new)
    new = re.sub(r'(<textarea [^>]*data-saved=)"[^"]*"', rf'\1"{row["comment"]}"', new)
    new = re.sub(r"(<textarea [^>]*>)[^<]*", rf"\1{row['comment']}", new)
    new = re.sub(r'(name="was-comment-\w+" value=)"[^"]*"', rf'\1"{row["comment"]}"', new)
    return page.replace(old, new)


def listed(page: str) -> str:
    """The dialog's list of rows that ask for a comment, which the script makes from the rows."""
    asks = re.findall(r'id="ask-(\w+)"[^>]* data-asks="([^"]*)"', page)
    items = [f'<li><a class="ds-link" href="#comment-{row}">{name}</a></li>' for row, name in asks]
    old = element(page, "submit-comments")
    new = re.sub(r"(<ul[^>]*>).*(</ul>)", rf"\1{''.join(items)}\2", old, flags=re.DOTALL)
    box = '<div id="submit-comments"'
    new = new.replace(f"{box} hidden>", f"{box}>", 1)
    new = new if asks else new.replace(f"{box}>", f"{box} hidden>", 1)
    return page.replace(old, new)


def tidy(html: str) -> str:
    """Without what differs on every load (the token) or means nothing (white space)."""
    html = re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]*"', r"\1", html)
    return re.sub(r"\s+", " ", html)


def cell(html: str, name: str) -> str:
    """The text of the element with the id."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", element(html, name))).strip()
