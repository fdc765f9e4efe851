"""What was typed as an outcome: a number, an inequality, a fraction, words, or a blank. Pure.

Nobody states a blank by mistake: words count as words, and a blank as one of the named blanks,
only when the writer said so (``kind``). Decimal only.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from figures.enums import CHOSEN_BLANKS, ValueKind
from figures.rules.limits import FREE, Interval
from figures.rules.numbers import Doubtful, NotANumber, OutOfRange, is_percent, read_number
from figures.rules.value import Value
from figures.rules.words import NotWords, blank_choice, check_words, echoed, read_blank
from governance.enums import Light
from governance.rules import clean_text, decimals_of, parse_swedish, swedish
from targets.enums import Direction
from targets.indicators.rules.target_values import parse_target
from targets.outcomes.rules.wholes import ratio

MAX_WORDS = 200
FRACTION = re.compile(r"(?P<numerator>[^/]+?)\s*(?:\bav\b|/)\s*(?P<denominator>[^/]+)")


def read_outcome(
    text: str,
    *,
    kind: ValueKind = ValueKind.NUMBER,
    unit_label: str,
    decimals: int | None = None,
    limits: Interval = FREE,
    is_ratio: bool = False,
) -> Value:
    """Read what was typed, as the kind the writer chose; nothing typed is a missing outcome.

    A number and an inequality (">80 %", "minst 5") need no choice, nor does a fraction ("228 av
    413") of a share or where ``is_ratio``; it is printed with the indicator's ``decimals``, one
    where it has none. Numbers and bounds lie within the indicator's ``limits``.
    Raises NotANumber, OutOfRange, NotWords, NotBlank; all of them 422, in Swedish.
    """
    plain = " ".join(clean_text(text).split())
    if kind in CHOSEN_BLANKS:
        return read_blank(plain, kind)
    if not plain:
        return Value(kind=ValueKind.MISSING)
    if kind == ValueKind.TEXT:
        return _words(plain)
    parts = _fraction(plain) if is_ratio or is_percent(unit_label) else None
    if parts is not None:
        return _ratio(*parts, unit_label=unit_label, limits=limits, decimals=decimals)
    return _measured(plain, unit_label, limits)


def foresees(ends_on: date) -> bool:
    """Whether a forecast of the year is given at a period: at one that ends before the year does."""
    return (ends_on.month, ends_on.day) != (12, 31)


def read_forecast(text: str, **measured: Any) -> Value:
    """A number of the indicator's kind, or nothing. Raises as ``read_outcome`` does."""
    value = read_outcome(text, **measured)
    if value.kind == ValueKind.MISSING:
        return Value()
    if value.kind != ValueKind.NUMBER:
        raise NotANumber(text)
    return Value(kind=ValueKind.NUMBER, number=value.number, decimals=value.decimals)


def _measured(text: str, unit_label: str, limits: Interval) -> Value:
    if is_inequality(text):
        return _inequality(text, unit_label, limits)
    number = read_number(text, unit_label=unit_label)
    limits.check(number, unit_label)
    return Value(kind=ValueKind.NUMBER, number=number, decimals=decimals_of(number))


def is_inequality(text: str) -> bool:
    """One open end: ">80 %", "minst 5", "under 3". Neither a bare number, nor a span, nor "= 5"."""
    return len(open_ends(text)) == 1


def open_ends(text: str) -> tuple[Decimal, ...]:
    """The bound of an inequality; both of a span."""
    bounds = parse_target(text, Direction.NONE)
    ends = (bounds.low, bounds.high) if bounds else ()
    return tuple(end for end in ends if end is not None)


def _words(text: str) -> Value:
    try:
        parse_swedish(text)
    except ValueError:
        check_words(text, MAX_WORDS)
        return Value(kind=ValueKind.TEXT, text=text)
    raise NotWords(f"{echoed(text)} är ett tal. Välj ”Tal eller olikhet” i stället för ”Text”.")


def _inequality(text: str, unit_label: str, limits: Interval) -> Value:
    for bound in open_ends(text):
        read_number(swedish(bound), unit_label="")
        limits.check(bound, unit_label)
    if len(text) > MAX_WORDS:
        raise NotANumber(text)
    return Value(kind=ValueKind.INEQUALITY, text=text)


def _fraction(text: str) -> tuple[Decimal, Decimal] | None:
    match = FRACTION.fullmatch(text)
    if match is None:
        return None
    try:
        return parse_swedish(match["numerator"]), parse_swedish(match["denominator"])
    except ValueError:
        return None


def _ratio(
    numerator: Decimal,
    denominator: Decimal,
    *,
    unit_label: str,
    limits: Interval,
    decimals: int | None,
) -> Value:
    if numerator == denominator == 0:
        raise Doubtful(
            "0 av 0 är inget tal: det fanns inget att mäta. Välj vad som gäller.",
            map(blank_choice, (ValueKind.NOT_APPLICABLE, ValueKind.MISSING)),
        )
    if denominator <= 0:
        raise OutOfRange("Nämnaren ska vara större än noll.")
    for term in (numerator, denominator):
        read_number(swedish(term), unit_label="")
    number = ratio(numerator, denominator, unit_label=unit_label)
    read_number(swedish(number), unit_label="")
    limits.check(number, unit_label)
    return Value(
        kind=ValueKind.NUMBER,
        number=number,
        decimals=1 if decimals is None else decimals,
        numerator=numerator,
        denominator=denominator,
    )


def needs_comment(light: Light) -> bool:
    """An outcome beside its target asks for a comment, near it as well as far from it."""
    return light in {Light.NEAR, Light.MISSED}
