"""How an indicator's breakdowns are parts of a key. Pure."""

from figures.rules.key import Key
from targets.enums import Breakdown

PARTS = {Breakdown.TOTAL: "", Breakdown.WOMEN: "w", Breakdown.MEN: "m"}
BREAKDOWNS = {part: breakdown for breakdown, part in PARTS.items()}


def part_of(breakdown: str, category_id: int | None) -> str:
    return f"c{category_id}" if category_id else PARTS[Breakdown(breakdown)]


def breakdown_of(key: Key) -> Breakdown:
    return BREAKDOWNS.get(key.part, Breakdown.CATEGORY)
