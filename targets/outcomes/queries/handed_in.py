"""A body's figures and goals as it handed them in, judged by the same rules as the live rows.

Who is not of the committee reads these: of the period from the kept bytes, of the period compared
with and of a base year from the bytes kept of it, or, where it never had a round, from its rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from figures.enums import ValueKind
from figures.memo import remembered
from figures.rules.key import Key
from governance.models import Period
from governance.rules import rounded
from rounds.queries.hand_ins import Kept, kept_of
from targets.enums import PART, Breakdown, Horizon, Nature
from targets.indicators.queries.target_values import Bases, is_shown, reading_of
from targets.models import Indicator, Outcome
from targets.outcomes.queries.figures import Held, IndicatorRow, key_of, row_of, target_of
from targets.outcomes.queries.snapshot import (
    KeptIndicator,
    KeptOutcome,
    KeptPlace,
    TargetsSnapshot,
    categories_from,
    decoded,
    definitions_from,
    indicator_of,
    outcomes_at,
    period_from,
    place_from,
    row_from,
    standing_of,
)
from targets.outcomes.rules.lights import shown_decimals
from targets.plans.queries.chain import Standing

Words = tuple[tuple[str, str], ...]
FlatBases = tuple[tuple[tuple[int, int, int], Decimal], ...]


@dataclass(frozen=True, kw_only=True)
class HandedInFigure:
    """One judged figure at its place: in which focus area ("" outside all) and under which goal."""

    indicator: KeptIndicator
    area: str
    goal_id: int | None
    row: IndicatorRow
    source: str
    is_rolled_up: bool
    measured_on: date | None

    @property
    def target(self) -> str:
        return self.row.target_text


@dataclass(frozen=True, kw_only=True)
class HandedInGoal:
    """A goal or assignment where it stood, with why a judgement departs, if it does."""

    id: int
    label: str
    area: str
    is_goal: bool
    is_reported: bool
    standing: Standing
    reason: str
    judged_by: str
    judged_on: date | None


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """What one body handed in; ``areas`` are its focus areas with the place they have. All follows
    from the bytes and what they are held against, so two are the same when these are."""

    made_of: tuple[object, ...] = ()
    areas: tuple[tuple[int, str], ...] = field(default=(), compare=False)
    goals: tuple[HandedInGoal, ...] = field(default=(), compare=False)
    figures: tuple[HandedInFigure, ...] = field(default=(), compare=False)


@dataclass(frozen=True, kw_only=True)
class _Before:
    """What a period is compared with: kept bytes, or rows that came as history."""

    data: bytes | None = None
    history: tuple[KeptOutcome, ...] = field(default=())


def handed_in(
    kept: Mapping[int, Kept], before: Mapping[int, Kept], period: Period, words: Mapping[str, str]
) -> dict[int, HandedIn]:
    """By body: its part of what it handed in for the period, beside the period compared with.

    At most five queries for any number of bodies, none where nothing is compared.
    """
    data = {body: part for body, each in kept.items() if (part := each.part(PART)) is not None}
    compared = _compared(data, before, period)
    bases = _bases(data, period)
    said = tuple(words.items())
    return {
        body: _read(each, compared[body], _flat(bases, decoded(each).root_id), said)
        for body, each in data.items()
    }


def rows_in(data: bytes) -> HandedIn:
    """The part alone, with the words and base years it was handed in with."""
    found = decoded(data)
    return _read(data, _Before(), tuple(sorted(found.bound().items())), tuple(found.words.items()))


def _compared(
    data: Mapping[int, bytes], before: Mapping[int, Kept], period: Period
) -> Mapping[int, _Before]:
    """A draft is compared with by nobody outside; rows without any round came as history."""
    found: dict[int, _Before] = defaultdict(_Before)
    if period.previous is None:
        return found
    unasked = {}
    for body, each in data.items():
        earlier = before.get(body, Kept())
        if (part := earlier.part(PART)) is not None:
            found[body] = _Before(data=part)
        elif not earlier.occasions:
            unasked[decoded(each).root_id] = body
    rows: dict[int, list[KeptOutcome]] = defaultdict(list)
    for row in outcomes_at(unasked, period.previous) if unasked else ():
        rows[unasked[row.unit_id]].append(row)
    return found | {body: _Before(history=tuple(each)) for body, each in rows.items()}


# What is kept never changes, and hundreds of figures are judged for one page.
@remembered("the kept bytes, what they are compared with, base years and words", size=512)
def _read(data: bytes, before: _Before, bases: FlatBases, words: Words) -> HandedIn:
    found = decoded(data)
    earlier = decoded(before.data).outcomes if before.data else before.history
    return HandedIn(
        made_of=(data, before, bases, words),
        areas=found.areas,
        goals=tuple(
            HandedInGoal(
                id=goal.id,
                label=goal.label,
                area=goal.area,
                is_goal=goal.nature == Nature.GOAL,
                is_reported=goal.is_reported,
                standing=standing_of(goal),
                reason=goal.reason,
                judged_by=goal.judged_by,
                judged_on=goal.judged_on,
            )
            for goal in found.goals
            if goal.nature != Nature.HEADING
        ),
        figures=tuple(_figures(found, earlier, dict(bases), dict(words))),
    )


def _figures(
    found: TargetsSnapshot,
    earlier: Iterable[KeptOutcome],
    bases: Bases,
    words: Mapping[str, str],
) -> Iterable[HandedInFigure]:
    period = period_from(found.period)
    now, before = _held(found.outcomes, found.root_id), _held(earlier, found.root_id)
    for place in found.places:
        indicator = indicator_of(place)
        held = now[indicator.pk]
        outcome = held.get(Key(what=indicator.pk, unit=found.root_id))
        yield HandedInFigure(
            indicator=place.indicator,
            area=place.area,
            goal_id=place.goal,
            row=row_of(
                indicator=indicator,
                place=place_from(place, indicator),
                period=period,
                root=found.root_id,
                now=held,
                before=before[indicator.pk],
                words=words,
                definitions=definitions_from(place),
                categories=categories_from(place),
                bases=bases,
            ),
            source=outcome.source if outcome else "",
            is_rolled_up=bool(outcome and outcome.is_rolled_up),
            measured_on=outcome.measured_on if outcome else None,
        )


def _held(rows: Iterable[KeptOutcome], root_id: int) -> Mapping[int, Held]:
    found: dict[int, dict[Key, Outcome]] = defaultdict(dict)
    for row in rows:
        if row.unit_id == root_id:
            outcome: Outcome = row_from(Outcome, row)
            found[row.indicator_id][key_of(outcome)] = outcome
    return found


def _flat(bases: Bases, root_id: int) -> FlatBases:
    return tuple(sorted((key, number) for key, number in bases.items() if key[0] == root_id))


def _bases(data: Mapping[int, bytes], period: Period) -> Bases:
    """The base years' outcomes that targets are reckoned from, but for those that are a draft: the
    bound would give them away."""
    wanted = {body: needed for body, each in data.items() if (needed := _base_years(each))}
    if not wanted:
        return {}
    years = {year for each in wanted.values() for year in each}
    periods = {
        each.pk: each
        for each in Period.objects.filter(
            organisation=period.organisation_id,
            starts_on__in=[date(year, 1, 1) for year in years],
            ends_on__in=[date(year, 12, 31) for year in years],
        ).order_by("-pk")
        if each.starts_on.year == each.ends_on.year
    }
    kept = kept_of(list(wanted), periods)
    found: dict[tuple[int, int, int], Decimal] = {}
    for pk, each in periods.items():
        roots = {decoded(data[body]).root_id: body for body in wanted}
        unasked = [root for root, body in roots.items() if not kept[body, pk].occasions]
        rows = [*(outcomes_at(unasked, each) if unasked else ())]
        for body in wanted:
            if (part := kept[body, pk].part(PART)) is not None:
                rows += decoded(part).outcomes
        found |= _numbers(rows, {body: data[body] for body in wanted}, each.ends_on.year)
    return found


@remembered("the kept bytes", size=512)
def _base_years(data: bytes) -> frozenset[int]:
    kept = decoded(data)
    year = kept.period.ends_on.year
    return frozenset(
        target.base_year
        for place in kept.places
        for indicator in [indicator_of(place)]
        if (target := reading_of(indicator, _aim(place, indicator), year).target)
        and not target.is_bound
        and target.base_year
    )


def _aim(place: KeptPlace, indicator: Indicator) -> str:
    return target_of(place_from(place, indicator), Horizon.YEAR)[0]


def _numbers(rows: Iterable[KeptOutcome], data: Mapping[int, bytes], year: int) -> Bases:
    """The wholes that are numbers and shown, as they are printed."""
    indicators = {
        (found.root_id, place.indicator.id): indicator_of(place)
        for found in map(decoded, data.values())
        for place in found.places
    }
    bases = {}
    for row in rows:
        indicator = indicators.get((row.unit_id, row.indicator_id))
        outcome: Outcome = row_from(Outcome, row)
        if indicator is None or row.breakdown != Breakdown.TOTAL or row.kind != ValueKind.NUMBER:
            continue
        if is_shown(indicator, outcome):
            decimals = shown_decimals(entered=row.decimals, fixed=indicator.decimals)
            bases[row.unit_id, indicator.pk, year] = rounded(row.number or Decimal(0), decimals)
    return bases
