"""What a line of the table says of an act."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from tests.concurrency.arena import Request, Stage, world_as_loaded
from tests.world import World

Rows = Callable[[World], object]
Fields = Callable[[World], dict[str, object]]


class Times(Enum):
    """How often an act that is sent twenty times at once may succeed, and what must hold."""

    ONCE = "one succeeds, the rest are refused in words, and the rows are those of one"
    SAME = "who comes later finds it done, or is refused; the rows are those of one"
    EACH = "all succeed, each with the rows of one"
    FREE = "each succeeds or is refused, and what is said to hold holds"


def nothing(_world: World) -> dict[str, object]:
    return {}


def arguments(at: Rows | None, world: World) -> tuple[object, ...]:
    """What stands in the address: the row's id, or the values given."""
    found = at(world) if at else ()
    return found if isinstance(found, tuple) else (getattr(found, "pk", found),)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One URL that changes something: where the world stands, who sends, at which row, with what.

    ``why`` is the reason where it may rightly succeed more than once.
    """

    name: str
    by: str
    at: Rows | None = None
    data: Fields = nothing
    stage: Stage = world_as_loaded
    times: Times = Times.ONCE
    why: str = ""
    label: str = ""
    htmx: bool = False
    is_gone: bool = False  # the row is: who comes later finds nothing (404)
    holds: Callable[[World], None] | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.label}".strip()

    def request(self, world: World) -> Request:
        return Request(
            name=self.name,
            args=arguments(self.at, world),
            by=world.users[self.by],
            data=self.data(world),
            htmx=self.htmx,
        )


@dataclass(frozen=True, kw_only=True)
class Cross:
    """Two acts that may not both have their way: ten of each at once, and what must then hold."""

    acts: tuple[Act, ...]
    holds: Callable[[World], None]
    label: str
    faults: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.label
