"""What clearance allows: pure tables and named refusals, in plain Swedish."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from governance.rules import (
    Invalid,
    Refusal,
    Stale,
    decimals_of,
    parse_swedish,
    rounded,
    swedish,
)
from reports.enums import ReportState

TEXT_LIMIT = 20_000


class NotOpen(Refusal):
    """The text is out of the controller's hands."""


class AlreadyDone(Refusal):
    """The act has been done: a second click changes nothing."""


class NotYourTurn(Refusal):
    """The chain waits for somebody else."""


class MissingChain(Refusal):
    """The template says no approval step, so nobody could clear the report."""


class MissingWords(Invalid):
    """An act that must say why was done without words."""


class TooLong(Invalid):
    """More text than a section holds."""


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
    if state != ReportState.SUBMITTED or current is None or step.position > current:
        return "todo"
    return "current" if step.position == current else "done"


def definite(role_name: str) -> str:
    """Förvaltningschef -> förvaltningschefen, Ordförande -> ordföranden."""
    return role_name.lower() + ("n" if role_name.endswith("e") else "en")


def kept_text(text: str) -> str:
    """The text as it is stored: line ends alike, no trailing blanks, not too long."""
    kept = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
    if len(kept) > TEXT_LIMIT:
        raise TooLong(f"Texten är för lång: {len(kept)} tecken. Högst {TEXT_LIMIT} ryms.")
    return kept


# What an indicator's outcome may be fetched from is printed in another unit of the same thing.
MONEY = {
    "kr": 0, "kronor": 0, "tkr": 3, "tusen kronor": 3,
    "mnkr": 6, "mkr": 6, "miljoner kronor": 6,
}  # fmt: skip
PERCENT = frozenset({"%", "procent"})
PRINTED = re.compile(r"(?P<number>[+\-\u2212]?[0-9][0-9 \u00a0\u202f]*(?:,[0-9]+)?)\s*(?P<unit>.*)")
MOST_DECIMALS = 6


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A number with the decimals it is printed with, in a unit."""

    number: Decimal
    decimals: int
    unit: str

    @property
    def in_words(self) -> str:
        return f"{swedish(self.number, self.decimals)} {self.unit}".strip()


def read_printed(text: str, unit: str = "") -> Measured | None:
    """A figure as a page prints it, "16,4 mnkr" or "16,4" beside its unit; None for words."""
    match = PRINTED.fullmatch(text.strip())
    if match is None or (unit and match["unit"]):
        return None
    number = parse_swedish(match["number"])
    return Measured(number=number, decimals=decimals_of(number), unit=unit or match["unit"])


def converted(value: Measured, unit: str) -> Measured | None:
    """The value in another unit of the same thing, None where there is none.

    Kronor, thousands and millions become one another exactly, to the six decimals that an
    outcome holds (a millionth of a million kronor is one krona); the same printed accuracy is
    kept: 16,4 mnkr is 16 400 tkr. No other units are converted.
    """
    old, new = _plain(value.unit), _plain(unit)
    shift = 0
    if old in MONEY and new in MONEY:
        shift = MONEY[old] - MONEY[new]
    elif old != new and not {old, new} <= PERCENT:
        return None
    number = value.number.scaleb(shift)
    if decimals_of(number) > MOST_DECIMALS:
        number = rounded(number, MOST_DECIMALS)
    decimals = min(MOST_DECIMALS, max(0, value.decimals - shift))
    return Measured(number=number, decimals=decimals, unit=unit)


def _plain(unit: str) -> str:
    return " ".join(unit.lower().split())
