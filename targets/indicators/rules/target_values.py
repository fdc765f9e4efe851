"""What was typed: a target as people write it, an outcome as a number. Pure; Decimal only."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from figures.memo import remembered
from figures.rules.limits import FREE, Interval
from figures.rules.numbers import ECHOED
from figures.rules.units import PER_CENT, POINTS, canonical_unit
from governance.rules import parse_swedish, swedish
from targets.enums import Direction
from targets.indicators.rules.comparisons import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    DOWNWARD,
    SINCE,
    YEAR,
    Comparison,
    read_comparison,
)

EXACTLY = {"exakt", "="}
# Longest first, so that ">=" is not read as ">".
OPERATORS = sorted(AT_LEAST | AT_MOST | ABOVE | BELOW | EXACTLY, key=len, reverse=True)
OPPOSITES = (
    ("minst", "högst"),
    ("som lägst", "som mest"),
    ("≥", "≤"),
    (">=", "<="),
    ("=>", "=<"),
    ("mer än", "mindre än"),
    ("fler än", "färre än"),
    ("högre än", "lägre än"),
    ("över", "under"),
    (">", "<"),
)
SWAPPED = {"lägst": "högst", "max": "minst", "maximalt": "minst"} | {
    one: other for pair in OPPOSITES for one, other in (pair, pair[::-1])
}
RANGE = re.compile(r"(?:mellan )?(?P<low>.+?)\s*(?:–|-|−|\boch\b|\btill\b)\s*(?P<high>.+)")
MEASURE = re.compile(r"(?P<number>[+\-−]?\s*\d[\d\s.,]*)(?P<unit>[^\d\s.,].*)?")
RELATIVE = re.compile(
    r"(?:ska )?(?P<verb>minska(?:s|r)?|minskning|sänka|sänkning|öka(?:s|r)?|ökning|höja|höjning)"
    r"(?: med)? (?P<amount>.+?)" + SINCE
)
# What follows a year and is no unit: "2023 års utfall", "2024 (4,5)".
YEARLY = re.compile(r"års?\b|\(|utfall|nivå|värde|resultat")

UNREADABLE = "Skriv till exempel högst 15, minst 95 eller 77–80."
NO_DIRECTION = "Indikatorn har ingen riktning, så ett ensamt tal kan betyda både minst och högst."
NO_BETTER = "Indikatorn har ingen riktning, så det går inte att veta vad som är bättre."
NO_BASE_YEAR = "Basår saknas. Skriv till exempel minskning med 6, basår 2021."
A_YEAR = (
    "Ett årtal är inte ett målvärde. Skriv talet som gäller; är det ett antal, skriv det med "
    "mellanrum eller enhet: 2\u00a0024 st."
)
POINTS_OR_PER_CENT = (
    "Skriv procentenheter: skillnaden mellan två andelar är procentenheter, inte procent."
)


COMPARISONS = {
    (("low",), True): "högre än",
    (("low",), False): "minst",
    (("high",), True): "lägre än",
    (("high",), False): "högst",
    (("low", "high"), False): "i nivå med",
}


class WrittenNumber(NamedTuple):
    """A number, the unit written after it or "", and whether it reads as a year."""

    number: Decimal
    unit: str
    is_year: bool


@dataclass(frozen=True, kw_only=True)
class ParsedTarget:
    """A target as bounds, in the indicator's own unit; None is an open end.

    ``strict`` means that the bound itself does not meet the target ("under 5"). A target said as
    a ``change`` since a ``base_year`` (None is the year before) has no bounds until that year's
    outcome is known and bounds these ``ends``, unless the indicator itself is measured as that
    change. "Lägre än 2024" is no change since that year.
    """

    low: Decimal | None
    high: Decimal | None
    strict: bool = False
    change: Decimal | None = None
    change_unit: str = ""
    base_year: int | None = None
    ends: tuple[str, ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether an outcome can be held against it."""
        return self.low is not None or self.high is not None

    @property
    def in_words(self) -> str:
        """The reading, echoed so that a person sees how the text was understood."""
        bound = self.high if self.low is None else self.low
        if bound is None or self.change == 0:
            return ", ".join([self.change_in_words, *([] if bound is None else [swedish(bound)])])
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return f"exakt {swedish(self.low)}"
            return f"mellan {swedish(self.low)} och {swedish(self.high)}"
        if self.low is not None:
            return f"{'mer än' if self.strict else 'minst'} {swedish(self.low)}"
        return f"{'mindre än' if self.strict else 'högst'} {swedish(bound)}"

    @property
    def change_in_words(self) -> str:
        """ "minskning med 6 procentenheter, basår 2021"; "" for a target that is no change."""
        if self.change is None:
            return ""
        if self.change == 0:
            return f"{COMPARISONS[self.ends, self.strict]} utfallet {self.base_year or 'föregående år'}"
        verb = "minskning" if self.change < 0 else "ökning"
        amount = f"{swedish(abs(self.change))} {self.change_unit}".strip()
        since = f", basår {self.base_year}" if self.base_year else " jämfört med föregående år"
        return f"{verb} med {amount}{since}"


