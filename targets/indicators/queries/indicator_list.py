"""The indicators of a body: its own, and those the whole organisation shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.http import Http404

from governance.enums import OFFICES
from governance.models import Body, User
from governance.permissions import can_read_figures, held_roles
from governance.queries import visible_body
from targets.enums import Horizon, IndicatorKind
from targets.models import Indicator, Plan, PlannedIndicator
from targets.outcomes.queries.figures import target_of
from targets.permissions import can_add_indicator, can_read_indicators, opens_indicators
from targets.plans.queries.words import words_for


@dataclass(frozen=True, kw_only=True)
class ListedIndicator:
    id: int
    number: str
    name: str
    kind: str
    unit: str
    direction: str
    is_shared: bool
    is_planned: bool
    goal: str
    target_text: str


@dataclass(frozen=True, kw_only=True)
class IndicatorList:
    """The body's own indicators and the shared ones; ``total`` is before the filters.

    For the case officer, who keeps what is shared, only that and nobody's plan.
    """

    body: Body
    year: int
    rows: tuple[ListedIndicator, ...]
    total: int
    kinds: tuple[tuple[str, str], ...]
    words: Mapping[str, str]
    is_office: bool
    may_add: bool
    others: tuple[Body, ...]


@dataclass(frozen=True, kw_only=True)
class Sought:
    """The list's filters: words of name or number, a kind, and in the latest plan or not."""

    text: str = ""
    kind: str = ""
    is_planned: bool | None = None

    def finds(self, row: ListedIndicator, kind: str) -> bool:
        """Compared here and not in SQL: SQLite knows no capital Å, Ä and Ö."""
        words = self.text.casefold().split()
        name = f"{row.number} {row.name}".casefold()
        return (
            all(word in name for word in words)
            and self.kind in {"", kind}
            and self.is_planned in {None, row.is_planned}
        )


def get_indicator_list_for(user: User, body_pk: int, today: date, sought: Sought) -> IndicatorList:
    body = visible_body(user, body_pk)
    if body not in (lists := lists_of(user, today)):
        raise Http404
    is_office = not can_read_figures(user, body, today)
    year = _latest_plan_year(body, today)
    places = {} if is_office else _first_places(body, year)
    own = Q() if is_office else Q(body=body)
    found = Indicator.objects.filter(
        own | Q(body=None), organisation=body.organisation_id
    ).order_by("name", "id")
    if is_office:
        found = found.filter(body=None)
    words = words_for(body.organisation_id, year)
    listed = [(_listed(each, places.get(each.pk), words), each.kind) for each in found]
    return IndicatorList(
        body=body,
        year=year,
        rows=tuple(row for row, kind in listed if sought.finds(row, kind)),
        total=len(listed),
        kinds=tuple((kind, words[kind]) for kind in IndicatorKind.values),
        words=words,
        is_office=is_office,
        may_add=can_add_indicator(user, body, today),
        others=tuple(other for other in lists if other != body),
    )


def lists_of(user: User, today: date) -> list[Body]:
    """The bodies whose lists the user may open, committees first; 404 when there is none."""
    held = {body for body, _role in held_roles(user, today)}
    bodies = Body.objects.filter(pk__in=held).select_related("organisation").order_by("name", "id")
    found = [body for body in bodies if can_read_indicators(user, body, today)]
    if not found or not opens_indicators(user, today):
        raise Http404
    return sorted(found, key=lambda body: body.kind in OFFICES)


def _latest_plan_year(body: Body, today: date) -> int:
    """This year, or the last one before it that has a plan."""
    found = Plan.objects.filter(body=body, year__lte=today.year).aggregate(year=Max("year"))
    return int(found["year"] or today.year)


def _first_places(body: Body, year: int) -> dict[int, PlannedIndicator]:
    found: dict[int, PlannedIndicator] = {}
    for place in (
        PlannedIndicator.objects.filter(plan__body=body, plan__year=year)
        .select_related("goal")
        .prefetch_related("targets")
        .order_by("plan__key", "position", "id")
    ):
        found.setdefault(place.indicator_id, place)
    return found


def _listed(
    indicator: Indicator, place: PlannedIndicator | None, words: Mapping[str, str]
) -> ListedIndicator:
    return ListedIndicator(
        id=indicator.pk,
        number=indicator.number,
        name=indicator.name,
        kind=words[indicator.kind],
        unit=indicator.unit_label,
        direction=indicator.get_direction_display(),
        is_shared=indicator.body_id is None,
        is_planned=place is not None,
        goal=(place.goal.name if place.goal else place.group) if place else "",
        target_text=target_of(place, Horizon.YEAR)[0],
    )
