"""Writes of goals, indicators and outcomes: row, version and history in one transaction."""

from targets.actions.outcomes import (
    PeriodLocked,
    PeriodNotOpen,
    Typed,
    check_open,
    record_grid,
    record_outcome,
)
from targets.actions.reminders import (
    Claim,
    NobodyToRemind,
    NotRetryable,
    claim_reminder,
    give_up_reminders,
    order_reminders,
    retry_reminder,
    send_claimed,
)
from targets.actions.rollup import roll_up
from targets.actions.rounds import (
    NewPeriod,
    change_round,
    lock_round,
    open_round,
    submit_round,
)

__all__ = [
    "Claim",
    "NewPeriod",
    "NobodyToRemind",
    "NotRetryable",
    "PeriodLocked",
    "PeriodNotOpen",
    "Typed",
    "change_round",
    "check_open",
    "claim_reminder",
    "give_up_reminders",
    "lock_round",
    "open_round",
    "order_reminders",
    "record_grid",
    "record_outcome",
    "retry_reminder",
    "roll_up",
    "send_claimed",
    "submit_round",
]
