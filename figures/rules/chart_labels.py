"""Where the printed numbers of a chart stand so that they can be read. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

Place = tuple[int, int, int]
Strip = tuple[Decimal, Decimal]

# A label's baseline, and the strip its letters fill, counted downwards from its mark.
ABOVE, BELOW, BESIDE = (-10, -21, -8), (20, 9, 22), (4, -6, 6)
MARK, LINE = (-5, 5), (-1, 1)


def label_places(marks: Mapping[int, Decimal], lines: Iterable[Decimal]) -> dict[int, Place]:
    """Where the label of each mark stands; the marks share one x and lie at these heights.

    From the top down: the highest mark's label stands above it and the lowest's below, unless
    another mark, a label or one of the horizontal ``lines`` lies there. Where no place is free
    the first choice stands.
    """
    order = sorted(marks, key=lambda number: marks[number])
    strips = {number: _strip(marks[number], MARK) for number in order}
    taken = [_strip(y, LINE) for y in lines]
    chosen: dict[int, Place] = {}
    for number in order:
        is_lowest = number == order[-1] != order[0]
        wanted = (BELOW, ABOVE, BESIDE) if is_lowest else (ABOVE, BELOW, BESIDE)
        others = [*taken, *(strips[other] for other in order if other != number)]
        y = marks[number]
        chosen[number] = next((each for each in wanted if _is_free(y, each, others)), wanted[0])
        taken.append(_strip(y, chosen[number][1:]))
    return chosen


def _strip(y: Decimal, around: tuple[int, ...]) -> Strip:
    return y + around[0], y + around[1]


def _is_free(y: Decimal, place: Place, taken: Iterable[Strip]) -> bool:
    top, bottom = _strip(y, place[1:])
    return all(bottom < start or end < top for start, end in taken)
