"""The truth test: the page after a save equals the page loaded afresh.

Does to the text what static/js/grid.js and grid_view.js do in the browser (docs/frontend.md): replaces
the elements sent out of band, settles each cell's field, and counts the rows anew.
"""

import re

OOB = ' hx-swap-oob="true"'
SENT = re.compile(rf'<(?P<tag>\w+) [^>]*\bid="(?P<id>[\w.-]+)"[^>]*{OOB}[^>]*>')
CARRIER = re.compile(r'<span data-(?P<what>row|cell)="[^>]*>')
DATA = re.compile(r' data-([\w-]+)="([^"]*)"')
ROW = re.compile(r'<tr id="(?P<id>row-\w+)"[^>]* data-counted="1"[^>]* data-missing="(?P<gone>\d)"')
ASKING = re.compile(r'<tr id="(row-\w+)"[^>]* data-asks="([^"]+)"')
BLANK = {"suppressed": "Redovisas inte (liten grupp)", "not_applicable": "Ej tillämpligt"}


def sent(row, column, text, version="0", **more):
    """The fields of one cell as the script sends them; ``more``: kind, was."""
    fields = {"value": text, "version": version} | more
    return {f"{name}-{row}.{column}": value for name, value in fields.items()}


def swapped(page: str, answer: str) -> str:
    for part in SENT.finditer(answer):
        whole = element(answer, part["id"]).replace(OOB, "", 1)
        page = page.replace(element(page, part["id"]), whole)
    for carrier in CARRIER.finditer(answer):
        told = dict(DATA.findall(carrier[0]))
        page = marked(page, told) if carrier["what"] == "row" else settled(page, told)
    return counted(page)


def element(html: str, name: str) -> str:
    """The whole element with the id, its nested elements of the same tag included."""
    opening = re.search(rf'<(\w+)[^>]*\bid="{re.escape(name)}"[^>]*>', html)
    assert opening, f"no element {name}"
    if opening[1] == "input":
        return opening[0]
    depth = 0
    for tag in re.finditer(rf"<(/?){opening[1]}\b[^>]*>", html[opening.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html[opening.start() : opening.start() + tag.end()]
    raise AssertionError(f"element {name} is not closed")


def opening(html: str, name: str) -> str:
    return re.match("<[^>]*>", element(html, name))[0]


def attributes(html: str, name: str) -> dict[str, str]:
    return dict(re.findall(r' ([\w-]+)="([^"]*)"', opening(html, name)))


def put(page: str, name: str, **values: str) -> str:
    """The attributes of the element with the id, which it has already."""
    old = new = opening(page, name)
    for attribute, value in values.items():
        plain = attribute.replace("_", "-")
        new, times = re.subn(rf' {plain}="[^"]*"', f' {plain}="{value}"', new)
        assert times == 1, f"{name} has no {plain}"
    return page.replace(old, new)


def written(page: str, name: str, inner: str) -> str:
    old = element(page, name)
    new = re.sub(r"^(<[^>]*>).*(</\w+>)$", lambda m: m[1] + inner + m[2], old, flags=re.DOTALL)
    return page.replace(old, new)


def hidden(page: str, name: str, *, is_on: bool) -> str:
    old = opening(page, name)
    plain = old.replace(" hidden", "")
    return page.replace(old, plain.replace(">", " hidden>") if is_on else plain)


def marked(page: str, row: dict[str, str]) -> str:
    return put(
        page,
        f"row-{row['row']}",
        data_missing=row["missing"],
        data_unusual=row["unusual"],
        data_asks=row["asks"],
    )


def settled(page: str, told: dict[str, str]) -> str:
    """The cell's fields as saved: what stands there, and what the form sends back as seen."""
    name = told["cell"]
    assert told["state"] == "saved", name
    saved, field = told["saved"], f"value-{name}"
    page = put(page, field, data_saved=saved)
    if element(page, field).startswith("<textarea"):
        page = written(page, field, f"\n{saved}")
    else:
        blank = "" if saved else BLANK.get(told["kind"], "")
        page = put(page, field, value=saved, placeholder=blank)
    if f'id="kind-{name}"' in page:
        page = chosen(put(page, f"kind-{name}", data_saved=told["kind"]), name, told["kind"])
    told_anew = [("was", told["was"]), ("version", told["version"])]
    if f'name="waskind-{name}"' in page:
        told_anew.append(("waskind", told["kind"]))
    for other, value in told_anew:
        pattern = rf'(name="{other}-{re.escape(name)}" value=)"[^"]*"'
        page, times = re.subn(pattern, lambda m, value=value: f'{m[1]}"{value}"', page)
        assert times == 1, f"{other}-{name}"
    return page


def chosen(page: str, name: str, kind: str) -> str:
    old = element(page, f"kind-{name}")
    new = old.replace(" selected", "")
    new = new.replace(f'<option value="{kind}"', f'<option value="{kind}" selected')
    return page.replace(old, new)


def counted(page: str) -> str:
    """How many are filled in and which rows ask for a comment, as the script counts them."""
    rows = list(ROW.finditer(page))
    filled = sum(row["gone"] == "0" for row in rows)
    page = written(page, "grid-filled", f"{filled} av {len(rows)} ifyllda")
    page = put(page, "grid-progress", value=str(filled))
    asks = ASKING.findall(page)
    many = "1 avvikelse" if len(asks) == 1 else f"{len(asks)} avvikelser"
    page = hidden(page, "grid-asking", is_on=not asks)
    old = element(page, "grid-asking")
    page = page.replace(old, re.sub(r"\w+ avvikelser?", many, old))
    for row in re.findall(r'<tr id="row-(\w+)"', page):
        ask = "Kommentera avvikelsen" if f"row-{row}" in dict(asks) else ""
        if f'id="value-{row}.comment"' in page:
            page = put(page, f"value-{row}.comment", placeholder=ask)
    is_done = filled == len(rows)
    missing = f"{filled} av {len(rows)} är ifyllda. Övriga redovisas som saknade."
    page = written(page, "submit-missing", "Allt är ifyllt." if is_done else missing)
    unusual = sum(map(int, re.findall(r'<tr [^>]*data-unusual="(\d+)"', page)))
    many = f"{unusual} ovanliga värden är inte bekräftade."
    told = "1 ovanligt värde är inte bekräftat." if unusual == 1 else many
    page = hidden(written(page, "submit-unusual", told), "submit-unusual", is_on=not unusual)
    return listed(page, asks)


def listed(page: str, asks: list[tuple[str, str]]) -> str:
    """The dialog's list of rows that ask for a comment, which the script makes from the rows."""
    items = [f'<li><a class="ds-link" href="#{row}">{name}</a></li>' for row, name in asks]
    page = hidden(page, "submit-comments", is_on=not asks)
    old = element(page, "submit-comments")
    new = re.sub(r"(<ul[^>]*>).*(</ul>)", rf"\1{''.join(items)}\2", old, flags=re.DOTALL)
    return page.replace(old, new)


def tidy(html: str) -> str:
    """Without what differs on every load (the token) or means nothing (white space)."""
    html = re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]*"', r"\1", html)
    return re.sub(r"\s+", " ", html)


def cell(html: str, name: str) -> str:
    """The text of the element with the id."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", element(html, name))).strip()
