"""What may not be shown, for reasons of small groups. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from figures.enums import ValueKind
from figures.rules.key import Key

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


class Grouped(Protocol):
    """A value as far as its group decides: held back by hand, or by the size of its group."""

    @property
    def kind(self) -> str: ...
    @property
    def group_size(self) -> int | None: ...


def held_back(held: Mapping[Key, Grouped], *, root: int | None, hides: bool) -> frozenset[Key]:
    """Of one thing's values at one period: those that small groups keep from being shown.

    The body is divided by units, each unit by sex or category, and each sex or category by units:
    what one division hides, another must not give away. ``root`` is the unit that is the whole;
    without ``hides`` only what was held back by hand is, and what stands alone with it.
    """
    hidden = frozenset(key for key, row in held.items() if row.kind == ValueKind.SUPPRESSED)
    if not hidden and not hides:
        return hidden
    sizes = {key: row.group_size if hides else None for key, row in held.items()}
    divisions = _divisions(sizes, root)
    while True:
        found = hidden.union(
            *(
                hidden_parts({key: sizes[key] for key in keys}, total=total, suppressed=hidden)
                for total, keys in divisions
            )
        )
        if found == hidden:
            return hidden
        hidden = found


def _divisions(keys: Iterable[Key], root: int | None) -> list[tuple[Key, list[Key]]]:
    """Every whole with what is held of it and its parts: a unit's by sex or category, the body's
    sexes and categories by units."""
    by_unit: dict[Key, list[Key]] = defaultdict(list)
    by_part: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        by_unit[key.whole].append(key)
        by_part[replace(key, unit=root)].append(key)
    return [*by_unit.items(), *by_part.items()]
