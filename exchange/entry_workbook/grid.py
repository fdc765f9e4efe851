"""The entry grid as a workbook, and a workbook read against the grid: what would change, or why not.

The file remembers, in hidden columns, which period and rows it was made of and what they showed.
Nothing is written here: what is accepted is sent on to the grid's own save.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404

from documents.readers import workbook as workbook_reader
from documents.readers.workbook import ReadCell, ReadRow, ReadTable, WantedTable
from documents.rules import UnreadableFile
from documents.untrusted import read_untrusted
from figures.enums import CHOICES, CHOSEN_BLANKS, ValueKind
from figures.rules.numbers import is_percent
from figures.workbook import Number, Sheet, SheetColumn, Value, workbook
from governance.models import User
from governance.rules import Invalid, Refusal, decimals_of, parse_swedish, rounded, swedish
from targets.enums import RollUp
from targets.outcomes.queries.entry_page import EntryPage
from targets.outcomes.queries.entry_rows import EntryRow
from targets.outcomes.queries.frame import Frame
from targets.outcomes.rules.outcome_input import read_comment, read_outcome
from targets.outcomes.rules.row_key import cell_key

MARK = "uppsikt/utfall/1"
HEAD = 3
HIDDEN = ("Rad", "Version", "Utfall vid uttaget", "Kommentar vid uttaget")
SHOWN = (
    "Indikator", "Enhet", "Målvärde", "Föregående", "Utfall", "Slag", "Status", "Förändring",
    "Kommentar",
)  # fmt: skip
TITLES = (*HIDDEN, *SHOWN)
VALUE, KIND, COMMENT = TITLES.index("Utfall"), TITLES.index("Slag"), TITLES.index("Kommentar")
WIDTHS = {"Indikator": 44, "Målvärde": 16, "Slag": 24, "Status": 20, "Kommentar": 60}
KINDS = {str(kind.label): kind for kind in CHOICES}
MAX_ROWS = 5000
WANTED = WantedTable(
    mark=MARK,
    head=HEAD,
    columns=len(TITLES),
    most_rows=MAX_ROWS,
    most_unpacked=40 * 1024 * 1024,
)
NOT_OURS = "Filen är inte ett utfallsark som är hämtat här. Hämta arket, fyll i det och läs in det."


class NotAGrid(Invalid):
    """The file as a whole cannot be read; nothing of it is."""


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """One field the file would change; ``fields`` are what the grid's form sends for it."""

    name: str
    field: str
    is_new: bool
    old: str
    new: str
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RefusedCell:
    """One field or row of the file that cannot be taken, where it stands and why."""

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


def grid_workbook(page: EntryPage) -> bytes:
    """The grid as it stands, a row each; hidden rows of a filter come too."""
    title = f"Utfall {page.period.name}, {page.body.short_name}"
    columns = [
        SheetColumn(title=_mark(page) if name == "Rad" else name, is_hidden=True) for name in HIDDEN
    ]
    columns += [SheetColumn(title=name, width=WIDTHS.get(name, 14)) for name in SHOWN]
    rows = [_row(row) for row in page.rows]
    return workbook(
        [Sheet(name="Utfall", title=title, columns=columns, rows=rows, fixed=len(HIDDEN) + 1)]
    )


def _mark(page: EntryPage) -> str:
    return f"{MARK} {page.state.pk}"


def _row(row: EntryRow) -> list[Value]:
    return [
        row.id,
        row.version,
        row.was,
        row.comment,
        row.full_name,
        row.unit,
        row.target,
        _number(row.previous),
        _number(row.value) if row.kind == ValueKind.NUMBER else row.value,
        str(ValueKind(row.kind).label),
        row.light_word,
        row.change,
        row.comment,
    ]


def _number(printed: str) -> Value:
    try:
        value = parse_swedish(printed)
    except ValueError:
        return printed
    return printed if printed.endswith("%") else Number(value=value, decimals=decimals_of(value))


def preview(data: bytes, page: EntryPage, frame: Frame, *, by: User) -> ImportPreview:
    """What the file would change in the grid, field by field. Raises NotAGrid."""
    rows = {row.id: row for row in page.rows}
    found: list[CellChange | RefusedCell] = []
    seen: set[str] = set()
    for line in _table(data, page, by).rows:
        key = line.cells[0].text
        row = rows.get(key)
        name = row.full_name if row else line.cells[len(HIDDEN)].text
        if row is None:
            reason = "Raden finns inte i den här perioden. Rader läggs till i planen, inte här."
            found.append(RefusedCell(line=line.line, name=name, reason=reason))
        elif key in seen:
            reason = "Samma rad står flera gånger i filen. Den första gäller."
            found.append(RefusedCell(line=line.line, name=name, reason=reason))
        else:
            seen.add(key)
            found += _compared(line, row, frame)
    return ImportPreview(
        changes=tuple(one for one in found if isinstance(one, CellChange)),
        refused=tuple(one for one in found if isinstance(one, RefusedCell)),
    )


