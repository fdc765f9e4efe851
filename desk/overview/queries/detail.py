"""Down from the board's overview: one committee's handed-in figures, and one figure of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from desk.overview.queries.ground import NO_AREA, Asked, Committee, Oversight, oversight_for
from desk.overview.queries.tables import areas_of, read
from governance.declarations import declared
from governance.models import Period, User
from rounds.contributions import Contribution, HandedInRow
from targets.enums import PART
from targets.outcomes.queries.figures import IndicatorRow
from targets.outcomes.queries.handed_in import HandedIn, HandedInGoal
from targets.outcomes.queries.snapshot import KeptIndicator
from targets.plans.queries.words import words_and_lights


@dataclass(frozen=True, kw_only=True)
class AreaPage:
    """One focus area of the committee's plan: judged goals and figures."""

    name: str
    goals: tuple[HandedInGoal, ...]
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, kw_only=True)
class OtherPart:
    """What the committee has handed in of the economy or of internal control."""

    label: str
    rows: tuple[HandedInRow, ...]


@dataclass(frozen=True, kw_only=True)
class CommitteePage:
    """What one committee has handed in for the period."""

    committee: Committee
    period: Period
    areas: tuple[AreaPage, ...]
    others: tuple[OtherPart, ...]
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FigurePage:
    """One handed-in figure with everything the board may read of it."""

    committee: Committee
    period: Period
    indicator: KeptIndicator
    area: str
    goal: str
    row: IndicatorRow
    source: str
    is_rolled_up: bool
    measured_on: date | None
    lights: Mapping[str, str]
    words: Mapping[str, str]


def committee_page_for(
    user: User, *, period_id: int, body_id: int, area: str | None, today: date
) -> CommitteePage:
    """All focus areas and the other parts, or the area named; 404 unless the committee has handed
    in the period, and has the area in its plan."""
    ground, period, committee = _handed_in(user, period_id, body_id, today)
    words, lights = words_and_lights(ground.organisation_id, period.ends_on.year)
    found = read([committee], period, lights).get(committee.id, HandedIn())
    pages = [
        AreaPage(
            name=name or NO_AREA,
            goals=tuple(
                goal
                for goal in found.goals
                if goal.area == name and goal.is_goal and goal.is_reported
            ),
            rows=tuple(figure.row for figure in found.figures if figure.area == name),
        )
        for name in (*areas_of([committee], {committee.id: found}), "")
        if area in {None, name or NO_AREA}
    ]
    shown = tuple(each for each in pages if each.goals or each.rows or each.name == area)
    if area is not None and not shown:
        raise Http404
    others = tuple(_others(committee)) if area is None else ()
    return CommitteePage(
        committee=committee, period=period, areas=shown, others=others, words=words
    )


def _others(committee: Committee) -> Iterator[OtherPart]:
    for part in declared(Contribution):
        data = committee.kept.part(part.name)
        rows = tuple(part.rows(data)) if data is not None and part.name != PART else ()
        if rows:
            yield OtherPart(label=part.label, rows=rows)


def figure_page_for(
    user: User, *, period_id: int, body_id: int, indicator_id: int, today: date
) -> FigurePage:
    """One figure; 404 unless the committee has handed it in and has it in its plan of the year."""
    ground, period, committee = _handed_in(user, period_id, body_id, today)
    words, lights = words_and_lights(ground.organisation_id, period.ends_on.year)
    found = read([committee], period, lights).get(committee.id, HandedIn())
    figure = next((each for each in found.figures if each.indicator.id == indicator_id), None)
    if figure is None:
        raise Http404
    return FigurePage(
        committee=committee,
        period=period,
        indicator=figure.indicator,
        area=figure.area or NO_AREA,
        goal=_label(found.goals, figure.goal_id),
        row=figure.row,
        source=figure.source,
        is_rolled_up=figure.is_rolled_up,
        measured_on=figure.measured_on,
        lights=lights,
        words=words,
    )


def _label(goals: Sequence[HandedInGoal], pk: int | None) -> str:
    return next((goal.label for goal in goals if goal.id == pk), "")


def _handed_in(
    user: User, period_id: int, body_id: int, today: date
) -> tuple[Oversight, Period, Committee]:
    ground = oversight_for(user, Asked(period=period_id), today)
    committee = ground.committee(body_id)
    if ground.period is None or ground.period.pk != period_id:
        raise Http404
    if committee is None or not committee.is_handed_in:
        raise Http404
    return ground, ground.period, committee
