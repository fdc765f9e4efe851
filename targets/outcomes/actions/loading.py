"""What follows from outcomes that a governance file has written."""

from collections.abc import Mapping, Sequence

from figures.enums import ValueKind
from figures.rules.key import Key
from figures.rules.value import BELONGING, Value, value_of
from governance.models import Unit, User
from governance.rules import Invalid, Refusal
from targets.enums import Breakdown, RollUp
from targets.indicators.rules.value_range import limits_of
from targets.models import Outcome
from targets.outcomes.actions.values import family_of, roll_up, word_lost_by
from targets.outcomes.queries.figures import key_of
from targets.outcomes.rules.outcome_input import open_ends
from targets.outcomes.rules.wholes import check_stated

NEVER_ASKED = (
    "Enheten ligger under en annan enhet: den rapporterar inte, och utfallet syns ingenstans."
)


def roll_up_loaded(
    changed: Sequence[Outcome], loaded: Sequence[Outcome], by: User | None
) -> list[tuple[Outcome, Refusal]]:
    """Write every whole of the new values; one that the file states is checked against the units.

    Returns the rows that cannot be so, each with why: a whole that is stated otherwise, with both
    numbers, and units that are too much together. Until every unit has reported what is stated
    stands.
    """
    stated = {
        _place(row): row
        for row in loaded
        if row.unit.parent_id is None and row.kind != ValueKind.MISSING
    }
    due = {_place(row): row for row in changed if row.indicator.rollup != RollUp.ENTERED}
    refused: list[tuple[Outcome, Refusal]] = _never_asked(changed)
    for place, row in due.items():
        try:
            _compute(row, stated.get(place), by)
        except Refusal as refusal:
            refused.append((stated.get(place, row), refusal))
    return refused


def _never_asked(rows: Sequence[Outcome]) -> list[tuple[Outcome, Refusal]]:
    """Only the whole and the units right under it have a place in the grid and in the whole."""
    units = {row.unit_id for row in rows}
    deeper = set(
        Unit.objects.filter(pk__in=units)
        .exclude(parent=None)
        .exclude(parent__parent=None)
        .values_list("pk", flat=True)
    )
    return [(row, Invalid(NEVER_ASKED)) for row in rows if row.unit_id in deeper]


def _compute(row: Outcome, stated: Outcome | None, by: User | None) -> None:
    if stated is None:
        roll_up(
            indicator=row.indicator,
            body=row.unit.body,
            period=row.period,
            breakdown=Breakdown(row.breakdown),
            category=row.category,
            by=by,
        )
    elif (computed := family_of(row).computed()) is not None:
        check_stated(value_of(stated), computed)


def lost_by(row: Outcome, values: Mapping[str, object]) -> Mapping[str, object]:
    """What goes with the value that a governance file replaces."""
    lost = word_lost_by(values)
    if not values.keys() & {"kind", "number", "text"}:
        return lost
    keeps_group = row.indicator.hides_small_groups
    new = Value(kind=ValueKind.NUMBER).in_place_of(value_of(row), keeps_group=keeps_group)
    return lost | {name: getattr(new, name) for name in BELONGING}


def forecast_alone(said: Mapping[str, object]) -> dict[str, object]:
    """A row that says a forecast and no value lacks its outcome."""
    is_alone = said.get("forecast_number") is not None and said.get("number") is None
    return {"kind": ValueKind.MISSING} if is_alone else {}


def within_limits(row: Outcome) -> str:
    """A file's value lies where one could be typed. Raises OutOfRange."""
    limits, unit = limits_of(row.indicator), row.indicator.unit_label
    ends = open_ends(row.text) if row.kind == ValueKind.INEQUALITY else ()
    for number in (row.number, row.restated_number, row.forecast_number, *ends):
        limits.check(number, unit)
    return ""


def _place(row: Outcome) -> tuple[int, int, Key]:
    key = key_of(row)
    return row.unit.body_id, row.period_id, Key(what=key.what, part=key.part)
