"""What a sibling adds to a round: one declaration each, read by name (``<app>/declares.py``)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from governance.declarations import declared
from governance.enums import Light
from governance.models import Body, Period
from governance.queries import Marked
from rounds.models import ReportingRound, RoundState


@dataclass(frozen=True, kw_only=True)
class Hindrance:
    """Why a part cannot be handed in yet; ``url`` is where it is mended."""

    words: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class HandedInRow:
    """One figure as it was handed in: what the approver sees. ``light`` is None where none is due."""

    name: str
    value: str
    word: str = ""
    light: Light | None = None
    comment: str = ""
    is_missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One part of what a body hands in.

    ``lacks`` says in words what each state is without, "" for nothing; ``blocks`` what must be
    mended first. ``snapshot`` is the part as it stands, as deterministic bytes; ``rows`` reads them,
    after ``withhold`` has left out what is marked secret since.
    ``has_task``: a Task of its own tells the controller to fill in and hand in.
    """

    name: str
    label: str
    noun: str  # of what is missing: "2 utfall"
    lacks: Callable[[Sequence[RoundState]], Mapping[int, str]]
    blocks: Callable[[RoundState], Sequence[Hindrance]]
    is_empty: Callable[[Body, Period], bool]
    rows: Callable[[bytes], Sequence[HandedInRow]]
    address: Callable[[RoundState], str]
    snapshot: Callable[[Body, Period], bytes]
    withhold: Callable[[bytes, Marked], bytes]
    has_task: bool = False


def asked_of(reporting_round: ReportingRound) -> tuple[Contribution, ...]:
    """The parts the round asks for; all of them where it names none."""
    return tuple(each for each in declared(Contribution) if reporting_round.asks(each.name))


def blocked_by_nothing(_state: RoundState) -> tuple[Hindrance, ...]:
    return ()
