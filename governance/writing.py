"""The one way rows are written: cleaned, with version (wall 6) and history (wall 7) together.

Every function is called inside the action's own transaction. ``told`` says what the history tells
where it is not the columns themselves: field, old and new in words. ``about`` is the row whose
history it is, where that is another one (a point's change stands in its paragraph's history).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from governance.declarations import Columns, Secret, table_of
from governance.enums import ChangeKind
from governance.history import Told, history_of, record, record_all
from governance.models import SecrecyPart, User
from governance.rules import WITHHELD, Invalid, Stale, Withheld, clean_text, swedish

Row = TypeVar("Row", bound=models.Model)
CREATED: Told = {"": ("", "Tillagd")}
REMOVED = "Borttagen"
LONGEST_TEXT = 20_000  # signs: some ten pages of a protocol, and every print of it can be made
FIRST_YEAR, LAST_YEAR = 1850, 2200  # regions begin in 1862; no plan reaches further
STALE = "Någon annan har ändrat uppgiften sedan du öppnade sidan. Ladda om och försök igen."


def add(
    row: Row,
    *,
    by: User | None,
    told: Told = CREATED,
    about: models.Model | None = None,
    kind: ChangeKind = ChangeKind.ACT,
    now: datetime | None = None,
) -> Row:
    """Insert the row. IntegrityError when it exists: the caller names that refusal."""
    _clean(row)
    _refuse_beside_secret([row])
    row.save(force_insert=True)
    record(row=about or row, told=told, by=by, kind=kind, now=now)
    return row


def add_all(
    rows: Sequence[Row],
    *,
    by: User | None,
    told: Told = CREATED,
    kind: ChangeKind = ChangeKind.ACT,
    now: datetime | None = None,
) -> list[Row]:
    """Insert rows of one model in one statement, each with its history."""
    if not rows:
        return []
    for row in rows:
        _clean(row)
    _refuse_beside_secret(rows)
    made = type(rows[0])._default_manager.bulk_create(rows)
    record_all([(row, told, kind) for row in made], by=by, now=now)
    return made


def change(
    row: models.Model,
    values: Mapping[str, object],
    *,
    by: User | None,
    seen: int | None = None,
    where: Mapping[str, object] | None = None,
    told: Told | None = None,
    about: models.Model | None = None,
    kind: ChangeKind = ChangeKind.TYPED,
    now: datetime | None = None,
) -> dict[str, object]:
    """Write the values that differ and return them; nothing differing writes nothing.

    One conditional UPDATE: Stale when the row's version is no longer ``seen`` (the row's own when
    not said), or ``where`` holds no longer. A row without a version is else written whatever stood.
    """
    differing = differing_of(row, values)
    if not differing:
        return {}
    old = {name: printed(row, name) for name in differing}
    update(row, differing, seen=seen, where=where)
    default = {name: (old[name], printed(row, name)) for name in differing}
    record(row=about or row, told=default if told is None else told, by=by, kind=kind, now=now)
    return differing


def stale_value(
    row: models.Model, field: str, *, what: str, typed: str, theirs: str, **words: Any
) -> Stale:
    """The refusal of one value, with who made it what it is now by the row's history; nobody is
    named when it was not written through an action. ``words`` are those of ``Stale.of``."""
    last = next((each for each in history_of(row, is_open=True) if each.field == field), None)
    if last is not None and last.new == theirs:
        words |= {"was": last.old, "who": last.actor, "at": timezone.localtime(last.at)}
    return Stale.of(what=what, typed=typed, theirs=theirs, **words)


def stale_form(row: models.Model, values: Mapping[str, object]) -> Stale:
    """The refusal of a form's values, with who was first and the fields that differ now."""
    last = next((each for each in history_of(row) if each.field), None)
    names = {field.name: field for field in row._meta.fields}
    differing = (
        (str(names[name].verbose_name).capitalize(), printed(row, name) or "tomt")
        for name, value in values.items()
        if name in names and getattr(row, name) != value
    )
    if last is None:
        return Stale.of_form(differing)
    return Stale.of_form(differing, who=last.actor, at=timezone.localtime(last.at))


@dataclass(frozen=True, kw_only=True)
class Written:
    """What of a row is written anew, and what the history tells of it."""

    row: models.Model
    values: Mapping[str, object]
    told: Told
    kind: ChangeKind = ChangeKind.TYPED


