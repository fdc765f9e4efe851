"""A whole report of blocks: encoded, hashed, compared and read again.

Encoding is deterministic: the bytes are what is hashed, compared and kept (wall 13). Fields that
came later have a default, so that what was frozen before them is read and printed as it was.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, Generic, TypeAlias, TypeVar, Union

import msgspec

from governance.declarations import declared
from governance.rules import FigureRef
from reports.blocks.base import AnyPart, Block
from reports.blocks.kinds import BlockKind

SCHEMA_VERSION = 2  # 1: before the steering chain's blocks and the table's groups
AIRY_TEXT, AIRY_LINES = 700, 8

B = TypeVar("B", bound=Block)


class SectionOf(msgspec.Struct, Generic[B], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section with its text and blocks; reading it needs the kinds of block there are."""

    key: str
    level: int
    parent: str
    is_divider: bool
    heading: str
    subtitle: str
    slide_title: str
    text: tuple[AnyPart, ...]
    blocks: tuple[B, ...]

    @property
    def title(self) -> str:
        """What stands at the top of the slide."""
        return self.slide_title or self.heading

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.blocks

    @property
    def has_divider(self) -> bool:
        """A divider, or a section that holds nothing yet, is shown as a slide of its own."""
        return self.is_divider or self.is_empty

    @property
    def density(self) -> str:
        """Few words are set large, many words small."""
        items = [item for part in self.text for item in part.lines]
        size = sum(len(item) for item in items)
        return "airy" if size <= AIRY_TEXT and len(items) <= AIRY_LINES else "dense"

    @property
    def layout(self) -> str:
        """How the slide is laid out: by what the section holds."""
        kinds = {block.name for block in self.blocks}
        if kinds == {"controlgrid", "remainingactions"}:
            return "split"
        if kinds & {"indicatorfigures", "economytable"}:
            return "beside" if "points" in kinds or self.text else "figures"
        return "plain" if kinds - {"points"} else "words"


class PackOf(
    msgspec.Struct,
    Generic[B],
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """A whole report as it stands: what is shown, hashed, approved, frozen and printed.

    ``called`` came later: bytes without it are of a pack.
    """

    schema_version: int
    organisation: str
    body: str
    body_short: str
    administration: str
    kind: str
    name: str
    year: int
    number: int
    page_format: str
    sections: tuple[SectionOf[B], ...]
    called: str = "underlaget"

    @property
    def is_slides(self) -> bool:
        return self.page_format == "slides"

    @property
    def foot(self) -> tuple[str, ...]:
        """What stands at the foot of every slide, on the page and on paper."""
        return self.organisation, self.body, self.name

    @property
    def shows(self) -> tuple[tuple[str, str], ...]:
        """(slide title, what it shows) of every block once, for the page about the material."""
        pairs = (
            (section.title, block.shows)
            for section in self.sections
            for block in section.blocks
            if block.shows
        )
        return tuple(dict.fromkeys(pairs))


SectionContent: TypeAlias = SectionOf[Block]
PackContent: TypeAlias = PackOf[Block]
ENCODER = msgspec.json.Encoder(order="deterministic")


@cache
def decoder() -> "msgspec.json.Decoder[PackContent]":
    """Reads every kind of block that is declared."""
    known: Any = Union[tuple(kind.block for kind in declared(BlockKind))]  # noqa: UP007 -- at run time
    return msgspec.json.Decoder(PackOf[known])


def encode(content: PackContent) -> bytes:
    return ENCODER.encode(content)


def decode(data: bytes) -> PackContent:
    return decoder().decode(data)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def differences(shown: PackContent, now: PackContent) -> tuple[str, ...]:
    """What differs, in words: 'Medarbetare, Sjukfrånvaro: 6,94 % är nu 7,10 %.'"""
    before, after = dict(_facts(shown)), dict(_facts(now))
    said = []
    for place in list(dict.fromkeys([*before, *after])):
        old, new = before.get(place), after.get(place)
        if old == new:
            continue
        if old is None:
            said.append(f"{place}: ”{new}” har kommit till.")
        elif new is None:
            said.append(f"{place}: ”{old}” finns inte längre.")
        else:
            said.append(f"{place}: ”{old}” är nu ”{new}”.")
    return tuple(said)


def _facts(content: PackContent) -> Iterator[tuple[str, str]]:
    """Every printed fact with the place where it stands; the same place twice is numbered."""
    seen: Counter[str] = Counter()
    for place, text in _places(content):
        seen[place] += 1
        yield (place if seen[place] == 1 else f"{place} ({seen[place]})"), text


def _places(content: PackContent) -> Iterator[tuple[str, str]]:
    yield content.called.capitalize(), f"{content.name}, version {content.number}"
    for section in content.sections:
        where = section.title
        yield f"{where}, rubrik", " – ".join(filter(None, (section.heading, section.subtitle)))
        if section.text:
            yield f"{where}, text", " ".join(_words(section.text))
        for block in section.blocks:
            yield f"{where}, {block.key}", " – ".join(filter(None, (block.title, block.shows)))
            for name, text in block.facts():
                yield f"{where}, {name}", text


def _words(parts: tuple[AnyPart, ...]) -> Iterator[str]:
    for part in parts:
        yield " · ".join(part.lines)


def figure_refs(content: PackContent) -> Iterator[tuple[str, FigureRef]]:
    """(place, reference) of every figure that came from a row."""
    for section in content.sections:
        for block in section.blocks:
            for name, ref in block.refs():
                if ref is not None:
                    yield f"{section.title}: {name}", ref
