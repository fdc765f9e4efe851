"""What a floor says of its grid; the rest (keys, judging, saving, Excel, drawing) is the same for all."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db import models

from figures.enums import Reads, ValueKind
from figures.rules.grid import GridColumn, GridRow, Group, Summary, Typed, lacking_only, summary_of
from figures.rules.key import CellKey, Key
from figures.rules.numbers import Choice, Doubtful, NotANumber, example_in
from figures.rules.value import Value
from figures.rules.words import ask_which_blank
from governance.models import Body, Period, User
from governance.rules import Refusal

Answers = Mapping[Typed, Refusal | None]


class GridSource(ABC):
    """One body's rows of one period, for one request: read at most once, told from what was read.

    ``rows`` with ``lock`` reads the rows of ``keys`` and all that is written with them, locked in
    id order; called after ``write`` it tells what stands now without reading anew.
    """

    columns: Sequence[GridColumn]
    file_word: str  # "utfall": what its workbook is called and marked with
    row_word: str  # the heading over the rows' names
    empty: str  # why there are no rows, and where they come from
    how: str  # what may be typed, as the page's help tells it
    trend_word = ""  # and over their trends, where they have any
    body: Body
    period: Period
    is_open: bool = True  # for who asks: he types, and sees what stands in every row

    @property
    @abstractmethod
    def occasion(self) -> int:
        """What its workbook is taken out for: it is read in for nothing else."""

    @abstractmethod
    def groups(self, keys: Collection[Key] | None = None, *, lock: bool = False) -> Sequence[Group]:
        """The rows in order; with ``keys`` those and what a save of them may change."""

    @abstractmethod
    def read(self, row: GridRow, column: GridColumn, text: str, kind: ValueKind) -> Value:
        """What was typed, of that row; pure. Raises Invalid."""

    def understood(self, row: GridRow, column: GridColumn, text: str, kind: ValueKind) -> Value:
        """As ``read``, once it is said which blank a sign for one stands for, and that words are
        meant where the column takes them. Raises Invalid."""
        if column.reads == Reads.NUMBER and kind == ValueKind.NUMBER:
            ask_which_blank(text, column.kinds)
        try:
            return self.read(row, column, text, kind)
        except NotANumber:
            cell = row.cell(column.name)
            refusal = NotANumber(text, example_in(row.unit, cell.decimals if cell else None))
            if ValueKind.TEXT not in column.kinds:
                raise refusal from None
            as_text = Choice("Spara som text", text, ValueKind.TEXT)
            raise Doubtful(refusal.message, [as_text]) from None

    def contradicted(self, _values: Mapping[CellKey, Value]) -> Mapping[CellKey, Refusal]:
        """The values that cannot stand beside what else the row will hold; the others are written."""
        return {}

    @abstractmethod
    def write(self, values: Mapping[CellKey, Value], *, by: User) -> None:
        """Write values that differ, in bulk, with history and everything computed of them."""

    @abstractmethod
    def locked(self) -> str:
        """Why nothing can be typed, in words; "" when it can."""

    @abstractmethod
    def check_open(self, today: date) -> None:
        """Refuse a closed period; what it shares stays shared until the transaction ends."""

    @abstractmethod
    def place(self, cell: CellKey) -> models.Model | None:
        """The row in whose history the cell's changes stand; None before there is one."""

    def rows(self, keys: Collection[Key] | None = None, *, lock: bool = False) -> Iterator[GridRow]:
        for group in self.groups(keys, lock=lock):
            yield from group.rows

    def prepare(self, keys: Collection[Key]) -> None:  # noqa: B027 -- a grid may have nothing
        """Read what no save changes before the transaction: it holds up no other save."""

    @abstractmethod
    def forget(self) -> None:
        """What was read or written is not so: the transaction came to nothing."""

    def column(self, name: str) -> GridColumn | None:
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A page of a higher floor about the same part and occasion; declared there."""

    part: str
    label: str
    url_name: str


@dataclass(frozen=True, kw_only=True)
class Tab:
    """Another grid of the same occasion."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the grid is saved, taken out to Excel and read in; "" where it cannot be."""

    save: str
    export: str = ""
    import_: str = ""


@dataclass(frozen=True, kw_only=True)
class GridPage:
    """A grid as a page: what it is called, what stands in it and what may be done."""

    title: str
    lead: str
    due_on: date | None
    source: GridSource
    groups: Sequence[Group]
    addresses: Addresses
    may_write: bool
    lock: str = ""
    returned: str = ""
    only_missing: bool = False
    tabs: Sequence[Tab] = ()
    beside: Sequence[Tab] = ()

    def with_groups(self, groups: Sequence[Group]) -> "GridPage":
        return replace(self, groups=groups)

    @property
    def body(self) -> Body:
        return self.source.body

    @property
    def columns(self) -> Sequence[GridColumn]:
        return self.source.columns

    @property
    def rows(self) -> tuple[GridRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @cached_property
    def summary(self) -> Summary:
        return summary_of(self.groups)

    @property
    def is_open(self) -> bool:
        return self.may_write and not self.lock


def shown_groups(source: GridSource, *, only_missing: bool) -> Sequence[Group]:
    groups = tuple(source.groups())
    return lacking_only(groups) if only_missing else groups
