"""The executive board's overview: committees against focus areas, or indicators against them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from governance.enums import Light
from governance.models import Period, User
from targets.enums import (
    Attainment,
    Breakdown,
    Direction,
    Horizon,
    Moment,
    OutcomeKind,
    OverviewMode,
    Subject,
)
from targets.models import Goal, Indicator, Judgement, Outcome, PlannedIndicator
from targets.queries.chain import status_words
from targets.queries.figures import (
    Cell,
    Held,
    Judge,
    Slot,
    judged_cells,
    light_words,
    slot_of,
    target_of,
    whole,
)
from targets.queries.overview import Asked, Committee, Oversight, oversight_for
from targets.rules import attaining, parse_target
from targets.rules.overseeing import MEANING

NO_AREA = "Utanför fokusområdena"
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
class IndicatorLine:
    """One indicator with a cell for each committee shown; ``area`` only under one committee."""

    indicator: Indicator
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
class Overview:
    """The page: who has handed in, and one of the two tables. ``own_indicators`` is how many of
    the handed-in committees' own indicators are seen by choosing a committee."""

    ground: Oversight
    asked: Asked
    words: Mapping[str, str]
    areas: tuple[str, ...] = ()
    committee_lines: tuple[CommitteeLine, ...] = ()
    indicator_lines: tuple[IndicatorLine, ...] = ()
    columns: tuple[Committee, ...] = ()
    own_indicators: int = 0

    @property
    def width(self) -> int:
        """What a cell across the table spans: all areas, or the indicator and all committees."""
        return len(self.areas) or len(self.columns) + 1

    @property
    def legend(self) -> list[Meaning]:
        return [
            Meaning(light=light, word=self.words[light.value], says=says)
            for light, says in MEANING.items()
        ]

    @property
    def asked_word(self) -> str:
        """The word of the light asked for; "" for all."""
        return self.words[self.asked.light.value] if self.asked.light else ""

    @property
    def committee(self) -> Committee | None:
        """The one committee asked for."""
        return self.ground.committee(self.asked.committee)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One judged figure at its place: whose, which, and in which focus area ("" outside all)."""

    committee: Committee
    indicator: Indicator
    area: str
    target: str
    figure: Cell


@dataclass(frozen=True, kw_only=True)
class Steering:
    """The goals of the handed-in committees' plans of the year: where each one belongs."""

    area_of: Mapping[int, str]
    committee_of: Mapping[int, int]
    areas: tuple[str, ...] = field(default=())


def overview_for(user: User, asked: Asked, today: date) -> Overview:
    """The overview as the reader asked for it; 404 for who does not oversee.

    Ten queries with focus areas, eleven with indicators, whatever the number of committees and
    indicators; one more where no period is asked for.
    """
    ground = oversight_for(user, asked, today)
    words = light_words(ground.organisation_id)
    page = Overview(ground=ground, asked=asked, words=words)
    period = ground.period
    if period is None:
        return page
    chosen = page.committee
    shown = [each for each in ground.committees if chosen in {None, each}]
    handed_in = [each for each in shown if each.is_handed_in]
    steering = steering_of(handed_in, period)
    placed = placed_figures(handed_in, period, steering, words)
    if asked.mode == OverviewMode.INDICATORS:
        return _with_indicators(page, shown, _in_areas(placed, steering) if chosen else placed)
    judged = judgements_of(steering, ground.organisation_id, period)
    return _with_areas(page, shown, placed, steering, judged)


def steering_of(committees: Sequence[Committee], period: Period) -> Steering:
    """One query; the nearest goal above with a focus area says where a goal belongs."""
    rows = list(
        Goal.objects.filter(
            plan__body__in=[each.id for each in committees], plan__year=period.ends_on.year
        )
        .order_by("focus_area__position", "plan__body__short_name", "position", "id")
        .values_list("id", "parent_id", "focus_area__name", "plan__body_id")
    )
    above = {pk: (parent, area or "") for pk, parent, area, _body in rows}
    area_of = {pk: _area_above(pk, above) for pk in above}
    names = dict.fromkeys(area for _pk, _parent, area, _body in rows if area)
    return Steering(
        area_of=area_of,
        committee_of={pk: body for pk, _parent, _area, body in rows},
        areas=tuple(names),
    )


def _area_above(goal: int | None, above: Mapping[int, tuple[int | None, str]]) -> str:
    seen = set()
    while goal is not None and goal in above and goal not in seen:
        seen.add(goal)
        parent, area = above[goal]
        if area:
            return area
        goal = parent
    return ""


def placed_figures(
    committees: Sequence[Committee], period: Period, steering: Steering, words: Mapping[str, str]
) -> list[Placed]:
    """Every indicator of the committees' plans of the year, judged; four queries."""
    by_id = {each.id: each for each in committees}
    now, before = _outcomes(committees, period)
    found: dict[tuple[int, int], Placed] = {}
    for place in (
        PlannedIndicator.objects.filter(plan__body__in=list(by_id), plan__year=period.ends_on.year)
        .select_related("indicator", "plan")
        .prefetch_related("targets")
        .order_by("plan__body__short_name", "plan__key", "position", "id")
    ):
        committee, indicator = by_id[place.plan.body_id], place.indicator
        if (committee.id, indicator.pk) in found:
            continue
        where = committee.root_id, indicator.pk
        found[committee.id, indicator.pk] = Placed(
            committee=committee,
            indicator=indicator,
            area=steering.area_of.get(place.goal_id or 0, ""),
            target=target_of(place, Horizon.YEAR)[0],
            figure=_judged(
                place,
                committee.root_id,
                now[where],
                before[where] if committee.compares else {},
                words,
            ),
        )
    return list(found.values())


