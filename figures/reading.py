"""A workbook read against the grid it was taken out of: what would change, or why not.

Nothing is written: what is taken is sent on to the grid's own save.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from documents.readers import workbook as workbook_reader
from documents.readers.workbook import ReadCell, ReadRow, ReadTable, WantedTable
from documents.rules import UnreadableFile
from documents.untrusted import read_untrusted
from figures.enums import CHOSEN_BLANKS, Reads, ValueKind
from figures.grid import GridPage, GridSource
from figures.rules.grid import GridCell, GridColumn, GridRow, chosen_kind, plain
from figures.rules.numbers import is_percent
from figures.rules.value import Value
from figures.workbooks import HEAD, HIDDEN, heading, mark_of, marked, titles
from governance.models import User
from governance.rules import Invalid, Refusal, decimals_of, parse_swedish, rounded, swedish

MAX_ROWS = 5000
MOST_UNPACKED = 40 * 1024 * 1024
NOT_OURS = "Filen är inte ett ark som är hämtat här. Hämta arket, fyll i det och läs in det."
NO_ROW = "Raden finns inte i den här perioden. Rader läggs till i planen, inte här."
UNKNOWN = "Den dolda kolumnen är ändrad. Hämta arket på nytt och flytta över värdet."
TWICE = "Samma rad står flera gånger i filen. Den första gäller."


class NotAGrid(Invalid):
    """The file as a whole cannot be read; nothing of it is."""


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """One cell the file would change; ``fields`` are what the grid's form sends for it."""

    name: str
    field: str
    is_new: bool
    old: str
    new: str
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RefusedCell:
    """One cell or row of the file that cannot be taken, where it stands and why."""

    line: int
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    changes: tuple[CellChange, ...]
    refused: tuple[RefusedCell, ...]

    @property
    def new(self) -> list[CellChange]:
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[CellChange]:
        return [change for change in self.changes if not change.is_new]

    @property
    def fields(self) -> dict[str, str]:
        return {name: value for change in self.changes for name, value in change.fields.items()}


def preview(data: bytes, page: GridPage, *, by: User) -> ImportPreview:
    """What the file would change in the grid, cell by cell. Raises NotAGrid."""
    rows = {row.id: row for row in page.rows}
    found = list(_compared(_table(data, page, by), rows, page.source))
    return ImportPreview(
        changes=tuple(one for one in found if isinstance(one, CellChange)),
        refused=tuple(one for one in found if isinstance(one, RefusedCell)),
    )


def _table(data: bytes, page: GridPage, by: User) -> ReadTable:
    """The table of this very period and committee; anything else is refused whole."""
    source = page.source
    said = titles(source, page.rows[0] if page.rows else None)
    wanted = WantedTable(
        mark=mark_of(source),
        head=HEAD,
        columns=len(said),
        most_rows=MAX_ROWS,
        most_unpacked=MOST_UNPACKED,
    )
    table = None
    if by.person is not None:
        try:
            table = read_untrusted(workbook_reader.read, data, wanted, by=by.person)
        except UnreadableFile:
            table = None
    if table is None:
        raise NotAGrid(NOT_OURS)
    if table.titles[0] != marked(source):
        raise NotAGrid("Filen är hämtad för en annan period eller nämnd. Inget är läst.")
    if list(table.titles[1:]) != said[1:]:
        raise NotAGrid("Kolumnerna är ändrade. Hämta arket på nytt och flytta över värdena.")
    if table.is_merged:
        raise NotAGrid("Arket har sammanfogade celler. Dela dem och läs in filen igen.")
    if table.has_more:
        raise NotAGrid(f"Arket har för många rader. Högst {MAX_ROWS} läses.")
    return table


def _compared(
    table: ReadTable, rows: Mapping[str, GridRow], source: GridSource
) -> Iterator[CellChange | RefusedCell]:
    seen: set[str] = set()
    for line in table.rows:
        key = line.cells[0].text
        row = rows.get(key)
        if row is None:
            name = line.cells[len(HIDDEN)].text
            yield RefusedCell(line=line.line, name=name, reason=NO_ROW)
        elif key in seen:
            yield RefusedCell(line=line.line, name=row.full_name, reason=TWICE)
        else:
            seen.add(key)
            yield from _row_changes(line, row, source)


