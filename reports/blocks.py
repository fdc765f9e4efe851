"""Blocks: plain, frozen, serialisable data that page, PDF and frozen version are made of.

Figures stand as they are printed, with the row and version they came from. Encoding is
deterministic: the bytes are what is hashed, compared and kept (wall 13).
"""

import hashlib
from collections.abc import Iterator

import msgspec

from governance.enums import Light
from governance.rules import FigureRef

SCHEMA_VERSION = 1
AIRY_TEXT, AIRY_LINES = 700, 8
BULLETS = ("- ", "* ", "• ", "– ")


class Block(msgspec.Struct, frozen=True, kw_only=True, tag=True, forbid_unknown_fields=True):
    """What every block has. ``shows`` says in words which plan year or periods it shows."""

    @property
    def template(self) -> str:
        return f"reports/blocks/{self.name}.html"

    @property
    def name(self) -> str:
        return type(self).__name__.lower()

    def facts(self) -> Iterator[tuple[str, str]]:
        """Every printed fact with its name, for telling a difference in words."""
        return iter(())

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        """Where each figure came from, with its name."""
        return iter(())


def with_previous(value: str, unit: str, previous: str) -> str:
    shown = f"{value or '–'} {unit}".strip()
    return f"{shown} ({previous})" if previous else shown


class Paragraph(Block, frozen=True, kw_only=True):
    text: str

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.text,)


class Bullets(Block, frozen=True, kw_only=True):
    items: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return self.items


class GoalEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    number: str
    name: str
    indicators: tuple[str, ...]


class GoalArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    goals: tuple[GoalEntry, ...]


class GoalTable(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    plan_year: int
    areas: tuple[GoalArea, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        for area in self.areas:
            for goal in area.goals:
                yield f"mål {goal.name}", ", ".join([area.name, *goal.indicators])


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator at one period. ``value`` is "" when blank; ``light_word`` says which blank."""

    key: str
    name: str
    unit: str
    value: str
    previous: str
    change: str
    target: str
    light: Light
    light_word: str
    is_stated: bool
    source: FigureRef | None
    previous_source: FigureRef | None

    @property
    def in_words(self) -> str:
        value = with_previous(self.value, self.unit, self.previous)
        target = f"mål {self.target}" if self.target else ""
        return ", ".join(filter(None, (value, target, self.light_word)))


class IndicatorFigures(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    period: str
    previous_period: str
    figures: tuple[Figure, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        return ((figure.name, figure.in_words) for figure in self.figures)

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for figure in self.figures:
            yield figure.name, figure.source
            yield f"{figure.name}, {self.previous_period.lower()}", figure.previous_source


class IndicatorTable(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    period: str
    previous_period: str
    figures: tuple[Figure, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        return ((figure.name, figure.in_words) for figure in self.figures)

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for figure in self.figures:
            yield figure.name, figure.source
            yield f"{figure.name}, {self.previous_period.lower()}", figure.previous_source


class ControlCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    period: str
    word: str
    tone: Light
    source: FigureRef | None


class ControlRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    area: str
    question: str
    cells: tuple[ControlCell, ...]


class ControlGrid(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    plan_year: int
    periods: tuple[str, ...]
    rows: tuple[ControlRow, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        for row in self.rows:
            yield row.area, row.question
            for cell in row.cells:
                yield f"{row.area} {cell.period}", cell.word

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for row in self.rows:
            for cell in row.cells:
                yield f"{row.area}, {cell.period}", cell.source


class AreaActions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    area: str
    actions: tuple[str, ...]


class RemainingActions(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    plan_year: int
    areas: tuple[AreaActions, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        return ((f"åtgärder {area.area}", " · ".join(area.actions)) for area in self.areas)


class EconomyLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    name: str
    mark: str
    unit: str
    value: str
    previous: str
    is_stated: bool
    source: FigureRef | None
    previous_source: FigureRef | None


class EconomyTable(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    period: str
    previous_period: str
    lines: tuple[EconomyLine, ...]
    footnotes: tuple[str, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            yield line.name, with_previous(line.value, line.unit, line.previous)

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for line in self.lines:
            yield line.name, line.source
            yield f"{line.name}, {self.previous_period.lower()}", line.previous_source


class Points(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    items: tuple[str, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        yield "punkter", " · ".join(self.items)


AnyPart = Paragraph | Bullets
AnyBlock = (
    GoalTable
    | IndicatorFigures
    | IndicatorTable
    | ControlGrid
    | RemainingActions
    | EconomyTable
    | Points
)


class SectionContent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    level: int
    parent: str
    is_divider: bool
    heading: str
    subtitle: str
    slide_title: str
    text: tuple[AnyPart, ...]
    blocks: tuple[AnyBlock, ...]

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


class PackContent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole report as it stands: what is shown, hashed, approved, frozen and printed."""

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
    sections: tuple[SectionContent, ...]

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


ENCODER = msgspec.json.Encoder(order="deterministic")
DECODER = msgspec.json.Decoder(PackContent)


def encode(content: PackContent) -> bytes:
    return ENCODER.encode(content)


def decode(data: bytes) -> PackContent:
    return DECODER.decode(data)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
    """Every printed fact with the place where it stands."""
    yield "Underlaget", f"{content.name}, version {content.number}"
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
