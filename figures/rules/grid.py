"""A grid as it is drawn: columns, rows and cells, each with what it holds and why it is closed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from figures.enums import CHOSEN_BLANKS, Reads, ValueKind
from figures.rules.key import CellKey, Key
from figures.rules.numbers import Choice
from figures.rules.sparkline import Sparkline
from figures.rules.unusual import Usual
from figures.rules.value import Value
from governance.enums import Light
from governance.rules import Invalid


@dataclass(frozen=True, kw_only=True)
class GridColumn:
    """What is typed in a column: ``kinds`` are those a writer chooses between, none where only
    ``reads`` is read; ``options`` (value, word) of a choice. ``group`` stands over several.
    ``number_word`` says what is typed as a number."""

    name: str
    label: str
    reads: Reads = Reads.NUMBER
    kinds: tuple[ValueKind, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    number_word: str = str(ValueKind.NUMBER.label)
    group: str = ""
    size: str = "value"
    is_counted: bool = True  # without a value here the row lacks something
    history: str = ""  # the field's name in the history, its own where none is said
    what: str = "Värdet"
    nothing: str = "inget värde"

    @property
    def field(self) -> str:
        return self.history or self.name

    def kind_word(self, kind: ValueKind) -> str:
        return self.number_word if kind == ValueKind.NUMBER else str(kind.label)

    @property
    def kind_words(self) -> tuple[tuple[str, str], ...]:
        return tuple((kind.value, self.kind_word(kind)) for kind in self.kinds)

    def word(self, text: str) -> str:
        """What is chosen, as it is called; what is typed is its own word."""
        return dict(self.options).get(text, text)

    def chosen(self, text: str) -> str:
        """One of the options, or nothing; raises Invalid."""
        if text and text not in dict(self.options):
            raise Invalid("Det går inte att välja. Välj i listan.")
        return text

    def becomes(self, value: Value, text: str) -> str:
        """What is stored of a text, as the grid will show it."""
        if value.kind in CHOSEN_BLANKS:
            return value.told()
        if value.numerator is not None:
            return f"{value.printed()} ({text})"
        if value.number is not None:
            return value.shown
        words = self.word(value.text)
        return words or f"{self.nothing[:1].upper()}{self.nothing[1:]}"


def as_sent(value: Value, text: str) -> str:
    """What a form sends of a text that has been read: a number so that it is read in one way only."""
    is_number = value.number is not None and value.numerator is None
    return value.shown if is_number else text


COMMENT_COLUMN = GridColumn(
    name="comment",
    label="Kommentar",
    reads=Reads.TEXT,
    size="comment",
    is_counted=False,
    what="Kommentaren",
    nothing="ingen kommentar",
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a row says and nobody types; ``mark`` is an arrow, ``word`` what it is worth."""

    name: str
    label: str
    text: str = ""
    word: str = ""
    mark: str = ""
    css: str = ""
    light: Light | None = None
    value: Value | None = None  # where the text is one


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """One value as its reader may see it: held back it is ``suppressed``, whatever the row holds.

    ``locked`` says why it cannot be typed, ``decimals`` are those it is printed with where they are
    fixed, ``words`` what a choice or a blank is called; ``refused`` was typed and not taken.
    """

    column: str
    value: Value = field(default_factory=Value)
    version: int = 0
    locked: str = ""
    usual: Usual | None = None  # for who may type it
    words: str = ""
    decimals: int | None = None
    refused: str | None = None
    refused_kind: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()  # what may have been meant
    state: str = "saved"

    @cached_property
    def unusual(self) -> str:
        """Why it is asked to be confirmed."""
        return self.usual.asks(self.value) if self.usual else ""

    @property
    def text(self) -> str:
        """As it is printed, rounded; "" for a blank."""
        return (
            self.words
            if self.value.kind == ValueKind.TEXT and self.words
            else self.value.printed(self.decimals)
        )

    @property
    def told(self) -> str:
        """As the history tells it."""
        return self.text or self.value.told(self.decimals)

    @property
    def shown(self) -> str:
        return self.value.shown

    @property
    def was(self) -> str:
        return self.value.was

    @property
    def typed(self) -> str:
        return self.shown if self.refused is None else self.refused

    @property
    def kind(self) -> str:
        return chosen_kind(self.value.kind)

    @property
    def typed_kind(self) -> str:
        return self.refused_kind or self.kind

    @property
    def placeholder(self) -> str:
        return self.words if self.typed_kind == self.kind and not self.shown else ""


