"""Between a grid's fields and its saving: what was typed, and what to answer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django import forms
from django.http import Http404, QueryDict

from documents.uploads import UploadField
from figures.enums import CHOSEN_BLANKS, ValueKind
from figures.grid import Answers, GridPage, GridSource
from figures.rules.grid import GridCell, GridRow, Group, Typed, plain
from figures.rules.key import CellKey, Key, cell_from
from figures.rules.numbers import Doubtful
from figures.rules.words import blank_named
from governance.rules import Refusal, Stale, whole_number

VALUE = "value-"
MOST_BYTES = 5 * 1024 * 1024


def typed_in(data: QueryDict, source: GridSource, *, is_partial: bool) -> list[Typed]:
    """The cells that were sent and, of a whole form, touched.

    Without JavaScript every cell is sent with what it showed (``was-12.value``, and where kinds are
    chosen ``waskind-12.value``); those left as they were are skipped. ``is_partial``: the script sends what was changed, and all of it counts. 404
    for a name that no cell of this grid can have. Where no kind is sent a blank is known by its word.
    """
    typed = [_typed(data, source, name) for name in data if name.startswith(VALUE)]
    return [each for each in typed if is_partial or _is_touched(each)]


def _typed(data: QueryDict, source: GridSource, name: str) -> Typed:
    field = name.removeprefix(VALUE)
    cell = cell_from(field)
    column = source.column(cell.column) if cell else None
    if cell is None or column is None:
        raise Http404
    kinds = {kind.value: kind for kind in column.kinds}
    text = plain(data.get(name) or "")
    kind = kinds.get(data.get(f"kind-{field}", ""))
    if kind is None and (kind := blank_named(text, column.kinds)):
        text = ""
    return Typed(
        cell=cell,
        text=text,
        kind=kind or ValueKind.NUMBER,
        seen=whole_number(data.get(f"version-{field}", "")),
        was=plain(was) if (was := data.get(f"was-{field}")) is not None else None,
        was_kind=kinds.get(data.get(f"waskind-{field}", "")),
        is_undo=f"undo-{field}" in data,
        is_confirmed=f"confirm-{field}" in data,
    )


def _is_touched(typed: Typed) -> bool:
    """True where the cell does not say any longer what it showed."""
    if typed.is_confirmed or typed.was is None or typed.was_kind not in {None, typed.kind}:
        return True
    is_blank = not typed.text and typed.kind in CHOSEN_BLANKS
    return (typed.kind.value if is_blank else typed.text) != typed.was


def answered(groups: Iterable[Group], answers: Answers) -> tuple[Group, ...]:
    """The rows with what was typed kept, and the reason, where a cell was refused."""
    refused = {each.cell: (each, refusal) for each, refusal in answers.items() if refusal}
    return tuple(
        replace(group, rows=tuple(_answered(row, refused) for row in group.rows))
        for group in groups
    )


def _answered(row: GridRow, refused: dict[CellKey, tuple[Typed, Refusal]]) -> GridRow:
    found = [refused.get(CellKey(row=row.key, column=cell.column)) for cell in row.cells]
    if not any(found):
        return row
    cells = (
        _refused(cell, *each) if each else cell for cell, each in zip(row.cells, found, strict=True)
    )
    return replace(row, cells=tuple(cells))


def _refused(cell: GridCell, typed: Typed, refusal: Refusal) -> GridCell:
    return replace(
        cell,
        refused=typed.text,
        refused_kind=typed.kind.value,
        error=refusal.message,
        choices=refusal.choices if isinstance(refusal, Doubtful) else (),
        state="conflict" if isinstance(refusal, Stale) else "invalid",
    )


def status_of(answers: Answers) -> int:
    """422 when a value cannot be taken, 409 when somebody was first or the period is closed."""
    return max((refusal.status for refusal in answers.values() if refusal), default=200)


def undo_fields(
    page: GridPage, rows: Mapping[Key, GridRow], cells: Iterable[CellKey]
) -> dict[str, str]:
    """What a form sends to bring the cells back to what they were when ``page`` was read."""
    before = {row.key: row for row in page.rows}
    fields: dict[str, str] = {}
    for key in cells:
        old, now = before[key.row].cell(key.column), rows[key.row].cell(key.column)
        if old is None or now is None or (old.was, old.kind) == (now.was, now.kind):
            continue
        name = f"{key.row}.{key.column}"
        fields |= {f"value-{name}": old.shown, f"was-{name}": now.was, f"undo-{name}": "1"}
        column = page.source.column(key.column)
        if column is not None and column.kinds:
            fields |= {f"kind-{name}": old.kind, f"waskind-{name}": now.kind}
    return fields


class SheetForm(forms.Form):
    """The workbook that is read against the grid."""

    file = UploadField(
        most_bytes=MOST_BYTES,
        label="Ifyllt ark",
        help_text="Det ark som du har hämtat här, i Excel-format (.xlsx), högst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
