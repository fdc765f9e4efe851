"""Saving a grid: one transaction a request, one answer a cell."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db import IntegrityError
from django.db.models import Model
from django.http import Http404
from django.utils import timezone

from figures.enums import Reads
from figures.grid import GridSource
from figures.rules.grid import Foreseen, GridColumn, GridRow, Typed, as_sent, chosen_kind, plain
from figures.rules.key import CellKey, Key
from figures.rules.numbers import Doubtful
from figures.rules.value import Value
from governance.history import HistoryEntry, history_of
from governance.models import User
from governance.refusals import atomic
from governance.rules import Refusal, Stale


def record(
    source: GridSource, typed: Iterable[Typed], *, by: User, today: date
) -> dict[Typed, Refusal | None]:
    """Judge every cell and write those that are taken; one refused cell stops no other.

    The period is shared and the rows are locked in id order before anything is judged; values,
    history and everything computed are each written at once. A row that somebody else made in the
    same moment is judged once more. Returns the refusal, or None, per cell; where the period is
    closed or the database busy, the same for all. Raises Http404 for a cell the grid does not have.
    """
    fields = tuple(typed)
    source.prepare({each.cell.row for each in fields})
    try:
        return _recorded(source, fields, by=by, today=today)
    except Refusal as refusal:
        source.forget()
        if not isinstance(refusal.__cause__, IntegrityError):
            return dict.fromkeys(fields, refusal)
    try:
        return _recorded(source, fields, by=by, today=today)
    except Refusal as refusal:
        source.forget()
        return dict.fromkeys(fields, refusal)


def _recorded(
    source: GridSource, typed: tuple[Typed, ...], *, by: User, today: date
) -> dict[Typed, Refusal | None]:
    with atomic():
        source.check_open(today)
        keys = {each.cell.row for each in typed}
        rows = {row.key: row for row in source.rows(keys, lock=True)}
        answers: dict[Typed, Refusal | None] = {}
        taken: dict[CellKey, Value] = {}
        for each in typed:
            try:
                value = _judged(source, rows, each, by)
            except Refusal as refusal:
                answers[each] = refusal
            else:
                answers[each] = None
                if value is not None:
                    taken[each.cell] = value
        refused = source.contradicted(taken)
        answers |= {each: refused[each.cell] for each in typed if each.cell in refused}
        taken = {cell: value for cell, value in taken.items() if cell not in refused}
        if taken:
            source.write(taken, by=by)
        return answers


def foresee(source: GridSource, typed: Iterable[Typed]) -> list[Foreseen]:
    """What a save would make of the cells, by the same rules; nothing is written, and a cell that
    says what stands there is left out."""
    fields = tuple(typed)
    keys = {each.cell.row for each in fields}
    source.prepare(keys)
    if lock := source.locked():
        return [Foreseen(cell=each.cell, why=lock) for each in fields]
    rows = {row.key: row for row in source.rows(keys)}
    taken: dict[CellKey, Value] = {}
    refused: dict[CellKey, Refusal] = {}
    for each in fields:
        try:
            value = _judged(source, rows, each)
        except Refusal as refusal:
            refused[each.cell] = refusal
        else:
            taken |= {each.cell: value} if value is not None else {}
    refused |= source.contradicted(taken)
    return [
        _foreseen(source, each, taken, refused)
        for each in fields
        if each.cell in {*taken, *refused}
    ]


def _foreseen(
    source: GridSource,
    typed: Typed,
    taken: Mapping[CellKey, Value],
    refused: Mapping[CellKey, Refusal],
) -> Foreseen:
    if refusal := refused.get(typed.cell):
        choices = refusal.choices if isinstance(refusal, Doubtful) else ()
        return Foreseen(cell=typed.cell, why=refusal.message, choices=choices)
    column, value = source.column(typed.cell.column), taken[typed.cell]
    assert column is not None  # noqa: S101 -- judged
    return Foreseen(
        cell=typed.cell,
        text=as_sent(value, typed.text),
        kind=typed.kind.value if column.kinds else "",
        says=column.becomes(value, typed.text),
    )


def _judged(
    source: GridSource, rows: Mapping[Key, GridRow], typed: Typed, by: User | None = None
) -> Value | None:
    """The value to write; None where what was typed is what stands there."""
    row, column = rows.get(typed.cell.row), source.column(typed.cell.column)
    cell = row.cell(typed.cell.column) if row else None
    if row is None or column is None or cell is None:
        raise Http404
    if cell.locked:
        raise Refusal(cell.locked)
    if typed.is_confirmed and cell.unusual and typed.text == plain(cell.shown):
        return replace(cell.value, is_confirmed=True)
    if typed.text == plain(cell.shown) and (not column.kinds or typed.kind == cell.kind):
        return None
    value = source.understood(row, column, typed.text, typed.kind)
    if typed.is_undo:
        value = _brought_back(source, column, typed) or value
    if value.says_the_same(cell.value, is_fixed=cell.decimals is not None):
        return None
    is_old = cell.version != typed.seen if typed.was is None else plain(cell.was) != typed.was
    if is_old:
        raise stale(
            source.place(typed.cell),
            column.field,
            typed=column.word(typed.text),
            theirs=cell.told,
            version=cell.version,
            by=by,
            what=column.what,
            nothing=column.nothing,
            is_text=column.reads == Reads.TEXT,
        )
    return value


def _brought_back(source: GridSource, column: GridColumn, typed: Typed) -> Value | None:
    """The value that an undo goes back to, with all that belonged to it, as the history kept it."""
    row = source.place(typed.cell)
    for entry in history_of(row, is_open=True) if row is not None and row.pk else ():
        old = Value.from_data(entry.old_data) if entry.field == column.field else None
        if old is None or plain(old.shown) != typed.text:
            continue
        if not column.kinds or chosen_kind(old.kind) == typed.kind:
            return old
    return None


def _called(entry: HistoryEntry, by: User | None) -> str:
    return "Du, i ett annat fönster," if by and entry.actor_id == by.pk else entry.actor


def stale(
    row: Model | None,
    field: str,
    *,
    typed: str,
    theirs: str,
    version: int,
    by: User | None = None,
    what: str = "Värdet",
    nothing: str = "inget värde",
    is_text: bool = False,
) -> Stale:
    """Who wrote what stands there, where the history knows, beside what was typed."""
    entries = history_of(row, is_open=True) if row is not None and row.pk else ()
    last = next((each for each in entries if each.field == field), None)
    if last is not None and last.new != theirs:
        last = None
    return Stale.of(
        what=what,
        typed=typed,
        theirs=theirs,
        was=last.old if last else "",
        who=_called(last, by) if last else "",
        at=timezone.localtime(last.at) if last else None,
        version=version,
        is_text=is_text,
        nothing=nothing,
    )
