"""The rows of a grid."""

from collections.abc import Iterator, Sequence

from django import template

from figures.rules.grid import Cell, Column, Row

register = template.Library()


@register.filter
def cells_of(row: Row, columns: Sequence[Column]) -> Iterator[tuple[Column, Cell]]:
    """Each column with its cell in the row."""
    return zip(columns, row.cells, strict=True)