@dataclass(frozen=True, kw_only=True)
class TargetReading:
    """A target read, or the reason why it stays text. ``warning``: it contradicts the direction.

    What contradicts is not judged either: an annual report printed the long-term target of sick
    leave as "> 5 %" where "< 5 %" was meant (domain.md 2.3). Nothing is ever guessed.
    """

    written: str = ""
    target: ParsedTarget | None = None
    unit_label: str = ""
    reason: str = ""
    warning: str = ""

    @property
    def in_words(self) -> str:
        """The reading with its unit; "" when it was not read."""
        if self.target is None:
            return ""
        if not self.target.is_bound:
            return self.target.change_in_words
        return f"{self.target.in_words} {self.unit_label}".strip()

    @property
    def is_relative(self) -> bool:
        """Whether it is said of another year's outcome."""
        return self.target is not None and self.target.change is not None

    @property
    def meaning(self) -> str:
        """The reading where it says more than what was written."""
        return "" if _plain(self.in_words) == self.written else self.in_words

    @property
    def echo(self) -> str:
        """What the person who types is told at once; "" where it says what was typed."""
        if self.target is not None:
            said = f"Tolkas som {self.meaning}." if self.meaning else ""
            return " ".join(filter(None, (said, self.reason)))
        if self.warning:
            return f"{self.warning} Så länge det står så bedöms inte målet."
        return f"Går inte att tolka; sparas som text. {self.reason}" if self.reason else ""


def parse_target(
    text: str,
    direction: Direction,
    *,
    unit_label: str | None = None,
    base_year: int | None = None,
    year: int | None = None,
) -> ParsedTarget | None:
    """The target of ``read_target``; None when it stays text."""
    return read_target(
        text, direction, unit_label=unit_label, base_year=base_year, year=year
    ).target


@remembered("the written target and what its indicator measures", size=4096)
def read_target(
    text: str,
    direction: Direction,
    *,
    unit_label: str | None = None,
    base_year: int | None = None,
    year: int | None = None,
    limits: Interval = FREE,
) -> TargetReading:
    """Read a target as written: "högst 7,0", "max 15 %", "≤ 7,0", "77", "90–100 %", "0 mnkr",
    "minskning med 6 procentenheter, basår 2021", "lägre än 2024", "minska", "minst bibehålla".

    A bare number means at least or at most by the indicator's direction, and exactly that number
    where the direction is a span or zero. A unit must be the indicator's (``unit_label``, "" when
    it has none; None, for an outcome's text, allows per cent or nothing). A year is no bound but
    stands for its outcome. ``base_year`` is the indicator's own: its outcomes are then changes
    since that year. ``year`` is the plan's: "minska" is said of the outcome of the year before.
    No bound lies where no outcome can, by the ``limits``.
    """
    plain = _plain(text)
    if not plain:
        return TargetReading()
    unit = "%" if unit_label is None else unit_label
    found = None if unit_label is None else read_comparison(plain, direction)
    if found is not None:
        reading = _compared(plain, found, direction, unit, base_year)
    elif match := RELATIVE.fullmatch(plain):
        reading = _relative(match, direction, unit, base_year)
    else:
        reading = _bounds(plain, direction, unit_label, unit)
    if reason := beyond(reading.target, limits):
        reading = TargetReading(reason=reason)
    return replace(_in_year(reading, year), written=plain)


