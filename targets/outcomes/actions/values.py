"""One outcome's row is written here: its version and its history, and what a value takes with it."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime

from django.db import transaction

from figures.enums import CHOSEN_BLANKS
from governance import writing
from governance.enums import ChangeKind
from governance.models import User
from targets.enums import RollUp
from targets.models import Outcome
from targets.outcomes.queries.figures import printed
from targets.outcomes.queries.value_history import details_of
from targets.outcomes.rules.details import OF_THE_UNITS, detail_text
from targets.outcomes.rules.replacing import replaced
from targets.outcomes.rules.wholes import computed_text

SILENT = frozenset({"restated_decimals"})  # told as a part of restated_number


def new_value(kept: Outcome, value: Mapping[str, object]) -> dict[str, object]:
    """The columns to write when the value takes the place of what stands."""
    hides = kept.indicator.hides_small_groups
    return replaced(value, was=kept.kind, hides_small_groups=hides)


def write_outcome(
    kept: Outcome,
    values: Mapping[str, object],
    *,
    by: User | None,
    seen: int | None = None,
    kind: ChangeKind = ChangeKind.TYPED,
    now: datetime | None = None,
) -> None:
    """Insert the row, or change what differs of it; one line of history per field that reads anew.

    Raises Stale, and IntegrityError for a row that somebody else has just made.
    """
    after = copy(kept)
    for name, value in values.items():
        setattr(after, name, value)
    old, new = told_of(kept), told_of(after)
    told = {
        name: (old[name], new[name])
        for name in new
        if old[name] != new[name] or (name == "value" and "kind" in values)
    }
    if kind == ChangeKind.COMPUTED:
        rule = RollUp(kept.indicator.rollup)
        told = {name: pair for name, pair in told.items() if name not in OF_THE_UNITS}
        told["value"] = (old["value"], computed_text(new["value"], rule))
    if kept.pk:
        writing.change(kept, values, by=by, seen=seen, told=told, kind=kind, now=now)
        return
    for name, value in values.items():
        setattr(kept, name, value)
    with transaction.atomic():
        writing.add(kept, by=by, told=told, kind=kind, now=now)


def audit_text(outcome: Outcome) -> str:
    """The value as the history tells it: a blank that somebody chose is told in words."""
    is_blank = outcome.kind in CHOSEN_BLANKS
    return outcome.get_kind_display() if is_blank else printed(outcome.indicator, outcome)


def told_of(outcome: Outcome) -> dict[str, str]:
    """What the history tells of a row, by field."""
    details = details_of(outcome)
    return {
        "value": audit_text(outcome),
        **{name: detail_text(details, name) for name in vars(details) if name not in SILENT},
        "origin_label": outcome.origin_label,
    }
