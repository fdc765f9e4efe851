"""A grid that is filled in and handed in with a reporting round."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from figures.grid import Addresses, Beside, GridPage, GridSource, Tab, shown_groups
from figures.pages import exported, imported, saved
from governance.declarations import declared
from governance.http import AppRequest
from governance.models import User
from rounds.actions.locks import check_open
from rounds.contributions import asked_of
from rounds.models import RoundState
from rounds.permissions import can_record
from rounds.queries.states import chain_of, lock_words, returned, with_siblings

GRID = "rounds/entry_grid.html"


class RoundGrid(GridSource):
    """One part of what a body hands in; ``namespace`` has the grid's three addresses."""

    part: str
    namespace: str
    title: str  # "Utfall för {period}"

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
        return lock_words(each for each in self.states if each.reporting_round.asks(self.part))

    def check_open(self, today: date) -> None:
        check_open(period=self.period, body=self.body, part=self.part, today=today)


def grid_page(
    source: RoundGrid, user: User, today: date, *, only_missing: bool = False
) -> GridPage:
    state = source.state
    lock, may_write = source.locked(), can_record(user, source.body, today)
    source.is_open = may_write and not lock
    return GridPage(
        title=source.title.format(period=source.period.name.lower()),
        lead=f"{source.body.short_name} · {state.reporting_round.name}",
        due_on=state.reporting_round.due_on,
        source=source,
        groups=shown_groups(source, only_missing=only_missing),
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
    """The parts the round asks for, each filled in on a page of its own; one alone needs no tabs."""
    parts = [(each, each.address(source.state)) for each in asked_of(source.state.reporting_round)]
    tabs = [
        Tab(label=each.label, url=url, is_current=each.name == source.part)
        for each, url in parts
        if url
    ]
    return tabs if len(tabs) > 1 else []


def grid_view(request: AppRequest, pk: int, grid: type[RoundGrid]) -> HttpResponse:
    """A grid shown, and saved when posted to; the floor's own view says who may."""
    write = request.method == "POST"
    source = grid(*with_siblings(request.user, pk, request.today, write=write))
    only_missing = "saknade" in request.GET

    def page() -> GridPage:
        return grid_page(source, request.user, request.today, only_missing=only_missing)

    if write:
        return saved(request, source, page, GRID)
    return render(request, GRID, {"page": page(), "failed": 0})


def grid_export_view(request: AppRequest, pk: int, grid: type[RoundGrid]) -> HttpResponse:
    source = grid(*with_siblings(request.user, pk, request.today))
    return exported(grid_page(source, request.user, request.today))


def grid_import_view(request: AppRequest, pk: int, grid: type[RoundGrid]) -> HttpResponse:
    source = grid(*with_siblings(request.user, pk, request.today, write=True))
    return imported(request, grid_page(source, request.user, request.today))