def write_all(changes: Sequence[Written], *, by: User | None, now: datetime | None = None) -> None:
    """Insert and change rows of one model, each with its history: three statements for any number.

    The caller holds the rows locked and has compared what they hold. IntegrityError when a new row
    exists: somebody else made it in the same moment.
    """
    if not changes:
        return
    names = {"version"}
    old = [each.row for each in changes if each.row.pk]
    _refuse_secrets(changes)
    for each in changes:
        for name, value in differing_of(each.row, each.values).items():
            setattr(each.row, name, value)
            names.add(name)
    for row in old:
        row.version += 1  # type: ignore[attr-defined]
    rows = type(changes[0].row)._default_manager
    rows.bulk_create([_cleaned(each.row) for each in changes if not each.row.pk])
    if len(old) == 1:
        rows.filter(pk=old[0].pk).update(**{name: getattr(old[0], name) for name in names})
    elif old:
        rows.bulk_update(old, sorted(names))
    record_all([(each.row, each.told, each.kind) for each in changes], by=by, now=now)


def differing_of(row: models.Model, values: Mapping[str, object]) -> dict[str, object]:
    """The values, cleaned, that the row does not have. Invalid where they are a mark's own words."""
    found = {name: cleaned_for(row, name, value) for name, value in values.items()}
    differing = {name: value for name, value in found.items() if getattr(row, name) != value}
    if any(_is_said(value) for value in differing.values()):
        raise Invalid(f"”{WITHHELD}” skrivs av en sekretessmarkering. Skriv något annat.")
    return differing


