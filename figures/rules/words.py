"""Words as they were typed: a comment, a chosen blank. Pure."""

import unicodedata

from figures.enums import CHOSEN_BLANKS, ValueKind
from figures.rules.numbers import ECHOED
from figures.rules.value import Value
from governance.rules import Invalid, clean_text

MAX_COMMENT = 4000


class NotWords(Invalid):
    pass


class NotBlank(Invalid):
    pass


def echoed(text: str) -> str:
    """What was typed, in quotation marks, cut short."""
    return f"”{text[:ECHOED]}…”" if len(text) > ECHOED else f"”{text}”"


def read_comment(text: str, longest: int = MAX_COMMENT) -> str:
    """A comment with plain line ends and nothing around it; raises NotWords."""
    plain = clean_text(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    check_words(plain, longest)
    return plain


def check_words(text: str, longest: int) -> None:
    """Raises NotWords."""
    if len(text) > longest:
        raise NotWords(f"Skriv högst {longest} tecken.")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        raise NotWords("Texten innehåller tecken som inte går att spara.")


def read_blank(text: str, kind: ValueKind) -> Value:
    """The blank that was chosen, else nothing; raises NotBlank beside a text."""
    if text:
        raise NotBlank(f"Ta bort {echoed(text)} eller välj Tal.")
    return Value(kind=kind) if kind in CHOSEN_BLANKS else Value()
