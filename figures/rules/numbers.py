"""A number as it was typed, within what its unit allows. Pure; Decimal only."""

from decimal import Decimal

from figures.rules.units import PER_CENT, canonical_unit
from governance.rules import Invalid, decimals_of, parse_swedish, swedish

MAX_WHOLE_DIGITS = 9
MAX_DECIMALS = 6
ECHOED = 40
COUNTED = {2: "två", 6: "sex", 7: "sju", 8: "åtta", 9: "nio", 13: "tretton"}


def is_percent(unit_label: str) -> bool:
    return canonical_unit(unit_label) == PER_CENT


class NotANumber(Invalid):
    def __init__(self, text: str) -> None:
        typed = text.strip()
        if len(typed) > ECHOED:
            typed = f"{typed[:ECHOED]}…"
        super().__init__(f"”{typed}” är inte ett tal. Skriv till exempel 2\u00a0577,2.")


class OutOfRange(Invalid):
    pass


def read_number(
    text: str, *, unit_label: str, digits: tuple[int, int] = (MAX_WHOLE_DIGITS, MAX_DECIMALS)
) -> Decimal:
    """The typed number within what its unit allows, scale kept as entered.

    Raises NotANumber, or OutOfRange: a share in "%" lies between 0 and 100, and no value has
    more than ``digits`` before the comma and after it.
    """
    try:
        value = parse_swedish(text)
    except ValueError:
        raise NotANumber(text) from None
    whole, decimals = digits
    if decimals_of(value) > decimals:
        raise OutOfRange(f"Skriv högst {COUNTED[decimals]} decimaler.")
    if abs(value) >= Decimal(10) ** whole:
        raise OutOfRange(f"Talet är för stort. Skriv högst {COUNTED[whole]} siffror före kommat.")
    if is_percent(unit_label) and not 0 <= value <= 100:  # noqa: PLR2004 -- per cent
        raise OutOfRange(f"{swedish(value)} % går inte. En andel ligger mellan 0 och 100 %.")
    return value
