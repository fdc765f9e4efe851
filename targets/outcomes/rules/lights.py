"""Which light an outcome gets and how it changed. Pure; Decimal only."""

from dataclasses import dataclass
from decimal import Decimal

from figures.enums import ValueKind
from figures.rules.numbers import is_percent
from governance.enums import Light
from governance.rules import MINUS, rounded, swedish
from targets.enums import Concept, Direction, IndicatorKind
from targets.indicators.rules.target_values import ParsedTarget

BLANKS: dict[ValueKind | None, Light] = {
    ValueKind.MISSING: Light.NO_OUTCOME,
    ValueKind.SUPPRESSED: Light.SUPPRESSED,
    ValueKind.NOT_APPLICABLE: Light.NOT_APPLICABLE,
}

# What each light says, as a reader of the overview is told it.
MEANING = {
    Light.MET: "Värdet når målet.",
    Light.NEAR: "Värdet ligger utanför målet men inom toleransen.",
    Light.MISSED: "Värdet når inte målet.",
    Light.NO_OUTCOME: "Nämnden har lämnat in perioden utan värde.",
    Light.NO_TARGET: "Värdet finns, men inget mål för året.",
    Light.NOT_JUDGED: "Värdet finns men får ingen status: ingen krävs, värdet är i ord, eller målet går inte att jämföra med.",
    Light.NOT_APPLICABLE: "Gäller inte nämnden i perioden.",
    Light.SUPPRESSED: "Gruppen är så liten att värdet kan peka ut en person.",
}
# Whether a target is owed, and so a light; the rest is followed without being steered by.
IS_STEERED_BY = {
    IndicatorKind.GOAL: True,
    IndicatorKind.STEERING: True,
    IndicatorKind.KEY_FIGURE: False,
    IndicatorKind.PRODUCTION: False,
}


def columns_of(kind: IndicatorKind, *, has_target: bool = False) -> tuple[Concept, ...]:
    """The columns an indicator of the kind is printed with, in order; their words are data.

    A key or production figure shows last year and the change, a goal or steering figure its
    targets (S4 ch. 4 and 5.5). A key figure that was given a target all the same shows it too.
    """
    if IS_STEERED_BY[kind]:
        return Concept.OUTCOME, Concept.TARGET_YEAR, Concept.TARGET_LONG_TERM
    target = (Concept.TARGET_YEAR,) if has_target else ()
    return Concept.OUTCOME, *target, Concept.PREVIOUS, Concept.CHANGE


def status_is_due(kind: IndicatorKind, *, has_target: bool) -> bool:
    """Whether the indicator should have a light; where it should, a missing target is said."""
    return has_target or IS_STEERED_BY[kind]


def light(
    *,
    kind: ValueKind | None,
    number: Decimal | None,
    decimals: int,
    has_target: bool,
    target: ParsedTarget | None,
    direction: Direction,
    tolerance: Decimal | None,
    is_due: bool = True,
) -> Light:
    """Which light the outcome gets, judged on the value as displayed with ``decimals``.

    2.05 printed "2,1" is judged as 2,1: what the reader sees decides (domain.md 3). Beyond
    the target by at most ``tolerance`` (same unit as the value) it is near. No outcome is not the
    same as no target; an outcome in words, or a target nobody could read, is not judged, and
    neither is a kind without a target of which none is ``is_due``.
    """
    if kind is None or kind in BLANKS:
        return BLANKS.get(kind, Light.NO_OUTCOME)
    if not has_target:
        return Light.NO_TARGET if is_due else Light.NOT_JUDGED
    if number is None or target is None or not target.is_bound or direction == Direction.NONE:
        return Light.NOT_JUDGED
    return _judged(rounded(number, decimals), target, tolerance)


def _judged(shown: Decimal, target: ParsedTarget, tolerance: Decimal | None) -> Light:
    beyond = Decimal(0)
    if target.low is not None:
        beyond = max(beyond, target.low - shown)
    if target.high is not None:
        beyond = max(beyond, shown - target.high)
    on_open_bound = target.strict and shown in {target.low, target.high}
    if beyond == 0 and not on_open_bound:
        return Light.MET
    return Light.NEAR if tolerance and beyond <= tolerance else Light.MISSED


def shown_decimals(*, entered: int | None, fixed: int | None) -> int:
    """The indicator's own number of decimals, else as entered: 3,3 stays beside 3,58."""
    if fixed is not None:
        return fixed
    return entered or 0


@dataclass(frozen=True, kw_only=True)
class Change:
    """A difference between two numbers; ``word`` is empty where the unit needs none, ``worth``
    ("bättre", "sämre") where the direction does not say."""

    value: Decimal
    text: str
    word: str
    worth: str = ""

    @property
    def in_words(self) -> str:
        return f"{self.text} {self.word}".strip()

    @property
    def judged(self) -> str:
        return f"{self.in_words}, {self.worth}" if self.worth else self.in_words

    @property
    def arrow(self) -> str:
        return ARROWS[_way(self.value)]

    @property
    def amount(self) -> str:
        """Without its sign: an arrow says which way."""
        return self.text.lstrip(f"+{MINUS}")


ARROWS = {-1: "↓", 0: "→", 1: "↑"}


def _way(difference: Decimal) -> int:
    return (difference > 0) - (difference < 0)


def _worth(difference: Decimal, direction: Direction) -> str:
    better = {Direction.HIGHER: 1, Direction.LOWER: -1}.get(direction)
    way = _way(difference)
    return "" if better is None or way == 0 else "bättre" if way == better else "sämre"


def change(
    *,
    number: Decimal | None,
    decimals: int,
    previous: Decimal | None,
    previous_decimals: int,
    unit_label: str,
    direction: Direction = Direction.NONE,
) -> Change | None:
    """Now minus then, with as many decimals as the finer of the two; None unless both are numbers.

    The difference of two shares is percentage points, never per cent (domain.md 2.4). The sign
    is always printed: an annual report lost the one of "5 211" (domain.md 2.3).
    """
    if number is None or previous is None:
        return None
    finest = max(decimals, previous_decimals)
    difference = rounded(number - previous, finest)
    text = swedish(difference, finest, plus=True)
    word = ""
    if is_percent(unit_label):
        word = "procentenhet" if abs(difference) == 1 and finest == 0 else "procentenheter"
    elif unit_label != "index":
        word = unit_label
    return Change(value=difference, text=text, word=word, worth=_worth(difference, direction))
