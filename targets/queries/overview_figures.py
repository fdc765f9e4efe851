"""The handed-in committees' indicators of a period, judged as everywhere else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from governance.enums import HANDED_IN, RoundStateName
from governance.models import Period, RoundState
from targets.enums import Breakdown, Horizon, OutcomeKind
from targets.models import Goal, Indicator, Outcome, PlannedIndicator
from targets.queries.aims import Bases, bases_of, reading_of
from targets.queries.figures import Cell, Held, Judge, judged_cells, slot_of, whole
from targets.queries.overview import Committee
from targets.rules import TargetReading

REMEMBERED = 16384
# What no cell is judged or printed from: thousands of rows are read, and these stay.
UNREAD = {
    "source", "numerator", "denominator", "is_rolled_up",
    "origin_model", "origin_id", "origin_version", "origin_label",
}  # fmt: skip
INDICATOR = tuple(field.attname for field in Indicator._meta.concrete_fields)
OUTCOME = tuple(
    field.attname for field in Outcome._meta.concrete_fields if field.attname not in UNREAD
)
UNIT_AT, INDICATOR_AT, PERIOD_AT = map(OUTCOME.index, ("unit_id", "indicator_id", "period_id"))
Values = tuple[Any, ...]


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


@dataclass(frozen=True, kw_only=True)
class _Place:
    """A place in a plan as plain values: thousands of rows would cost more than judging them."""

    committee: Committee
    indicator: Indicator
    goal: int
    target: str


def placed_figures(
    committees: Sequence[Committee], period: Period, steering: Steering, words: Mapping[str, str]
) -> list[Placed]:
    """Every indicator of the committees' plans of the year, judged; four queries, and two more
    where a target is a change since a base year."""
    places = _places(committees, period)
    now, before = _outcomes(committees, period)
    aims = {(each.indicator.pk, each.target): (each.indicator, each.target) for each in places}
    readings = {key: reading_of(*aim) for key, aim in aims.items()}
    bases = bases_for_board(aims.values(), committees)
    said = tuple(words.items())
    known = {each.indicator.pk: _values(each.indicator) for each in places}
    found = []
    for each in places:
        committee, where = each.committee, (each.committee.root_id, each.indicator.pk)
        reading = readings[each.indicator.pk, each.target]
        if reading.target is not None and not reading.target.is_bound:
            root = committee.root_id
            reading = reading_of(each.indicator, each.target, root_id=root, bases=bases)
        found.append(
            Placed(
                committee=committee,
                indicator=each.indicator,
                area=steering.area_of.get(each.goal, ""),
                target=each.target,
                figure=_judged(
                    known[each.indicator.pk],
                    committee.root_id,
                    each.target,
                    reading,
                    said,
                    tuple(now[where]),
                    tuple(before[where]) if committee.compares else (),
                ),
            )
        )
    return found


def _values(indicator: Indicator) -> Values:
    return tuple(getattr(indicator, name) for name in INDICATOR)


def _places(committees: Sequence[Committee], period: Period) -> list[_Place]:
    """The first place of each indicator in each committee's plans, in plan order; two queries."""
    by_id = {each.id: each for each in committees}
    here = PlannedIndicator.objects.filter(
        plan__body__in=list(by_id), plan__year=period.ends_on.year
    )
    indicators = {
        each.pk: each
        for each in Indicator.objects.filter(pk__in=here.order_by().values("indicator"))
    }
    found: dict[tuple[int, int], _Place] = {}
    for body, pk, goal, target in (
        here.annotate(aim=FilteredRelation("targets", condition=Q(targets__horizon=Horizon.YEAR)))
        .order_by("plan__body__short_name", "plan__key", "position", "id")
        .values_list("plan__body_id", "indicator_id", "goal_id", "aim__text")
    ):
        place = _Place(
            committee=by_id[body], indicator=indicators[pk], goal=goal or 0, target=target or ""
        )
        found.setdefault((body, pk), place)
    return list(found.values())


# A cell follows from these facts alone, and what is handed in seldom changes: judging hundreds of
# figures anew takes most of the page's time.
@lru_cache(maxsize=REMEMBERED)
def _judged(
    indicator: Values,
    root_id: int,
    target: str,
    reading: TargetReading,
    words: tuple[tuple[str, str], ...],
    now: tuple[Values, ...],
    before: tuple[Values, ...],
) -> Cell:
    """The whole, with the parts there are beside it: a small part may hold the whole back."""
    judge = Judge.of(Indicator.from_db(None, INDICATOR, indicator), target, reading, dict(words))
    labelled = [("", whole(root_id))]
    return judged_cells(judge, labelled, _held(now), _held(before), root_id=root_id)[0]


def _held(rows: Iterable[Values]) -> Held:
    outcomes = (Outcome.from_db(None, OUTCOME, values) for values in rows)
    return {slot_of(outcome): outcome for outcome in outcomes}


def bases_for_board(
    aims: Iterable[tuple[Indicator, str]], committees: Sequence[Committee]
) -> Bases:
    """The base years' outcomes, but for those that are a draft: the bound would give them away."""
    bases = bases_of(aims, [each.root_id for each in committees])
    if not bases:
        return bases
    root_of = {each.id: each.root_id for each in committees}
    handed_in: set[tuple[int, int]] = set()
    drafts: set[tuple[int, int]] = set()
    for body, year, state in RoundState.objects.filter(
        body__in=list(root_of),
        reporting_round__period__ends_on__year__in={year for _root, _pk, year in bases},
        reporting_round__period__ends_on__month=12,
        reporting_round__period__starts_on__month=1,
    ).values_list("body_id", "reporting_round__period__ends_on__year", "state"):
        known = handed_in if RoundStateName(state) in HANDED_IN else drafts
        known.add((root_of[body], year))
    hidden = drafts - handed_in
    return {key: base for key, base in bases.items() if (key[0], key[2]) not in hidden}


Outcomes = Mapping[tuple[int, int], list[Values]]


def _outcomes(committees: Sequence[Committee], period: Period) -> tuple[Outcomes, Outcomes]:
    """(at the period, at the one it is compared with): by (root unit, indicator).

    The wholes, and the parts of indicators where a small group may be held back; two queries,
    by unit and period, so that the table's size does not matter.
    """
    within = Outcome.objects.filter(
        unit__in=[each.root_id for each in committees],
        period__in=[pk for pk in (period.pk, period.previous_id) if pk],
    )
    now: dict[tuple[int, int], list[Values]] = defaultdict(list)
    before: dict[tuple[int, int], list[Values]] = defaultdict(list)
    for rows in (within.filter(breakdown=Breakdown.TOTAL), _parts_that_matter(within)):
        for values in rows.values_list(*OUTCOME):
            held = now if values[PERIOD_AT] == period.pk else before
            held[values[UNIT_AT], values[INDICATOR_AT]].append(values)
    return now, before


def _parts_that_matter(within: QuerySet[Outcome]) -> QuerySet[Outcome]:
    suppressed = within.filter(kind=OutcomeKind.SUPPRESSED).values("indicator")
    return within.exclude(breakdown=Breakdown.TOTAL).filter(
        Q(indicator__hides_small_groups=True) | Q(indicator__in=suppressed)
    )
