"""What clearance allows: steps and named refusals, in plain Swedish. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.rules import Refusal, Stale
from reports.enums import WAITING, ReportState


class AlreadyDone(Refusal):
    """The act has been done: a second click changes nothing."""


class NotYourTurn(Refusal):
    """The chain waits for somebody else."""


class MissingChain(Refusal):
    """The template says no approval step, so nobody could clear the report."""


class Changed(Stale):
    """The blocks differ from those that were shown (wall 13); ``differences`` says how."""

    def __init__(self, message: str, differences: Sequence[str]) -> None:
        super().__init__(message)
        self.differences = tuple(differences)


@dataclass(frozen=True, kw_only=True)
class Step:
    position: int
    role: str
    name: str


def next_step(steps: Sequence[Step], current: int) -> Step | None:
    """The step after the current one in the chain's order; None after the last."""
    return next((step for step in sorted(steps, key=_position) if step.position > current), None)


def first_step(steps: Sequence[Step]) -> Step | None:
    return min(steps, key=_position, default=None)


def _position(step: Step) -> int:
    return step.position


def step_state(step: Step, *, state: ReportState, current: int | None) -> str:
    """done, current or todo: how the chain is drawn."""
    if state == ReportState.APPROVED:
        return "done"
    if state not in WAITING or current is None or step.position > current:
        return "todo"
    return "current" if step.position == current else "done"


def definite(role_name: str) -> str:
    """Förvaltningschef -> förvaltningschefen, Ordförande -> ordföranden."""
    return role_name.lower() + ("n" if role_name.endswith("e") else "en")
