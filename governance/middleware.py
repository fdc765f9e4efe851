"""What every request carries (the day that counts) and how one that cannot be answered is met."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from governance.actions import read_withheld
from governance.http import page_behind, typed_texts
from governance.models import today_of
from governance.refusals import refusal_of
from governance.rules import UNPRINTABLE, Refusal, clean_text

SIGNED_OUT = "Du är utloggad. Logga in i en ny flik, så sparas det här."
UNREADABLE = "Det som skickades kunde inte läsas, eller var för stort. Ingenting är sparat."


class HeadMiddleware:
    """HEAD is answered as GET is, without what it would say: no view has to think of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        response.close()
        headers = {**response.headers}
        if not response.streaming:
            headers.setdefault("Content-Length", str(len(response.content)))  # type: ignore[attr-defined]
        told = HttpResponse(status=response.status_code, headers=headers)
        told.cookies = response.cookies
        return told


class CleanTextMiddleware:
    """What arrives loses what no text of ours can hold; an address with such signs leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: clean_text(value) for name, value in request.COOKIES.items()}
        request.GET = cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            try:
                request.POST = cleaned(request.POST)  # type: ignore[assignment]
            except (BadRequest, SuspiciousOperation):
                # Another encoding than a page of ours asks for, or too much. Answered here: the
                # pages of faults would read the form once more.
                return HttpResponse(UNREADABLE, "text/plain; charset=utf-8", status=400)
        return self.get_response(request)

    def process_view(
        self, _request: HttpRequest, _view: object, _args: object, named: Mapping[str, object]
    ) -> None:
        if any(isinstance(part, str) and clean_text(part) != part for part in named.values()):
            raise Http404


def cleaned(given: QueryDict) -> QueryDict:
    """The same object when there is nothing to drop."""
    if not any(
        UNPRINTABLE.search(text) for texts in given.lists() for text in (texts[0], *texts[1])
    ):
        return given
    kept = QueryDict(mutable=True)
    for name, texts in given.lists():
        kept.setlist(clean_text(name), [clean_text(text) for text in texts])
    kept._mutable = False  # noqa: SLF001 -- as Django makes its own
    return kept


class UnsharedMiddleware:
    """What is answered to somebody who is logged in is kept by no cache, unless a view says how."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class TodayMiddleware:
    """Sets request.today: the demo's day for its people, else today in Stockholm."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        day = timezone.localdate()
        if request.user.is_authenticated and request.user.person is not None:
            day = today_of(request.user.person.organisation, day)
        request.today = day  # type: ignore[attr-defined]
        return self.get_response(request)


class ReadingMiddleware:
    """To read what a mark closes to others is noted as reading the mark itself is, once an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and response.status_code == HTTPStatus.OK:
            for mark in request.user.marks_read.values():
                read_withheld(mark=mark, by=request.user)
        return response


class SessionMiddleware(LoginRequiredMiddleware):
    """Who has no session, or none any longer: a script is told in words, a form that was sent keeps
    its texts, and the login leads back to the page, never to the act."""

    def handle_no_permission(  # type: ignore[override]  # Django's own can only redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        page = request.get_full_path() if request.method == "GET" else page_behind(request)
        login = redirect_to_login(page, self.get_login_url(view_func), "next")
        if request.htmx:  # type: ignore[attr-defined]
            answer = JsonResponse({"words": SIGNED_OUT, "login": login.url}, status=401)
            if request.method == "POST":
                answer["HX-Redirect"] = login.url  # what htmx itself sends holds no text
            return answer
        texts = typed_texts(request)
        if not texts:
            return login
        context = {
            "message": "Du är utloggad. Inget är sparat.",
            "texts": texts,
            "login": login.url,
        }
        return render(request, "governance/refusal.html", context, status=401)


class RefusalMiddleware:
    """A refusal that a view did not answer itself, the database's own too, becomes a page in plain
    Swedish, and so does an address that takes another method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request).encode()
            response["Content-Type"] = "text/html; charset=utf-8"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = exception
        if isinstance(exception, DatabaseError):
            refusal = refusal_of(exception) or exception
        if not isinstance(refusal, Refusal):
            return None
        template = "governance/refusal.html"
        if request.htmx:  # type: ignore[attr-defined]
            template += "#message"
        context = {
            "message": refusal.message,
            "advice": refusal.advice,
            "texts": typed_texts(request),
            "back": page_behind(request),
        }
        return render(request, template, context, status=refusal.status)
