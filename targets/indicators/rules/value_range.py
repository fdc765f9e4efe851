"""Which values an indicator can have: its own range, not how its unit is spelled. Pure."""

from decimal import Decimal
from typing import Any

from figures.rules.limits import COUNT, FREE, SHARE, Interval
from figures.rules.numbers import is_percent
from governance.rules import swedish
from targets.enums import ValueRange


def limits_of(indicator: Any) -> Interval:
    """The indicator's, or the columns' of its names. Where no range is said, per cent is a share
    unless the values are changes since a base year."""
    if indicator.value_range == ValueRange.INDEX:
        return _index(indicator.lowest, indicator.highest)
    if indicator.value_range:
        return {ValueRange.SHARE: SHARE, ValueRange.COUNT: COUNT}.get(indicator.value_range, FREE)
    return SHARE if is_percent(indicator.unit_label) and indicator.base_year is None else FREE


def _index(low: Decimal | None, high: Decimal | None) -> Interval:
    ends = [("lägst", low), ("högst", high)]
    said = " och ".join(
        f"{word} {swedish(end.normalize())}" for word, end in ends if end is not None
    )
    return Interval(low, high, f"Indexet är {said}." if said else "")
