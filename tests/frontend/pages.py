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

    @property
    def light(self) -> Light:
        return Light.NO_TARGET if self.value else Light.NO_OUTCOME


def fresh_rows() -> dict[int, Row]:
    rows = [
        Row(7, "Sjukfrånvaro, rullande 12 månader", "%", "7,53", ""),
        Row(8, "Korttidssjukfrånvaro", "%", "2,88", "2,91"),
        Row(9, "Personalomsättning, rullande 12 månader", "%", "6,5", "6,1"),
        Row(10, "Hållbart medarbetarengagemang (HME)", "index", "78", "79"),
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
    status, spans = 200, []
    for name in request.POST:
        kind, _, pk = name.partition("-")
        if kind not in {"value", "comment"}:
            continue
        row = ROWS[int(pk)]
        state, error = write(row, kind, request.POST)
        status = max(status, {"saved": 200, "invalid": 422, "conflict": 409}[state])
        spans.append(
            f'<span id="row-{pk}" data-row="{pk}" data-state="{state}" data-version="{row.version}"'
            f' data-saved="{row.value}"></span>'
            f'<span id="status-{pk}" hx-swap-oob="true">{row.light.label}</span>'
            f'<span id="error-{pk}" class="grid-error" hx-swap-oob="true">{error}</span>'
        )
    return HttpResponse("".join(spans), status=status)


def write(row: Row, kind: str, posted: dict[str, str]) -> tuple[str, str]:
    text = posted[f"{kind}-{row.pk}"]
    if posted[f"version-{row.pk}"] != str(row.version):
        buttons = (
            f'<button type="button" data-grid-keep="{row.pk}">Spara mitt värde</button>'
            f'<button type="button" data-grid-take="{row.pk}">Behåll {row.value}</button>'
        )
        return (
            "conflict",
            f"Karin Lund ändrade till {row.value} kl. 14.32. Du skrev {text}.{buttons}",
        )
    if kind == "comment":
        row.comment = text
    elif text:
        try:
            value = parse_swedish(text)
        except ValueError:
            return "invalid", f"”{text}” är inte ett tal. Skriv till exempel 2 577,2."
        row.value = swedish(value, decimals_of(value))
    else:
        row.value = ""
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
