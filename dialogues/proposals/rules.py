"""The points of a decision proposal, filled in or not, and this floor's refusals. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from governance.rules import Invalid, Refusal

FIELD_NAMES = ("namnd", "namnd_bestamd", "namnd_genitiv", "organ")


class NotAllowedNow(Refusal):
    """The state does not allow the act: a second click, or too early."""


class Unfilled(Invalid):
    """A text still holds a field, or a required part is empty."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A decision point; the key is the same from proposal through motion to decision."""

    key: str
    text: str


def point_field(key: str) -> str:
    """What the proposal's history calls the point."""
    return f"point {key}"


def fill(text: str, fields: Mapping[str, str]) -> str:
    """Put the committee's names into a phrase: a name that is a field cannot be misspelt.

    Unknown braces stay and are refused by ``unfilled`` before anything is sent.
    """
    for name in FIELD_NAMES:
        text = text.replace("{" + name + "}", fields.get(name, "{" + name + "}"))
    return text[:1].upper() + text[1:]


def unfilled(texts: Iterable[str]) -> list[str]:
    """The texts that are blank or still hold a field."""
    return [text for text in texts if not text.strip() or "{" in text or "}" in text]