def beyond(target: ParsedTarget | None, limits: Interval) -> str:
    """Why the bounds say nothing of any outcome; "" where they do."""
    if target is None:
        return ""
    ends = [end for end in (target.low, target.high) if end is not None]
    edge = limits.high if target.high is None else limits.low
    odd = [end for end in ends if not limits.holds(end) or (target.strict and end == edge)]
    return f"Inga utfall ligger bortom {swedish(odd[0])}. {limits.says}" if odd else ""


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")


def _in_year(reading: TargetReading, year: int | None) -> TargetReading:
    """With the year before named; what is compared with a year to come is not read."""
    target = reading.target
    if year is None or target is None or target.is_bound or target.change is None:
        return reading
    base = target.base_year or year - 1
    if base >= year:
        return TargetReading(reason=f"Målet för {year} kan inte jämföras med utfallet {base}.")
    return replace(reading, target=replace(target, base_year=base))


def _compared(
    plain: str, found: Comparison, direction: Direction, unit: str, base_year: int | None
) -> TargetReading:
    if not found.ends:
        return TargetReading(reason=NO_BETTER)
    target = ParsedTarget(
        low=None,
        high=None,
        strict=found.strict,
        change=Decimal(0),
        base_year=found.year,
        ends=found.ends,
    )
    if _contradicts(resolved(target, Decimal(0)), direction):
        if _operator(plain) or direction == Direction.ZERO:
            return TargetReading(warning=_contradiction(plain, target, direction))
        return TargetReading(warning=_wrong_way(falls="high" in target.ends))
    if base_year is not None and (found.is_turn or found.year == base_year):
        target = replace(resolved(target, Decimal(0)), change=None, base_year=None, ends=())
    return TargetReading(target=target, unit_label=unit)


def _bounds(plain: str, direction: Direction, label: str | None, unit: str) -> TargetReading:
    found = _worded(plain) or _span(plain, direction) or _bare(plain, direction)
    if found is None:
        alone = direction == Direction.NONE and _measure(plain)
        return TargetReading(reason=NO_DIRECTION if alone else UNREADABLE)
    target, measures = found
    if label is not None and all(measure.is_year for measure in measures):
        return TargetReading(reason=A_YEAR)
    if reason := _other_unit(measures, unit):
        return TargetReading(reason=reason)
    if _contradicts(target, direction):
        return TargetReading(warning=_contradiction(plain, target, direction))
    return TargetReading(target=target, unit_label=label or "")


def resolved(target: ParsedTarget, base: Decimal) -> ParsedTarget:
    """The change as a bound, now that the base year's outcome is known.

    A decrease is at most, an increase at least, the base changed by so many units or per cent.
    """
    if target.is_bound or target.change is None:
        return target
    if target.change_unit == PER_CENT:
        bound = (base * (100 + target.change) / 100).normalize()
    else:
        bound = base + target.change
    return _bounded(target, bound)


def _bounded(target: ParsedTarget, bound: Decimal) -> ParsedTarget:
    return replace(
        target,
        low=bound if "low" in target.ends else None,
        high=bound if "high" in target.ends else None,
    )


Found = tuple[ParsedTarget, tuple[WrittenNumber, ...]]  # the bounds, and what was written of them


def _worded(text: str) -> Found | None:
    word = _operator(text)
    measure = _measure(text.removeprefix(word)) if word else None
    if measure is None:
        return None
    number = measure.number
    if word in EXACTLY:
        return ParsedTarget(low=number, high=number), (measure,)
    upward = word in AT_LEAST or word in ABOVE
    target = ParsedTarget(
        low=number if upward else None,
        high=None if upward else number,
        strict=word in ABOVE or word in BELOW,
    )
    return target, (measure,)


def _operator(text: str) -> str:
    return next((word for word in OPERATORS if text.startswith(word)), "")


def _span(text: str, direction: Direction) -> Found | None:
    """A span is a band; for a one-way direction only its nearer end can be missed."""
    match = RANGE.fullmatch(text)
    if match is None:
        return None
    low, high = _measure(match["low"]), _measure(match["high"])
    if low is None or high is None or low.number > high.number:
        return None
    target = ParsedTarget(
        low=None if direction == Direction.LOWER else low.number,
        high=None if direction == Direction.HIGHER else high.number,
    )
    return target, (low, high)


