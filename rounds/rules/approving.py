"""What the one who approves is shown: the worst first, and counted. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from governance.enums import Light

WORST_FIRST = (
    Light.MISSED,
    Light.NEAR,
    Light.NO_OUTCOME,
    Light.NO_TARGET,
    Light.SUPPRESSED,
    Light.NOT_JUDGED,
    Light.NOT_APPLICABLE,
    Light.MET,
)


class Judged(Protocol):
    """A figure with its light, in the organisation's words; None where none is due."""

    @property
    def light(self) -> Light | None: ...

    @property
    def word(self) -> str: ...


Row = TypeVar("Row", bound=Judged)


def _rank(row: Judged) -> int:
    return WORST_FIRST.index(row.light) if row.light else len(WORST_FIRST)


def worst_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=_rank))


def counted(rows: Sequence[Judged]) -> str:
    """'2 Når inte målet, 1 Nära målet, 14 Når målet'; "" where no light is due."""
    words = Counter(row.word for row in worst_first(rows) if row.light)
    return ", ".join(f"{number} {word}" for word, number in words.items())
