"""A workbook read against the grid it was taken out of: what would change, or why not.

Nothing is written: what is taken is sent on to the grid's own save.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from documents.readers import workbook as workbook_reader
from documents.readers.workbook import ReadCell, ReadRow, ReadTable, WantedTable
from documents.rules import UnfitContent
from documents.untrusted import read_untrusted
from figures.enums import CHOSEN_BLANKS, Reads, ValueKind
from figures.grid import GridPage, GridSource
from figures.rules.grid import GridCell, GridColumn, GridRow, as_sent, chosen_kind, plain
from figures.rules.numbers import Choice, Doubtful, exact
from figures.rules.value import Value
from figures.rules.words import blank_named
from figures.workbooks import HIDDEN, MARK, heading, kind_title, mark_of, marked
from governance.models import User
from governance.rules import Invalid, Refusal, decimals_of, parse_swedish, rounded, swedish

MAX_ROWS = 5000
MOST_COLUMNS = 60
MOST_UNPACKED = 40 * 1024 * 1024
HEAD_WITHIN = 20
NOT_OURS = "Filen är inte ett ark som är hämtat här. Hämta arket, fyll i det och läs in det."
NO_ROW = "Raden finns inte i den här perioden. Rader läggs till i planen, inte här."
TWICE = "Samma rad står flera gånger i filen. Den första gäller."
NO_VALUE = "Cellen innehåller en formel utan uträknat värde. Öppna filen i Excel och spara den."
COMPUTED = "Uträknat av en formel i filen."
FIFTEEN = "Räknat med femton siffror, som i Excel."
NOT_REMEMBERED = "Filen säger inte vad som stod när den hämtades."


class NotAGrid(Invalid):
    """The file as a whole cannot be read; nothing of it is."""


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """One cell the file would change: what stands in the file and what it becomes; ``fields`` are
    what the grid's form sends for it. Where ``asks``, one of ``choices`` (word, what to send)."""

    name: str
    field: str
    key: str
    is_new: bool
    old: str
    typed: str
    new: str = ""
    note: str = ""
    asks: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, str]

    @property
    def left(self) -> str:
        """What an answer sends that changes nothing."""
        return self.fields[f"was-{self.key}"]


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
    unread: tuple[str, ...] = ()  # columns that the file has not

    @property
    def asked(self) -> list[CellChange]:
        return [change for change in self.changes if change.asks]

    @property
    def new(self) -> list[CellChange]:
        return [change for change in self.changes if change.is_new and not change.asks]

    @property
    def changed(self) -> list[CellChange]:
        return [change for change in self.changes if not change.is_new and not change.asks]

    @property
    def fields(self) -> dict[str, str]:
        return {name: value for change in self.changes for name, value in change.fields.items()}


def preview(data: bytes, page: GridPage, *, by: User) -> ImportPreview:
    """What the file would change in the grid, cell by cell. Raises NotAGrid."""
    rows = {row.id: row for row in page.rows}
    table = _table(data, page.source, by)
    # Columns may be moved or left out: a row needs only its key and what changes.
    places = {title: at for at, title in reversed(list(enumerate(table.titles)))}
    wanted = [heading(column) for column in page.source.columns]
    unread = tuple(title for title in wanted if title not in places)
    if len(unread) == len(wanted):
        raise NotAGrid(f"Arket saknar kolumnen {wanted[0]}. Hämta arket på nytt. Inget är läst.")
    found = list(_compared(table, places, rows, page.source))
    return ImportPreview(
        changes=tuple(one for one in found if isinstance(one, CellChange)),
        refused=tuple(one for one in found if isinstance(one, RefusedCell)),
        unread=unread,
    )


def _table(data: bytes, source: GridSource, by: User) -> ReadTable:
    """The table of this very period and committee; anything else is refused whole."""
    wanted = WantedTable(
        mark=MARK,
        head_within=HEAD_WITHIN,
        columns=MOST_COLUMNS,
        most_rows=MAX_ROWS,
        most_unpacked=MOST_UNPACKED,
    )
    if by.person is None:
        raise NotAGrid(NOT_OURS)
    try:
        table = read_untrusted(workbook_reader.read, data, wanted, by=by.person)
    except UnfitContent as refusal:
        raise NotAGrid(refusal.message) from refusal
    if table is None:
        raise NotAGrid(NOT_OURS)
    if marked(source) not in table.titles:
        is_same_grid = any(title.startswith(mark_of(source)) for title in table.titles)
        what = "en annan period eller nämnd" if is_same_grid else "en annan del av rapporteringen"
        raise NotAGrid(f"Filen är hämtad för {what}. Inget är läst.")
    if table.is_merged:
        raise NotAGrid("Arket har sammanfogade celler. Dela dem och läs in filen igen.")
    if table.has_more:
        raise NotAGrid(f"Arket har för många rader. Högst {MAX_ROWS} läses.")
    return table


def _compared(
    table: ReadTable, places: Mapping[str, int], rows: Mapping[str, GridRow], source: GridSource
) -> Iterator[CellChange | RefusedCell]:
    seen: set[str] = set()
    for line in table.rows:
        cells = {title: line.cells[at] for title, at in places.items()}
        key = cells[marked(source)].text
        row = rows.get(key)
        if row is None:
            name = cells.get(source.row_word, ReadCell()).text
            yield RefusedCell(line=line.line, name=name, reason=NO_ROW)
        elif key in seen:
            yield RefusedCell(line=line.line, name=row.full_name, reason=TWICE)
        else:
            seen.add(key)
            yield from _row_changes(line, cells, row, source)