def _judged(
    place: PlannedIndicator, root: int, now: Held, before: Held, words: Mapping[str, str]
) -> Cell:
    """The whole, with the parts there are beside it: a small part may hold the whole back."""
    indicator, (text, _note) = place.indicator, target_of(place, Horizon.YEAR)
    judge = Judge(
        indicator=indicator,
        text=text,
        target=parse_target(text, Direction(indicator.direction)) if text else None,
        words=words,
    )
    slots = dict.fromkeys([whole(root), *now, *before])
    return judged_cells(judge, [("", slot) for slot in slots], now, before)[0]


Outcomes = Mapping[tuple[int, int], dict[Slot, Outcome]]


def _outcomes(committees: Sequence[Committee], period: Period) -> tuple[Outcomes, Outcomes]:
    """(at the period, at the one it is compared with): by (root unit, indicator).

    The wholes, and the parts of indicators where a small group may be held back; two queries,
    by unit and period, so that the table's size does not matter.
    """
    within = Outcome.objects.filter(
        unit__in=[each.root_id for each in committees],
        period__in=[pk for pk in (period.pk, period.previous_id) if pk],
    )
    now: dict[tuple[int, int], dict[Slot, Outcome]] = defaultdict(dict)
    before: dict[tuple[int, int], dict[Slot, Outcome]] = defaultdict(dict)
    wholes = within.filter(breakdown=Breakdown.TOTAL)
    for outcome in [*wholes, *_parts_that_matter(within)]:
        held = now if outcome.period_id == period.pk else before
        held[outcome.unit_id, outcome.indicator_id][slot_of(outcome)] = outcome
    return now, before


def _parts_that_matter(within: QuerySet[Outcome]) -> QuerySet[Outcome]:
    suppressed = within.filter(kind=OutcomeKind.SUPPRESSED).values("indicator")
    return within.exclude(breakdown=Breakdown.TOTAL).filter(
        Q(indicator__hides_small_groups=True) | Q(indicator__in=suppressed)
    )


def judgements_of(
    steering: Steering, organisation_id: int, period: Period
) -> Mapping[tuple[int, str], list[tuple[Light, str]]]:
    """(tone, word) of each judged goal, by (committee, focus area); two queries."""
    words = status_words(organisation_id)
    found: dict[tuple[int, str], list[tuple[Light, str]]] = defaultdict(list)
    rows = Judgement.objects.filter(goal__in=list(steering.area_of), period=period)
    for goal, result, moment in rows.values_list("goal_id", "result", "moment"):
        said = {
            "subject": Subject.GOAL,
            "status": Attainment(result),
            "moment": Moment(moment),
            "words": words,
        }
        tone = attaining.TONES[attaining.counts_as(**said)]
        where = steering.committee_of[goal], steering.area_of[goal]
        found[where].append((tone, attaining.status_word(**said)))
    return found


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
    steering: Steering,
    judged: Mapping[tuple[int, str], list[tuple[Light, str]]],
) -> Overview:
    lights: dict[tuple[int, str], list[tuple[Light, str]]] = defaultdict(list)
    for each in placed:
        lights[each.committee.id, each.area].append((each.figure.light, each.figure.light_word))
    planned = {
        *lights,
        *((body, steering.area_of[goal]) for goal, body in steering.committee_of.items()),
    }
    areas = [*steering.areas, *([""] if any(not area for _body, area in planned) else [])]
    lines = [
        CommitteeLine(
            committee=committee,
            cells=tuple(
                AreaCell(
                    area=area or NO_AREA,
                    lights=counted(lights[committee.id, area], page.asked.light),
                    judgements=counted(judged.get((committee.id, area), ())),
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
    return Overview(
        ground=page.ground,
        asked=page.asked,
        words=page.words,
        areas=tuple(area or NO_AREA for area in areas),
        committee_lines=tuple(lines),
    )


def _in_areas(placed: Sequence[Placed], steering: Steering) -> list[Placed]:
    """Area by area, in the plan's order within each; what stands outside them last."""
    order = {area: position for position, area in enumerate((*steering.areas, ""))}
    return sorted(placed, key=lambda each: order[each.area])


def _with_indicators(
    page: Overview, shown: Sequence[Committee], placed: Sequence[Placed]
) -> Overview:
    """Shared indicators against the committees; all of its own when one committee is chosen."""
    one = page.committee
    mine = [each for each in placed if one or each.indicator.body_id is None]
    asked = page.asked.light
    if asked:
        kept = {each.indicator.pk for each in mine if each.figure.light == asked}
        having = {each.committee.id for each in mine if each.figure.light == asked}
        mine = [each for each in mine if each.indicator.pk in kept]
        shown = [each for each in shown if each.id in having]
    by_place = {(each.indicator.pk, each.committee.id): each for each in mine}
    first = {each.indicator.pk: each for each in reversed(mine)}
    lines = [
        IndicatorLine(
            indicator=first[pk].indicator,
            area=(first[pk].area or NO_AREA) if one else "",
            cells=tuple(
                _cell(committee, by_place.get((pk, committee.id)), asked) for committee in shown
            ),
        )
        for pk in dict.fromkeys(each.indicator.pk for each in mine)
    ]
    return Overview(
        ground=page.ground,
        asked=page.asked,
        words=page.words,
        indicator_lines=tuple(lines),
        columns=tuple(shown),
        own_indicators=len(placed) - len(mine) if not asked and not one else 0,
    )


def _cell(committee: Committee, placed: Placed | None, asked: Light | None) -> FigureCell:
    if placed is None:
        return FigureCell(committee=committee, figure=None)
    return FigureCell(
        committee=committee,
        figure=placed.figure,
        area=placed.area or NO_AREA,
        target=placed.target,
        is_asked=placed.figure.light == asked,
    )
