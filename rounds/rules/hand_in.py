"""Where a committee stands with a period, as those outside it may know it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rounds.enums import HANDED_IN, RoundStateName
from rounds.rules.days import days_words, late_days

NOT_HANDED_IN = "Ej inlämnat"
REOPENED = "Öppnad igen"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One round of the period: where the committee stands in it, since when, and its last day.

    ``reason`` is why the regional office opened it again, ``is_kept`` says that figures were handed in, and not sent back: those outside read them also
    while the committee works on.
    """

    state: RoundStateName
    changed_on: date | None
    due_on: date
    is_kept: bool = False
    reason: str = ""

    @property
    def is_handed_in(self) -> bool:
        return self.is_kept or self.state in HANDED_IN

    @property
    def word(self) -> str:
        return str(self.state.label) if self.state in HANDED_IN else REOPENED

    @property
    def on(self) -> date | None:
        """The day of the word; when a reopened one was sent back inside is its own."""
        return None if self.state == RoundStateName.RETURNED else self.changed_on


@dataclass(frozen=True, kw_only=True)
class HandInStatus:
    """What those outside may know of a committee and a period before they have read a figure."""

    is_handed_in: bool
    word: str
    on: date | None = None
    due_on: date | None = None
    days_late: int = 0
    reason: str = ""

    @property
    def in_words(self) -> str:
        """ "Inlämnad 2026-02-10", "Öppnad igen 2026-03-10: Fel månad.", or
        "Ej inlämnat, 3 dagar sen (sista dag var 2026-03-07)"."""
        if self.is_handed_in:
            when = f"{self.word} {self.on.isoformat()}" if self.on else self.word
            return f"{when}: {self.reason}" if self.reason else when
        if self.due_on is None:
            return f"{self.word}, ingen rapportering är öppnad"
        if self.days_late:
            late = days_words(self.days_late)
            return f"{self.word}, {late} sen (sista dag var {self.due_on.isoformat()})"
        return f"{self.word}, sista dag {self.due_on.isoformat()}"


def hand_in_status(occasions: Iterable[Occasion], today: date) -> HandInStatus:
    """Handed in when one round of the period is submitted, approved or locked, or was reopened.

    Open and sent back are told alike: what goes on inside a committee before it hands in is its
    own (domain.md 0.1). Without a round nothing was ever handed in; late is counted from the
    earliest last day.
    """
    known = list(occasions)
    handed_in = sorted(
        (each for each in known if each.is_handed_in), key=lambda each: each.state not in HANDED_IN
    )
    if handed_in:
        first = handed_in[0]
        return HandInStatus(is_handed_in=True, word=first.word, on=first.on, reason=first.reason)
    if not known:
        return HandInStatus(is_handed_in=False, word=NOT_HANDED_IN)
    due_on = min(each.due_on for each in known)
    return HandInStatus(
        is_handed_in=False,
        word=NOT_HANDED_IN,
        due_on=due_on,
        days_late=late_days(due_on, today),
    )
