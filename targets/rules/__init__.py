"""What was typed, what it means, how it is judged, divided and summed. Pure; Decimal only."""

from targets.rules.charting import Chart, ChartLine, ChartPoint, chart
from targets.rules.dividing import (
    PartsRule,
    Printed,
    hidden_parts,
    parts_rule,
    parts_warning,
)
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
    "Chart",
    "ChartLine",
    "ChartPoint",
    "Lock",
    "NotANumber",
    "OutOfRange",
    "ParsedTarget",
    "PartsRule",
    "Printed",
    "StaleOutcome",
    "UnitValue",
    "Whole",
    "change",
    "chart",
    "columns_of",
    "hidden_parts",
    "is_percent",
    "light",
    "lock_reason",
    "parse_target",
    "parts_rule",
    "parts_warning",
    "ratio",
    "read_number",
    "rolled_up",
    "shown_decimals",
    "status_is_due",
]
