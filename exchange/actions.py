"""Writing a checked governance file: one transaction, through the ground's actions (wall 17)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, transaction

from exchange.format import ROOT
from exchange.reading import Change, Record, check_files
from exchange.rules import Problem
from governance.actions import put_links, put_row
from governance.models import Organisation, Person, User
from governance.queries import DEMO_PASSWORD
from governance.rules import Invalid, Refusal
from rounds.actions.hand_in import keep_what_came_locked


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
            keep_what_came_locked(checked_organisations(checked.changes))
    return told(checked.changes)


def told(changes: Sequence[Change]) -> Loaded:
    loaded = Loaded()
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


def checked_organisations(changes: Sequence[Change]) -> set[int]:
    return {pk for change in changes if (pk := organisation_id(change.record)) is not None}


def write_change(change: Change, by: User | None) -> None:
    record = change.record
    if not change.is_needed:
        return
    row = record.row or record.entity.django()
    try:
        put_row(
            row=row,
            values=values_of(change),
            organisation_id=organisation_id(record),
            body_id=body_id(record),
            by=by,
        )
    except (DatabaseError, Refusal) as error:
        raise BrokenFile([refused(record, error)]) from error
    record.made = row


def values_of(change: Change) -> dict[str, object]:
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


def write_links(change: Change, by: User | None) -> None:
    record = change.record
    for name in change.links if not change.is_new else record.links:
        others = [r.row or (r.record.made if r.record else None) for r in record.links[name]]
        if record.made is None or not (others or change.links):
            continue
        put_links(
            row=record.made,
            field=name,
            others=[other for other in others if other is not None],
            organisation_id=organisation_id(record) or 0,
            body_id=body_id(record),
            by=by,
        )


def organisation_id(record: Record) -> int | None:
    owner = record.owner(ROOT)
    return owner.made.pk if owner is not None and owner.made is not None else None


def body_id(record: Record) -> int | None:
    owner = record.owner("governance.Body")
    return owner.made.pk if owner is not None and owner.made is not None else None


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
        what, mend = error.message, "Läs in filen igen."
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


class NotEmpty(Refusal):
    """The demo is loaded into an empty database only."""


# Per organisation: one account per role, and whose it is; the persons stand in the demo files.
DEMO_ACCOUNTS = {
    "region-halland": {
        "controller": "karin-lundqvist",
        "forvaltningschef": "johan-ekstrom",
        "ordforande": "eva-sandell",
        "lasare": "oskar-lindh",
        "handlaggare": "sofia-nyberg",
        "regiondirektor": "lars-wikander",
        "ekonomidirektor": "petra-holmdahl",
        "sekreterare": "maria-tornblad",
        "au-ordforande": "birgitta-almgren",
        "justerare": "anders-fjellstrom",
        "ledamot": "nils-hagberg",
        "registrator": "gunilla-palmer",
        "systemadministrator": "tomas-bergdahl",
        "sjukhus-controller": "camilla-ostergard",
        "regionkontor-controller": "viktor-alden",
    },
    "region-orebro": {
        "orebro-controller": "mikaela-brandt",
        "orebro-forvaltningschef": "stefan-rudling",
        "orebro-ordforande": "agneta-wallsten",
        "orebro-lasare": "peter-kihlberg",
        "orebro-handlaggare": "ida-norell",
        "orebro-ledamot": "rolf-enmark",
    },
}
ADMINISTRATOR = "systemadministrator"


@transaction.atomic
def load_demo(files: Sequence[FilePath]) -> Loaded:
    """Load the demo and make its accounts. Raises NotEmpty when an organisation stands already."""
    if Organisation.objects.exists():
        raise NotEmpty("Demon läses bara in i en tom databas. Töm den med make reset.")
    loaded = load(files)
    password = make_password(DEMO_PASSWORD)  # slow on purpose; once is enough for a printed one
    for organisation, accounts in DEMO_ACCOUNTS.items():
        for username, key in accounts.items():
            User.objects.create(
                username=username,
                password=password,
                person=Person.objects.get(organisation__key=organisation, key=key),
                is_demo=True,
                is_system_administrator=username == ADMINISTRATOR,
            )
    return loaded
