"""What is written to Excel: numbers as numbers, text as text, whatever it begins with."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from figures.workbook import Number, Sheet, SheetColumn, workbook
from governance.rules import clean_text


def written(*values):
    """The first row as a reader gets it back, with how each cell is shown."""
    columns = [SheetColumn(title=f"K{number}") for number, _value in enumerate(values)]
    data = workbook([Sheet(name="Blad", title="Rubrik", columns=columns, rows=[values])])
    return load_workbook(BytesIO(data))["Blad"][4]


@pytest.mark.parametrize(
    "text", ["=2+2", "+46 35 13 48 00", "-", "@SUM(A1)", '=HYPERLINK("http://x")', "=", "–"]
)
def test_text_is_never_a_formula(text):
    (cell,) = written(text)

    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("6.94", 2, "#,##0.00"),
        ("2577.2", 1, "#,##0.0"),
        ("-24", 0, "#,##0"),
        ("0.00", 2, "#,##0.00"),
    ],
)
def test_number_keeps_its_decimals(value, decimals, shown):
    (cell,) = written(Number(value=Decimal(value), decimals=decimals))

    assert Decimal(str(cell.value)) == Decimal(value)
    assert (cell.data_type, cell.number_format) == ("n", shown)


def test_blank_and_zero_differ():
    blank, empty, zero, day = written(None, "", 0, date(2026, 3, 10))

    assert (blank.value, empty.value, zero.value) == (None, None, 0)
    assert day.value.date() == date(2026, 3, 10)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=200))
def test_any_text_comes_back_as_it_was_but_for_what_xml_cannot_hold(text):
    (cell,) = written(text)
    expected = clean_text(text).replace("\r\n", "\n").replace("\r", "\n")

    assert (cell.value or "").replace("\r\n", "\n").replace("\r", "\n") == expected


def test_head_stays_and_prints_on_every_page():
    columns = [SheetColumn(title="Nyckel", is_hidden=True), SheetColumn(title="Utfall")]
    data = workbook(
        [Sheet(name="A/B: [lång] " + "x" * 40, title="R", columns=columns, rows=[], fixed=1)]
    )
    page = load_workbook(BytesIO(data)).active

    assert len(page.title) <= 31
    assert (page.freeze_panes, page.print_title_rows) == ("B4", "$3:$3")
    assert page.column_dimensions["A"].hidden is True
    assert page.page_setup.orientation == "landscape"
