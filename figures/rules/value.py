"""One value: the number, its text, why it is blank, and all that is true of this value alone. Pure."""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from figures.enums import CHOSEN_BLANKS, WORDED, ValueKind, ValueScope
from governance.rules import decimals_of, swedish


@dataclass(frozen=True, kw_only=True)
class Value:
    """What belongs to one value and is replaced as one; rows have columns of the same names.

    ``decimals`` is how many it was entered with; ``text`` as it was written, of words and
    inequalities. A value that is stated, carried forward, measured on a day, fetched from a row,
    computed of parts or confirmed though unusual is so itself: another in its place is not. The
    ``scope`` is of what is measured at the place and stays, whichever value stands there.
    """

    kind: ValueKind = ValueKind.MISSING
    number: Decimal | None = None
    decimals: int | None = None
    text: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    group_size: int | None = None
    scope: ValueScope = ValueScope.OWN
    measured_on: date | None = None
    is_carried_forward: bool = False
    is_stated: bool = False
    source: str = ""
    is_rolled_up: bool = False
    is_confirmed: bool = False
    origin_model: str = ""
    origin_id: int | None = None
    origin_version: int | None = None
    origin_label: str = ""

    @property
    def shown(self) -> str:
        """As a field shows it: the stored number uncut, words as written, nothing for a blank."""
        if self.number is not None:
            return swedish(self.number, max(self.decimals or 0, exact_decimals(self.number)))
        return self.text if self.kind in WORDED else ""

    @property
    def was(self) -> str:
        """What a form that shows the value sends back as seen: a chosen blank by its kind."""
        return self.kind.value if self.kind in CHOSEN_BLANKS else self.shown

    @property
    def data(self) -> str:
        """Exactly, for the history and for the sheet that comes back: what differs from a blank."""
        said = {name: getattr(self, name) for name in COLUMNS if getattr(self, name) != BLANK[name]}
        return msgspec.json.encode(said, order="deterministic").decode()

    @classmethod
    def of_text(cls, text: str) -> "Value":
        """Words, or nothing said."""
        return cls(kind=ValueKind.TEXT, text=text) if text else cls()

    @classmethod
    def from_data(cls, text: str) -> "Value | None":
        """The value that ``data`` told; None for anything else."""
        try:
            value = msgspec.json.decode(text, type=cls)
        except msgspec.DecodeError:
            return None
        numbers = (value.number, value.numerator, value.denominator)
        return value if all(each is None or each.is_finite() for each in numbers) else None

    def printed(self, decimals: int | None = None) -> str:
        """Rounded for a reader: with the fixed ``decimals``, else with those it was entered with."""
        if self.number is None:
            return self.shown
        return swedish(self.number, (self.decimals or 0) if decimals is None else decimals)

    def told(self, decimals: int | None = None) -> str:
        """As printed, a chosen blank in words."""
        return str(self.kind.label) if self.kind in CHOSEN_BLANKS else self.printed(decimals)

    def says_the_same(self, other: "Value", *, is_fixed: bool = False) -> bool:
        """Equal as entered; where the decimals are fixed, 3,3 and 3,30 are two ways of writing."""
        if self.numerator is not None:
            return (self.numerator, self.denominator) == (other.numerator, other.denominator)
        same = (self.kind, self.number, self.text) == (other.kind, other.number, other.text)
        return same and (is_fixed or self.number is None or self.decimals == other.decimals)

    def in_place_of(self, old: "Value", *, keeps_group: bool = False) -> "Value":
        """This value where ``old`` stood. What was said before there was a value stays said of it.

        ``keeps_group``: where small groups are hidden the group keeps its size until another is
        said; an unknown size would show the value.
        """
        new = replace(self, scope=old.scope)
        if old.kind == ValueKind.MISSING:
            said = {name: getattr(old, name) for name in SAID if getattr(self, name) == BLANK[name]}
            return replace(new, **said)
        if keeps_group and self.group_size is None:
            return replace(new, group_size=old.group_size)
        return new


COLUMNS = tuple(field.name for field in fields(Value))
BLANK: dict[str, Any] = {field.name: field.default for field in fields(Value)}
SAID = (
    "numerator", "denominator", "group_size", "measured_on", "is_carried_forward", "is_stated",
    "source",
)  # fmt: skip
ORIGIN = (
    "is_rolled_up",
    "is_confirmed",
    "origin_model",
    "origin_id",
    "origin_version",
    "origin_label",
)
BELONGING = (*SAID, *ORIGIN)  # what a value takes with it when it goes


def exact_decimals(number: Decimal) -> int:
    """How many decimals the number needs, whatever scale a column gave it."""
    return decimals_of(number.normalize())


def value_of(row: Any) -> Value:
    """The row's value, or the part of it that the row has columns for."""
    found = {name: getattr(row, name) for name in COLUMNS if hasattr(row, name)}
    return Value(
        **{
            **found,
            "kind": ValueKind(found["kind"]),
            "scope": ValueScope(found.get("scope", "own")),
        }
    )


def columns_of(value: Value) -> dict[str, Any]:
    """Every column of the value: what is not said anew is gone."""
    return {name: getattr(value, name) for name in COLUMNS}
