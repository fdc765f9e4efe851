"""What every block is, and the plain ones: paragraphs, bullets and points."""

from collections.abc import Iterator

import msgspec

from governance.rules import FigureRef
from reports.blocks.options import Options

BULLETS = ("- ", "* ", "• ", "– ")


class Part(msgspec.Struct, frozen=True, kw_only=True, tag=True, forbid_unknown_fields=True):
    """A piece of a section: of its text, or a block."""

    @property
    def name(self) -> str:
        return type(self).__name__.lower()


class Block(Part, frozen=True, kw_only=True):
    """What every block has. ``shows`` says in words which plan year or periods it shows."""

    key: str
    title: str
    shows: str

    @property
    def has_caption(self) -> bool:
        """True when the block's own table carries its title."""
        return False

    def facts(self) -> Iterator[tuple[str, str]]:
        """Every printed fact with its name, for telling a difference in words."""
        return iter(())

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        """Where each figure came from, with its name."""
        return iter(())


def lowered(name: str) -> str:
    """Helår 2025 -> helår 2025, as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def with_previous(value: str, unit: str, previous: str) -> str:
    shown = f"{value or '–'} {unit}".strip()
    return f"{shown} ({previous})" if previous else shown


class Paragraph(Part, frozen=True, kw_only=True):
    text: str

    @property
    def template(self) -> str:
        return "reports/blocks/paragraph.html"

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.text,)


class Bullets(Part, frozen=True, kw_only=True):
    items: tuple[str, ...]

    @property
    def template(self) -> str:
        return "reports/blocks/bullets.html"

    @property
    def lines(self) -> tuple[str, ...]:
        return self.items


class PointsOptions(Options, frozen=True, kw_only=True):
    """One point per line."""

    points: str = ""


class Points(Block, frozen=True, kw_only=True):
    items: tuple[str, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        yield "punkter", " · ".join(self.items)


AnyPart = Paragraph | Bullets


def parse_text(text: str) -> tuple[AnyPart, ...]:
    """Plain text as paragraphs and bullet lists; a line that begins with "- " is a bullet."""
    parts: list[AnyPart] = []
    words: list[str] = []
    items: list[str] = []
    for line in [*text.splitlines(), ""]:
        bare = line.strip()
        is_bullet = bare.startswith(BULLETS)
        if words and (is_bullet or not bare):
            parts.append(Paragraph(text=" ".join(words)))
            words = []
        if items and not is_bullet:
            if bare and line.startswith(("  ", "\t")):
                items[-1] += f" {bare}"
                continue
            parts.append(Bullets(items=tuple(items)))
            items = []
        if is_bullet:
            items.append(bare[2:].strip())
        elif bare:
            words.append(bare)
    return tuple(parts)
