"""From points and motions to a decision, and what a protocol says; pure.

Sources: kommunallagen (2017:725) 5:65-69 and 6:35; JO 3339-2013 (a verification may not change
what was decided); domain.md 1.1 and 1.3.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256

import msgspec

from dialogues.enums import MotionOutcome
from governance.rules import Invalid, Refusal

SCHEMA_VERSION = 1
FIELD_NAMES = ("namnd", "namnd_bestamd", "namnd_genitiv", "organ")


class NotAllowedNow(Refusal):
    """The state does not allow the act: a second click, or too early."""


class Unfilled(Invalid):
    """A text still holds a field, or a required part is empty."""


class WrongPassword(Invalid):
    """The confirmation was not given with the signer's own password."""


class Change(Enum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True, kw_only=True)
class Point:
    """A decision point; the key is the same from proposal through motion to decision."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Motion:
    key: str
    text: str
    mover: str
    outcome: MotionOutcome
    by_presiding: bool = False


@dataclass(frozen=True, kw_only=True)
class Difference:
    change: Change
    key: str
    text: str
    was: str = ""


def derive_decision(*, points: Sequence[Point], motions: Sequence[Motion]) -> list[Point]:
    """The decision: the main proposal's points in their order, then each carried addition.

    A rejected, withdrawn or unsettled motion never leaves a point; ids survive (KL 5:67 p. 4).
    Raises ValueError when two carry the same id.
    """
    carried = [
        Point(key=motion.key, text=motion.text)
        for motion in motions
        if motion.outcome == MotionOutcome.CARRIED
    ]
    decided = [*points, *carried]
    if len({point.key for point in decided}) != len(decided):
        raise ValueError("two points have the same id")
    return decided


def difference(*, proposed: Sequence[Point], decided: Sequence[Point]) -> list[Difference]:
    """What became of each proposed point and which points came at the table, by id."""
    before = {point.key: point.text for point in proposed}
    after = {point.key for point in decided}
    lines = []
    for point in decided:
        was = before.get(point.key)
        if was is None:
            change = Change.ADDED
        else:
            change = Change.KEPT if was == point.text else Change.REWORDED
        lines.append(Difference(change=change, key=point.key, text=point.text, was=was or ""))
    lines += [
        Difference(change=Change.REMOVED, key=point.key, text=point.text, was=point.text)
        for point in proposed
        if point.key not in after
    ]
    return lines


def motions_as_written(motions: Iterable[Motion]) -> list[Motion]:
    """Yrkanden in the protocol: those put and not withdrawn, rejected ones too (KL 5:67 p. 1)."""
    return [motion for motion in motions if motion.outcome != MotionOutcome.WITHDRAWN]


def question_order(*, presiding: str, body: str, motions: Sequence[Motion]) -> str:
    """A draft of the order of questions; the secretary edits it (KL 5:67 p. 2).

    The main proposal first, additions last and each by its outcome. The person is named once
    and needs no gender: "sina egna tilläggsyrkanden".
    """
    written = motions_as_written(motions)
    carried = [motion for motion in written if motion.outcome == MotionOutcome.CARRIED]
    rejected = [motion for motion in written if motion.outcome == MotionOutcome.REJECTED]
    put = f"Ordförande {presiding} ställer proposition på liggande förslag"
    if not written:
        return f"{put} och finner att {body} beslutar enligt detta."
    own = all(motion.by_presiding for motion in written)
    one = len(written) == 1
    if own:
        put += " samt sitt eget tilläggsyrkande" if one else " samt sina egna tilläggsyrkanden"
    else:
        put += " samt tilläggsyrkandet" if one else " samt tilläggsyrkandena vart för sig"
    if not rejected:
        return f"{put} och finner att {body} beslutar enligt dessa."
    if not carried:
        return (
            f"{put} och finner att {body} beslutar enligt liggande förslag "
            f"och avslår {'yrkandet' if one else 'yrkandena'}."
        )
    return (
        f"{put} och finner att {body} beslutar enligt liggande förslag, "
        f"bifaller {len(carried)} och avslår {len(rejected)} av tilläggsyrkandena."
    )


def motions_sha256(*, presiding: str, motions: Iterable[Motion]) -> str:
    """What an order of questions was written for: who presided, each motion and what became of it.

    When it differs from what was kept with the order, the order may say the opposite of the
    decision and is confirmed or drafted anew.
    """
    facts = [presiding, *([motion.key, motion.outcome.value] for motion in motions)]
    return sha256(msgspec.json.encode(facts)).hexdigest()


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