def _row_changes(
    line: ReadRow, cells: Mapping[str, ReadCell], row: GridRow, source: GridSource
) -> Iterator[CellChange | RefusedCell]:
    """Each cell beside what the file showed when it was taken out."""
    shown = cells.get(HIDDEN[1], ReadCell()).text.split("\n")
    for number, (column, cell) in enumerate(zip(source.columns, row.cells, strict=True)):
        typed = cells.get(heading(column))
        if typed is None:
            continue
        was = Value.from_data(shown[number]) if number < len(shown) else None
        kind = cells.get(kind_title(column), ReadCell()).text
        try:
            change = _change(source, row, column, cell, was, typed, kind)
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
    text = plain(_text(column, typed))
    kind = _kind(column, kind_word, text, was or cell.value)
    if blank := kind == ValueKind.NUMBER and blank_named(text, column.kinds):
        kind, text = blank, ""
    if was is None and not text and kind not in CHOSEN_BLANKS:
        return None  # an empty cell empties nothing that the file does not know of
    if was is not None and _is_as_taken_out(column, was, text, kind):
        return None
    key = f"{row.id}.{column.name}"
    change = CellChange(
        name=row.full_name,
        field=heading(column),
        key=key,
        is_new=not cell.was,
        old=cell.words or cell.text,
        typed=typed.text if _is_shortened(typed) else column.word(text),
        fields={f"was-{key}": cell.was, f"version-{key}": str(cell.version)},
    )
    try:
        value = source.understood(row, column, text, kind)
    except Doubtful as doubt:
        _check_free(column, cell, was)
        return replace(change, asks=doubt.message, choices=tuple(map(_sent, doubt.choices)))
    if any(value.says_the_same(each, is_fixed=True) for each in (was, cell.value) if each):
        return None
    _check_free(column, cell, was)
    notes = {
        replace(cell, value=value).unusual: True,
        COMPUTED: typed.is_formula,
        FIFTEEN: _is_shortened(typed),
        NOT_REMEMBERED: was is None,
    }
    kinds = {f"kind-{key}": kind.value, f"waskind-{key}": cell.kind} if column.kinds else {}
    sent = {f"value-{key}": as_sent(value, text)}
    return replace(
        change,
        new=column.becomes(value, text),
        note=" ".join(note for note, is_so in notes.items() if note and is_so),
        fields={**change.fields, **sent, **kinds},
    )


def _sent(choice: Choice) -> tuple[str, str]:
    """A choice as a form without kinds sends it: a blank by its word."""
    return choice.word, choice.word if choice.kind in CHOSEN_BLANKS else choice.text


def _check_free(column: GridColumn, cell: GridCell, was: Value | None) -> None:
    if cell.locked:
        raise Invalid(cell.locked)
    if was is not None and not was.says_the_same(cell.value):
        stands = cell.words or cell.text or column.nothing
        raise Invalid(f"{column.what} har ändrats till {stands} sedan filen hämtades.")


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


def _kind(column: GridColumn, word: str, text: str, stood: Value) -> ValueKind:
    """As the file says; where it does not, a text that stands is a text still."""
    kinds = {column.kind_word(kind): kind for kind in column.kinds}
    if not column.kinds or not word:
        is_same = bool(column.kinds) and text == plain(stood.shown)
        return ValueKind(chosen_kind(stood.kind)) if is_same else ValueKind.NUMBER
    if word == ValueKind.NUMBER.label:
        return ValueKind.NUMBER
    if word not in kinds:
        raise Invalid(f"”{word}” är inget slag. Skriv {', '.join(kinds)}.")
    return kinds[word]


def _text(column: GridColumn, cell: ReadCell) -> str:
    if cell.is_formula and not cell.text:
        raise Invalid(NO_VALUE)
    if column.reads == Reads.NUMBER:
        return number_text(cell)
    if column.reads == Reads.TEXT or not cell.text:
        return cell.text
    found = {word.casefold(): value for value, word in column.options}
    if cell.text.casefold() not in found:
        known = ", ".join(word for _value, word in column.options)
        raise Invalid(f"”{cell.text}” går inte att välja. Skriv {known}.")
    return found[cell.text.casefold()]


def _is_shortened(cell: ReadCell) -> bool:
    return cell.kind == "number" and exact(Decimal(cell.text)) != Decimal(cell.text)


def number_text(cell: ReadCell) -> str:
    """What the cell shows: the number with the decimals of the cell's format, if it has more."""
    if cell.kind == "error":
        raise Invalid(f"Cellen innehåller ett fel ({cell.text}).")
    if cell.kind == "date":
        raise Invalid("Cellen innehåller ett datum. Skriv ett tal.")
    if cell.kind == "text":
        return cell.text
    number, unit = exact(Decimal(cell.text)), ""
    if "%" in cell.format:
        number, unit = (number * 100).normalize(), " %"
        number = rounded(number, 0) if decimals_of(number) == 0 else number
    decimals = max(decimals_of(number.normalize()), decimals_shown(cell.format))
    return swedish(number, decimals) + unit


def decimals_shown(number_format: str) -> int:
    """Of "#,##0.00" and its like; 0 for every other format."""
    _whole, _point, after = number_format.partition(".")
    return len(after) if after and set(after) == {"0"} else 0
