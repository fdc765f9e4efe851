"""Parts and the whole: small groups, women and men, units. Pure; Decimal only."""

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
    (domain.md 2.4). Where the whole is shown and exactly one part is not, that part could be
    computed: the smallest of the others is held back too.
    """
    hidden = {part for part, size in sizes.items() if size is not None and size < SMALLEST_SHOWN}
    hidden |= suppressed & sizes.keys()
    if total in hidden:
        return frozenset(sizes)
    parts = [part for part in sizes if part != total]
    if len(parts) > 1 and len(hidden) == 1:
        shown = [part for part in parts if part not in hidden]
        hidden.add(min(shown, key=lambda part: _known(sizes[part])))
    return frozenset(hidden)


def _known(size: int | None) -> float:
    return float("inf") if size is None else size
