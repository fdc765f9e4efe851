"""How the whole follows from the units. Pure; Decimal only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures.enums import ValueKind
from figures.rules.numbers import MAX_DECIMALS, MAX_WHOLE_DIGITS, OutOfRange, is_percent
from governance.rules import rounded
from targets.enums import RollUp


@dataclass(frozen=True, kw_only=True)
class UnitValue:
    """What one unit has reported; ``kind`` is None where nothing is."""

    kind: ValueKind | None
    number: Decimal | None = None
    decimals: int = 0
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    group_size: int | None = None

    def is_left_out(self) -> bool:
        return self.kind == ValueKind.NOT_APPLICABLE

    def has_reported(self, rule: RollUp) -> bool:
        """True when the value can be part of the whole; nothing is guessed from words.

        A ratio needs the numerator and the denominator themselves: the mean of shares is not
        the share of the whole.
        """
        if self.is_left_out():
            return True
        if self.kind != ValueKind.NUMBER or self.number is None:
            return False
        return rule != RollUp.RATIO or bool(self.numerator is not None and self.denominator)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The units together, exact to six decimals; printed with ``decimals``."""

    kind: ValueKind
    number: Decimal | None = None
    decimals: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    group_size: int | None = None


def rolled_up(rule: RollUp, values: Sequence[UnitValue], *, unit_label: str) -> Whole | None:
    """The whole, or None until every unit has reported; units not applicable are left out.

    SUM adds, MEAN is the unweighted mean, RATIO the sum of the numerators by the sum of the
    denominators, times 100 where the unit is "%". Printed with the finest decimals a unit used.
    The group sizes are added when every unit has one: two groups of five are still a small group
    together. Raises OutOfRange when the whole has more digits than a value may have.
    """
    if rule == RollUp.ENTERED or not values:
        return None
    if not all(value.has_reported(rule) for value in values):
        return None
    counted = [value for value in values if not value.is_left_out()]
    if not counted:
        return Whole(kind=ValueKind.NOT_APPLICABLE)
    is_ratio = rule == RollUp.RATIO
    return Whole(
        kind=ValueKind.NUMBER,
        number=_bounded(_computed(rule, counted, unit_label)),
        decimals=max(value.decimals for value in counted),
        numerator=_bounded(_sum(value.numerator for value in counted)) if is_ratio else None,
        denominator=_bounded(_sum(value.denominator for value in counted)) if is_ratio else None,
        group_size=_group(counted),
    )


def ratio(numerator: Decimal, denominator: Decimal, *, unit_label: str) -> Decimal:
    """Numerator by denominator, in per cent where the unit is "%"; exact to six decimals."""
    factor = 100 if is_percent(unit_label) else 1
    return rounded(numerator * factor / denominator, MAX_DECIMALS)


NOT_ALL_REPORTED = "inget värde, alla enheter har inte rapporterat"


def computed_text(value: str, rule: RollUp) -> str:
    """What the history says of a whole: the value and how it was computed."""
    return f"{value}, {rule.label.lower()}" if value else NOT_ALL_REPORTED


def _computed(rule: RollUp, counted: Sequence[UnitValue], unit_label: str) -> Decimal:
    if rule == RollUp.RATIO:
        numerator = _sum(value.numerator for value in counted)
        denominator = _sum(value.denominator for value in counted)
        return ratio(numerator, denominator, unit_label=unit_label)
    total = _sum(value.number for value in counted)
    return total if rule == RollUp.SUM else rounded(total / len(counted), MAX_DECIMALS)


def _sum(terms: Iterable[Decimal | None]) -> Decimal:
    return sum((term for term in terms if term is not None), Decimal(0))


def _group(counted: Sequence[UnitValue]) -> int | None:
    sizes = [value.group_size for value in counted if value.group_size is not None]
    return sum(sizes) if len(sizes) == len(counted) else None


def _bounded(value: Decimal) -> Decimal:
    if abs(value) >= Decimal(10) ** MAX_WHOLE_DIGITS:
        raise OutOfRange("Enheternas värden blir tillsammans ett för stort tal.")
    return value