def _row_changes(
    line: ReadRow, row: GridRow, source: GridSource
) -> Iterator[CellChange | RefusedCell]:
    """Each cell beside what the file showed when it was taken out."""
    shown = line.cells[1].text.split("\n")
    at = len(HIDDEN) + 2 + len(row.before)
    for number, (column, cell) in enumerate(zip(source.columns, row.cells, strict=True)):
        typed, kind = line.cells[at], line.cells[at + 1] if column.kinds else ReadCell()
        at += 1 + bool(column.kinds)
        was = Value.from_data(shown[number]) if number < len(shown) else None
        try:
            change = _change(source, row, column, cell, was, typed, kind.text)
        except Refusal as refusal:
            name = f"{row.full_name}, {heading(column).lower()}"
            yield RefusedCell(line=line.line, name=name, reason=refusal.message)
        else:
            if change is not None:
                yield change


def _change(
    source: GridSource,
    row: GridRow,
    column: GridColumn,
    cell: GridCell,
    was: Value | None,
    typed: ReadCell,
    kind_word: str,
) -> CellChange | None:
    kind, text = _kind(column, kind_word), plain(_text(column, typed, row.unit))
    if was is not None and _is_as_taken_out(column, was, text, kind):
        return None
    value = source.understood(row, column, text, kind)
    if any(value.says_the_same(each, is_fixed=True) for each in (was, cell.value) if each):
        return None
    if was is None:
        raise Invalid(UNKNOWN)
    if cell.locked:
        raise Invalid(cell.locked)
    if not was.says_the_same(cell.value):
        stands = cell.words or cell.text or column.nothing
        raise Invalid(f"{column.what} har ändrats till {stands} sedan filen hämtades.")
    name = f"{row.id}.{column.name}"
    return CellChange(
        name=row.full_name,
        field=heading(column),
        is_new=not cell.was,
        old=cell.words or cell.text,
        new=_told(column, value, text),
        fields={
            f"value-{name}": text,
            f"was-{name}": cell.was,
            f"version-{name}": str(cell.version),
            **({f"kind-{name}": kind.value, f"waskind-{name}": cell.kind} if column.kinds else {}),
        },
    )


def _is_as_taken_out(column: GridColumn, was: Value, text: str, kind: ValueKind) -> bool:
    """What nobody touched is not judged: it may stand there though it could not be typed."""
    if column.kinds and kind != chosen_kind(was.kind):
        return False
    return text == plain(was.shown) or (was.number is not None and _number(text) == was.number)


def _number(text: str) -> Decimal | None:
    try:
        return parse_swedish(text)
    except ValueError:
        return None


def _told(column: GridColumn, value: Value, text: str) -> str:
    if value.kind in CHOSEN_BLANKS:
        return value.told()
    words = column.word(text)
    return words or f"{column.nothing[:1].upper()}{column.nothing[1:]}"


def _kind(column: GridColumn, word: str) -> ValueKind:
    kinds = {str(kind.label): kind for kind in column.kinds}
    if not column.kinds or not word:
        return ValueKind.NUMBER
    if word not in kinds:
        raise Invalid(f"”{word}” är inget slag. Skriv {', '.join(kinds)}.")
    return kinds[word]


def _text(column: GridColumn, cell: ReadCell, unit: str) -> str:
    if column.reads == Reads.NUMBER:
        return number_text(cell, unit)
    if column.reads == Reads.TEXT or not cell.text:
        return cell.text
    found = {word.casefold(): value for value, word in column.options}
    if cell.text.casefold() not in found:
        known = ", ".join(word for _value, word in column.options)
        raise Invalid(f"”{cell.text}” går inte att välja. Skriv {known}.")
    return found[cell.text.casefold()]


def number_text(cell: ReadCell, unit: str) -> str:
    """What the cell shows: the number with the decimals of the cell's format, if it has more."""
    if cell.kind == "formula":
        raise Invalid("Cellen innehåller en formel. Klistra in den som värde.")
    if cell.kind == "error":
        raise Invalid(f"Cellen innehåller ett fel ({cell.text}).")
    if cell.kind == "date":
        raise Invalid("Cellen innehåller ett datum. Skriv ett tal.")
    if cell.kind == "text":
        return cell.text
    number = Decimal(cell.text)
    if "%" in cell.format:
        if not is_percent(unit):
            raise Invalid("Cellen visar procent, men raden mäts inte i procent.")
        number = (number * 100).normalize()
        number = rounded(number, 0) if decimals_of(number) == 0 else number
    decimals = max(decimals_of(number.normalize()), decimals_shown(cell.format))
    return swedish(number, decimals)


def decimals_shown(number_format: str) -> int:
    """Of "#,##0.00" and its like; 0 for every other format."""
    _whole, _point, after = number_format.partition(".")
    return len(after) if after and set(after) == {"0"} else 0
