"""What a target means, which light an outcome gets and how it changed. Pure; Decimal only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from governance.enums import Light
from governance.rules import (
    Invalid,
    Stale,
    decimals_of,
    parse_swedish,
    rounded,
    swedish,
)
from targets.enums import Direction, OutcomeKind

MAX_WHOLE_DIGITS = 9
MAX_DECIMALS = 6
ECHOED = 40
BLANKS: dict[OutcomeKind | None, Light] = {
    OutcomeKind.MISSING: Light.NO_OUTCOME,
    OutcomeKind.SUPPRESSED: Light.SUPPRESSED,
    OutcomeKind.NOT_APPLICABLE: Light.NOT_APPLICABLE,
}

AT_LEAST = ("minst", "lägst", "som lägst", "≥", ">=", "=>")
AT_MOST = ("högst", "max", "maximalt", "som mest", "≤", "<=", "=<")
ABOVE = ("mer än", "högre än", "över", ">")
BELOW = ("mindre än", "lägre än", "under", "<")
EXACTLY = ("exakt", "=")
# Longest first, so that ">=" is not read as ">".
OPERATORS = sorted((*AT_LEAST, *AT_MOST, *ABOVE, *BELOW, *EXACTLY), key=len, reverse=True)
RANGE = re.compile(r"(?:mellan )?(?P<low>.+?)\s*(?:–|-|\boch\b|\btill\b)\s*(?P<high>.+)")
PERCENT = re.compile(r"\s*(?:%|procent)$")


@dataclass(frozen=True, kw_only=True)
class ParsedTarget:
    """A target as bounds, in the indicator's own unit; None is an open end.

    ``strict`` means that the bound itself does not meet the target ("under 5").
    """

    low: Decimal | None
    high: Decimal | None
    strict: bool = False

    @property
    def in_words(self) -> str:
        """The reading, echoed so that a person sees how the text was understood."""
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return f"exakt {swedish(self.low)}"
            return f"mellan {swedish(self.low)} och {swedish(self.high)}"
        if self.low is not None:
            return f"{'mer än' if self.strict else 'minst'} {swedish(self.low)}"
        return f"{'mindre än' if self.strict else 'högst'} {swedish(self.high or Decimal(0))}"


def parse_target(text: str, direction: Direction) -> ParsedTarget | None:
    """Read a target as written: "högst 7,0", "max 15 %", "minst 95 %", "≤ 7,0", "77", "90–100 %".

    A bare number means at least or at most by the indicator's direction, and exactly that number
    where the direction is a span or zero. What cannot be read stays unread (None), and so does a
    sign that contradicts the direction: an annual report printed the long-term target of sick
    leave as "> 5 %" where "< 5 %" was meant (domain.md 2.3). Unread is never guessed.
    """
    plain = " ".join(text.lower().split())
    target = _worded(plain) or _span(plain, direction) or _bare(plain, direction)
    if target is None or _contradicts(target, direction):
        return None
    return target


def _worded(text: str) -> ParsedTarget | None:
    word = next((word for word in OPERATORS if text.startswith(word)), "")
    number = _number(text.removeprefix(word)) if word else None
    if number is None:
        return None
    if word in EXACTLY:
        return ParsedTarget(low=number, high=number)
    upward = word in AT_LEAST or word in ABOVE
    return ParsedTarget(
        low=number if upward else None,
        high=None if upward else number,
        strict=word in ABOVE or word in BELOW,
    )


def _span(text: str, direction: Direction) -> ParsedTarget | None:
    """A span is a band; for a one-way direction only its nearer end can be missed."""
    match = RANGE.fullmatch(text)
    if match is None:
        return None
    low, high = _number(match["low"]), _number(match["high"])
    if low is None or high is None or low > high:
        return None
    return ParsedTarget(
        low=None if direction == Direction.LOWER else low,
        high=None if direction == Direction.HIGHER else high,
    )


def _bare(text: str, direction: Direction) -> ParsedTarget | None:
    number = _number(text)
    if number is None or direction == Direction.NONE:
        return None
    return ParsedTarget(
        low=None if direction == Direction.LOWER else number,
        high=None if direction == Direction.HIGHER else number,
    )


def _number(text: str) -> Decimal | None:
    try:
        return parse_swedish(PERCENT.sub("", text.strip()))
    except ValueError:
        return None


def _contradicts(target: ParsedTarget, direction: Direction) -> bool:
    if direction == Direction.HIGHER:
        return target.low is None
    if direction == Direction.LOWER:
        return target.high is None
    return direction == Direction.ZERO and not target.low == target.high == 0


def light(
    *,
    kind: OutcomeKind | None,
    number: Decimal | None,
    decimals: int,
    has_target: bool,
    target: ParsedTarget | None,
    direction: Direction,
    tolerance: Decimal | None,
) -> Light:
    """Which light the outcome gets, judged on the value as displayed with ``decimals``.

    2.05 printed "2,1" is judged as 2,1: what the reader sees decides (ux.md, section 3). Beyond
    the target by at most ``tolerance`` (same unit as the value) it is near. No outcome is not the
    same as no target; an outcome in words, or a target nobody could read, is not judged.
    """
    if kind is None or kind in BLANKS:
        return BLANKS.get(kind, Light.NO_OUTCOME)
    if not has_target:
        return Light.NO_TARGET
    if number is None or target is None or direction == Direction.NONE:
        return Light.NOT_APPLICABLE
    return _judged(rounded(number, decimals), target, tolerance)


def _judged(shown: Decimal, target: ParsedTarget, tolerance: Decimal | None) -> Light:
    beyond = Decimal(0)
    if target.low is not None:
        beyond = max(beyond, target.low - shown)
    if target.high is not None:
        beyond = max(beyond, shown - target.high)
    on_open_bound = target.strict and shown in {target.low, target.high}
    if beyond == 0 and not on_open_bound:
        return Light.MET
    return Light.NEAR if tolerance and beyond <= tolerance else Light.MISSED


def shown_decimals(*, entered: int | None, fixed: int | None) -> int:
    """The indicator's own number of decimals, else as entered: 3,3 stays beside 3,58."""
    if fixed is not None:
        return fixed
    return entered or 0


