"""Pages only the browser tests see: every component on one page, and an entry grid with rows in memory."""

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from governance.enums import Light
from governance.rules import decimals_of, parse_swedish, swedish

HERE = Path(__file__).parent / "templates"


@dataclass
class Row:
    pk: int
    name: str
    unit: str
    before: str
    value: str
    version: int = 1
    comment: str = ""
    kind: str = "number"
    level: int = 0
    is_computed: bool = False

    @property
    def light(self) -> Light:
        blank = not self.value and self.kind == "number"
        return Light.NO_OUTCOME if blank else Light.NO_TARGET

    @property
    def was(self) -> str:
        return self.value or ("" if self.kind == "number" else self.kind)


def fresh_rows() -> dict[int, Row]:
    rows = [
        Row(7, "Sjukfrånvaro, rullande 12 månader", "%", "7,53", ""),
        Row(8, "Korttidssjukfrånvaro", "%", "2,88", "2,91"),
        Row(9, "Personalomsättning, rullande 12 månader", "%", "6,5", "6,1"),
        Row(10, "Hållbart medarbetarengagemang (HME)", "index", "78", "79"),
        Row(11, "Antal utbildade", "antal", "88", "", is_computed=True),
        Row(12, "Område IT", "antal", "40", "34", level=1),
    ]
    return {row.pk: row for row in rows}


ROWS = fresh_rows()
POSTED: list[dict[str, str]] = []
TEXT = {"text": "Första utkastet.", "version": 1}


def frame() -> dict[str, object]:
    labels = [
        "Att göra",
        "Nämndöversikt",
        "Mål",
        "Internkontroll",
        "Ekonomi",
        "Underlag",
        "Dialoger",
    ]
    nav = [
        {"label": label, "url": "#", "current": label == "Mål", "count": 3 if not index else 0}
        for index, label in enumerate(labels)
    ]
    return {"nav": nav, "org_name": "Region Halland", "user_name": "Anna Berg"}


def page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    template = engines["django"].from_string((HERE / f"{name}.html").read_text())
    return HttpResponse(template.render({**frame(), **context}, request))


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    lights = [(light, light.label) for light in Light]
    return page(request, "components", lights=lights)


@login_not_required
def grid(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return save(request)
    return page(request, "grid", rows=ROWS.values())


def save(request: HttpRequest) -> HttpResponse:
    POSTED.append({k: v for k, v in request.POST.items() if k != "csrfmiddlewaretoken"})
    states: dict[int, dict[str, str]] = {}
    errors: dict[int, dict[str, str]] = {}
    for name in request.POST:
        field, _, pk = name.partition("-")
        if field in {"value", "comment"} and pk.isdigit():
            state, error = write(ROWS[int(pk)], field, request.POST)
            states.setdefault(int(pk), {})[field] = state
            errors.setdefault(int(pk), {})[field] = error
    codes = {"saved": 200, "invalid": 422, "conflict": 409}
    status = max(codes[state] for row in states.values() for state in row.values())
    spans = [answer(ROWS[pk], state, errors[pk]) for pk, state in states.items()]
    return HttpResponse("".join(spans), status=status)


def answer(row: Row, states: dict[str, str], errors: dict[str, str]) -> str:
    asks = ' data-asks="Rad"' if row.value == "2,95" and not row.comment else ""
    return (
        f'<span id="row-{row.pk}" data-row="{row.pk}" data-version="{row.version}"'
        f' data-state="{states.get("value", "saved")}" data-saved="{row.value}"'
        f' data-kind="{row.kind}" data-was="{row.was}"'
        f' data-comment-state="{states.get("comment", "saved")}" data-comment="{row.comment}"></span>'
        f'<span id="status-{row.pk}" hx-swap-oob="true">{row.light.label}</span>'
        f'<span id="error-{row.pk}" class="grid-error" hx-swap-oob="true">'
        f"{errors.get('value', '')}</span>"
        f'<span id="ask-{row.pk}" class="grid-ask"{asks} hx-swap-oob="true">'
        f"{errors.get('comment', '')}</span>"
    )


def write(row: Row, field: str, posted: dict[str, str]) -> tuple[str, str]:
    text = posted[f"{field}-{row.pk}"]
    theirs, was = (row.was, "was") if field == "value" else (row.comment, "was-comment")
    if posted[f"{was}-{row.pk}"] != theirs:
        buttons = (
            f'<button type="button" data-grid-keep="{field}-{row.pk}">Spara mitt värde</button>'
            f'<button type="button" data-grid-take="{field}-{row.pk}">Behåll {theirs}</button>'
        )
        return "conflict", f"Karin Lund ändrade till {theirs} kl. 14.32. Du skrev {text}.{buttons}"
    if field == "comment":
        row.comment = text
    elif text and posted[f"kind-{row.pk}"] == "number":
        try:
            value = parse_swedish(text)
        except ValueError:
            return "invalid", f"”{text}” är inte ett tal. Skriv till exempel 2 577,2."
        row.value, row.kind = swedish(value, decimals_of(value)), "number"
    else:
        row.value, row.kind = text, posted[f"kind-{row.pk}"]
    row.version += 1
    return "saved", ""


@login_not_required
def text(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if request.POST["version"] != str(TEXT["version"]):
            return HttpResponse("<span>Någon annan har ändrat texten.</span>", status=409)
        TEXT.update(text=request.POST["text"], version=int(request.POST["version"]) + 1)
        return HttpResponse(f'<span data-version="{TEXT["version"]}">Sparat kl. 14.32.</span>')
    return page(request, "text", **TEXT)


urlpatterns = [
    path("komponenter/", components),
    path("rutnat/", grid),
    path("text/", text),
    path("konto/", include("governance.urls")),
    path("", include("desk.urls")),
]
