"""Secrecy (wall 23): what is marked is taken out of its rows, and put back when the mark is lifted."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import models

from governance.declarations import Keeps, Secret, Table, declared, table_of, tables
from governance.enums import ChangeKind
from governance.history import SECRECY, entries_in_owner, record
from governance.locks import exclusive
from governance.models import Person, SecrecyMark, SecrecyPart, User
from governance.queries import body_of_row, stored
from governance.refusals import atomic
from governance.rules import WITHHELD, Invalid, Refusal
from governance.writing import add, add_all, change, is_withheld, set_links, update

LIFTED, READ = "Hävd", "Läst"
NO_LONGER = "Markeringen är redan hävd."


@dataclass(frozen=True, kw_only=True)
class LegalGround:
    """The section of law: 18 kap. 8 § offentlighets- och sekretesslagen."""

    law: str
    chapter: int
    section: str


def mark_secret(
    *,
    row: models.Model,
    ground: LegalGround,
    reason: str,
    review_on: date,
    readers: Collection[Person],
    by: User,
    today: date,
) -> SecrecyMark:
    """Withhold the row and what it owns from every output, but for the persons named."""
    _check_review(review_on, today)
    body = body_of_row(row)
    if body is None:
        raise Refusal("Det som hela regionen delar kan inte sekretessmarkeras.")
    with atomic():
        for each in declared(Keeps):
            each.hold(body)
        table = table_of(type(row))
        if table.owner_table is not None and isinstance(table.owner_table.secret, Secret):
            owners = table.owner_table.model._default_manager
            exclusive(owners.filter(pk=getattr(row, f"{table.owner}_id")))  # who writes it holds it
        covered = list(_covered(row))
        if not covered:
            raise Refusal("Uppgiften är redan sekretessmarkerad.")
        for one in covered:
            _refuse_waiting(one)
        kept = [one for each in declared(Keeps) for one in each.holding(body, covered)]
        mark = SecrecyMark(
            body=body,
            object_type=row._meta.label,
            object_id=row.pk,
            law=ground.law,
            chapter=ground.chapter,
            section=ground.section,
            reason=reason,
            marked_by=str(by),
            marked_on=today,
            review_on=review_on,
            name=WITHHELD,
        )
        add(mark, by=by)
        set_links(mark, "readers", list(readers), by=by)
        for one in covered:
            _take(one, mark, by=by)
        for one in kept:
            add(_part_of(one, mark, is_closed=True), by=None, told={})
        change(mark, {"name": _place(covered[0])}, by=by, told={})
    return mark


def keep_mark(*, mark: SecrecyMark, review_on: date, seen: int, by: User, today: date) -> None:
    """Tried anew, and it stands until another day."""
    _check_review(review_on, today)
    with atomic():
        change(mark, {"review_on": review_on}, by=by, seen=seen, where={"lifted_on": None})


def lift_mark(*, mark: SecrecyMark, seen: int, by: User, today: date) -> None:
    """Put back what was taken out of the rows; what is kept as it was can be read again."""
    values = {"lifted_by": str(by), "lifted_on": today}
    with atomic():
        for each in declared(Keeps):
            each.hold(mark.body)
        if not change(mark, values, by=by, seen=seen, where={"lifted_on": None}):
            raise Refusal(NO_LONGER)
        for part in mark.parts.exclude(content=""):
            model = apps.get_model(part.object_type)
            for row in exclusive(model._default_manager.filter(pk=part.object_id)):
                _refuse_waiting(row)
                update(row, stored(model, part.content))
                told = {SECRECY: (mark.ground, LIFTED)}
                record(row=row, told=told, by=by, kind=ChangeKind.ACT)
            update(part, {"content": ""})


def read_withheld(*, mark: SecrecyMark, by: User) -> None:
    """That somebody read what is withheld stands in the mark's history."""
    if not mark.is_in_force:
        raise Refusal(NO_LONGER)
    with atomic():
        record(row=mark, told={SECRECY: ("", READ)}, by=by, kind=ChangeKind.ACT)


def _refuse_waiting(row: models.Model) -> None:
    """What is signed is what stands in the rows: neither is changed while it is out."""
    if words := secret_of(table_of(type(row))).waits(row):
        raise Refusal(words)


def _check_review(review_on: date, today: date) -> None:
    if review_on <= today:
        raise Invalid("Dagen för omprövning ska ligga framåt i tiden.")


def _covered(row: models.Model) -> Iterator[models.Model]:
    """The row and what can be secret of what it owns, held alone; but what has a mark of its own."""
    for held in exclusive(type(row)._default_manager.filter(pk=row.pk)):
        if is_withheld(held):
            return
        yield held
    table = table_of(type(row))
    for each in tables():
        if each.owner_table is table and isinstance(each.secret, Secret):
            for owned in each.model._default_manager.filter(**{each.owner: row}).order_by("pk"):
                yield from _covered(owned)


def _take(row: models.Model, mark: SecrecyMark, *, by: User) -> None:
    """What the database itself keeps as it was signed stays in its row, which is closed."""
    table = table_of(type(row))
    told = [_part_of(each, mark, is_closed=True) for each in entries_in_owner(row)]
    add_all(told, by=None, told={})
    if _is_sealed(row, table):
        add(_part_of(row, mark, is_closed=True), by=None, told={})
        return
    part = _part_of(row, mark, content=_content(row, table))
    update(row, table.withheld())
    add(part, by=None, told={})
    record(row=row, told={SECRECY: ("", mark.ground)}, by=by, kind=ChangeKind.ACT)


def _is_sealed(row: models.Model, table: Table) -> bool:
    if table.guard is None:
        return False
    sealed = table.guard.sealed.format(row=table.guard.table)
    return table.model._default_manager.filter(pk=row.pk).extra(where=[sealed]).exists()  # noqa: S610 -- the guard's own condition


def _part_of(
    row: models.Model, mark: SecrecyMark, *, content: str = "", is_closed: bool = False
) -> SecrecyPart:
    place = {"object_type": row._meta.label, "object_id": row.pk}
    return SecrecyPart(mark=mark, content=content, is_closed=is_closed, **place)


def _content(row: models.Model, table: Table) -> str:
    columns = [row._meta.get_field(name) for name in secret_of(table).columns]
    held = {each.attname: each.value_from_object(row) for each in columns}  # type: ignore[union-attr]
    return json.dumps(
        {name: None if value is None else str(value) for name, value in held.items()},
        ensure_ascii=False,
    )


def secret_of(table: Table) -> Secret:
    secret = table.secret
    assert isinstance(secret, Secret)  # noqa: S101 -- no page offers another row
    return secret


def _place(row: models.Model) -> str:
    """Which row it is, without what stood there."""
    table = table_of(type(row))
    words = str(row)
    if WITHHELD in words or _is_sealed(row, table):
        number = getattr(row, "number", "") or getattr(row, "position", "")
        return f"{secret_of(table).word} {number} i {getattr(row, table.owner)}".replace("  ", " ")
    return f"{secret_of(table).word}: {words}"[:300]
