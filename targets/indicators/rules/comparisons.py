"""A target that names another year's outcome: "lägre än 2024", "minska", "minst bibehålla". Pure."""

import re
from typing import NamedTuple

from targets.enums import Direction

AT_LEAST = {"minst", "lägst", "som lägst", "≥", ">=", "=>"}
AT_MOST = {"högst", "max", "maximalt", "som mest", "≤", "<=", "=<"}
ABOVE = {"mer än", "fler än", "högre än", "över", ">"}
BELOW = {"mindre än", "färre än", "lägre än", "under", "<"}
BETTER_THAN = "bättre än"
SAME_AS = ("minst i nivå med", "i nivå med", "minst samma nivå som", "samma nivå som")
DOWNWARD, UPWARD, BETTER = ("minsk", "sänk", "sjunk"), ("ök", "höj", "stig"), ("förbättr", "bättre")
YEAR = r"(?:19|20)[0-9]{2}"


def _base(year: str) -> str:
    """The year whose outcome is meant: "2024", "2024 års nivå", "utfallet 2024", "föregående år"."""
    return (
        r"(?:(?:utfallet|nivån|värdet|resultatet) (?:för |år |helår )?)?"
        rf"(?:(?P<year>{year})|(?P<before>(?:föregående år|förra året|fjolåret|året innan|året före)s?))"
        r"(?: års)?(?: (?:utfall|nivå|värde|resultat))?"
    )


SINCE = rf"(?:[,.;]? \(?(?:basår|sedan|jämfört med|från|mot|än) {_base('[12][0-9]{3}')}\)?)?"
_WORDS = sorted({BETTER_THAN, *SAME_AS, *AT_LEAST, *AT_MOST, *ABOVE, *BELOW}, key=len, reverse=True)
COMPARED = re.compile(rf"(?P<word>{'|'.join(_WORDS)})\s*{_base(YEAR)}")
TURN = re.compile(
    r"(?:ska(?:ll)? )?(?P<word>minska[srd]?|minskning|sänka?s?|sänkning|sjunk(?:a|er)"
    r"|öka[srd]?|ökning|höj(?:a|as|er)|höjning|stig(?:a|er)|förbättra[sdt]?|förbättring"
    r"|(?:minst )?(?:(?:bi)?behåll(?:a|as|en|et)|(?:vara )?oförändra[dt])(?: nivå)?)" + SINCE
)


class Comparison(NamedTuple):
    """Which ends that year's outcome bounds, none where the direction does not say what is better;
    ``strict`` where reaching it is not enough. ``year`` is None for the year before."""

    low: bool
    high: bool
    strict: bool
    year: int | None
    is_turn: bool  # "minska", with no year said

    @property
    def ends(self) -> tuple[str, ...]:
        return ("low",) * self.low + ("high",) * self.high


def read_comparison(plain: str, direction: Direction) -> Comparison | None:
    """None where no other year is compared with: "minst 2024" may be two thousand."""
    match = COMPARED.fullmatch(plain) or TURN.fullmatch(plain)
    if match is None:
        return None
    word, year = match["word"], match["year"]
    if word in AT_LEAST | AT_MOST and plain.removeprefix(word).strip() == year:
        return None
    is_turn = match.re is TURN and not (year or match["before"])
    return Comparison(*_sides(word, direction), int(year) if year else None, is_turn)


def _sides(word: str, direction: Direction) -> tuple[bool, bool, bool]:
    if word in ABOVE | AT_LEAST or word.startswith(UPWARD):
        return True, False, word not in AT_LEAST
    if word in BELOW | AT_MOST or word.startswith(DOWNWARD):
        return False, True, word not in AT_MOST
    strict = word.startswith(BETTER)
    is_kept = direction == Direction.INSIDE and not strict and not word.startswith("minst")
    return direction == Direction.HIGHER or is_kept, direction == Direction.LOWER or is_kept, strict
