"""What was typed: a target as people write it, an outcome as a number. Pure; Decimal only."""

import re
from dataclasses import dataclass
from decimal import Decimal

from governance.rules import Invalid, decimals_of, parse_swedish, swedish
from targets.enums import Direction

MAX_WHOLE_DIGITS = 9
MAX_DECIMALS = 6
ECHOED = 40

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
