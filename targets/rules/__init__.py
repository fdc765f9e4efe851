"""What was typed, what it means, how it is judged, divided and summed. Pure; Decimal only."""

from targets.rules.dividing import hidden_parts
from targets.rules.judging import Change, change, light, shown_decimals
from targets.rules.locking import Lock, StaleOutcome, lock_reason
from targets.rules.reading import (
    NotANumber,
    OutOfRange,
    ParsedTarget,
    is_percent,
    parse_target,
    read_number,
)

__all__ = [
    "Change",
    "Lock",
    "NotANumber",
    "OutOfRange",
    "ParsedTarget",
    "StaleOutcome",
    "change",
    "hidden_parts",
    "is_percent",
    "light",
    "lock_reason",
    "parse_target",
    "read_number",
    "shown_decimals",
]
