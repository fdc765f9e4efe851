"""What may stand in a governance file and how a broken one is described (wall 17)."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

FORMAT = "uppsikt/1"
DECIMAL = re.compile(r"-?\d{1,20}(\.\d{1,12})?", re.ASCII)
INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BOOLEANS = {"true": True, "ja": True, "false": False, "nej": False}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong in a file: where it stands, what is wrong and how to mend it."""

    file: str
    line: int
    column: int = 1
    path: str = ""
    what: str
    mend: str

    def __str__(self) -> str:
        path = f" {self.path}:" if self.path else ""
        return f"{self.file}:{self.line}:{self.column}:{path} {self.what} {self.mend}"


class Wrong(Exception):
    """A value that cannot be taken, with the sentence that says how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def quoted(text: str) -> str:
    """The text in Swedish quotation marks, cut when long."""
    return f"”{text if len(text) <= 60 else text[:57] + '...'}”"  # noqa: PLR2004 -- one line


def nearest(word: str, known: Iterable[str]) -> str:
    """'Menade du ”name”? ' when something known is close, else nothing."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Menade du {quoted(found[0])}? " if found else ""


def as_text(text: str) -> str:
    if CONTROL.search(text):
        raise Wrong(
            "Texten innehåller styrtecken som inte syns.", "Ta bort dem eller skriv om texten."
        )
    return text


def as_integer(text: str) -> int:
    if not INTEGER.fullmatch(text):
        raise Wrong(f"{quoted(text)} är inte ett heltal.", "Skriv bara siffror, till exempel 3.")
    return int(text)


def as_decimal(text: str) -> Decimal:
    """A number with a point; the scale stays as written (6.940 is not 6.94)."""
    if not DECIMAL.fullmatch(text):
        mend = "Skriv talet med siffror och punkt, till exempel 6.94."
        if DECIMAL.fullmatch(text.replace(",", ".").replace(" ", "")):
            mend = f"Skriv {text.replace(',', '.').replace(' ', '')} med punkt och utan mellanslag."
        raise Wrong(f"{quoted(text)} är inte ett tal.", mend)
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Wrong(f"{quoted(text)} är inte ett tal.", "Skriv till exempel 6.94.") from error


def as_boolean(text: str) -> bool:
    if text not in BOOLEANS:
        raise Wrong(f"{quoted(text)} är varken ja eller nej.", "Skriv ja eller nej.")
    return BOOLEANS[text]


def as_date(text: str) -> date:
    wrong = Wrong(
        f"{quoted(text)} är inte ett datum.", "Skriv år-månad-dag, till exempel 2026-03-10."
    )
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise wrong
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong from None


def as_time(text: str) -> time:
    wrong = Wrong(
        f"{quoted(text)} är inte ett klockslag.", "Skriv timme:minut, till exempel 09:30."
    )
    if not re.fullmatch(r"\d{2}:\d{2}", text, re.ASCII):
        raise wrong
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise wrong from None


def as_moment(text: str) -> datetime:
    wrong = Wrong(
        f"{quoted(text)} är inte en tidpunkt med tidszon.",
        "Skriv till exempel 2026-03-10T13:00:00+01:00.",
    )
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if moment.tzinfo is None:
        raise wrong
    return moment


def as_choice(text: str, choices: Iterable[str]) -> str:
    known = list(choices)
    if text not in known:
        raise Wrong(
            f"{quoted(text)} är inte ett av de värden som finns.",
            f"{nearest(text, known)}Välj ett av: {', '.join(known)}.",
        )
    return text