def told_of(row: models.Model, values: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Old and new of the columns themselves."""
    return {name: (getattr(row, name), value) for name, value in values.items()}


def update(
    row: models.Model,
    values: Mapping[str, object],
    *,
    seen: int | None = None,
    where: Mapping[str, object] | None = None,
    raises_version: bool = True,
) -> None:
    """The conditional UPDATE alone: for what has no history of its own (a private note), or, with
    no values, for a row whose version stands for others'.

    ``where`` is what must hold besides. Without ``raises_version`` it leaves the version, for what
    no form shows (a printing's document): the caller holds the row.
    """
    values = {name: cleaned_for(row, name, value) for name, value in values.items()}
    rows = unmarked(type(row)._default_manager.filter(pk=row.pk, **(where or {})), values)
    raised: dict[str, object] = {}
    if raises_version and hasattr(row, "version"):
        rows = rows.filter(version=row.version if seen is None else seen)
        raised = {"version": F("version") + 1}
    if (values or raised) and not rows.update(**values, **raised):
        refuse_secret(row, values)
        raise Stale(STALE)
    for name, value in values.items():
        setattr(row, name, value)
    if raised:
        row.version = (row.version if seen is None else seen) + 1  # type: ignore[attr-defined]


def update_all(rows: "models.QuerySet[Any]", values: Mapping[str, object]) -> int:
    """The same of many rows that have neither version nor history, but for those that are marked;
    how many."""
    return (
        unmarked(rows, values)
        .order_by()
        .update(**{name: cleaned(value) for name, value in values.items()})
    )


def remove(
    row: models.Model,
    *,
    by: User | None,
    seen: int | None = None,
    told: Told | None = None,
    about: models.Model | None = None,
    now: datetime | None = None,
) -> None:
    """Delete the row, told in its own history or in another's. Stale as for ``change``."""
    columns = withheld_columns(type(row))
    rows = unmarked(type(row)._default_manager.filter(pk=row.pk), columns)
    if seen is not None:
        rows = rows.filter(version=seen)
    default = {"": (str(row), REMOVED)}
    record(row=about or row, told=told or default, by=by, kind=ChangeKind.ACT, now=now)
    if not rows.delete()[0]:
        refuse_secret(row, columns)
        raise Stale(STALE)


def set_links(
    row: models.Model,
    field: str,
    others: Sequence[models.Model],
    *,
    by: User | None,
    kind: ChangeKind = ChangeKind.TYPED,
) -> None:
    """Make a many-to-many field hold exactly these rows. Links have no version: the last writer's
    whole choice holds, and both are in the history."""
    links = getattr(row, field)
    held = list(links.all())
    if {each.pk for each in held} == {each.pk for each in others}:
        return
    links.set(others)
    told = {field: (", ".join(map(str, held)), ", ".join(map(str, others)))}
    record(row=row, told=told, by=by, kind=kind)


def reorder(rows: Sequence[models.Model], *, row: models.Model, told: str, by: User | None) -> None:
    """Let the rows, in this order, share their positions; made anew where two have the same. The
    place is nobody's text, so no version is raised; ``row`` is the one that was moved."""
    held = sorted(each.position for each in rows)  # type: ignore[attr-defined]
    places = held if len({*held}) == len(held) else range(1, len(held) + 1)
    for each, position in zip(rows, places, strict=True):
        type(each)._default_manager.filter(pk=each.pk).update(position=position)
    record(row=row, told={"": ("", told)}, by=by, kind=ChangeKind.ACT)


def is_withheld(row: models.Model) -> bool:
    """A secrecy mark covers the row, whatever its columns hold."""
    return _marks(row).exists()


def says_withheld(row: models.Model) -> bool:
    """The row, as it was read, holds a mark's words; without them no mark has taken anything out."""
    return any(getattr(row, name) == WITHHELD for name in withheld_columns(type(row))[:1])


def withheld_columns(model: type[models.Model]) -> Columns:
    secret = table_of(model).secret
    return secret.columns if isinstance(secret, Secret) else ()


def unmarked(rows: "models.QuerySet[Any]", names: Collection[str]) -> "models.QuerySet[Any]":
    """Of the rows those that may have these columns written: where a mark takes one of them out,
    those that none covers. Part of the writing statement itself, and of every one."""
    if {*names}.isdisjoint(withheld_columns(rows.model)):
        return rows
    parts = SecrecyPart.objects.filter(object_type=rows.model._meta.label, mark__lifted_on=None)
    return rows.exclude(Exists(parts.filter(object_id=OuterRef("pk"))))


def refuse_secret(row: models.Model, names: Collection[str]) -> None:
    """Raise Withheld where that is why ``unmarked`` left the row out."""
    if not {*names}.isdisjoint(withheld_columns(type(row))) and is_withheld(row):
        raise Withheld


def _marks(*rows: models.Model) -> "models.QuerySet[SecrecyPart]":
    return SecrecyPart.objects.filter(
        object_type=rows[0]._meta.label, object_id__in=[r.pk for r in rows], mark__lifted_on=None
    )


def _is_said(value: object) -> bool:
    return isinstance(value, str) and " ".join(value.split()).casefold() == WITHHELD.casefold()


def _refuse_secrets(changes: Sequence[Written]) -> None:
    """Of rows that are held and as they stand: what they say is what they are."""
    _refuse_beside_secret([each.row for each in changes if not each.row.pk])
    for each in changes:
        if each.row.pk and says_withheld(each.row):
            refuse_secret(each.row, differing_of(each.row, each.values))


def _refuse_beside_secret(rows: Sequence[models.Model]) -> None:
    """What is added under a marked row would not be covered by its mark."""
    if not rows or not withheld_columns(type(rows[0])):
        return
    table = table_of(type(rows[0]))
    owners = {getattr(row, table.owner) for row in rows}
    said = [each for each in owners if says_withheld(each)]
    if said and _marks(*said).exists():
        raise Withheld


def printed(row: models.Model, name: str) -> str:
    """The field as a reader meets it: a choice by its label, yes or no, a row by its name."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    shown = getattr(row, f"get_{name}_display", None)
    if callable(shown) and value:
        return str(shown())
    return "" if value is None else str(value)


def ensure(model: type[Row], **key: Any) -> Row:
    """The row with this key, made without history when it is not there (a counter)."""
    return model._default_manager.get_or_create(**key)[0]


def copied(row: Row, **changes: Any) -> Row:
    """A new row, not yet added, with this one's columns but for the changes; its number and version
    are its own."""
    columns = [each for each in row._meta.concrete_fields if each.name not in ("id", "version")]
    made = type(row)(**{each.attname: getattr(row, each.attname) for each in columns})
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def new_token() -> str:
    """What a form is drawn with and a new row's key ends in: the same form sent twice makes one
    row, and no key is ever used again (wall 3)."""
    return uuid4().hex[:12]


def cleaned_for(row: models.Model, name: str, value: object) -> object:
    """The value as the row's column may hold it: cleaned, and of a text no more than can be printed.
    What a machine writes (``machine_texts``) has its own bounds."""
    value = cleaned(value)
    field = row._meta.get_field(name)
    if not isinstance(field, models.TextField) or not isinstance(value, str):
        return value
    if len(value) > LONGEST_TEXT and name not in getattr(row, "machine_texts", ()):
        label, signs = str(field.verbose_name).capitalize(), swedish(Decimal(len(value)))
        most = swedish(Decimal(LONGEST_TEXT))
        raise Invalid(f"{label} är för lång: {signs} tecken. Högst {most} ryms.")
    return value


def cleaned(value: object) -> object:
    """A text without what XML and PostgreSQL cannot hold; anything else as it is.

    Raises Invalid for a day that no reckoning of ours can go on from.
    """
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Invalid(f"Året {value.year} går inte att använda. Skriv datumet på nytt.")
    return clean_text(value) if type(value) is str else value


def _cleaned(row: models.Model) -> models.Model:
    _clean(row)
    return row


def _clean(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str | date):
            setattr(row, field.attname, cleaned_for(row, field.name, value))
