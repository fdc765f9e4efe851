"""Outcomes are written here: each value as one thing, its history, and the wholes made of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from figures.enums import ValueKind
from figures.rules.key import Key
from figures.rules.value import COLUMNS, Value, columns_of, value_of
from governance.enums import ChangeKind
from governance.history import Said
from governance.models import Body, Period, Unit, User
from governance.rules import WITHHELD, Stale
from governance.writing import STALE, Written, write_all
from targets.enums import Breakdown, RollUp
from targets.models import Category, Indicator, Outcome
from targets.outcomes.queries.figures import forecast_of, key_of
from targets.outcomes.queries.frame import RowAddress
from targets.outcomes.queries.units import PeriodUnit, units_of
from targets.outcomes.queries.value_history import details_of
from targets.outcomes.rules.details import DECIMALS_OF, OF_THE_UNITS, detail_data, detail_text
from targets.outcomes.rules.wholes import computed_text, counted, rolled_up

SILENT = frozenset(DECIMALS_OF.values())  # told as a part of their number
SUMMED = frozenset({"kind", "number", "numerator", "denominator", "group_size"})  # into a whole
Units = tuple[Unit, Sequence[PeriodUnit]]  # the body's whole and what lies right under it
ENTERED = frozenset(COLUMNS) - {
    "is_confirmed",
    "scope",
    "measured_on",
    "is_carried_forward",
    "is_stated",
    "source",
}


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What is written of one row, which may not be there yet: columns, by whose doing."""

    row: Outcome
    values: Mapping[str, Any]
    kind: ChangeKind = ChangeKind.TYPED

    @property
    def is_value(self) -> bool:
        return "kind" in self.values

    @property
    def unsaid(self) -> set[str]:
        """Somebody's word of a value goes with it, and is not told beside another."""
        was, is_now = forecast_of(self.row), forecast_of(self.after)
        return {
            *(["is_confirmed"] if self.is_value else []),
            *([] if is_now.says_the_same(was) else ["forecast_is_confirmed"]),
        }

    @property
    def after(self) -> Outcome:
        found = copy(self.row)
        for name, value in self.values.items():
            setattr(found, name, value)
        return found


def word_lost_by(values: Mapping[str, object]) -> dict[str, Any]:
    """Somebody's word of a forecast that another takes the place of."""
    return {"forecast_is_confirmed": False} if "forecast_number" in values else {}


def hold(place: RowAddress) -> Outcome:
    """The row as it stands, locked, or one that is not there yet; its relations are those at hand.

    A unit's row is held after the root unit, which all its siblings' writers hold: two saved in
    the same moment both count.
    """
    if place["unit"].parent_id is not None:
        hold_root(place["unit"].body)
    row = Outcome.objects.select_for_update().filter(**place).first()
    row = row or Outcome(**place, kind=ValueKind.MISSING)
    row.indicator, row.unit, row.period = place["indicator"], place["unit"], place["period"]
    row.category = place["category"]
    return row


def hold_root(body: Body) -> None:
    list(Unit.objects.select_for_update(no_key=True).filter(body=body, parent=None))


def new_value(row: Outcome, value: Value) -> dict[str, Any]:
    """The columns to write when the value takes the place of what stands."""
    keeps_group = row.indicator.hides_small_groups
    return columns_of(value.in_place_of(value_of(row), keeps_group=keeps_group))


def write_outcomes(
    writings: Sequence[Writing],
    *,
    by: User | None,
    family: Iterable[Outcome] | None = None,
    units: Units | None = None,
    now: datetime | None = None,
) -> list[Outcome]:
    """Write the rows and every whole that is made of them; one line of history per field that
    reads anew.

    Inside the caller's transaction: he has checked that the period is open and holds the rows.
    ``family`` are the rows of the same indicators and period, where the caller has them, with the
    body's whole and ``units``. Returns what was written. Raises OutOfRange, and IntegrityError for
    a row that somebody else has just made.
    """
    due = [
        each
        for each in writings
        if SUMMED & each.values.keys() and each.row.unit.parent_id is not None
    ]
    wholes = [whole for each in _families(due, family, units) if (whole := each.whole())]
    return _write([*writings, *wholes], by=by, now=now)


def make_wholes(rows: Sequence[Writing], *, by: User | None) -> None:
    """Write every whole that the rows, all of a body's at a period, are or are part of."""
    wholes = _families(rows, [each.row for each in rows], None)
    _write([whole for each in wholes if (whole := each.whole())], by=by)


def _write(
    writings: Sequence[Writing], *, by: User | None, now: datetime | None = None
) -> list[Outcome]:
    changes = [
        Written(row=each.row, values=each.values, told=_told(each), kind=each.kind)
        for each in writings
    ]
    write_all(changes, by=by, now=now)
    return [each.row for each in writings]


