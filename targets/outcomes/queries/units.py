"""The units right under a body's whole: who reports at a period, who is shown, by which name.

One rule for the entry grid, the list of what is missing, blocks and the whole that is made of them.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from django.db.models import F, QuerySet

from governance.models import Body, Unit
from governance.rules import NameSpan, in_force, name_on, overlaps, told_name
from targets.enums import RollUp


class Days(Protocol):
    """A period's."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


class CalledUnit(NamedTuple):
    row: Unit
    names: Sequence[NameSpan]


@dataclass(frozen=True, kw_only=True)
class PeriodUnit:
    """A unit as a period sees it. ``name`` is that of the period's end, ``label`` tells former ones
    too and the unit's days; ``is_asked`` says that it is to report what units report."""

    row: Unit
    name: str
    label: str
    is_asked: bool
    is_within: bool

    @property
    def pk(self) -> int:
        return self.row.pk


def called(units: QuerySet[Unit]) -> list[CalledUnit]:
    """The units in their order, the body's whole first, with their names; one query."""
    rows = units.annotate(
        named=F("names__name"), named_from=F("names__valid_from"), named_to=F("names__valid_to")
    )
    found: dict[int, tuple[Unit, list[NameSpan]]] = {}
    for row in rows.order_by(
        "body__name", "body_id", F("parent_id").asc(nulls_first=True), "position", "name", "id"
    ):
        _unit, names = found.setdefault(row.pk, (row, []))
        if row.named is not None:
            names.append(NameSpan(row.named, row.named_from, row.named_to))
    return [CalledUnit(*each) for each in found.values()]


def units_of(body: Body, days: Days, *, hold: bool = False) -> tuple[Unit, list[PeriodUnit]]:
    """The body's whole and every unit right under it; held, for those who write a unit's value,
    until the transaction ends."""
    rows = Unit.objects.filter(body=body)
    found = called(rows.select_for_update(of=("self",), no_key=True) if hold else rows)
    return found[0].row, below(found, days)


def below(units: Sequence[CalledUnit], days: Days) -> list[PeriodUnit]:
    """Of a body's units, its whole first, those right under the whole."""
    root = units[0].row
    return [at(each, days) for each in units if each.row.parent_id == root.pk]


def at(unit: CalledUnit, days: Days) -> PeriodUnit:
    row, names = unit
    since = date(days.starts_on.year - 1, 1, 1)
    span = (row.valid_from, row.valid_to)
    told = told_name(row.name, names, since=since, on=days.ends_on)
    return PeriodUnit(
        row=row,
        name=name_on(row.name, names, days.ends_on),
        label=" ".join(filter(None, (told, _days_told(*span, days)))),
        is_asked=in_force(*span, days.ends_on),
        is_within=overlaps(*span, days.starts_on, days.ends_on),
    )


def _days_told(start: date | None, end: date | None, days: Days) -> str:
    """The unit's days, where they are not all of the period's."""
    told = (
        f"från {start}" if start and start > days.starts_on else "",
        f"till {end}" if end and end < days.ends_on else "",
    )
    return f"({' '.join(filter(None, told))})" if any(told) else ""


def units_shown(
    units: Iterable[PeriodUnit], rollup: str, holding: Collection[int | None]
) -> list[PeriodUnit]:
    """The units that have a row of the indicator at the period; where units report it, those too
    that were there on any of its days."""
    reports = rollup != RollUp.ENTERED
    return [unit for unit in units if unit.pk in holding or (reports and unit.is_within)]