def chosen_kind(kind: ValueKind) -> str:
    """The kind as a writer chooses: numbers, inequalities and blanks are all typed as numbers."""
    kept = {ValueKind.TEXT, ValueKind.SUPPRESSED, ValueKind.NOT_APPLICABLE}
    return (kind if kind in kept else ValueKind.NUMBER).value


def plain(text: str) -> str:
    """As it comes back from a form: one sign ends a line, and nothing stands around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, kw_only=True, eq=False)
class GridRow:
    """One row; ``names`` are the ids of the texts that name it, ``full_name`` the same in words.

    A row is equal to itself alone: a memo of drawn rows has it for its key, and hashing all it
    holds would take longer than drawing some.
    """

    key: Key
    level: int = 0
    label: str
    full_name: str
    names: str
    unit: str = ""
    help: str = ""
    menu_url: str = ""  # its page with history and details
    trend: Sparkline | None = None
    before: tuple[Fact, ...] = ()
    cells: tuple[GridCell, ...] = ()
    after: tuple[Fact, ...] = ()
    note: str = ""
    warning: str = ""
    previous_comment: str = ""
    asks_comment: bool = False
    is_missing: bool = False
    is_counted: bool = True
    has_parts: bool = False
    is_hidden: bool = False

    @property
    def id(self) -> str:
        return str(self.key)

    @property
    def unusual(self) -> int:
        """How many of its values are unusual and not confirmed."""
        return sum(cell.unusual != "" for cell in self.cells)

    def cell(self, column: str) -> GridCell | None:
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, kw_only=True)
class Group:
    name: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """How much is filled in of what is counted, and which rows still ask for a comment."""

    total: int
    filled: int
    asking: tuple[GridRow, ...] = ()
    unusual: int = 0

    @property
    def missing(self) -> int:
        return self.total - self.filled


def summary_of(groups: Iterable[Group]) -> Summary:
    rows = [row for group in groups for row in group.rows]
    counted = [row for row in rows if row.is_counted]
    return Summary(
        total=len(counted),
        filled=sum(not row.is_missing for row in counted),
        asking=tuple(row for row in rows if row.asks_comment),
        unusual=sum(row.unusual for row in rows),
    )


def lacking_only(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Hides the rows that lack nothing, unless one right under them does."""
    return tuple(replace(group, rows=tuple(_lacking(group.rows))) for group in groups)


def _lacking(rows: Sequence[GridRow]) -> list[GridRow]:
    found: list[GridRow] = []
    under = [False, False, False, False]  # per level: whether one beneath the next above is shown
    for row in reversed(rows):
        is_shown = row.is_missing or row.asks_comment or any(under[row.level + 1 :])
        under[row.level + 1 :] = [False] * (len(under) - row.level - 1)
        under[row.level] = row.level > 0 and (under[row.level] or is_shown)
        found.append(replace(row, is_hidden=not is_shown))
    return found[::-1]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One cell as it was sent: what was typed, as which kind, and what the cell showed then."""

    cell: CellKey
    text: str
    kind: ValueKind = ValueKind.NUMBER
    seen: int = 0
    was: str | None = None
    was_kind: ValueKind | None = None
    is_undo: bool = False
    is_confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What a cell would become by what was typed: what a form sends, and how it is shown; or why
    not, with what may have been meant."""

    cell: CellKey
    text: str = ""
    kind: str = ""
    says: str = ""
    why: str = ""
    choices: tuple[Choice, ...] = ()
