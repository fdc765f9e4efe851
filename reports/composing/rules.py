"""When a section may be written, and what of a text is kept. Pure."""

from governance.rules import Refusal


class NotOpen(Refusal):
    """The text is out of the controller's hands."""


def text_field(heading: str) -> str:
    """What the report's history calls the text of the section with this heading."""
    return f"text: {heading}"[:60]


def kept_text(text: str) -> str:
    """The text as it is stored: line ends alike, no trailing blanks."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
