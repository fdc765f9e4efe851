"""The rows of a grid."""

from collections.abc import Iterator, Sequence

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from figures.memo import remembered
from figures.rules.grid import GridCell, GridColumn, GridRow

register = template.Library()


@register.filter
def cells_of(row: GridRow, columns: Sequence[GridColumn]) -> Iterator[tuple[GridColumn, GridCell]]:
    """Each column with its cell in the row."""
    return zip(columns, row.cells, strict=True)


@register.simple_tag
def grid_rows(
    rows: Sequence[GridRow], columns: Sequence[GridColumn], *, is_open: bool, has_trend: str
) -> SafeString:
    """The rows as HTML; few of a page's have changed since it was last shown."""
    as_key = (tuple(columns), is_open, bool(has_trend))
    return SafeString("".join(_rendered(row, *as_key) for row in rows))


@remembered("the row itself, its columns, whether it is open and has a trend", size=4096)
def _rendered(row: GridRow, columns: tuple[GridColumn, ...], is_open: bool, has_trend: bool) -> str:  # noqa: FBT001 -- a key
    shown = {"row": row, "columns": columns, "is_open": is_open, "has_trend": has_trend}
    return get_template("figures/_row.html").render(shown)
