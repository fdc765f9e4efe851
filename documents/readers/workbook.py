"""One table of an Excel workbook: what its cells hold and how they show it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from math import isfinite
from typing import Any, Final, Literal
from zipfile import ZipFile

from msgspec import Struct
from msgspec.structs import replace
from openpyxl import load_workbook

from documents.readers import Unfit

MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell[\s/>]")
MOST_LINES: Final = 1_048_576
OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
REMEMBERED: Final = '{"'  # as a row's hidden cell begins
WANTED: Final = "Läs in det ark som du har hämtat här."
SAVE_AS: Final = "Öppna den, spara den som Excel-arbetsbok (.xlsx) och läs in den igen."
BROKEN: Final = (
    "Filen är skadad och kan inte läsas. Öppna den i Excel, spara den på nytt och läs in den igen."
)
Kind = Literal["text", "number", "date", "error"]


class WantedTable(Struct, frozen=True, kw_only=True):
    """The table one of whose titles begins with ``mark``, below no more lines than ``head_within``."""

    mark: str
    head_within: int
    columns: int
    most_rows: int
    most_unpacked: int


class ReadCell(Struct, frozen=True, array_like=True):
    """``is_formula``: the rest is what the workbook stored as the formula's value, if anything."""

    text: str = ""
    kind: Kind = "text"
    format: str = "General"
    is_formula: bool = False


class ReadRow(Struct, frozen=True, kw_only=True):
    line: int
    cells: tuple[ReadCell, ...]


class ReadTable(Struct, frozen=True, kw_only=True):
    """``has_more`` says that rows beyond those asked for were left unread."""

    titles: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    has_more: bool
    is_merged: bool


def read(data: bytes, options: WantedTable) -> ReadTable | None:
    """The table, or None when no sheet of the workbook is marked as asked for."""
    check_kind(data)
    with ZipFile(BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > options.most_unpacked:
            raise Unfit("Filen är för stor när den packas upp. Inget är läst.")
    try:
        return _read(data, options)
    except (MemoryError, Unfit):
        raise
    except Exception as broken:  # whatever openpyxl makes of it
        raise Unfit(BROKEN) from broken


def _read(data: bytes, options: WantedTable) -> ReadTable | None:
    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    headless = False
    for sheet in book.worksheets:
        lines = _lines(sheet, options)
        for line, cells in lines:
            titles = _row(line, cells).cells
            if any(title.text.startswith(options.mark) for title in titles):
                table = _table(titles, lines, options, is_merged=_is_merged(data, sheet))
                return _with_values(table, data, sheet.title, options)
            headless = headless or any(title.text.startswith(REMEMBERED) for title in titles)
            if line >= options.head_within:
                break
    if headless:
        raise Unfit(
            "Arkets rubrikrad är borttagen. Hämta arket på nytt och flytta över värdena. Inget är läst."
        )
    return None


def _lines(sheet: Any, options: WantedTable) -> Iterator[tuple[int, Sequence[Any]]]:
    sheet.reset_dimensions()  # as the file states them, and a file may lie
    return enumerate(sheet.iter_rows(max_col=options.columns), start=1)


def _with_values(table: ReadTable, data: bytes, name: str, options: WantedTable) -> ReadTable:
    """Formulas with the values that the workbook stored of them."""
    lines = {row.line for row in table.rows if any(cell.is_formula for cell in row.cells)}
    if not lines:
        return table
    book = load_workbook(BytesIO(data), read_only=True, keep_links=False, data_only=True)
    stored = {}
    for line, cells in _lines(book[name], options):
        if line in lines:
            stored[line] = _row(line, cells).cells
        if line >= max(lines):
            break
    rows = (
        replace(
            row,
            cells=tuple(
                replace(value, is_formula=True) if cell.is_formula else cell
                for cell, value in zip(row.cells, stored[row.line], strict=True)
            ),
        )
        if row.line in stored
        else row
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def check_kind(data: bytes) -> None:
    """Tell the files that people take for a workbook apart by their first bytes."""
    if reason := _of_parts(data) if data.startswith(b"PK") else _of_another_kind(data):
        raise Unfit(reason)


def _of_another_kind(data: bytes) -> str:
    is_locked = "EncryptedPackage".encode("utf-16-le") in data
    is_table = b"\0" not in data and any(sign in data for sign in (b";", b",", b"\t"))
    told = {
        "Filen är tom.": not data.strip(),
        f"Filen är en PDF, inte ett Excelark. {WANTED}": data.startswith(b"%PDF"),
        "Arket är skyddat med lösenord. Ta bort det i Excel, spara och läs in filen igen.": is_locked,
        f"Filen är av ett äldre slag (.xls). {SAVE_AS}": data.startswith(OLE),
        f"Filen är en textfil (csv). {SAVE_AS}": is_table,
    }
    return next((why for why, is_so in told.items() if is_so), f"Filen är inget Excelark. {WANTED}")


def _of_parts(data: bytes) -> str:
    """Why the zip is no workbook of ours; "" when it may be one."""
    try:
        with ZipFile(BytesIO(data)) as parts:
            names = set(parts.namelist())
            kind = parts.read("mimetype")[:80] if "mimetype" in names else b""
    except Exception:  # whatever a zip holds that is none
        return BROKEN
    if b"opendocument.spreadsheet" in kind:
        return f"Filen är av slaget ods. {SAVE_AS}"
    if "xl/workbook.bin" in names:
        return f"Filen är av slaget xlsb. {SAVE_AS}"
    is_ours = any(name.startswith("xl/") for name in names)
    return "" if is_ours else f"Filen är inget Excelark. {WANTED}"


def _table(
    titles: Sequence[ReadCell],
    lines: Iterable[tuple[int, Sequence[Any]]],
    options: WantedTable,
    *,
    is_merged: bool,
) -> ReadTable:
    rows: list[ReadRow] = []
    has_more = False
    for line, cells in lines:
        is_blank = all(cell.value is None for cell in cells)
        if line > (MOST_LINES if is_blank else options.most_rows):
            has_more = True
            break
        if not is_blank:
            rows.append(_row(line, cells))
    return ReadTable(
        titles=tuple(cell.text for cell in titles),
        rows=tuple(rows),
        has_more=has_more,
        is_merged=is_merged,
    )


def _row(line: int, cells: Sequence[Any]) -> ReadRow:
    return ReadRow(line=line, cells=tuple(_cell(cell) for cell in cells))


def _is_merged(data: bytes, sheet: Any) -> bool:
    with ZipFile(BytesIO(data)) as parts:
        return bool(MERGED.search(parts.read(sheet._worksheet_path)))  # noqa: SLF001 -- has no other name


def _cell(cell: Any) -> ReadCell:
    value = cell.value
    if value is None:
        return ReadCell()
    if cell.data_type == "f":
        return ReadCell(is_formula=True)
    kind = _kind(cell)
    # A key that became a number is told without the point that some programs give it.
    is_whole = kind == "number" and value == int(value)
    return ReadCell(
        str(int(value) if is_whole else value).strip(), kind, str(cell.number_format or "General")
    )


def _kind(cell: Any) -> Kind:
    value = cell.value
    if cell.data_type == "e":
        return "error"
    if isinstance(value, date):
        return "date"
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return "number" if is_number else "text"
