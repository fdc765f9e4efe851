"""Parts and the whole: small groups, women and men, units. Pure; Decimal only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from governance.rules import swedish
from targets.enums import Dimension

COUNTED = frozenset(
    {
        "antal", "st", "st.", "stycken", "personer", "anställda", "medarbetare", "patienter",
        "besök", "vårdtillfällen", "dagar", "timmar", "tim", "kr", "kronor", "tkr", "mnkr", "mkr",
        "årsarbetare", "helårsanställda", "ton", "kg", "liter", "km", "mil", "kwh", "mwh", "gwh",
        "m2", "m²", "kvm",
    }
)  # fmt: skip
RATED = ("%", "procent", "promille", "‰", "index", "andel", "kvot", "/", " per ", "medel", "snitt")


class PartsRule(Enum):
    """How a whole follows from its parts, by what the unit measures."""

    ADDS_UP = "adds_up"
    LIES_BETWEEN = "lies_between"
    EITHER = "either"


def parts_rule(unit_label: str, dimension: Dimension = Dimension.SEX) -> PartsRule:
    """Counts and amounts add up; rates, shares and indices lie between (domain.md 2.4).

    Own categories of a rate may be parts of it that add up, short and long sick leave, or groups
    it lies between; so may any unit that is not known here. Neither is guessed.
    """
    label = f" {unit_label.strip().lower()} "
    if any(word in label for word in RATED):
        is_sex = dimension == Dimension.SEX
        return PartsRule.LIES_BETWEEN if is_sex else PartsRule.EITHER
    return PartsRule.ADDS_UP if label.strip() in COUNTED else PartsRule.EITHER


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One number as it is printed, under its label ("Kvinnor")."""

    label: str
    number: Decimal
    decimals: int

    @property
    def text(self) -> str:
        return swedish(self.number, self.decimals)

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last printed decimal: what rounding may have taken or added."""
        return Decimal(5).scaleb(-self.decimals - 1)


def parts_warning(whole: Printed, parts: Sequence[Printed], *, rule: PartsRule) -> str:
    """Why the whole does not follow from its parts, in words with the numbers; "" when it does.

    Tolerates half a unit of the last printed decimal per term (domain.md 2.5): 33,3 + 33,3 + 33,3
    is 100,0. Fewer than two parts say nothing about the whole.
    """
    if len(parts) < 2:  # noqa: PLR2004 -- one part has no other to lie beside
        return ""
    adds_up = rule != PartsRule.LIES_BETWEEN and _adds_up(whole, parts)
    between = rule != PartsRule.ADDS_UP and _lies_between(whole, parts)
    if adds_up or between:
        return ""
    told = ", ".join(f"{part.label.lower()} {part.text}" for part in parts)
    total = sum((part.number for part in parts), Decimal(0))
    summed = swedish(total, max(part.decimals for part in parts))
    return {
        PartsRule.ADDS_UP: f"Delarna blir tillsammans {summed} ({told}), men totalt är {whole.text}.",
        PartsRule.LIES_BETWEEN: f"Totalt {whole.text} ligger inte mellan delarna ({told}).",
        PartsRule.EITHER: (
            f"Totalt {whole.text} är varken summan av delarna, {summed}, "
            f"eller ett värde mellan dem ({told})."
        ),
    }[rule]


def _adds_up(whole: Printed, parts: Sequence[Printed]) -> bool:
    slack = sum((part.slack for part in parts), whole.slack)
    return abs(sum((part.number for part in parts), -whole.number)) <= slack


def _lies_between(whole: Printed, parts: Sequence[Printed]) -> bool:
    low = min(part.number - part.slack for part in parts)
    high = max(part.number + part.slack for part in parts)
    return low - whole.slack <= whole.number <= high + whole.slack
