"""Words as they were typed: a comment, a chosen blank. Pure."""

import unicodedata
from collections.abc import Collection

from figures.enums import CHOSEN_BLANKS, ValueKind
from figures.rules.numbers import ECHOED, Choice, Doubtful
from figures.rules.value import Value
from governance.rules import Invalid, clean_text, on_one_line

MAX_COMMENT = 4000
# What is written where there is no number, and the blank it most often stands for.
BLANK_SIGNS = {
    **dict.fromkeys(
        ("-", "\u2010", "\u2011", "\u2012", "–", "—", "−", "..", "…", "i.u.", "i.u", "iu"),
        ValueKind.MISSING,
    ),
    **dict.fromkeys(
        ("uppgift saknas", "utfall saknas", "saknas", "ingen uppgift"), ValueKind.MISSING
    ),
    **dict.fromkeys(
        (".", "e.t.", "e.t", "et", "ej tillämpligt", "ej tillämplig", "n/a"),
        ValueKind.NOT_APPLICABLE,
    ),
    **dict.fromkeys(
        ("redovisas inte", "redovisas inte (liten grupp)", "ej redovisat"),
        ValueKind.SUPPRESSED,
    ),
}
ZERO = Choice("Noll", "0")


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
        raise NotBlank(f"Ta bort {echoed(text)} eller välj ett annat slag.")
    return Value(kind=kind) if kind in CHOSEN_BLANKS else Value()


def ask_which_blank(text: str, kinds: Collection[ValueKind]) -> None:
    """Raises Doubtful of "–", "i.u." and their like: which of the blanks, or zero, nobody can guess."""
    likely = BLANK_SIGNS.get(on_one_line(text).lower())
    if likely is None:
        return
    blanks = [
        kind
        for kind in (ValueKind.MISSING, ValueKind.NOT_APPLICABLE, ValueKind.SUPPRESSED)
        if kind == ValueKind.MISSING or kind in kinds
    ]
    blanks.sort(key=lambda kind: kind != likely)
    raise Doubtful(
        f"{echoed(text)} är inte ett tal. Vad menas?", [*map(blank_choice, blanks), ZERO]
    )


def blank_choice(kind: ValueKind) -> Choice:
    """A blank as a choice; nothing typed is the missing one."""
    chosen = kind if kind in CHOSEN_BLANKS else ValueKind.NUMBER
    return Choice(str(kind.label), "", chosen)


def blank_named(text: str, kinds: Collection[ValueKind]) -> ValueKind | None:
    """The blank of ``kinds`` that is called what the text says, as a copied table says it."""
    plain = on_one_line(text)
    return next((kind for kind in kinds if kind in CHOSEN_BLANKS and kind.label == plain), None)
