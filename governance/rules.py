"""Rules that every floor shares: numbers as Swedes write them, rounding, days, versions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple, Self

MINUS = "\u2212"
HARD_SPACE = "\u00a0"
WITHHELD = "Uppgift utelämnad"  # what stands in the place of what is marked secret
LONGEST_NUMBER = 15  # digits; an id has room for 18
# What JavaScript and Python call a space or a digit differs: the signs are written out, and
# figures/rules/script.py hands these very patterns to the browser.
UNSEEN = r"[\u00ad\u200b-\u200f\u2060\ufeff]"
SPACES = r"[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
MINUSES = r"[\-\u2010-\u2014\u2212\ufe63\uff0d]"
# Groups of three by spaces or points; a bracket or a minus after the number is a minus as well.
NUMBER = (
    rf"(\()? ?(\+|{MINUSES})? ?"
    r"([0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![.0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3})+(?=,)|[0-9]*)"
    rf"(?:[.,]([0-9]*))? ?({MINUSES})? ?(\))? ?%?"
)
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# One space that no line ends at: before a unit or a month, after "kl." and "§", in "hälso- och".
KEPT = re.compile(
    r" (?:(?<=[0-9] )(?:(?=[%‰])|(?=(?:kr|tkr|mkr|mnkr|mdr|st|procent|procentenheter|kap|januari|februari"
    r"|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b))"
    r"|(?<=[^\W0-9_]- )(?=(?:och|eller|samt|respektive)\b)|(?<=§ )(?=[0-9])|(?<=\bkl\. )(?=[0-9]))"
)
DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?<![\w-].{10})(?![\w-])")
WHOLE = '<span class="nowrap">{}</span>'
AS_TYPED = ("<text", "<option", "<title", "<script", "<style", "<tspan", "<desc")


class Refusal(Exception):
    """An act the rules do not allow now; the message is shown to the user, in Swedish.

    ``fields`` are (label, text) of what stands now in a form's fields, where that is told;
    ``advice`` is what to do about it, where no form stands beside it.
    """

    status = 409
    advice = "Öppna sidan på nytt och se hur det står nu."
    fields: tuple[tuple[str, str], ...] = ()

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(Refusal):
    """What was typed cannot be taken; the message says how to mend it."""

    status = 422
    advice = "Gå tillbaka till föregående sida och rätta det."


LOCKED = "Uppgiften är sekretessmarkerad och ändras inte."


class Withheld(Refusal):
    """The row is marked secret: it is read by the named persons, and changed by nobody."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message or "Uppgiften är sekretessmarkerad. Häv markeringen innan den ändras."
        )


class Closed(Refusal):
    """What is kept as it was holds something that is marked secret since."""

    status = 403


class Stale(Refusal):
    """Somebody else changed the row since the form was shown (wall 6).

    Where it is known, what was typed and what stands now go with it: of one value as texts, of a
    whole form as ``fields``.
    """

    advice = "Öppna sidan på nytt, läs det som står där nu och försök igen."
    typed = theirs = ""
    version = 0

    @classmethod
    def of(
        cls,
        *,
        what: str,
        typed: str,
        theirs: str,
        was: str = "",
        who: str = "",
        at: datetime | None = None,
        version: int = 0,
        is_text: bool = False,
        nothing: str = "inget värde",
    ) -> Self:
        """Of one value; ``what`` is it in definite form, ``at`` a local instant where it is known.
        A text is quoted, and what it was is not told."""
        typed, quotes = typed.strip(), "”{}”" if is_text else "{}"
        now = quotes.format(theirs) if theirs else ""
        if at is None:
            done = f"{who} har ändrat {what.lower()}" if who else f"{what} har ändrats"
            happened = f"{done} till {now or 'tomt'} sedan du öppnade sidan."
        else:
            before = what.lower() if is_text else was
            done = f"ändrade {before} till {now}" if before else f"skrev {now}"
            happened = f"{who} {done if now else f'tog bort {before}'} kl. {at:%H.%M}."
        stale = cls(f"{happened} Du skrev {quotes.format(typed) if typed else nothing}.")
        stale.typed, stale.theirs, stale.version = typed, theirs, version
        return stale

    @classmethod
    def of_form(
        cls, fields: Iterable[tuple[str, str]], *, who: str = "", at: datetime | None = None
    ) -> Self:
        """Of a form that is shown again with what was typed in it; ``at`` is a local instant."""
        when = f" kl. {at:%H.%M}" if at else ""
        stale = cls(
            f"{who or 'Någon annan'} ändrade samma sak{when}, medan du skrev. Din text står kvar "
            "nedan. Spara igen om den ska ersätta det som står nu."
        )
        stale.fields = tuple(fields)
        return stale


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """One thing that waits for somebody: what, for whom, about which period or round, by which
    day, and the page where it is done."""

    what: str
    body: str
    occasion: str
    url_name: str
    pk: int
    button: str
    due: date | None = None
    detail: str = ""
    is_fault: bool = False


@dataclass(frozen=True, kw_only=True)
class FiguresPage:
    """A page of a body's own figures."""

    url_name: str
    pk: int
    name: str
    body: str


