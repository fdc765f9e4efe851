"""Between the entry grid's fields and the actions: what was typed, and what to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import Http404, QueryDict

from governance.rules import Refusal
from targets.actions import Typed
from targets.queries import EntryPage, EntryRow
from targets.rules import StaleOutcome

VALUE = "value-"
MAX_VERSION_DIGITS = 9


def typed_in(data: QueryDict, rows: Sequence[EntryRow]) -> list[Typed]:
    """The cells that were sent and touched.

    Without JavaScript every row is sent with what it showed (``was-7``); rows left as they were
    are skipped, so that nobody conflicts over a value he did not touch. A row that is not in
    this grid, of another committee or region, or held as words, is one that one may not know of.
    """
    writable = {row.id for row in rows if row.is_writable}
    cells = []
    for name in data:
        if not name.startswith(VALUE):
            continue
        row = _whole(name.removeprefix(VALUE))
        if row not in writable:
            raise Http404
        text = data.get(name, "").strip()
        if data.get(f"was-{row}") != text:
            cells.append(Typed(row=row, text=text, seen=_whole(data.get(f"version-{row}", ""))))
    return cells


def _whole(text: str) -> int:
    """A whole number of a hidden field; anything else is 0, which no row and version has."""
    plain = text.isascii() and text.isdigit() and len(text) <= MAX_VERSION_DIGITS
    return int(text) if plain else 0


def answered(
    page: EntryPage, typed: Sequence[Typed], answers: Mapping[int, Refusal | None]
) -> EntryPage:
    """The page with what was typed kept, and the reason, where a cell was refused."""
    texts = {cell.row: cell.text for cell in typed}
    return replace(
        page,
        rows=tuple(_row(row, texts.get(row.id, ""), answers.get(row.id)) for row in page.rows),
    )


def _row(row: EntryRow, text: str, refusal: Refusal | None) -> EntryRow:
    if refusal is None:
        return row
    conflict = isinstance(refusal, StaleOutcome)
    state = "conflict" if conflict else "invalid"
    return replace(row, typed=text, error=refusal.message, state=state, is_conflict=conflict)


def status_of(answers: Mapping[int, Refusal | None]) -> int:
    """409 when somebody was first or the period is locked, 422 when a value cannot be taken."""
    return max((refusal.status for refusal in answers.values() if refusal), default=200)


def seen_version(data: QueryDict) -> int:
    return _whole(data.get("version", ""))
