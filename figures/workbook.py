"""Excel workbooks out: tables with a head that stays, numbers as numbers, text always as text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from governance.rules import clean_text

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = Font(bold=True, size=14)
HEAD = Font(bold=True)
HEAD_FILL = PatternFill("solid", start_color="E7EDF3", end_color="E7EDF3")
HEAD_LINE = Border(bottom=Side(style="thin", color="5B6B7B"))
WRAPPED = Alignment(vertical="top", wrap_text=True)
TOP = Alignment(vertical="top")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME, LONGEST_TEXT = 31, 32767
HEAD_LINE_AT = 3
LISTS = "Val"


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number with the decimals it is printed with."""

    value: Decimal
    decimals: int

    @property
    def format(self) -> str:
        """Excel's own: the reader's Excel puts in its separators."""
        return "#,##0" + ("." + "0" * self.decimals if self.decimals else "")


SheetValue = str | int | Number | date | None


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    title: str
    width: int = 14
    is_hidden: bool = False
    options: Sequence[str] = ()  # offered in a list


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table under a title; ``fixed`` is how many columns stay when one scrolls sideways."""

    name: str
    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[SheetValue]]
    fixed: int = 1


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file: no formula is ever written, whatever a text begins with."""
    book = Workbook()
    for number, sheet in enumerate(sheets):
        page = book.active if number == 0 else book.create_sheet()
        assert isinstance(page, Worksheet)  # noqa: S101 -- a new book has a sheet of cells
        _fill(page, sheet)
        for at, column in enumerate(sheet.columns, start=1):
            if column.options and sheet.rows:
                _offer(book, page, get_column_letter(at), len(sheet.rows), column.options)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _offer(book: Workbook, page: Worksheet, letter: str, rows: int, options: Sequence[str]) -> None:
    """A list to choose in; its words stand in a hidden sheet, where they may hold any sign."""
    lists = book[LISTS] if LISTS in book.sheetnames else book.create_sheet(LISTS)
    assert isinstance(lists, Worksheet)  # noqa: S101 -- of cells, as all of ours
    lists.sheet_state = "hidden"
    column = 1 if lists.max_row == 1 and lists["A1"].value is None else lists.max_column + 1
    for down, option in enumerate(options, start=1):
        _write(lists, down, column, option)
    own = get_column_letter(column)
    offered = DataValidation(
        type="list", formula1=f"{LISTS}!${own}$1:${own}${len(options)}", allow_blank=True
    )
    offered.error, offered.errorTitle = "Välj i listan.", "Finns inte att välja"
    page.add_data_validation(offered)
    offered.add(f"{letter}{HEAD_LINE_AT + 1}:{letter}{HEAD_LINE_AT + rows}")


def _fill(page: Worksheet, sheet: Sheet) -> None:
    page.title = NOT_IN_NAMES.sub(" ", sheet.name)[:LONGEST_NAME] or "Blad"
    _write(page, 1, 1, sheet.title).font = TITLE
    head = HEAD_LINE_AT
    for number, column in enumerate(sheet.columns, start=1):
        cell = _write(page, head, number, column.title)
        cell.font, cell.fill, cell.border, cell.alignment = HEAD, HEAD_FILL, HEAD_LINE, WRAPPED
        shape = page.column_dimensions[get_column_letter(number)]
        shape.width, shape.hidden = column.width, column.is_hidden
    for down, row in enumerate(sheet.rows, start=head + 1):
        for number, value in enumerate(row, start=1):
            if value is not None and value != "":
                _write(page, down, number, value)
    page.freeze_panes = page.cell(head + 1, sheet.fixed + 1).coordinate
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A{head}:{last}{head + max(len(sheet.rows), 1)}"
    _paper(page, head)


def _write(page: Worksheet, row: int, column: int, value: SheetValue) -> Cell:
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 -- nothing is merged in a sheet of ours
    cell.alignment = WRAPPED if isinstance(value, str) else TOP
    if isinstance(value, Number):
        cell.value, cell.number_format = value.value, value.format
    elif isinstance(value, str):
        cell.value = clean_text(value)[:LONGEST_TEXT]
        # "=2+2" in a comment is what somebody wrote, not something to compute: the type is set
        # after openpyxl has guessed it, and the quote keeps Excel from guessing again.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    return cell


def _paper(page: Worksheet, head: int) -> None:
    """A4 across, as wide as the paper, with the head on every sheet."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{head}:{head}"
