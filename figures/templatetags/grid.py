"""The rows of a grid."""

from collections.abc import Iterator, Sequence

from django import template
from django.template.loader import get_template

from figures.memo import remembered
from figures.rules.grid import GridCell, GridColumn, GridRow

register = template.Library()


@register.filter
def cells_of(row: GridRow, columns: Sequence[GridColumn]) -> Iterator[tuple[GridColumn, GridCell]]:
    """Each column with its cell in the row."""
    return zip(columns, row.cells, strict=True)


@register.simple_tag
def grid_row(row: GridRow, columns: Sequence[GridColumn], *, is_open: bool, has_trend: str) -> str:
    """One row as HTML."""
    return _rendered(row, tuple(columns), is_open, bool(has_trend))


@remembered("the row itself, its columns, whether it is open and has a trend", size=4096)
def _rendered(row: GridRow, columns: tuple[GridColumn, ...], is_open: bool, has_trend: bool) -> str:  # noqa: FBT001 -- a key
    shown = {"row": row, "columns": columns, "is_open": is_open, "has_trend": has_trend}
    return get_template("figures/_row.html").render(shown)
