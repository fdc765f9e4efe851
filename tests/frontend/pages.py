"""Pages only the browser tests see: every component on one page, and grids with rows in memory."""

from pathlib import Path
from types import SimpleNamespace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template import engines
from django.template.loader import render_to_string
from django.urls import include, path

from figures.pages import ANSWER, FORESEEN
from governance.enums import Light
from governance.http import StoredForm, Theirs, autosaved, is_question, lock_told
from governance.middleware import SIGNED_OUT
from governance.rules import Stale
from rounds.grids import GRID
from tests.frontend.grids import GRIDS

HERE = Path(__file__).parent / "templates"


TEXT = {"text": "Första utkastet.", "title": "", "version": 1, "lock": ""}
ACCOUNT = {"pk": "7", "stale": False}  # who is logged in, as the server sees it


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
    user = SimpleNamespace(pk=7)
    return {"nav": nav, "org_name": "Region Halland", "user_name": "Anna Berg", "user": user}


def page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    template = engines["django"].from_string((HERE / f"{name}.html").read_text())
    return HttpResponse(template.render({**frame(), **context}, request))


def session_over() -> HttpResponse | None:
    """What the middleware answers a save with when the browser's session is no longer the page's."""
    if not ACCOUNT["pk"]:
        return JsonResponse({"words": SIGNED_OUT}, status=401)
    return JsonResponse({"words": "", "stale": True}, status=403) if ACCOUNT["stale"] else None


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    lights = [(light, light.label) for light in Light]
    return page(request, "components", lights=lights)


@login_not_required
def grid(request: HttpRequest, name: str) -> HttpResponse:
    here = GRIDS[name]
    if request.method == "POST" and (refused := session_over()):
        return refused
    if is_question(request):
        return lock_told("" if here.is_open else here.page().lock)
    if "preview" in request.POST:
        context = {"foreseen": here.foreseen(request.POST)}
        return HttpResponse(render_to_string(FORESEEN, context))
    if request.method == "POST":
        status, rows = here.save(request.POST)
        context = {"rows": rows, "source": here.source}
        return HttpResponse(render_to_string(ANSWER, context), status=status)
    return render(request, GRID, {"page": here.page(), "failed": 0, **frame()})


@login_not_required
def text(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        ACCOUNT.update(stale=False)
        return page(request, "text", **TEXT)
    if refused := session_over():
        return refused
    if is_question(request):
        return lock_told(TEXT["lock"])
    if not request.htmx:
        TEXT.update(posted=True)
        return page(request, "text", **TEXT)
    saved = Stale("") if request.POST["version"] != str(TEXT["version"]) else TEXT["version"] + 1
    typed = {name: request.POST[name] for name in ("text", "title")}
    if not isinstance(saved, Stale):
        TEXT.update(typed, version=saved, saves=TEXT["saves"] + 1)
    standing = StoredForm(
        version=TEXT["version"],
        theirs=[Theirs(name=n, label=n, text=TEXT[n], typed=typed[n]) for n in typed],
    )
    return autosaved(request, saved, lambda: standing)


@login_not_required
def guarded(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return page(request, "guarded")
    if session_over():
        return page(request, "guarded", user=SimpleNamespace(pk=""))
    return redirect("/komponenter/")


@login_not_required
def session(request: HttpRequest) -> HttpResponse:
    ACCOUNT.update(stale=False)
    return JsonResponse({"account": ACCOUNT["pk"], "token": get_token(request)})


urlpatterns = [
    path("komponenter/", components),
    path("rutnat/<str:name>/", grid),
    path("text/", text),
    path("formular/", guarded),
    path("konto/session/", session),
    path("konto/", include("governance.urls")),
    path("rapporteringar/", include("rounds.urls")),
    path("", include("desk.urls")),
]
