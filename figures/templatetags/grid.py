"""The rows of a grid."""

from collections.abc import Iterator, Sequence

from django import template
from django.template.loader import get_template

from figures.memo import remembered
from figures.rules.grid import Cell, Column, Row

register = template.Library()


@register.filter
def cells_of(row: Row, columns: Sequence[Column]) -> Iterator[tuple[Column, Cell]]:
    """Each column with its cell in the row."""
    return zip(columns, row.cells, strict=True)


@register.simple_tag
def grid_row(row: Row, columns: Sequence[Column], *, is_open: bool, has_trend: str) -> str:
    """One row as HTML."""
    return _rendered(row, tuple(columns), is_open, bool(has_trend))


@remembered("the row and its columns, whether it is written in and has a trend", size=4096)
def _rendered(row: Row, columns: tuple[Column, ...], is_open: bool, has_trend: bool) -> str:  # noqa: FBT001 -- a key
    shown = {"row": row, "columns": columns, "is_open": is_open, "has_trend": has_trend}
    return get_template("figures/_row.html").render(shown)
