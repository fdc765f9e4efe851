"""The navigation every page carries: only what its reader can open, read in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from desk.queries import Held, roles_held
from dialogues.queries import get_paragraph_for, is_verified
from governance.enums import READING_ROLES, Role
from governance.models import User
from rounds.permissions import can_record
from rounds.queries.states import get_round_state_for


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place in the menu and who goes there; ``board`` says where the role must be held."""

    label: str
    url_name: str
    roles: frozenset[Role] = frozenset(Role)
    board: bool | None = None


ENTRIES = (
    Entry(label="Att göra", url_name="desk:todo"),
    Entry(
        label="Rapportera",
        url_name="desk:reporting",
        roles=frozenset(READING_ROLES),
        board=False,
    ),
    Entry(
        label="Indikatorer",
        url_name="targets:indicator_index",
        roles=frozenset(READING_ROLES),
        board=False,
    ),
    Entry(
        label="Indikatorer",
        url_name="targets:indicator_index",
        roles=frozenset({Role.CASE_OFFICER, Role.CONTROLLER}),
        board=True,
    ),
    Entry(label="Nämndöversikt", url_name="desk:overview", board=True),
    Entry(
        label="Rapporteringar",
        url_name="rounds:round_list",
        roles=frozenset({Role.CASE_OFFICER}),
        board=True,
    ),
    Entry(label="Dialogunderlag", url_name="reports:pack_list", board=False),
    Entry(label="Nämndsdialoger", url_name="dialogues:round_list", board=True),
    Entry(
        label="Sammanträden",
        url_name="dialogues:meeting_list",
        roles=frozenset({Role.SECRETARY}),
        board=True,
    ),
    Entry(label="Protokoll", url_name="dialogues:paragraph_list"),
    Entry(label="Kontrollera utdrag", url_name="dialogues:verify_upload"),
)


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
        "nav": menu(held, request.path),
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


def _beside_grid(user: User, pk: int, today: date) -> list[NavItem]:
    """A period's outcomes go out to Excel, and back in from who writes them; some are fetched from
    the economy or a report."""
    state = get_round_state_for(user, pk, today)
    excel = ("Hämta som Excel", "exchange:grid_export")
    if can_record(user, state.body, today):
        excel = ("Excel", "exchange:grid_import")
    return [
        NavItem(label=label, url=reverse(name, args=[pk]), current=False)
        for label, name in (excel, ("Hämtade värden", "reports:fetched_list"))
    ]


RELATED = {
    "dialogues:paragraph_detail": _beside_paragraph,
    "targets:entry_grid": _beside_grid,
}


def menu(held: Sequence[Held], path: str) -> list[NavItem]:
    """The entries some held role opens; the longest address that begins the path is current."""
    # Two entries of one place are for two kinds of roles; who holds both sees it once.
    open_entries = dict.fromkeys(
        (entry.label, reverse(entry.url_name))
        for entry in ENTRIES
        if any(one.role in entry.roles and entry.board in (None, one.board) for one in held)
    )
    here = max((url for _, url in open_entries if path.startswith(url)), key=len, default="")
    if here == "/" and path != "/":
        here = ""
    return [NavItem(label=label, url=url, current=url == here) for label, url in open_entries]


def role_words(user: User, held: Sequence[Held]) -> str:
    if user.is_system_administrator:
        return "Systemadministratör"
    return "; ".join(one.words for one in held)
