"""The navigation every page carries: only what its reader can open, from what is in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from dialogues.meetings.queries.meetings import get_paragraph_for
from dialogues.verification.queries.protocol import is_verified
from governance.declarations import Place, declared
from governance.models import User
from governance.permissions import Held, roles_held


@dataclass(frozen=True, kw_only=True)
class NavItem:
    label: str
    url: str
    current: bool
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
        "nav": menu(user, today, request.path),
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
    except (Http404, PermissionDenied):
        return []


def _beside_paragraph(user: User, pk: int, today: date) -> list[NavItem]:
    """A verified paragraph has a thread to its figures."""
    if not is_verified(get_paragraph_for(user, pk, today)):
        return []
    url = reverse("desk:thread", args=[pk])
    return [NavItem(label="Följ tråden till siffrorna", url=url, current=False)]


RELATED = {
    "dialogues:paragraph_detail": _beside_paragraph,
}


def menu(user: User, today: date, path: str) -> list[NavItem]:
    """The places open to the user; the longest address that begins the path is current."""
    places = sorted(declared(Place), key=lambda place: place.position)
    shown = [
        (p.label, reverse(p.url_name), getattr(user, p.column, None))
        for p in places
        if p.opens(user, today)
    ]
    here = max((url for _, url, _ in shown if path.startswith(url)), key=len, default="")
    if here == "/" and path != "/":
        here = ""
    return [
        NavItem(label=label, url=url, current=url == here, count=unread)
        for label, url, unread in shown
    ]


def role_words(user: User, held: Sequence[Held]) -> str:
    if user.is_system_administrator:
        return "Systemadministratör"
    return "; ".join(one.words for one in held)