def _bare(text: str, direction: Direction) -> Found | None:
    measure = _measure(text)
    if measure is None or direction == Direction.NONE:
        return None
    target = ParsedTarget(
        low=None if direction == Direction.LOWER else measure.number,
        high=None if direction == Direction.HIGHER else measure.number,
    )
    return target, (measure,)


def _measure(text: str) -> WrittenNumber | None:
    match = MEASURE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        number = parse_swedish(match["number"])
    except ValueError:
        return None
    unit = (match["unit"] or "").strip()
    is_year = re.fullmatch(YEAR, match["number"].strip()) and (not unit or YEARLY.match(unit))
    return WrittenNumber(number, unit, bool(is_year))


def _relative(
    match: re.Match[str], direction: Direction, unit_label: str, base_year: int | None
) -> TargetReading:
    measure = _measure(match["amount"])
    falls = match["verb"].startswith(DOWNWARD)
    # "minskning med -6" says the same thing twice (S4 ch. 5.5); "öka med -6" says two things.
    if measure is None or measure.is_year or (measure.number <= 0 and not falls):
        return TargetReading(reason=A_YEAR if measure and measure.is_year else UNREADABLE)
    amount, unit, _is_year = measure
    year = int(match["year"]) if match["year"] else None if match["before"] else base_year
    if year is None and not match["before"]:
        return TargetReading(reason=NO_BASE_YEAR)
    reason, unit = _change_unit(unit, unit_label, year, base_year)
    if reason:
        return TargetReading(reason=reason)
    if direction == (Direction.HIGHER if falls else Direction.LOWER):
        return TargetReading(warning=_wrong_way(falls=falls))
    change = -abs(amount) if falls else amount
    target = ParsedTarget(
        low=None,
        high=None,
        change=change,
        change_unit=unit,
        base_year=year,
        ends=("high",) if falls else ("low",),
    )
    if base_year is not None:
        target = replace(_bounded(target, change), ends=())
    return TargetReading(target=target, unit_label=unit_label)


def _wrong_way(*, falls: bool) -> str:
    better, said, meant = "högre", "minskning", "ökning"
    if not falls:
        better, said, meant = "lägre", meant, said
    return f"Målet säger {said}, men {better} är bättre. Menas {meant}?"


def _change_unit(
    written: str, unit_label: str, year: int | None, base_year: int | None
) -> tuple[str, str]:
    """(why the change cannot be read or "", the unit it is printed with).

    "per kvm" after the unit says what is measured, not how. Shares differ by points; a value
    that is itself a change in per cent may be said either way (S4 ch. 5.5).
    """
    own, said = canonical_unit(unit_label), canonical_unit(written.partition(" per ")[0])
    if base_year is not None:
        same = {own, said} <= {PER_CENT, POINTS} or said in {"", own}
        if year != base_year:
            said = f"Målets basår är {year or 'föregående år'}, indikatorns är {base_year}."
            return said, ""
        return ("" if same else _wrong_unit(written, unit_label)), said or own
    if own == PER_CENT:
        return ("" if said == POINTS else POINTS_OR_PER_CENT), POINTS
    if said in {PER_CENT, "", own}:
        return "", said or own
    return _wrong_unit(written, unit_label), ""


def _other_unit(measures: tuple[WrittenNumber, ...], unit_label: str) -> str:
    """Why the units written are not the indicator's; "" when they are, or when it has none."""
    own = canonical_unit(unit_label)
    wrong = [unit for _, unit, _ in measures if unit and own and canonical_unit(unit) != own]
    return _wrong_unit(wrong[0], unit_label) if wrong else ""


def _wrong_unit(written: str, unit_label: str) -> str:
    return f"Målet är skrivet i {written[:ECHOED]}, men indikatorn mäts i {unit_label}."


def _contradicts(target: ParsedTarget, direction: Direction) -> bool:
    if direction == Direction.HIGHER:
        return target.low is None
    if direction == Direction.LOWER:
        return target.high is None
    return direction == Direction.ZERO and not target.low == target.high == 0


def _contradiction(text: str, target: ParsedTarget, direction: Direction) -> str:
    said = f"Målet säger {target.in_words}, men"
    if direction == Direction.ZERO:
        return f"{said} noll är bäst. Menas 0?"
    word = _operator(text)
    meant = SWAPPED[word] + text.removeprefix(word)
    better = "högre" if direction == Direction.HIGHER else "lägre"
    return f"{said} {better} är bättre. Menas {meant}?"
