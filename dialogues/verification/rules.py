"""What a protocol part says: frozen, encoded and hashed (wall 14). Pure.

Sources: kommunallagen (2017:725) 5:65-69 and 6:35; JO 3339-2013 (a verification may not change
what was decided); domain.md 1.1 and 1.3.
"""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from dialogues.proposals.rules import Point
from governance.rules import Invalid

SCHEMA_VERSION = 1


class WrongPassword(Invalid):
    """The confirmation was not given with the signer's own password."""


@dataclass(frozen=True, kw_only=True)
class Present:
    name: str
    service: str
    serves: bool


@dataclass(frozen=True, kw_only=True)
class Signer:
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class WrittenMotion:
    key: str
    mover: str
    kind: str
    outcome: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ParagraphContent:
    """The six things of KL 5:67 that this meeting had, and what custom adds."""

    id: int
    number: int
    year: int
    heading: str
    diary_number: str
    decision: list[Point]
    motions: list[WrittenMotion]
    question_order: str
    matter: str
    proposed: list[Point]
    supporting_documents: list[str]
    dispatched_to: list[str]


@dataclass(frozen=True, kw_only=True)
class Signed:
    name: str
    role: str
    at: datetime
    method: str
    document_sha256: str


@dataclass(frozen=True, kw_only=True)
class ProtocolContent:
    """A protocol part: its front page (who took part) and its paragraphs."""

    organisation: str
    body: str
    held_on: date
    place: str
    time_span: str
    present: list[Present]
    signers: list[Signer]
    paragraphs: list[ParagraphContent]
    signatures: tuple[Signed, ...] = ()
    document_sha256: str = ""
    schema_version: int = SCHEMA_VERSION

    @property
    def numbers(self) -> str:
        """ "§ 58" or "§§ 58, 60": what the part is called."""
        every = ", ".join(str(paragraph.number) for paragraph in self.paragraphs)
        return f"§§ {every}" if len(self.paragraphs) > 1 else f"§ {every}"


def encode(content: ProtocolContent) -> bytes:
    """The bytes that are hashed, sealed and exported: JSON with a fixed order."""
    return msgspec.json.encode(content, order="deterministic")


def decode(data: bytes) -> ProtocolContent:
    return msgspec.json.decode(data, type=ProtocolContent)


def lines_of(text: str) -> list[str]:
    """One entry per line, blank lines left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
