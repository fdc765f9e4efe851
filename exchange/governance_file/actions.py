"""Loading governance files through the one write path; frozen rows are refused (wall 17)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from django.db import DatabaseError, transaction

from exchange.governance_file.format import entities
from exchange.governance_file.reading import Record, RowChange, check_files
from exchange.governance_file.rules import Problem
from governance import writing
from governance.declarations import ROOT
from governance.enums import ChangeKind
from governance.models import User
from governance.rules import Invalid, Refusal
from rounds.actions.hand_in import keep_what_came_locked
from targets.outcomes.actions.anew import wholes_anew

READ = {"": ("", ChangeKind.LOADED.label)}


class BrokenFile(Invalid):
    """The file cannot be loaded; every problem is told at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(kw_only=True)
class Loaded:
    """What a load did, row by row."""

    created: int = 0
    unchanged: int = 0
    updated: list[str] = field(default_factory=list)
    readings: Sequence[str] = ()

    @property
    def is_nothing(self) -> bool:
        return not self.created and not self.updated


def load(files: Sequence[FilePath], *, by: User | None = None, write: bool = True) -> Loaded:
    """Check the files and, unless only checking, write them: all or nothing.

    Raises BrokenFile with every problem. Nothing is deleted, and a second load changes nothing.
    """
    checked = check_files(files)
    if checked.problems:
        raise BrokenFile(checked.problems)
    if write:
        with transaction.atomic():
            for change in checked.changes:
                write_change(change, by)
            for change in checked.changes:
                write_links(change, by)
            compute(checked.changes, by)
            wholes_anew(**_made_of_anew(checked.changes), by=by)
            keep_what_came_locked(organisations_of(checked.changes))
    return told(checked.changes, checked.readings)


def compute(changes: Sequence[RowChange], by: User | None) -> None:
    """What follows from the rows of a table, once all of them are written. Raises BrokenFile."""
    for kind in entities():
        own = {change.record.made: change for change in changes if change.record.entity is kind}
        changed = [row for row, change in own.items() if change.is_needed]
        if kind.table.after_load is None or not changed:
            continue
        if found := kind.table.after_load(changed, list(own), by):
            raise BrokenFile([refused(own[row].record, error) for row, error in found])


def _made_of_anew(changes: Sequence[RowChange]) -> dict[str, list[int]]:
    """What the file changed in what wholes are made of: a body's units, a rule, a period's days."""
    rows: dict[str, list[tuple[RowChange, Any]]] = defaultdict(list)
    for change in changes:
        if change.is_needed:
            rows[change.record.entity.model].append((change, change.record.made))
    return {
        "bodies": [
            unit.body_id
            for change, unit in rows["governance.Unit"]
            if change.record.parent and change.record.parent.row
        ],
        "indicators": [
            indicator.pk
            for change, indicator in rows["targets.Indicator"]
            if change.fields.keys() & {"rollup", "unit_label"}
        ],
        "periods": [
            period.pk for change, period in rows["governance.Period"] if "ends_on" in change.fields
        ],
    }


def told(changes: Sequence[RowChange], readings: Sequence[str] = ()) -> Loaded:
    loaded = Loaded(readings=readings)
    for change in changes:
        if not change.is_needed:
            loaded.unchanged += 1
        elif change.fields or change.links:
            loaded.updated += [
                f"{change.record.where}.{name}: {old} -> {new}"
                for name, (old, new) in change.fields.items()
            ]
            loaded.updated += [f"{change.record.where}.{name}" for name in change.links]
        else:
            loaded.created += 1
    return loaded


def organisations_of(changes: Sequence[RowChange]) -> set[int]:
    found = (change.record.owner(ROOT) for change in changes)
    return {owner.made.pk for owner in found if owner is not None and owner.made is not None}


def write_change(change: RowChange, by: User | None) -> None:
    record = change.record
    if not change.is_needed:
        return
    row, values = record.row or record.entity.django(), values_of(change)
    try:
        if change.is_new:
            for name, value in values.items():
                setattr(row, name, value)
            writing.add(row, by=by, told=READ, kind=ChangeKind.LOADED)
        else:
            writing.change(row, values, by=by, kind=ChangeKind.LOADED)
    except (DatabaseError, Refusal) as error:
        raise BrokenFile([refused(record, error)]) from error
    record.made = row


def values_of(change: RowChange) -> dict[str, object]:
    """New rows get all values and their owner, rows that stand only what differs."""
    record = change.record
    values: dict[str, object] = dict(record.values)
    for name, reference in record.refs.items():
        values[name] = reference and (reference.row or (reference.record and reference.record.made))
    if not change.is_new:
        return {name: values[name] for name in change.fields}
    if record.parent is not None:
        values[record.entity.parent_field] = record.parent.made
    return values


def write_links(change: RowChange, by: User | None) -> None:
    record = change.record
    for name in change.links if not change.is_new else record.links:
        others = [r.row or (r.record.made if r.record else None) for r in record.links[name]]
        if record.made is None or not (others or change.links):
            continue
        made = [other for other in others if other is not None]
        writing.set_links(record.made, name, made, by=by, kind=ChangeKind.LOADED)


def refused(record: Record, error: Exception) -> Problem:
    """The database's own no, told with the place in the file."""
    reason = str(error).splitlines()[0]
    what, mend = (
        f"Databasen säger nej ({reason}).",
        "Kontrollera att raden inte krockar med en annan.",
    )
    if "is sealed" in reason:
        what = "Raden hör till något som är låst eller justerat."
        mend = "Ta bort ändringen; en rättelse görs i systemet."
    elif isinstance(error, Refusal):
        what, mend = error.message, "Rätta filen och läs in den igen."
    return Problem(
        file=record.file,
        line=record.node.line,
        column=record.node.column,
        path=record.where,
        what=what,
        mend=mend,
    )


def rows_written(loaded: Loaded) -> str:
    """One Swedish sentence on what a load did."""
    if loaded.is_nothing:
        return f"Inget ändrades: {loaded.unchanged} rader är redan lika."
    return (
        f"{loaded.created} rader nya, {len(loaded.updated)} uppgifter ändrade, "
        f"{loaded.unchanged} rader redan lika."
    )
