"""One place of a value, and its text in addresses and field names. Pure."""

import re
from dataclasses import dataclass

NUMBER = "[1-9][0-9]{0,17}"
KEY = re.compile(
    rf"(?P<what>{NUMBER})(?:u(?P<unit>{NUMBER}))?(?P<part>w|m|c{NUMBER})?(?:p(?P<period>{NUMBER}))?"
)
COLUMN = re.compile(r"[a-z0-9_]{1,40}")
MAX_ID = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Key:
    """What is measured (an indicator, a line, a control), of which unit, which part and period.

    ``unit`` and ``period`` are None where the floor has none or the grid has one alone; ``part`` is
    "" for the whole, "w" women, "m" men, "c5" a category. "12u34m" are the men of one unit.
    """

    what: int
    unit: int | None = None
    part: str = ""
    period: int | None = None

    def __str__(self) -> str:
        unit = f"u{self.unit}" if self.unit else ""
        return f"{self.what}{unit}{self.part}{f'p{self.period}' if self.period else ''}"

    @property
    def whole(self) -> "Key":
        """The same without its part."""
        return Key(what=self.what, unit=self.unit, period=self.period)

    @property
    def category(self) -> int | None:
        return int(self.part[1:]) if self.part.startswith("c") else None


def key_from(text: str) -> Key | None:
    """Read a key strictly; None for anything else."""
    match = KEY.fullmatch(text)
    if match is None:
        return None
    key = Key(
        what=int(match["what"]),
        unit=int(match["unit"]) if match["unit"] else None,
        part=match["part"] or "",
        period=int(match["period"]) if match["period"] else None,
    )
    ids = (key.what, key.unit or 0, key.period or 0, key.category or 0)
    return key if max(ids) <= MAX_ID else None


@dataclass(frozen=True, kw_only=True)
class CellKey:
    """A row and a column of a grid: "12u34m.value"."""

    row: Key
    column: str

    def __str__(self) -> str:
        return f"{self.row}.{self.column}"


def cell_from(text: str) -> CellKey | None:
    row, _point, column = text.partition(".")
    key = key_from(row)
    return CellKey(row=key, column=column) if key and COLUMN.fullmatch(column) else None