def clean_text(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold (section 2.2): one such makes a
    document unprintable for ever, and PostgreSQL refuses a NUL."""
    return UNPRINTABLE.sub("", text)


def word_difference(was: str, now: str) -> list[tuple[str, str]]:
    """What to strike from one text and add to make it the other, word by word: "" (the same),
    "del" or "ins", and the words."""
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (was, now))
    found = []
    for _kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        struck, added = "".join(old[i:j]), "".join(new[k:m])
        parts = [("", struck)] if struck == added else [("del", struck), ("ins", added)]
        found += [(kind, words) for kind, words in parts if words]
    return found


def whole_number(text: str) -> int:
    """A row's id or version as a form sends it; 0, which no row has, for anything else."""
    is_one = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_one else 0


def on_one_line(text: str) -> str:
    """The text without signs that nobody sees, one plain space for any run of spaces."""
    return re.sub(SPACES, " ", re.sub(UNSEEN, "", text)).strip(" ")


def parse_swedish(text: str) -> Decimal:
    """Read a number as people type or paste it; the scale is kept as entered.

    Accepts any space between thousands, comma or point for decimals, hyphen, dash or U+2212 as
    minus, also after the number, brackets for a minus, plus, and one trailing per cent sign.
    ``1.234,5`` has point groups. Raises ValueError when the text is not a number ("ca 70", "8 5").
    Source: domain.md 3.
    """
    match = re.fullmatch(NUMBER, on_one_line(text))
    if match is None:
        raise ValueError(text)
    opened, sign, whole, part, after, closed = match.groups(default="")
    is_signed_once = bool(opened) + bool(sign) + bool(after) <= 1
    if not (whole or part) or bool(opened) != bool(closed) or not is_signed_once:
        raise ValueError(text)
    is_negative = bool(opened or after or sign not in {"", "+"})
    digits = re.sub(r"[ .]", "", whole) or "0"
    return Decimal(f"{'-' if is_negative else ''}{digits}.{part}")


def decimals_of(value: Decimal) -> int:
    """How many decimals the value was written with (3,30 has two)."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero (wall 9): 6,945 becomes 6,95 and -6,945 becomes -6,95."""
    digits = len(value.as_tuple().digits) + abs(value.adjusted()) + decimals
    context = Context(prec=max(28, digits), rounding=ROUND_HALF_UP)  # any number can be told
    return value.quantize(Decimal(1).scaleb(-decimals), context=context)


def swedish(value: Decimal, decimals: int | None = None, *, plus: bool = False) -> str:
    """Print a number: hard space between thousands, comma, a real minus, plus when asked for.

    ``decimals=None`` prints the scale the value has. A value that rounds to zero has no sign.
    """
    shown = rounded(value, decimals_of(value) if decimals is None else decimals)
    digits = f"{shown.copy_abs():,f}".replace(",", HARD_SPACE).replace(".", ",")
    if shown < 0:
        return MINUS + digits
    return f"+{digits}" if plus and shown > 0 else digits


def kept_together(html: str) -> str:
    """Text in HTML with hard spaces where a line must not end, and days that no line divides;
    attributes and what can be typed in or chosen stay as they are, since they come back."""
    joined = KEPT.sub(lambda found: HARD_SPACE if _is_text(found) else " ", html)
    return DAY.sub(lambda found: WHOLE.format(found[0]) if _is_text(found) else found[0], joined)


def _is_text(found: re.Match[str]) -> bool:
    html, at = found.string, found.start()
    tag = html.rfind("<", 0, at)
    if tag < 0:
        return True
    is_whole = html.startswith(WHOLE[:21], tag)  # printed before, in a part of the page
    return html.find(">", tag, at) > 0 and not is_whole and not html.startswith(AS_TYPED, tag)


def in_force(start: date | None, end: date | None, today: date) -> bool:
    """True when today lies within from and to, both days included; None is open."""
    return (start is None or start <= today) and (end is None or today <= end)


def overlaps(start: date | None, end: date | None, first: date, last: date) -> bool:
    """True when a day from first to last lies within from and to; None is open."""
    return (start is None or start <= last) and (end is None or first <= end)


class NameSpan(NamedTuple):
    """What something was called between two days; None is open."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None


def name_on(own: str, names: Iterable[NameSpan], on: date) -> str:
    """The name of the day; its own on a day that no span holds."""
    return next((each.name for each in names if in_force(*each[1:], on)), own)


def told_name(own: str, names: Iterable[NameSpan], *, since: date, on: date) -> str:
    """The name of the day, and those it had from ``since`` until then: "Område närservice, tidigare
    Område försörjning"."""
    spans = sorted(names, key=lambda each: each.valid_from or date.min)
    now = name_on(own, spans, on)
    before = dict.fromkeys(
        each.name
        for each in reversed(spans)
        if each.name != now and each.valid_to and since <= each.valid_to < on
    )
    return ", tidigare ".join((now, *before))


def names_fault(own: str, names: Iterable[NameSpan]) -> str:
    """Why the names cannot be those of one thing: two on a day, or another than its own in the
    time that has no end; "" when they can."""
    spans = sorted(names, key=lambda each: each.valid_from or date.min)
    for one, other in pairwise(spans):
        if overlaps(*one[1:], other.valid_from or date.min, other.valid_to or date.max):
            return f"Namnen ”{one.name}” och ”{other.name}” gäller samma dag."
    last = next((each for each in spans if each.valid_to is None), None)
    if last is None or last.name == own:
        return ""
    return (
        f"Namnet är ”{own}”, men det sista av dess namn (names) är ”{last.name}” utan slut. Ge det "
        "en sista dag när något har bytt namn; vid en rättelse skrivs samma namn på båda ställena."
    )


def verification_due(held_on: date) -> date:
    """Last day to verify: 14 days after the meeting (KL 5:69, 6:35); never shifted later."""
    return held_on + timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class FigureRef:
    """Where a printed figure came from: the row and the version it had."""

    model: str
    id: int
    version: int
