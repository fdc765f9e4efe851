"""A grid that is filled in and handed in with a reporting round."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from figures.grid import Addresses, Beside, GridPage, GridSource, Tab, shown_groups
from figures.pages import exported, imported, saved
from governance.declarations import declared
from governance.http import AppRequest
from governance.models import User
from governance.policy import policy
from rounds.actions.locks import check_open
from rounds.contributions import asked_of
from rounds.models import RoundState
from rounds.permissions import can_record
from rounds.queries.states import chain_of, lock_of_part, returned, with_siblings

GRID = "rounds/entry_grid.html"


class RoundGrid(GridSource):
    """One part of what a body hands in; ``namespace`` has the grid's three addresses."""

    part: str
    namespace: str
    title: str  # "Utfall", said of the period

    history_name = ""  # the address of a row's own page, where it has one

    def __init__(self, state: RoundState, *siblings: RoundState) -> None:
        """``siblings`` are the body's other states of the period, where they were read with it."""
        self.state, self.states = state, [state, *siblings]
        self.body, self.period = state.body, state.reporting_round.period
        self.chain = chain_of(state)

    @property
    def occasion(self) -> int:
        return self.state.pk

    def row_address(self) -> str:
        """What a row's id is put after; reversed once, not once a row."""
        if not self.history_name:
            return ""
        return reverse(f"{self.namespace}:{self.history_name}", args=[self.state.pk, "-"])[:-2]

    def locked(self) -> str:
        return lock_of_part(self.states, self.part, self.period)

    def check_open(self, today: date) -> None:
        check_open(period=self.period, body=self.body, part=self.part, today=today)


def grid_page(
    source: RoundGrid, user: User, today: date, *, only_missing: bool = False
) -> GridPage:
    state = source.state
    lock, may_write = source.locked(), can_record(user, source.body, today)
    source.is_open = may_write and not lock
    groups = shown_groups(source, only_missing=only_missing)  # with them the title's word is read
    return GridPage(
        title=f"{source.title} för {source.period.name.lower()}",
        lead=f"{source.body.short_name} · {state.reporting_round.name}",
        due_on=state.reporting_round.due_on,
        source=source,
        groups=groups,
        addresses=Addresses(
            save=_address(source, "entry_grid"),
            export=_address(source, "grid_export"),
            import_=_address(source, "grid_import") if may_write and not lock else "",
        ),
        may_write=may_write,
        lock=lock,
        returned=returned(state),
        only_missing=only_missing,
        tabs=_tabs(source),
        beside=[
            Tab(label=each.label, url=reverse(each.url_name, args=[state.pk]), is_current=False)
            for each in declared(Beside)
            if each.part == source.part
        ],
    )


def _address(source: RoundGrid, name: str) -> str:
    return reverse(f"{source.namespace}:{name}", args=[source.state.pk])


def _tabs(source: RoundGrid) -> list[Tab]:
    """The parts the round asks for and the body has something in, each filled in on a page of its
    own; one alone needs no tabs."""
    parts = [(each, each.address(source.state)) for each in asked_of(source.state.reporting_round)]
    tabs = [
        Tab(label=each.label, url=url, is_current=each.name == source.part)
        for each, url in parts
        if url
    ]
    return tabs if len(tabs) > 1 else []


@policy("controller of the body writes; head of administration, chair and reader of it read")
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def entry_grid(request: AppRequest, pk: int, grid: type[RoundGrid]) -> HttpResponse:
    """A grid shown, and saved when posted to; a floor's addresses name its ``grid``."""
    write = request.method == "POST"
    source = grid(*with_siblings(request.user, pk, request.today, write=write))
    only_missing = "saknade" in request.GET

    def page() -> GridPage:
        return grid_page(source, request.user, request.today, only_missing=only_missing)

    if write:
        return saved(request, source, page, GRID)
    return render(request, GRID, {"page": page(), "failed": 0})


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def grid_export(request: AppRequest, pk: int, grid: type[RoundGrid]) -> HttpResponse:
    source = grid(*with_siblings(request.user, pk, request.today))
    return exported(grid_page(source, request.user, request.today))


@policy("controller of the body")
@require_http_methods(["GET", "POST"])
def grid_import(request: AppRequest, pk: int, grid: type[RoundGrid]) -> HttpResponse:
    source = grid(*with_siblings(request.user, pk, request.today, write=True))
    return imported(request, grid_page(source, request.user, request.today))


def grid_paths(grid: type[RoundGrid]) -> list[URLPattern]:
    """A floor's addresses: its grid, and the workbook in and out."""
    return [
        path("rapportera/<int:pk>/", entry_grid, {"grid": grid}, name="entry_grid"),
        path("rapportera/<int:pk>/excel/", grid_import, {"grid": grid}, name="grid_import"),
        path("rapportera/<int:pk>/excel/hamta/", grid_export, {"grid": grid}, name="grid_export"),
    ]
