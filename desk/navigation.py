"""The navigation every page carries: only what its reader can open, from what is in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import ResolverMatch, reverse

from dialogues.meetings.queries.meetings import get_paragraph_for
from dialogues.verification.queries.protocol import is_verified
from governance.declarations import Place, declared
from governance.models import User
from governance.permissions import Held, roles_held
from governance.rules import Closed


@dataclass(frozen=True, kw_only=True)
class NavItem:
    label: str
    url: str
    current: str = ""  # what aria-current says of it
    count: int | None = None


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor; an anonymous reader and a fault page get empty values."""
    user = getattr(request, "user", None)
    today: date | None = getattr(request, "today", None)
    if not isinstance(user, User) or today is None:
        return {
            "nav": [],
            "related": [],
            "org_name": "",
            "user_name": "",
            "user_role": "",
            "today": today,
            "demo_today": False,
        }
    organisation = user.person.organisation if user.person else None
    held = roles_held(user, today)
    return {
        "nav": menu(user, today, request.resolver_match),
        "related": related(request, user, today),
        "org_name": organisation.name if organisation else "",
        "user_name": str(user),
        "user_role": role_words(user, held),
        "today": today,
        "demo_today": bool(organisation and organisation.demo_today),
    }


def related(request: HttpRequest, user: User, today: date) -> list[NavItem]:
    """What this floor knows of a page below it, for those whom the page lets in.

    The fault pages carry the menu too, so each row is fetched as its page fetches it: who may
    not read it is not told that it exists.
    """
    match = request.resolver_match
    beside = RELATED.get(match.view_name) if match else None
    if match is None or beside is None:
        return []
    try:
        return beside(user, match.kwargs["pk"], today)
    except (Http404, PermissionDenied, Closed):
        return []


def _beside_paragraph(user: User, pk: int, today: date) -> list[NavItem]:
    """A verified paragraph has a thread to its figures."""
    if not is_verified(get_paragraph_for(user, pk, today)):
        return []
    url = reverse("desk:thread", args=[pk])
    return [NavItem(label="Följ tråden till siffrorna", url=url)]


RELATED = {
    "dialogues:paragraph_detail": _beside_paragraph,
}


def menu(user: User, today: date, match: ResolverMatch | None) -> list[NavItem]:
    """The places open to the user; current is the page itself, or the place it lies under."""
    places = sorted(declared(Place), key=lambda place: place.position)
    shown = [place for place in places if place.opens(user, today)]
    page = match.view_name if match else ""
    here = max(shown, key=lambda place: nearness(place, page), default=None)
    return [
        NavItem(
            label=place.label,
            url=reverse(place.url_name),
            current=said_of(place, page) if place == here else "",
            count=getattr(user, place.column, None),
        )
        for place in shown
    ]


def nearness(place: Place, page: str) -> int:
    """How much of the page's name the place knows; the page of the place itself is the nearest."""
    known = [len(start) for start in place.under if page.startswith(start)]
    return len(page) + 1 if place.url_name == page else max(known, default=0)


def said_of(place: Place, page: str) -> str:
    """What aria-current says of the place that a page is, or lies under."""
    if not page:
        return ""
    return "page" if place.url_name == page else "true"


def role_words(user: User, held: Sequence[Held]) -> str:
    if user.is_system_administrator:
        return "Systemadministratör"
    return "; ".join(one.words for one in held)
