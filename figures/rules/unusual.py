"""Whether a number is unlike those before it; what is unusual is data. Pure; Decimal only."""

from collections.abc import Sequence
from decimal import Decimal

FEWEST = 3  # a span of fewer says nothing


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
