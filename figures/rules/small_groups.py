"""What may not be shown, for reasons of small groups. Pure."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

SMALLEST_SHOWN = 11
Part = TypeVar("Part", bound=Hashable)


def hidden_parts(
    sizes: Mapping[Part, int | None], *, total: Part, suppressed: frozenset[Part] = frozenset()
) -> frozenset[Part]:
    """Which of the parts and the whole may not be shown, for reasons of small groups.

    ``sizes`` is the number of persons behind each value, the whole included, None where unknown;
    ``suppressed`` are those already held back by hand. A group of ten or fewer is not shown
    (domain.md 2.4), nor what it could be computed from: with the whole shown, the parts held back
    can be computed together, so they are at least two and, where all their sizes are known, more
    than ten persons; the smallest of the others are held back too until they are. A lone part is
    the whole by another name.
    """
    hidden = {part for part, size in sizes.items() if size is not None and size < SMALLEST_SHOWN}
    hidden |= suppressed & sizes.keys()
    if total in hidden:
        return frozenset(sizes)
    parts = [part for part in sizes if part != total]
    if len(parts) == len(hidden) == 1 and _may_be_same(sizes[parts[0]], sizes.get(total)):
        return frozenset(sizes)
    shown = sorted((part for part in parts if part not in hidden), key=lambda p: _known(sizes[p]))
    while hidden and shown and _gives_away(hidden, sizes):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _gives_away(hidden: set[Part], sizes: Mapping[Part, int | None]) -> bool:
    """True when the parts held back are, together, one part or a known group of ten or fewer."""
    known = [size for size in (sizes[part] for part in hidden) if size is not None]
    return len(hidden) == 1 or (len(known) == len(hidden) and sum(known) < SMALLEST_SHOWN)


def _may_be_same(part: int | None, whole: int | None) -> bool:
    return part is None or whole is None or part == whole


def _known(size: int | None) -> float:
    return float("inf") if size is None else size
