"""A trend in the height of a line of text: five periods, the target dashed. Pure; Decimal only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures.rules.charts import at
from governance.enums import Light

WIDTH, HEIGHT, EDGE = 88, 24, 4


@dataclass(frozen=True, kw_only=True)
class Sparkline:
    """SVG coordinates with a decimal point; ``stretches`` are broken where a value is missing."""

    stretches: tuple[str, ...]
    dot_x: str
    dot_y: str
    tone: Light
    target_y: str
    description: str


def sparkline(
    numbers: Sequence[Decimal | None], *, target: Decimal | None, tone: Light, description: str
) -> Sparkline | None:
    """Oldest first; None where fewer than two periods have a number."""
    known = [number for number in numbers if number is not None]
    if len(known) < 2:  # noqa: PLR2004 -- one value is no trend
        return None
    ends = [*known, *([] if target is None else [target])]
    low, high = min(ends), max(ends)
    span = high - low or Decimal(1)
    step = Decimal(WIDTH - 2 * EDGE) / (len(numbers) - 1)

    def y(number: Decimal) -> Decimal:
        return EDGE + (HEIGHT - 2 * EDGE) * (high - number) / span

    places = [
        None if number is None else (EDGE + step * index, y(number))
        for index, number in enumerate(numbers)
    ]
    last = next(place for place in reversed(places) if place)
    return Sparkline(
        stretches=_stretches(places),
        dot_x=at(last[0]) if places[-1] else "",
        dot_y=at(last[1]) if places[-1] else "",
        tone=tone,
        target_y="" if target is None else at(y(target)),
        description=description,
    )


def _stretches(places: Sequence[tuple[Decimal, Decimal] | None]) -> tuple[str, ...]:
    found: list[list[str]] = [[]]
    for place in places:
        if place is None:
            found.append([])
        else:
            found[-1].append(f"{at(place[0])},{at(place[1])}")
    return tuple(" ".join(points) for points in found if points)