@dataclass(frozen=True, kw_only=True)
class _Siblings:
    """One indicator's, or one part's, values of the units and of the root, as they will stand."""

    indicator: Indicator
    root: Unit
    period: Period
    breakdown: Breakdown
    category: Category | None
    units: Sequence[Outcome | None]
    kept: Outcome | None

    def computed(self) -> Value | None:
        """The whole of the units' values; None until every unit has reported."""
        rule = RollUp(self.indicator.rollup)
        return rolled_up(rule, self.units, unit_label=self.indicator.unit_label)

    def whole(self) -> Writing | None:
        """A value somebody entered for the whole stands until every unit has reported; nothing is
        written where the whole is entered, or would be the same, or where one of them is secret:
        it stands as it was reported."""
        if any(each and each.text == WITHHELD for each in (self.kept, *self.units)):
            return None
        value = self.computed()
        row = self.kept or Outcome(
            indicator=self.indicator,
            unit=self.root,
            period=self.period,
            breakdown=self.breakdown,
            category=self.category,
            kind=ValueKind.MISSING,
        )
        if value is None and not row.is_rolled_up:
            return None
        row.indicator, row.unit, row.period = self.indicator, self.root, self.period
        if not self.units:  # nothing makes it any longer: what it was stands, as entered
            value = replace(value_of(row), is_rolled_up=False)
        values = new_value(row, value or Value(is_rolled_up=True))
        if row.pk and all(getattr(row, name) == values[name] for name in ENTERED):
            return None
        return Writing(row=row, values=values, kind=ChangeKind.COMPUTED)


def _families(
    due: Sequence[Writing], family: Iterable[Outcome] | None, units: Units | None
) -> Iterable[_Siblings]:
    """Of each thing that a unit has reported: all units' rows, those written as they will be."""
    by_period: dict[tuple[int, int], list[Writing]] = defaultdict(list)
    for each in due:
        by_period[each.row.unit.body_id, each.row.period_id].append(each)
    for writings in by_period.values():
        row = writings[0].row
        if units is None:
            hold_root(row.unit.body)
        root, below = units or units_of(row.unit.body, row.period)
        root.body = row.unit.body
        held = _held(writings, [root, *(unit.row for unit in below)], family)
        parts = {Key(what=key_of(one.row).what, part=key_of(one.row).part): one for one in writings}
        for part, one in parts.items():
            yield _Siblings(
                indicator=one.row.indicator,
                root=root,
                period=one.row.period,
                breakdown=Breakdown(one.row.breakdown),
                category=one.row.category,
                units=_made_of(below, part, held, RollUp(one.row.indicator.rollup)),
                kept=held.get(_at(part, root.pk)),
            )


def _made_of(
    units: Sequence[PeriodUnit], part: Key, held: Mapping[Key, Outcome], rule: RollUp
) -> list[Outcome | None]:
    def value_at(unit: PeriodUnit) -> Outcome | None:
        return held.get(_at(part, unit.pk))

    return [value_at(unit) for unit in counted(units, value_at, rule)]


def _at(part: Key, unit: int) -> Key:
    return Key(what=part.what, unit=unit, part=part.part)


def _held(
    writings: Sequence[Writing], units: Sequence[Unit], family: Iterable[Outcome] | None
) -> dict[Key, Outcome]:
    if family is None:
        family = Outcome.objects.filter(
            indicator__in={each.row.indicator_id for each in writings},
            unit__in=units,
            period=writings[0].row.period_id,
        )
    held = {key_of(row): row for row in family}
    return held | {key_of(each.row): each.after for each in writings if each.values}


def family_of(row: Outcome) -> _Siblings:
    """The values that a row's whole is made of, as they stand."""
    return next(iter(_families([Writing(row=row, values={})], None, None)))


def roll_up(
    *,
    indicator: Indicator,
    body: Body,
    period: Period,
    breakdown: Breakdown = Breakdown.TOTAL,
    category: Category | None = None,
    by: User | None,
) -> Outcome | None:
    """Write the whole from the units' values as they stand; a value that was entered stays where
    the whole is entered. Returns the root's row, None where it has none. Raises OutOfRange."""
    unit = Unit(body=body)  # any of the body's
    row = Outcome(
        indicator=indicator, unit=unit, period=period, breakdown=breakdown, category=category
    )
    family = family_of(row)
    whole = None if indicator.rollup == RollUp.ENTERED else family.whole()
    if whole is None:
        return family.kept
    return write_outcomes([whole], by=by)[0]


def write_outcome(
    row: Outcome,
    values: Mapping[str, Any],
    *,
    by: User | None,
    seen: int | None = None,
    kind: ChangeKind = ChangeKind.TYPED,
    now: datetime | None = None,
) -> None:
    """One row, as above. Raises Stale where the row is no longer the version that was ``seen``."""
    if row.pk and seen is not None and row.version != seen:
        raise Stale(STALE)
    write_outcomes([Writing(row=row, values=values, kind=kind)], by=by, now=now)


def _told(writing: Writing) -> dict[str, tuple[object, object]]:
    old, new = told_of(writing.row), told_of(writing.after)
    told: dict[str, tuple[object, object]] = {
        name: (old[name], new[name])
        for name in new
        if (old[name].text != new[name].text and name not in writing.unsaid)
        or (name == "value" and writing.is_value)
    }
    if writing.kind == ChangeKind.COMPUTED:
        rule = RollUp(writing.row.indicator.rollup)
        told = {name: pair for name, pair in told.items() if name not in OF_THE_UNITS}
        told["value"] = (old["value"], computed_text(new["value"].text, rule))
    return told


def told_of(row: Outcome) -> dict[str, Said]:
    """What the history tells of a row, by field: in words, and exactly."""
    details, value = details_of(row), value_of(row)
    return {
        "value": Said(value.told(row.indicator.decimals), value.data),
        **{
            name: Said(detail_text(details, name), detail_data(details, name))
            for name in vars(details)
            if name not in SILENT
        },
        "origin_label": Said(row.origin_label, ""),
        "is_confirmed": Said("Ja" if row.is_confirmed else "Nej", ""),
        "forecast_is_confirmed": Said("Ja" if row.forecast_is_confirmed else "Nej", ""),
    }
