"""Pages only the browser tests see: every component on one page, and grids with rows in memory."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.urls import include, path

from figures.pages import ANSWER
from governance.enums import Light
from rounds.grids import GRID
from tests.frontend.grids import GRIDS

HERE = Path(__file__).parent / "templates"


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
def grid(request: HttpRequest, name: str) -> HttpResponse:
    here = GRIDS[name]
    if request.method == "POST":
        status, rows = here.save(request.POST)
        context = {"rows": rows, "source": here.source}
        return HttpResponse(render_to_string(ANSWER, context), status=status)
    return render(request, GRID, {"page": here.page(), "failed": 0, **frame()})


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
    path("rutnat/<str:name>/", grid),
    path("text/", text),
    path("konto/", include("governance.urls")),
    path("rapporteringar/", include("rounds.urls")),
    path("", include("desk.urls")),
]
