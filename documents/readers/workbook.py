"""One table of an Excel workbook: what its cells hold and how they show it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from math import isfinite
from typing import Any, Final, Literal
from zipfile import ZipFile

from msgspec import Struct
from openpyxl import load_workbook

from documents.readers import Unfit

MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell[\s/>]")
MOST_LINES: Final = 1_048_576
Kind = Literal["text", "number", "date", "formula", "error"]


class WantedTable(Struct, frozen=True, kw_only=True):
    """The table whose first title begins with ``mark``, on line ``head``."""

    mark: str
    head: int
    columns: int
    most_rows: int
    most_unpacked: int


class ReadCell(Struct, frozen=True, array_like=True):
    text: str = ""
    kind: Kind = "text"
    format: str = "General"


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
    with ZipFile(BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > options.most_unpacked:
            raise Unfit("Filen är för stor när den packas upp. Inget är läst.")
    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # as the file states them, and a file may lie
        lines = enumerate(sheet.iter_rows(max_col=options.columns), start=1)
        titles = next((_row(*line).cells for line in lines if line[0] == options.head), ())
        if titles and titles[0].text.startswith(options.mark):
            return _table(titles, lines, options, is_merged=_is_merged(data, sheet))
    return None


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
    return ReadCell(str(value).strip(), _kind(cell), str(cell.number_format or "General"))


def _kind(cell: Any) -> Kind:
    value = cell.value
    if cell.data_type in {"f", "e"}:
        return "formula" if cell.data_type == "f" else "error"
    if isinstance(value, date):
        return "date"
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return "number" if is_number else "text"
