"""Targets read: what a place in a plan aims at, in bounds that an outcome can be held against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from figures.enums import ValueKind
from figures.rules.small_groups import hidden_parts
from governance.history import history_of_rows
from governance.rules import rounded
from targets.enums import Breakdown, Concept, Direction, Horizon
from targets.indicators.rules.target_values import (
    TargetReading,
    beyond,
    read_target,
    resolved,
)
from targets.indicators.rules.value_range import limits_of
from targets.models import Indicator, Outcome, PlannedIndicator, Target
from targets.outcomes.rules.lights import shown_decimals

Bases = Mapping[tuple[int, int, int], Decimal]  # root unit, indicator, year
AimSaid = tuple[Indicator, str, int]  # the target's text, in the plan of that year

# The history of a place's targets: a target taken away leaves its place, and its history there.
TARGET_FIELDS = {
    Horizon.YEAR: Concept.TARGET_YEAR.value,
    Horizon.LONG_TERM: Concept.TARGET_LONG_TERM.value,
}
TOLD_OF_TARGETS = frozenset({*TARGET_FIELDS.values(), "horizon", "note", "text"})


def with_targets(place: PlannedIndicator, targets: Sequence[Target]) -> PlannedIndicator:
    """As prefetch_related leaves it."""
    place._prefetched_objects_cache = {"targets": targets}  # type: ignore[attr-defined]  # noqa: SLF001 -- the same
    return place


def reading_of(
    indicator: Indicator,
    text: str,
    year: int,
    *,
    root_id: int = 0,
    bases: Bases | None = None,
) -> TargetReading:
    """The target of the plan year read in the indicator's unit; a change since another year is
    resolved by ``bases``, and keeps its words and says why where that outcome is not known."""
    reading = _read(indicator, text, year)
    target = reading.target
    if target is None or target.is_bound or target.base_year is None:
        return reading
    base = (bases or {}).get((root_id, indicator.pk, target.base_year))
    if base is None:
        reason = f"Utfallet för helår {target.base_year} saknas, så målvärdet kan inte räknas ut."
        return replace(reading, reason=reason)
    bound = resolved(target, base)
    if reason := beyond(bound, limits_of(indicator)):
        return replace(reading, reason=f"Räknat från utfallet {target.base_year}: {reason}")
    return replace(reading, target=bound)


def _read(indicator: Indicator, text: str, year: int) -> TargetReading:
    return read_target(
        text,
        Direction(indicator.direction),
        unit_label=indicator.unit_label,
        base_year=indicator.base_year,
        year=year,
        limits=limits_of(indicator),
    )


def told_reading(target: Target) -> str:
    """How a target of a governance file is read."""
    place = target.planned_indicator
    reading = _read(place.indicator, target.text, place.plan.year)
    if reading.target is not None:
        return f"”{target.text}” läses som {reading.in_words}."
    return f"”{target.text}” sparas som text. {reading.reason or reading.warning}"


def bases_of(aims: Iterable[AimSaid], root_ids: Iterable[int]) -> Bases:
    """The base years' outcomes that these targets need: one query, none when none needs any.

    A base year's outcome is the whole's at the calendar year, where it is a number and shown, as it is printed.
    """
    wanted = {
        (indicator.pk, target.base_year): indicator
        for indicator, text, year in aims
        if (target := reading_of(indicator, text, year).target) and not target.is_bound
    }
    if not wanted:
        return {}
    years = {year for _indicator, year in wanted if year}
    found = Outcome.objects.filter(
        indicator__in={indicator for indicator, _year in wanted},
        unit__in=list(root_ids),
        breakdown=Breakdown.TOTAL,
        kind=ValueKind.NUMBER,
        period__starts_on__in=[date(year, 1, 1) for year in years],
        period__ends_on__in=[date(year, 12, 31) for year in years],
    ).select_related("period")
    bases: dict[tuple[int, int, int], Decimal] = {}
    for outcome in found.order_by("-period_id"):
        year = outcome.period.ends_on.year
        indicator = wanted.get((outcome.indicator_id, year))
        if outcome.period.starts_on.year == year and indicator and is_shown(indicator, outcome):
            decimals = shown_decimals(entered=outcome.decimals, fixed=indicator.decimals)
            bases[outcome.unit_id, indicator.pk, year] = rounded(
                outcome.number or Decimal(0), decimals
            )
    return bases


def is_shown(indicator: Indicator, outcome: Outcome) -> bool:
    """A bound reckoned from a small group's value would give it away."""
    whole = Breakdown.TOTAL
    return not (
        indicator.hides_small_groups and hidden_parts({whole: outcome.group_size}, total=whole)
    )


@dataclass(frozen=True, kw_only=True)
class AimChange:
    """One line of a target's history."""

    at: datetime
    actor: str
    what: str
    is_event: bool
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Aim:
    """A target as written and as read; ``word`` is what the organisation calls it.

    ``version`` is 0 before there is one.
    """

    horizon: Horizon
    word: str
    text: str
    note: str
    version: int
    reading: TargetReading


@dataclass(frozen=True, kw_only=True)
class YearsAims:
    """An indicator's place in one plan: its targets, the year's first, and their history."""

    place: PlannedIndicator
    aims: tuple[Aim, ...]
    history: tuple[AimChange, ...]


def years_of(
    indicator: Indicator,
    places: Sequence[PlannedIndicator],
    root_id: int,
    words: Mapping[str, str],
) -> tuple[YearsAims, ...]:
    """The places in their order; at most two queries for any number, their targets fetched."""
    aims = [
        (indicator, target.text, place.plan.year)
        for place in places
        for target in place.targets.all()
    ]
    bases = bases_of(aims, [root_id])
    history = _history(places, words)
    return tuple(
        YearsAims(
            place=place,
            aims=tuple(
                _aim(indicator, place, horizon, words[TARGET_FIELDS[horizon]], root_id, bases)
                for horizon in Horizon
            ),
            history=tuple(history[place.pk]),
        )
        for place in places
    )


def _aim(
    indicator: Indicator,
    place: PlannedIndicator,
    horizon: Horizon,
    word: str,
    root_id: int,
    bases: Bases,
) -> Aim:
    target = next((each for each in place.targets.all() if each.horizon == horizon), None)
    text = target.text if target else ""
    return Aim(
        horizon=horizon,
        word=word,
        text=text,
        note=target.note if target else "",
        version=target.version if target else 0,
        reading=reading_of(indicator, text, place.plan.year, root_id=root_id, bases=bases),
    )


def _history(
    places: Sequence[PlannedIndicator], words: Mapping[str, str]
) -> dict[int, list[AimChange]]:
    """Newest first, per place: what was typed here, and what a governance file wrote."""
    horizon_of = {
        target.pk: (place.pk, words[TARGET_FIELDS[Horizon(target.horizon)]])
        for place in places
        for target in place.targets.all()
    }
    found: dict[int, list[AimChange]] = defaultdict(list)
    rows = [(PlannedIndicator._meta.label, place.pk) for place in places]
    rows += [(Target._meta.label, pk) for pk in horizon_of]
    for entry in history_of_rows(rows, shown=TOLD_OF_TARGETS):
        label, pk = entry.row
        if label == Target._meta.label:
            place_id, what = horizon_of[pk]
        elif entry.field in TARGET_FIELDS.values():
            place_id, what = pk, words[entry.field]
        else:
            continue
        found[place_id].append(
            AimChange(
                at=entry.at,
                actor=entry.actor,
                what=what,
                is_event=entry.field == "",
                old=entry.old,
                new=entry.new,
            )
        )
    return found
