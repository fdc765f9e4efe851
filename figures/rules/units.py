"""Units of measurement as people write them. Pure."""

PER_CENT, POINTS = "%", "procentenheter"
SPELLINGS = {
    PER_CENT: ("%", "procent"),
    POINTS: ("procentenheter", "procentenhet", "%-enheter", "%-enhet"),
    "kr": ("kr", "kronor", "sek"),
    "tkr": ("tkr", "tusen kronor", "tusen kr"),
    "mnkr": ("mnkr", "mkr", "miljoner kronor", "miljoner kr"),
    "index": ("index", "indexenheter"),
    "st": ("st", "styck", "stycken"),
}
CANONICAL = {spelling: unit for unit, spellings in SPELLINGS.items() for spelling in spellings}


def canonical_unit(label: str) -> str:
    """One spelling per unit; an unknown unit is itself, in lower case."""
    plain = " ".join(label.lower().split()).rstrip(".")
    return CANONICAL.get(plain, plain)
