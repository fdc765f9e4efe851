"""Whether a number is unlike those before it; what is unusual is data. Pure; Decimal only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures.rules.value import Value

FEWEST = 3  # a span of fewer says nothing
SPANS, FACTOR = Decimal(2), Decimal(10)  # where nothing else is said


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What a value is compared with, the latest first; None of ``spans`` or ``factor`` is not asked."""

    earlier: tuple[Value, ...]
    spans: Decimal | None = SPANS
    factor: Decimal | None = FACTOR
    decimals: int | None = None  # as printed, where they are fixed

    def asks(self, value: Value) -> str:
        """Why the value is asked to be confirmed; "" where it is not."""
        known = [each for each in self.earlier if each.number is not None]
        if value.number is None or value.is_confirmed or not known:
            return ""
        numbers = [each.number for each in known if each.number is not None]
        if not is_unusual(value.number, numbers, spans=self.spans, factor=self.factor):
            return ""
        return f"Ovanligt värde: tidigare var det {known[0].printed(self.decimals)}."


def is_unusual(
    number: Decimal, earlier: Sequence[Decimal], *, spans: Decimal | None, factor: Decimal | None
) -> bool:
    """``earlier`` has the latest first. It is unusual at more than so many of their spans from the
    latest, or at that factor of it or more, up or down; None asks for neither, and zero is no factor
    of anything."""
    if not earlier:
        return False
    now, latest = abs(number), abs(earlier[0])
    if factor is not None and now and latest and max(now, latest) >= factor * min(now, latest):
        return True
    span = max(earlier) - min(earlier)
    is_beyond = spans is not None and abs(number - earlier[0]) > spans * span
    return is_beyond and len(earlier) >= FEWEST and span > 0
