"""Between which numbers a value can lie, and why. Pure; Decimal only."""

from decimal import Decimal
from typing import NamedTuple

from figures.rules.numbers import OutOfRange
from governance.rules import swedish


class Interval(NamedTuple):
    """None is an open end; ``says`` is the sentence for who writes beyond them."""

    low: Decimal | None = None
    high: Decimal | None = None
    says: str = ""

    def holds(self, number: Decimal) -> bool:
        return (self.low is None or number >= self.low) and (
            self.high is None or number <= self.high
        )

    def check(self, number: Decimal | None, unit_label: str = "") -> None:
        """Raises OutOfRange."""
        if number is not None and not self.holds(number):
            told = f"{swedish(number)} {unit_label}".strip()
            raise OutOfRange(f"{told} går inte. {self.says}")


FREE = Interval()
SHARE = Interval(Decimal(0), Decimal(100), "En andel ligger mellan 0 och 100 %.")
COUNT = Interval(Decimal(0), None, "Ett antal är noll eller mer.")