@dataclass(frozen=True, kw_only=True)
class Change:
    """A difference between two numbers; ``word`` is empty where the unit needs none."""

    value: Decimal
    text: str
    word: str

    @property
    def in_words(self) -> str:
        return f"{self.text} {self.word}".strip()


def change(
    *,
    number: Decimal | None,
    decimals: int,
    previous: Decimal | None,
    previous_decimals: int,
    unit_label: str,
) -> Change | None:
    """Now minus then, with as many decimals as the finer of the two; None unless both are numbers.

    The difference of two shares is percentage points, never per cent (domain.md 2.4). The sign
    is always printed: an annual report lost the one of "5 211" (domain.md 2.3).
    """
    if number is None or previous is None:
        return None
    finest = max(decimals, previous_decimals)
    difference = rounded(number - previous, finest)
    text = swedish(difference, finest, plus=True)
    word = ""
    if is_percent(unit_label):
        word = "procentenhet" if abs(difference) == 1 and finest == 0 else "procentenheter"
    elif unit_label != "index":
        word = unit_label
    return Change(value=difference, text=text, word=word)


def is_percent(unit_label: str) -> bool:
    return unit_label.strip().lower() in {"%", "procent"}


class NotANumber(Invalid):
    def __init__(self, text: str) -> None:
        typed = text.strip()
        if len(typed) > ECHOED:
            typed = f"{typed[:ECHOED]}…"
        super().__init__(f"”{typed}” är inte ett tal. Skriv till exempel 2\u00a0577,2.")


class OutOfRange(Invalid):
    pass


def read_number(text: str, *, unit_label: str) -> Decimal:
    """The typed number within what its unit allows, scale kept as entered.

    Raises NotANumber, or OutOfRange: a share in "%" lies between 0 and 100, and no value has
    more than nine digits before the comma or six after.
    """
    try:
        value = parse_swedish(text)
    except ValueError:
        raise NotANumber(text) from None
    if decimals_of(value) > MAX_DECIMALS:
        raise OutOfRange("Skriv högst sex decimaler.")
    if abs(value) >= Decimal(10) ** MAX_WHOLE_DIGITS:
        raise OutOfRange("Talet är för stort. Skriv högst nio siffror före kommat.")
    if is_percent(unit_label) and not 0 <= value <= 100:  # noqa: PLR2004 -- per cent
        raise OutOfRange(f"{swedish(value)} % går inte. En andel ligger mellan 0 och 100 %.")
    return value


class StaleOutcome(Stale):
    """Somebody else wrote the value first; both values go with the refusal."""

    def __init__(
        self, *, typed: str, theirs: str, version: int, was: str, who: str, at: datetime | None
    ) -> None:
        self.typed, self.theirs, self.version = typed.strip(), theirs, version
        super().__init__(
            f"{_what_happened(theirs=theirs, was=was, who=who, at=at)} "
            f"Du skrev {self.typed or 'inget värde'}."
        )


def _what_happened(*, theirs: str, was: str, who: str, at: datetime | None) -> str:
    """``at`` is a local instant; without one nobody is named."""
    if at is None:
        return f"Värdet har ändrats till {theirs or 'tomt'} sedan du öppnade sidan."
    clock = f"kl. {at:%H.%M}"
    if not theirs:
        return f"{who} tog bort {was} {clock}."
    return (
        f"{who} ändrade {was} till {theirs} {clock}." if was else f"{who} skrev {theirs} {clock}."
    )


@dataclass(frozen=True, kw_only=True)
class Lock:
    """One reporting round that has left the controller's hands, in words."""

    word: str
    on: date | None
    by: str


def lock_reason(locks: Iterable[Lock]) -> str:
    """ "Låst: inlämnad 2026-02-10 av Karin Lund." from the first lock; empty when none."""
    lock = next(iter(locks), None)
    if lock is None:
        return ""
    when = f" {lock.on.isoformat()}" if lock.on else ""
    who = f" av {lock.by}" if lock.by else ""
    word = lock.word.lower()
    return f"Låst{when}{who}." if word == "låst" else f"Låst: {word}{when}{who}."
