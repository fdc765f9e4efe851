"""The executive board's overview: committees against focus areas, or indicators against them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desk.overview.enums import OverviewMode
from desk.overview.queries.ground import NO_AREA, Asked, Committee, Oversight, oversight_for
from figures.memo import remembered
from governance.enums import Light
from governance.models import Period, User
from targets.enums import Concept
from targets.outcomes.queries.figures import Cell
from targets.outcomes.queries.handed_in import HandedIn, HandedInFigure, handed_in
from targets.outcomes.queries.snapshot import KeptIndicator
from targets.outcomes.rules.lights import MEANING
from targets.plans.queries.words import words_and_lights

ORDER = {
    light: position
    for position, light in enumerate(
        (
            Light.MET,
            Light.NEAR,
            Light.MISSED,
            Light.NO_OUTCOME,
            Light.NO_TARGET,
            Light.SUPPRESSED,
            Light.NOT_JUDGED,
            Light.NOT_APPLICABLE,
        )
    )
}


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many of one light, or of one judgement, with its word."""

    light: Light
    word: str
    number: int
    is_asked: bool = False


@dataclass(frozen=True, kw_only=True)
class FigureCell:
    """One committee's value of one indicator; without a figure the plan does not hold it."""

    committee: Committee
    figure: Cell | None
    area: str = ""
    target: str = ""
    is_asked: bool = False


@dataclass(frozen=True, kw_only=True)
class OverviewLine:
    """One indicator with a cell for each committee shown; ``area`` only under one committee."""

    indicator: KeptIndicator
    area: str
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True, kw_only=True)
class AreaCell:
    """What one committee has in one focus area; ``is_planned`` is false where it has nothing."""

    area: str
    lights: tuple[Count, ...]
    judgements: tuple[Count, ...]
    is_planned: bool

    @property
    def is_asked(self) -> bool:
        return any(count.is_asked for count in self.lights)


@dataclass(frozen=True, kw_only=True)
class CommitteeLine:
    """One committee with a cell for each focus area; without cells where it has not handed in."""

    committee: Committee
    cells: tuple[AreaCell, ...]


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a light means, under the organisation's word for it."""

    light: Light
    word: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One handed-in figure and whose it is."""

    committee: Committee
    figure: HandedInFigure

    @property
    def indicator(self) -> KeptIndicator:
        return self.figure.indicator

    @property
    def area(self) -> str:
        return self.figure.area

    @property
    def row(self) -> Cell:
        return self.figure.row


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The page: who has handed in, and one of the two tables."""

    ground: Oversight
    asked: Asked
    lights: Mapping[str, str]
    words: Mapping[str, str]
    areas: tuple[str, ...] = ()
    committee_lines: tuple[CommitteeLine, ...] = ()
    table: "TableFacts | None" = None

    @property
    def indicator_lines(self) -> tuple[OverviewLine, ...]:
        return lines_of(self.table).lines if self.table else ()

    @property
    def columns(self) -> tuple[Committee, ...]:
        return lines_of(self.table).columns if self.table else ()

    @property
    def own_indicators(self) -> int:
        return lines_of(self.table).own_indicators if self.table else 0

    @property
    def width(self) -> int:
        """What a cell across the table spans: all areas, or the indicator and all committees."""
        return len(self.areas) or len(self.columns) + 1

    @property
    def legend(self) -> list[Meaning]:
        return [
            Meaning(light=light, word=self.lights[light.value], says=says)
            for light, says in MEANING.items()
        ]

    @property
    def asked_word(self) -> str:
        """The word of the light asked for; "" for all."""
        return self.lights[self.asked.light.value] if self.asked.light else ""

    @property
    def committee(self) -> Committee | None:
        """The one committee asked for."""
        return self.ground.committee(self.asked.committee)


def overview_for(user: User, asked: Asked, today: date) -> Overview:
    """The overview as the reader asked for it; 404 for who does not oversee.

    A constant number of queries, whatever the number of committees and indicators; few more where
    no period is asked for or a target has a base year.
    """
    ground = oversight_for(user, asked, today)
    year = ground.period.ends_on.year if ground.period else today.year
    words, lights = words_and_lights(ground.organisation_id, year)
    page = Overview(ground=ground, asked=asked, lights=lights, words=words)
    if ground.period is None:
        return page
    chosen = page.committee
    shown = [each for each in ground.committees if chosen in {None, each}]
    found = read(shown, ground.period, lights)
    if asked.mode == OverviewMode.INDICATORS:
        return replace(
            page,
            table=TableFacts(
                period_id=ground.period.pk,
                shown=tuple(shown),
                found=tuple(found.items()),
                is_one=chosen is not None,
                light=asked.light,
                change_word=words[Concept.CHANGE],
            ),
        )
    return _with_areas(page, shown, placed_of(shown, found), areas_of(shown, found), found)


def placed_of(shown: Iterable[Committee], found: Mapping[int, HandedIn]) -> list[Placed]:
    return [
        Placed(committee=committee, figure=figure)
        for committee in shown
        if committee.id in found
        for figure in found[committee.id].figures
    ]


