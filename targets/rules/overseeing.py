"""Where a committee stands with a period, as the executive board may know it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from governance.enums import HANDED_IN, Light, RoundStateName

NOT_HANDED_IN = "Ej inlämnat"
MEANING = {
    Light.MET: "Utfallet når målvärdet.",
    Light.NEAR: "Utfallet når inte målvärdet men ligger inom indikatorns tolerans.",
    Light.MISSED: "Utfallet når inte målvärdet.",
    Light.NO_OUTCOME: "Nämnden har lämnat in perioden utan utfall för indikatorn.",
    Light.NO_TARGET: "Utfallet finns, men inget målvärde för året.",
    Light.NOT_APPLICABLE: "Indikatorn gäller inte nämnden i perioden. Bedöms inte: utan målvärde att bedöma mot, eller utfall i ord.",
    Light.SUPPRESSED: "Gruppen är så liten att värdet kan peka ut en person.",
}


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One round of the period: where the committee stands in it, since when, and its last day."""

    state: RoundStateName
    changed_on: date | None
    due_on: date


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """What the board may know of a committee and a period before it has read a figure."""

    is_handed_in: bool
    word: str
    on: date | None = None
    due_on: date | None = None
    days_late: int = 0

    @property
    def in_words(self) -> str:
        """ "Inlämnad 2026-02-10", or "Ej inlämnat, 3 dagar sen (sista dag var 2026-03-07)"."""
        if self.is_handed_in:
            return f"{self.word} {self.on.isoformat()}" if self.on else self.word
        if self.due_on is None:
            return f"{self.word}, ingen rapportering är öppnad"
        if self.days_late:
            days = "1 dag" if self.days_late == 1 else f"{self.days_late} dagar"
            return f"{self.word}, {days} sen (sista dag var {self.due_on.isoformat()})"
        return f"{self.word}, sista dag {self.due_on.isoformat()}"


def hand_in(occasions: Iterable[Occasion], today: date) -> HandIn:
    """Handed in when one round of the period is submitted, approved or locked.

    Open and sent back are told alike: what goes on inside a committee before it hands in is its
    own (domain.md 0.1). Without a round nothing was ever handed in; late is counted from the
    earliest last day.
    """
    known = list(occasions)
    handed_in = [each for each in known if each.state in HANDED_IN]
    if handed_in:
        return HandIn(
            is_handed_in=True, word=str(handed_in[0].state.label), on=handed_in[0].changed_on
        )
    if not known:
        return HandIn(is_handed_in=False, word=NOT_HANDED_IN)
    due_on = min(each.due_on for each in known)
    return HandIn(
        is_handed_in=False,
        word=NOT_HANDED_IN,
        due_on=due_on,
        days_late=max(0, (today - due_on).days),
    )


def may_be_compared_with(occasions: Iterable[Occasion]) -> bool:
    """Whether an earlier period's values may stand beside a handed-in one.

    They may once they are handed in themselves, and where the period never had a round: then they
    were loaded as history. A period that is open or sent back holds a draft.
    """
    known = list(occasions)
    return not known or any(each.state in HANDED_IN for each in known)
