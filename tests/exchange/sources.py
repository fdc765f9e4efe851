"""Comparing what the demo prints with what the five source documents print, place by place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from exchange.demo.actions import load_demo
from governance.models import Body, Period
from targets.models import Goal, Plan
from targets.outcomes.queries.figures import IndicatorRow, indicator_rows
from tests.exchange.differences import DIFFERENCES

FILES = sorted((Path(settings.BASE_DIR) / "demo").glob("*.yaml"))
SPACES = re.compile(r"\s+")
UNITS = re.compile(r"\s|%|mnkr|tkr|kr|procentenheter|procentenhet")
Pair = tuple[str, str]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All five files loaded and the accounts made, in one transaction for a module's tests (which
    are marked ``django_db``, or there is no database)."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(FILES)
        yield
        transaction.set_rollback(True)


def words(text: str) -> str:
    """A name without the line breaks and double spaces of a table's cell."""
    return SPACES.sub(" ", text).strip()


def figure(text: str) -> str:
    """A figure without its unit; spaces between thousands and the kind of minus do not matter."""
    return UNITS.sub("", text).replace("\u2212", "-")


def unsigned(text: str) -> str:
    """A figure of a table that prints no plus signs."""
    return figure(text).removeprefix("+")


def differing(
    source: Mapping[str, str], ours: Mapping[str, str], *, same: Callable[[str], str] = words
) -> dict[str, Pair]:
    """Place: (what the source prints, what we print) wherever the two are not the same."""
    places = [*source, *(place for place in ours if place not in source)]
    pairs = {place: (source.get(place, ""), ours.get(place, "")) for place in places}
    return {place: pair for place, pair in pairs.items() if same(pair[0]) != same(pair[1])}


def intended(section: str) -> dict[str, Pair]:
    """The listed differences whose place begins with the section, printed as we print them."""
    return {
        each.place: (each.source, each.ours)
        for each in DIFFERENCES
        if each.place.startswith(section)
    }


@dataclass(frozen=True, kw_only=True)
class Side:
    """One committee's plan and one period of the demo."""

    body: Body
    plan: Plan
    period: Period

    @property
    def goals(self) -> list[Goal]:
        found = self.plan.goals.select_related(
            "level", "focus_area", "parent", "responsible_unit"
        ).order_by("position")
        return list(found)

    def rows(self, *keys: str, with_units: bool = False) -> dict[str, IndicatorRow]:
        found = indicator_rows(
            body=self.body, period=self.period, keys=keys or None, with_units=with_units
        )
        return {row.key: row for row in found}


def side(organisation: str, body: str, plan: str, period: str) -> Side:
    owner = Body.objects.get(organisation__key=organisation, key=body)
    return Side(
        body=owner,
        plan=Plan.objects.get(body=owner, key=plan),
        period=Period.objects.select_related("previous").get(
            organisation__key=organisation, key=period
        ),
    )