def read(
    committees: Iterable[Committee], period: Period, words: Mapping[str, str]
) -> dict[int, HandedIn]:
    """By committee: its goals and figures as it handed them in."""
    known = {each.id: each for each in committees}
    return handed_in(
        {pk: each.kept for pk, each in known.items()},
        {pk: each.before for pk, each in known.items()},
        period,
        words,
    )


def areas_of(committees: Iterable[Committee], found: Mapping[int, HandedIn]) -> list[str]:
    """The focus areas of all, by the place they have in the plans."""
    placed = [
        (position, number, name)
        for number, committee in enumerate(committees)
        if committee.id in found
        for position, name in found[committee.id].areas
        if any(goal.area == name for goal in found[committee.id].goals)
    ]
    return list(dict.fromkeys(name for _position, _number, name in sorted(placed)))


def counted(found: Iterable[tuple[Light, str]], asked: Light | None = None) -> tuple[Count, ...]:
    """How many of each light and word, the best first."""
    numbers = Counter(found)
    return tuple(
        Count(light=light, word=word, number=number, is_asked=light == asked)
        for (light, word), number in sorted(
            numbers.items(), key=lambda each: (ORDER[each[0][0]], each[0][1])
        )
    )


def _with_areas(
    page: Overview,
    shown: Sequence[Committee],
    placed: Sequence[Placed],
    named: Sequence[str],
    found: Mapping[int, HandedIn],
) -> Overview:
    lights: dict[tuple[int, str], list[tuple[Light, str]]] = defaultdict(list)
    for each in placed:
        lights[each.committee.id, each.area].append((each.row.light, each.row.light_word))
    judged: dict[tuple[int, str], list[tuple[Light, str]]] = defaultdict(list)
    planned = set(lights)
    for body, handed in found.items():
        for goal in handed.goals:
            planned.add((body, goal.area))
            if goal.is_goal and goal.is_reported:
                judged[body, goal.area].append((goal.standing.light, goal.standing.word))
    areas = [*named, *([""] if any(not area for _body, area in planned) else [])]
    lines = [
        CommitteeLine(
            committee=committee,
            cells=tuple(
                AreaCell(
                    area=area or NO_AREA,
                    lights=counted(lights[committee.id, area], page.asked.light),
                    judgements=counted(judged[committee.id, area]),
                    is_planned=(committee.id, area) in planned,
                )
                for area in areas
            )
            if committee.is_handed_in
            else (),
        )
        for committee in shown
    ]
    if not areas:
        lines = []
    if page.asked.light:
        lines = [line for line in lines if any(cell.is_asked for cell in line.cells)]
    return replace(
        page,
        areas=tuple(area or NO_AREA for area in areas),
        committee_lines=tuple(lines),
    )


def _in_areas(placed: Sequence[Placed], areas: Sequence[str]) -> list[Placed]:
    """Area by area, in the plan's order within each; what stands outside them last."""
    order = {area: position for position, area in enumerate((*areas, ""))}
    return sorted(placed, key=lambda each: order[each.area])


@dataclass(frozen=True, kw_only=True)
class TableFacts:
    """All that the table of indicators follows from; ``is_one``: one committee was chosen."""

    period_id: int
    shown: tuple[Committee, ...]
    found: tuple[tuple[int, HandedIn], ...]
    is_one: bool
    light: Light | None
    change_word: str


@dataclass(frozen=True, kw_only=True)
class IndicatorLines:
    """``own_indicators`` is how many of the handed-in committees' own indicators are seen by
    choosing a committee."""

    lines: tuple[OverviewLine, ...]
    columns: tuple[Committee, ...]
    own_indicators: int


@remembered("the committees' standing and the bytes they handed in, as values", size=64)
def lines_of(facts: TableFacts) -> IndicatorLines:
    """Shared indicators against the committees; all of its own when one committee is chosen."""
    one, asked, shown, found = facts.is_one, facts.light, facts.shown, dict(facts.found)
    placed = placed_of(shown, found)
    if one:
        placed = _in_areas(placed, areas_of(shown, found))
    mine = [each for each in placed if one or each.indicator.body_id is None]
    own = len(placed) - len(mine) if not asked else 0
    if asked:
        kept = {each.indicator.id for each in mine if each.row.light == asked}
        having = {each.committee.id for each in mine if each.row.light == asked}
        mine = [each for each in mine if each.indicator.id in kept]
        shown = tuple(each for each in shown if each.id in having)
    by_place = {(each.indicator.id, each.committee.id): each for each in mine}
    first = {each.indicator.id: each for each in reversed(mine)}
    lines = tuple(
        OverviewLine(
            indicator=first[pk].indicator,
            area=(first[pk].area or NO_AREA) if one else "",
            cells=tuple(
                _cell(committee, by_place.get((pk, committee.id)), asked) for committee in shown
            ),
        )
        for pk in dict.fromkeys(each.indicator.id for each in mine)
    )
    return IndicatorLines(lines=lines, columns=shown, own_indicators=own)


def _cell(committee: Committee, placed: Placed | None, asked: Light | None) -> FigureCell:
    if placed is None:
        return FigureCell(committee=committee, figure=None)
    return FigureCell(
        committee=committee,
        figure=placed.row,
        area=placed.area or NO_AREA,
        target=placed.figure.target,
        is_asked=placed.row.light == asked,
    )
