"""What follows from outcomes that a governance file has written."""

from collections.abc import Mapping, Sequence

from governance.models import User
from targets.enums import Breakdown
from targets.models import Outcome
from targets.outcomes.actions.values import new_value
from targets.outcomes.actions.wholes import roll_up


def roll_up_loaded(changed: Sequence[Outcome], stated: Sequence[Outcome], by: User | None) -> None:
    """Write the wholes of the units' new values, but for those the file states itself."""
    said = {_of(row) for row in stated if row.unit.parent_id is None}
    due = {_of(row): row for row in changed if row.unit.parent_id is not None}
    for place, row in due.items():
        if place not in said:
            roll_up(
                indicator=row.indicator,
                body=row.unit.body,
                period=row.period,
                breakdown=Breakdown(row.breakdown),
                category=row.category,
                by=by,
            )


def lost_by(row: Outcome, values: Mapping[str, object]) -> Mapping[str, object]:
    """What goes with the value that a governance file replaces."""
    return new_value(row, {}) if values.keys() & {"kind", "number", "text"} else {}


def _of(row: Outcome) -> tuple[int, int, int, str, int | None]:
    return row.indicator_id, row.unit.body_id, row.period_id, row.breakdown, row.category_id
