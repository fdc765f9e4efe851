"""What the reader was told of a matter is read when its page, or one below it, is asked for."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from documents.actions import mark_read
from documents.declarations import Telling
from documents.queries import deliveries_of
from governance.declarations import Place, declared


class OpenedMiddleware:
    """No query where nothing is unread, or where nobody is told of the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _named: Mapping[str, object]
    ) -> None:
        for place in declared(Place):
            unread = place.unread and getattr(request.user, place.column, None)
            if unread and (pages := told_pages(request.path)):
                found = deliveries_of(request.user).filter(event__about__in=pages)  # type: ignore[arg-type]
                read = mark_read(found, now=timezone.now())
                setattr(request.user, place.column, unread - read or None)


def told_pages(path: str) -> list[str]:
    """The page and those above it that somebody can be told of."""
    parts = path.split("/")
    pages = ["/".join(parts[:end]) + "/" for end in range(2, len(parts))]
    names = {telling.url_name for telling in declared(Telling)}
    return [page for page in pages if name_of(page) in names]


def name_of(page: str) -> str:
    try:
        return resolve(page).view_name
    except Resolver404:
        return ""
