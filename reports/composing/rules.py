"""When a section may be written, and what of a text is kept. Pure."""

from governance.rules import Invalid, Refusal

TEXT_LIMIT = 20_000


class NotOpen(Refusal):
    """The text is out of the controller's hands."""


class TooLong(Invalid):
    """More text than a section holds."""


def text_field(heading: str) -> str:
    """What the report's history calls the text of the section with this heading."""
    return f"text: {heading}"[:60]


def kept_text(text: str) -> str:
    """The text as it is stored: line ends alike, no trailing blanks, not too long."""
    kept = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
    if len(kept) > TEXT_LIMIT:
        raise TooLong(f"Texten är för lång: {len(kept)} tecken. Högst {TEXT_LIMIT} ryms.")
    return kept
