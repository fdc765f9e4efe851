"""A number as it was typed, within what its unit allows. Pure; Decimal only."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from figures.enums import ValueKind
from figures.rules.units import CANONICAL, PER_CENT, canonical_unit, power_between
from governance.rules import (
    Invalid,
    decimals_of,
    on_one_line,
    parse_swedish,
    swedish,
)

MAX_WHOLE_DIGITS = 9
MAX_DECIMALS = 6
ECHOED = 40
EXACT_DIGITS = 15  # what a spreadsheet holds; more are of its binary fractions
WITH_UNIT = r"([^A-Za-zÅÄÖåäö%:]*)([A-Za-zÅÄÖåäö%:].*)?"
TWO_WAYS = r"([^0-9]*[1-9][0-9]{0,2})\.([0-9]{3}[^0-9.,]*)"  # 9.999: a decimal, or thousands
COUNTED = {2: "två", 6: "sex", 7: "sju", 8: "åtta", 9: "nio", 13: "tretton"}


def is_percent(unit_label: str) -> bool:
    return canonical_unit(unit_label) == PER_CENT


class NotANumber(Invalid):
    def __init__(self, text: str, example: str = "2\u00a0577,2") -> None:
        typed = text.strip()
        if len(typed) > ECHOED:
            typed = f"{typed[:ECHOED]}…"
        super().__init__(f"”{typed}” är inte ett tal. Skriv till exempel {example}.")


class OutOfRange(Invalid):
    pass


class OtherUnit(Invalid):
    def __init__(self, text: str, written: str, own: str) -> None:
        has = f"mäts i {own}" if own else "har ingen enhet"
        super().__init__(
            f"”{text[:ECHOED]}” är skrivet i {written[:ECHOED]}, men raden {has}. Räkna om talet "
            "eller skriv det utan enhet."
        )


class Choice(NamedTuple):
    """One thing that may have been meant: its word, and what to write and as which kind."""

    word: str
    text: str
    kind: ValueKind = ValueKind.NUMBER


class Doubtful(Invalid):
    """What was typed may mean several things: nothing is taken until the writer has said which."""

    def __init__(self, message: str, choices: Iterable[Choice]) -> None:
        super().__init__(message)
        self.choices = tuple(choices)


def example_in(unit_label: str, decimals: int | None) -> str:
    """A number as the column has them."""
    number = swedish(Decimal("12.345678"), 1 if decimals is None else decimals)
    return f"{number} {unit_label}".strip().replace(" %", "\u00a0%")


def read_number(
    text: str,
    *,
    unit_label: str,
    digits: tuple[int, int] = (MAX_WHOLE_DIGITS, MAX_DECIMALS),
) -> Decimal:
    """The typed number within what its unit allows, scale kept as entered.

    Raises as ``measured`` does, or OutOfRange: no value has more than ``digits`` before the comma
    and after it. Which values a row can have its ``Interval`` say.
    """
    value = measured(text, unit_label)
    whole, decimals = digits
    if decimals_of(value) > decimals:
        raise OutOfRange(f"Skriv högst {COUNTED[decimals]} decimaler.")
    if abs(value) >= Decimal(10) ** whole:
        raise OutOfRange(f"Talet är för stort. Skriv högst {COUNTED[whole]} siffror före kommat.")
    return value


def measured(text: str, unit_label: str) -> Decimal:
    """The number in the row's own unit, whichever unit of money it is written in.

    Raises NotANumber, OtherUnit, or Doubtful where a point may stand for thousands.
    """
    plain = on_one_line(text)
    match = re.fullmatch(WITH_UNIT, plain)
    number, written = match.groups(default="") if match else ("", "")
    try:
        value = parse_swedish(number)
    except ValueError:
        raise NotANumber(text) from None
    power = power_between(written, unit_label)
    if power is None and canonical_unit(written) in CANONICAL.values():
        raise OtherUnit(plain, written, unit_label)
    if power is None:
        raise NotANumber(text)
    if two_ways := re.fullmatch(TWO_WAYS, number):
        ways = [sign.join(two_ways.groups()).strip() for sign in (",", " ")]
        words = [f"{swedish(parse_swedish(way))} {written}".strip() for way in ways]
        texts = [f"{way} {written}".strip() for way in ways]
        raise Doubtful(
            f"”{plain}” kan vara {words[0]} eller {words[1]}. Vilket menas?",
            map(Choice, words, texts),
        )
    return exact(Decimal(f"{value.scaleb(power):f}"))


def exact(value: Decimal) -> Decimal:
    """Fifteen significant digits: a spreadsheet holds 57,7 as 57,699999999999996."""
    if len(value.as_tuple().digits) <= EXACT_DIGITS or not decimals_of(value):
        return value
    kept = Context(prec=EXACT_DIGITS, rounding=ROUND_HALF_UP).plus(value)
    return Decimal(f"{kept.normalize():f}")
