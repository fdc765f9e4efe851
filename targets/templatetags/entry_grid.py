"""The rows of the entry grid."""

from functools import lru_cache

from django import template
from django.template.loader import get_template

from targets.outcomes.queries.entry_page import EntryLabels
from targets.outcomes.queries.entry_rows import EntryRow

register = template.Library()
REMEMBERED = 4096


@register.simple_tag
def entry_row(row: EntryRow, labels: EntryLabels, state_id: int, *, is_open: bool) -> str:
    """One row as HTML."""
    return _rendered(row, labels, state_id, is_open)


# A row's HTML follows from the row alone, and of a page with a hundred few have changed since it
# was last shown: rendering them anew takes most of the page's time.
@lru_cache(maxsize=REMEMBERED)
def _rendered(row: EntryRow, labels: EntryLabels, state_id: int, is_open: bool) -> str:  # noqa: FBT001 -- a key
    page = get_template("targets/_entry_row.html")
    shown = {"row": row, "labels": labels, "state_id": state_id, "is_open": is_open}
    return page.render(shown)
