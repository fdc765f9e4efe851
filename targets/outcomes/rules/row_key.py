"""Which cell of an entry grid: an indicator's whole or one part of it, for the body or a unit. Pure."""

import re
from dataclasses import dataclass

from targets.enums import Breakdown

NUMBER = "[1-9][0-9]{0,8}"
CELL = re.compile(
    rf"(?P<indicator>{NUMBER})(?:u(?P<unit>{NUMBER}))?(?:(?P<sex>[wm])|c(?P<category>{NUMBER}))?"
)
SEX_OF = {"w": Breakdown.WOMEN, "m": Breakdown.MEN}
LETTER_OF = {breakdown: letter for letter, breakdown in SEX_OF.items()}


@dataclass(frozen=True, kw_only=True)
class CellKey:
    """The row's id in the page: "12" the whole, "12w" its women, "12c5" a category, "12u34m" the
    men of one unit. ``unit`` is None for the body as a whole."""

    indicator: int
    unit: int | None = None
    breakdown: Breakdown = Breakdown.TOTAL
    category: int | None = None

    def __str__(self) -> str:
        unit = f"u{self.unit}" if self.unit else ""
        part = f"c{self.category}" if self.category else LETTER_OF.get(self.breakdown, "")
        return f"{self.indicator}{unit}{part}"


def cell_key(text: str) -> CellKey | None:
    """Read a row's id strictly; None for anything else."""
    match = CELL.fullmatch(text)
    if match is None:
        return None
    part = SEX_OF.get(match["sex"], Breakdown.TOTAL)
    return CellKey(
        indicator=int(match["indicator"]),
        unit=int(match["unit"]) if match["unit"] else None,
        breakdown=Breakdown.CATEGORY if match["category"] else part,
        category=int(match["category"]) if match["category"] else None,
    )
