"""Units of measurement as people write them. Pure."""

import re

PER_CENT, POINTS = "%", "procentenheter"
SPELLINGS = {
    PER_CENT: ("%", "procent"),
    POINTS: ("procentenheter", "procentenhet", "%-enheter", "%-enhet"),
    "kr": ("kr", "kronor", "sek", ":-", ":–"),
    "tkr": ("tkr", "tusen kronor", "tusen kr"),
    "mnkr": ("mnkr", "mkr", "milj kr", "milj. kr", "miljoner kronor", "miljoner kr"),
    "mdkr": ("mdkr", "mdr", "mdr kr", "miljarder kronor", "miljarder kr"),
    "index": ("index", "indexenheter"),
    "st": ("st", "styck", "stycken", "antal"),
}
CANONICAL = {spelling: unit for unit, spellings in SPELLINGS.items() for spelling in spellings}
MONEY = {"kr": 0, "tkr": 3, "mnkr": 6, "mdkr": 9}  # powers of ten
IN_PER_CENT = r"^$|%|procent|index|andel|kvot"  # units beside which "85,8 %" is 85,8


def canonical_unit(label: str) -> str:
    """One spelling per unit; an unknown unit is itself, in lower case."""
    plain = " ".join(label.lower().split()).rstrip(".")
    return CANONICAL.get(plain, plain)


def power_between(written: str, own: str) -> int | None:
    """The power of ten that makes a number in the one unit a number in the other; None where there
    is none. Money alone is converted, and always exactly."""
    written, own = canonical_unit(written), canonical_unit(own)
    if written in {"", own} or (written == PER_CENT and re.search(IN_PER_CENT, own)):
        return 0
    return MONEY[written] - MONEY[own] if written in MONEY and own in MONEY else None
