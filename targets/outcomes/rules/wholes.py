"""How the whole follows from the units. Pure; Decimal only."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from figures.enums import ValueKind
from figures.rules.numbers import MAX_DECIMALS, MAX_WHOLE_DIGITS, OutOfRange, is_percent
from figures.rules.value import Value
from governance.rules import Invalid, rounded
from targets.enums import RollUp


class Reported(Protocol):
    """A unit's row or value, as far as the whole is made of it."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> Decimal | None: ...
    @property
    def decimals(self) -> int | None: ...
    @property
    def numerator(self) -> Decimal | None: ...
    @property
    def denominator(self) -> Decimal | None: ...
    @property
    def group_size(self) -> int | None: ...


def has_reported(value: Reported | None, rule: RollUp) -> bool:
    """True when the unit's value can be part of the whole; nothing is guessed from words.

    A ratio needs the numerator and the denominator themselves: the mean of shares is not the share
    of the whole.
    """
    if value is None:
        return False
    if value.kind == ValueKind.NOT_APPLICABLE:
        return True
    if value.kind != ValueKind.NUMBER or value.number is None:
        return False
    return rule != RollUp.RATIO or bool(value.numerator is not None and value.denominator)


class Awaited(Protocol):
    """A unit, as far as the whole waits for it."""

    @property
    def is_asked(self) -> bool: ...


AUnit = TypeVar("AUnit", bound=Awaited)


def counted(
    units: Iterable[AUnit], value_of: Callable[[AUnit], Reported | None], rule: RollUp
) -> list[AUnit]:
    """The units that the whole is made of: those that are to report, and of the others, which ended
    inside the period, the ones that have; none where the whole is entered."""
    if rule == RollUp.ENTERED:
        return []
    return [unit for unit in units if unit.is_asked or has_reported(value_of(unit), rule)]


def rolled_up(rule: RollUp, values: Sequence[Reported | None], *, unit_label: str) -> Value | None:
    """The whole, or None until every unit has reported; units not applicable are left out.

    SUM adds, MEAN is the unweighted mean, RATIO the sum of the numerators by the sum of the
    denominators, times 100 where the unit is "%". Exact to six decimals, printed with the finest a
    unit used. The group sizes are added when every unit has one: two groups of five are still a
    small group together. Raises OutOfRange when the whole has more digits than a value may have.
    """
    known = [value for value in values if value is not None and has_reported(value, rule)]
    if rule == RollUp.ENTERED or not values or len(known) < len(values):
        return None
    summed = [value for value in known if value.kind != ValueKind.NOT_APPLICABLE]
    if not summed:
        return Value(kind=ValueKind.NOT_APPLICABLE, is_rolled_up=True)
    is_ratio = rule == RollUp.RATIO
    return Value(
        kind=ValueKind.NUMBER,
        number=_bounded(_computed(rule, summed, unit_label)),
        decimals=max(value.decimals or 0 for value in summed),
        numerator=_bounded(_sum(value.numerator for value in summed)) if is_ratio else None,
        denominator=_bounded(_sum(value.denominator for value in summed)) if is_ratio else None,
        group_size=_group(summed),
        is_rolled_up=True,
    )


def check_stated(stated: Value, computed: Value) -> None:
    """A whole that is stated where it is computed, and differs, is a fault with both numbers."""
    if (stated.kind, stated.number) != (computed.kind, computed.number):
        said, summed = (each.shown or str(each.kind.label) for each in (stated, computed))
        raise StatedOtherwise(f"Helheten anges till {said}, men enheterna ger {summed}.")


class StatedOtherwise(Invalid):
    pass


def ratio(numerator: Decimal, denominator: Decimal, *, unit_label: str) -> Decimal:
    """Numerator by denominator, in per cent where the unit is "%"; exact to six decimals."""
    factor = 100 if is_percent(unit_label) else 1
    return rounded(numerator * factor / denominator, MAX_DECIMALS)


NOT_ALL_REPORTED = "inget värde, alla enheter har inte rapporterat"


def computed_text(value: str, rule: RollUp) -> str:
    """What the history says of a whole: the value and how it was computed."""
    return f"{value}, {rule.label.lower()}" if value else NOT_ALL_REPORTED


def _computed(rule: RollUp, summed: Sequence[Reported], unit_label: str) -> Decimal:
    if rule == RollUp.RATIO:
        numerator = _sum(value.numerator for value in summed)
        denominator = _sum(value.denominator for value in summed)
        return ratio(numerator, denominator, unit_label=unit_label)
    total = _sum(value.number for value in summed)
    return total if rule == RollUp.SUM else rounded(total / len(summed), MAX_DECIMALS)


def _sum(terms: Iterable[Decimal | None]) -> Decimal:
    return sum((term for term in terms if term is not None), Decimal(0))


def _group(summed: Sequence[Reported]) -> int | None:
    sizes = [value.group_size for value in summed if value.group_size is not None]
    return sum(sizes) if len(sizes) == len(summed) else None


def _bounded(value: Decimal) -> Decimal:
    if abs(value) >= Decimal(10) ** MAX_WHOLE_DIGITS:
        raise OutOfRange("Enheternas värden blir tillsammans ett för stort tal.")
    return value
