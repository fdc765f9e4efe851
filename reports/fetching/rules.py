"""Reading what a block has printed, and turning it into the indicator's own unit. Pure; Decimal only."""

import re
from dataclasses import dataclass
from decimal import Decimal

from figures.rules.units import MONEY, canonical_unit
from governance.rules import decimals_of, parse_swedish, rounded, swedish

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


def fits(old: str, new: str) -> bool:
    """Whether what is in one unit can be told in the other."""
    units = {canonical_unit(old), canonical_unit(new)}
    return len(units) == 1 or units <= MONEY.keys()


def converted(value: Measured, unit: str) -> Measured | None:
    """The value in another unit of the same thing, None where there is none.

    Kronor, thousands and millions become one another exactly, to the six decimals that an
    outcome holds (a millionth of a million kronor is one krona); the same printed accuracy is
    kept: 16,4 mnkr is 16 400 tkr. No other units are converted.
    """
    if not fits(value.unit, unit):
        return None
    old, new = canonical_unit(value.unit), canonical_unit(unit)
    shift = MONEY.get(old, 0) - MONEY.get(new, 0)
    number = value.number.scaleb(shift)
    if decimals_of(number) > MOST_DECIMALS:
        number = rounded(number, MOST_DECIMALS)
    decimals = min(MOST_DECIMALS, max(0, value.decimals - shift))
    return Measured(number=number, decimals=decimals, unit=unit)