def _table(data: bytes, page: EntryPage, by: User) -> ReadTable:
    """The table of this very period and committee; anything else is refused whole."""
    if by.person is None:
        raise NotAGrid(NOT_OURS)
    try:
        table = read_untrusted(workbook_reader.read, data, WANTED, by=by.person)
    except UnreadableFile:
        raise NotAGrid(NOT_OURS) from None
    if table is None:
        raise NotAGrid(NOT_OURS)
    if table.titles[0] != _mark(page):
        raise NotAGrid("Filen är hämtad för en annan period eller nämnd. Inget är läst.")
    if table.titles[1:] != TITLES[1:]:
        raise NotAGrid("Kolumnerna är ändrade. Hämta arket på nytt och flytta över värdena.")
    if table.is_merged:
        raise NotAGrid("Arket har sammanfogade celler. Dela dem och läs in filen igen.")
    if table.has_more:
        raise NotAGrid(f"Arket har för många rader. Högst {MAX_ROWS} läses.")
    return table


def _compared(line: ReadRow, row: EntryRow, frame: Frame) -> Iterator[CellChange | RefusedCell]:
    """The row's value and comment beside what the file showed when it was taken out."""
    for compare in (_value_change, _comment_change):
        try:
            change = compare(line.cells, row, frame)
        except Refusal as refusal:
            yield RefusedCell(line=line.line, name=row.full_name, reason=refusal.message)
        else:
            if change is not None:
                yield change


def _value_change(line: Sequence[ReadCell], row: EntryRow, frame: Frame) -> CellChange | None:
    was, kind = line[2].text, KINDS.get(line[KIND].text or str(ValueKind.NUMBER.label))
    if kind is None:
        raise Invalid(f"”{line[KIND].text}” är inget slag. Skriv {', '.join(KINDS)}.")
    text = _typed(line[VALUE], row.unit)
    says = text or kind.value if kind in CHOSEN_BLANKS else text
    if kind in CHOSEN_BLANKS and text:
        _check_value(row, frame, text, kind)
    if _same(says, was) or _same(says, row.was):
        _check_kind(kind, row, was)
        return None
    if row.is_computed:
        raise Invalid("Värdet beräknas av enheterna. Ändra enheternas rader.")
    if was != row.was:
        stands = row.value or "inget värde"
        raise Invalid(f"Värdet har ändrats till {stands} sedan filen hämtades.")
    _check_value(row, frame, text, kind)
    return CellChange(
        name=row.full_name,
        field="Utfall",
        is_new=not row.was,
        old=row.value or ("" if not row.was else row.light_word),
        new=text or ("Inget värde" if kind not in CHOSEN_BLANKS else str(kind.label)),
        fields={
            f"value-{row.id}": text,
            f"kind-{row.id}": kind.value,
            f"was-{row.id}": row.was,
            f"version-{row.id}": str(row.version),
        },
    )


def _comment_change(line: Sequence[ReadCell], row: EntryRow, _frame: Frame) -> CellChange | None:
    was = read_comment(line[3].text)
    says = read_comment(line[COMMENT].text)
    if says in {was, row.comment}:
        return None
    if was != row.comment:
        raise Invalid("Kommentaren har ändrats sedan filen hämtades.")
    return CellChange(
        name=row.full_name,
        field="Kommentar",
        is_new=not row.comment,
        old=row.comment,
        new=says or "Ingen kommentar",
        fields={
            f"comment-{row.id}": says,
            f"was-comment-{row.id}": row.comment,
            f"version-{row.id}": str(row.version),
        },
    )


def _check_value(row: EntryRow, frame: Frame, text: str, kind: ValueKind) -> None:
    """As the grid's own save reads it; raises what it would refuse."""
    key = cell_key(row.id)
    if key is None:
        raise Http404
    indicator = frame.cell(key).indicator
    read_outcome(
        text,
        kind=kind,
        unit_label=indicator.unit_label,
        decimals=indicator.decimals,
        is_change=indicator.base_year is not None,
        is_ratio=indicator.rollup == RollUp.RATIO,
    )


def _check_kind(kind: ValueKind, row: EntryRow, was: str) -> None:
    """The grid's form sends what differs, and would not see that only the kind does."""
    if kind.value != row.kind and was == row.was and was:
        raise Invalid("Slaget är ändrat men inte värdet. Ändra slaget i rutnätet i stället.")


def _same(one: str, other: str) -> bool:
    """Equal as text, or as numbers: Excel keeps no final zeros."""
    if one == other:
        return True
    try:
        return parse_swedish(one) == parse_swedish(other)
    except ValueError:
        return False


def _typed(cell: ReadCell, unit: str) -> str:
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
            raise Invalid("Cellen visar procent, men indikatorn mäts inte i procent.")
        number = (number * 100).normalize()
        number = rounded(number, 0) if decimals_of(number) == 0 else number
    decimals = max(decimals_of(number.normalize()), _decimals_shown(cell.format))
    return swedish(number, decimals)


def _decimals_shown(number_format: str) -> int:
    """Of "#,##0.00" and its like; 0 for every other format."""
    _whole, _point, after = number_format.partition(".")
    return len(after) if after and set(after) == {"0"} else 0
