"""Writes of goals, indicators and outcomes: row, version and history in one transaction."""

from targets.actions.outcomes import (
    PeriodLocked,
    PeriodNotOpen,
    Typed,
    check_open,
    record_grid,
    record_outcome,
)
from targets.actions.rollup import roll_up
from targets.actions.rounds import submit_round

__all__ = [
    "PeriodLocked",
    "PeriodNotOpen",
    "Typed",
    "check_open",
    "record_grid",
    "record_outcome",
    "roll_up",
    "submit_round",
]
