"""What was typed, what it means, how it is judged, divided and summed. Pure; Decimal only."""

from targets.rules.dividing import hidden_parts
from targets.rules.judging import (
    Change,
    change,
    columns_of,
    light,
    shown_decimals,
    status_is_due,
)
from targets.rules.locking import Lock, StaleOutcome, lock_reason
from targets.rules.reading import (
    NotANumber,
    OutOfRange,
    ParsedTarget,
    is_percent,
    parse_target,
    read_number,
)
from targets.rules.summing import UnitValue, Whole, ratio, rolled_up

__all__ = [
    "Change",
    "Lock",
    "NotANumber",
    "OutOfRange",
    "ParsedTarget",
    "StaleOutcome",
    "UnitValue",
    "Whole",
    "change",
    "columns_of",
    "hidden_parts",
    "is_percent",
    "light",
    "lock_reason",
    "parse_target",
    "ratio",
    "read_number",
    "rolled_up",
    "shown_decimals",
    "status_is_due",
]
