"""What every request carries (the day that counts) and how a refusal is answered."""

from collections.abc import Callable, Mapping

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from governance.models import today_of
from governance.refusals import refusal_of
from governance.rules import UNPRINTABLE, Refusal, clean_text

UNREADABLE = "Det som skickades kunde inte läsas, eller var för stort. Ingenting är sparat."


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


class RefusalMiddleware:
    """A refusal that a view did not answer itself, the database's own too, becomes a page in plain
    Swedish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = exception
        if isinstance(exception, DatabaseError):
            refusal = refusal_of(exception) or exception
        if not isinstance(refusal, Refusal):
            return None
        template = "governance/refusal.html"
        if request.htmx:  # type: ignore[attr-defined]
            template += "#message"
        back = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        context = {"message": refusal.message, "back": back if is_ours else ""}
        return render(request, template, context, status=refusal.status)
