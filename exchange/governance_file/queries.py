"""What the database holds, by the paths a governance file names things with; and the dump of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from exchange.governance_file.format import (
    Entity,
    children,
    entities,
    entity,
    lineage,
    steps,
    target_of,
)
from exchange.governance_file.writing import Writer
from governance.declarations import ROOT
from governance.models import Organisation
from governance.queries import closed_ids

Component = tuple[str, ...]
Path = tuple[Component, ...]
HEADER = "Styrfil för Uppsikt. Formatet beskrivs i docs/governance-file.md."


@dataclass(kw_only=True)
class Stored:
    """Every carried row of some organisations, found by path and by primary key."""

    rows: dict[tuple[str, Path], models.Model] = field(default_factory=dict)
    paths: dict[tuple[str, int], Path] = field(default_factory=dict)
    by_pk: dict[tuple[str, int], models.Model] = field(default_factory=dict)
    links: dict[tuple[str, int, str], list[int]] = field(default_factory=dict)
    below: dict[tuple[str, str, int], list[models.Model]] = field(default_factory=dict)

    def path(self, found: Entity, row: models.Model) -> Path:
        known = self.paths.get((found.model, row.pk))
        if known is not None:
            return known
        own = tuple(self.text(found, row, name) or "" for name in found.identity)
        path: Path = (() if found.single else own,)
        if found.parent:
            owner = entity(found.parent)
            owner_row = self.by_pk[owner.model, owner_id(found, row)]
            path = (*self.path(owner, owner_row), *path)
        self.paths[found.model, row.pk] = path
        return path

    def text(self, found: Entity, row: models.Model, attribute: str) -> str | None:
        """One value as the file writes it; None when the row has none."""
        if attribute in found.numbers:
            return found.write(attribute, row)
        if target_of(found, attribute) is None:
            return written(found.value(row, attribute))
        pk = getattr(row, found.column(attribute).attname)
        return None if pk is None else self.reference(found, attribute, pk)

    def reference(self, found: Entity, attribute: str, pk: int) -> str:
        target = target_of(found, attribute)
        if target is None:
            raise TypeError(attribute)
        path = self.path(target, self.by_pk[target.model, pk])
        named = {e.model for e in steps(found, attribute)}
        pairs = zip(lineage(target.model), path, strict=True)
        return "/".join(component[0] for e, component in pairs if e.model in named)

    def texts(self, found: Entity, row: models.Model, attribute: str) -> list[str]:
        """A many-to-many attribute as the file writes it."""
        pks = self.links.get((found.model, row.pk, attribute), [])
        return sorted(self.reference(found, attribute, pk) for pk in pks)


def owner_id(found: Entity, row: models.Model) -> int:
    pk: int = getattr(row, found.column(found.parent_field).attname)
    return pk


def written(value: Any) -> str | None:  # a column's Python value
    """A column's value as the file writes it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value) if isinstance(value, int) else written_time(value)


def written_time(value: date | time) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    return value.isoformat("minutes") if isinstance(value, time) else value.isoformat()


def stored(keys: Iterable[str]) -> Stored:
    """The carried rows of the organisations with these keys; a handful of queries per model."""
    found = Stored()
    organisations = list(Organisation.objects.filter(key__in=list(keys)))
    for kind in entities():
        for row in rows_of(kind, organisations):
            found.by_pk[kind.model, row.pk] = row
            if kind.parent:
                setattr(row, kind.parent_field, found.by_pk[kind.parent, owner_id(kind, row)])
                found.below.setdefault((kind.parent, kind.model, owner_id(kind, row)), []).append(
                    row
                )
        add_links(found, kind)
    for kind in entities():
        for (model, _pk), row in list(found.by_pk.items()):
            if model == kind.model:
                found.rows[model, found.path(kind, row)] = row
    return found


def rows_of(kind: Entity, organisations: Sequence[Organisation]) -> Sequence[models.Model]:
    if kind.model == ROOT:
        return organisations
    manager = kind.django._default_manager
    path = f"{kind.table.organisation_path}__in"
    return list(manager.filter(**{path: organisations}).order_by("pk"))


def add_links(found: Stored, kind: Entity) -> None:
    for name in kind.carried:
        if name in kind.numbers or not kind.column(name).many_to_many:
            continue
        column: Any = kind.column(name)  # the many-to-many's through table has no static type
        own, other = column.m2m_column_name(), column.m2m_reverse_name()
        pks = [pk for model, pk in found.by_pk if model == kind.model]
        through = column.remote_field.through._default_manager
        for left, right in through.filter(**{f"{own}__in": pks}).values_list(own, other):
            found.links.setdefault((kind.model, left, name), []).append(right)


def dump(keys: Iterable[str] | None = None) -> str:
    """The governance file of the organisations named, or of all: same rows, same bytes."""
    wanted = list(Organisation.objects.values_list("key", flat=True)) if keys is None else keys
    found = stored(wanted)
    leave_out_closed(found)
    writer = Writer(HEADER)
    writer.pair("format", "uppsikt/1", depth=0)
    roots = [row for (model, _path), row in found.rows.items() if model == ROOT]
    dump_list(found, entity(ROOT), roots, writer, depth=0)
    return writer.text()


def leave_out_closed(found: Stored) -> None:
    """A sealed row holds what is marked secret still; the file says that it is left out."""
    for kind in entities():
        for pk in closed_ids(kind.model):
            row = found.by_pk.get((kind.model, pk))
            for name, value in kind.table.withheld().items() if row else ():
                setattr(row, name, value)


def dump_list(
    found: Stored, kind: Entity, rows: Sequence[models.Model], writer: Writer, *, depth: int
) -> None:
    if not rows:
        return
    writer.open(kind.name, depth=depth)
    for row in sorted(rows, key=lambda row: sort_key(found, kind, row)):
        if kind.single:
            dump_row(found, kind, row, writer, depth=depth + 1)
            continue
        with writer.item(depth=depth + 1):
            dump_row(found, kind, row, writer, depth=depth + 2)


def sort_key(found: Stored, kind: Entity, row: models.Model) -> tuple[str, ...]:
    """By the declared order, numbers as numbers; never by the database's ids."""
    parts = []
    for name in kind.order or kind.identity:
        text = found.text(kind, row, name) or ""
        parts.append(text.rjust(20, "0") if text.isdigit() else text)
    return tuple(parts)


def dump_row(found: Stored, kind: Entity, row: models.Model, writer: Writer, *, depth: int) -> None:
    for name in kind.carried:
        if name in kind.numbers:
            text = kind.write(name, row)
            if text is not None:
                writer.pair(name, text, depth=depth, plain=True)
        else:
            dump_value(found, kind, row, name, writer, depth=depth)
    for child in children(kind.model):
        rows = found.below.get((kind.model, child.model, row.pk), [])
        dump_list(found, child, rows, writer, depth=depth)


def dump_value(
    found: Stored, kind: Entity, row: models.Model, name: str, writer: Writer, *, depth: int
) -> None:
    column = kind.column(name)
    if column.many_to_many:
        writer.texts(name, found.texts(kind, row, name), depth=depth)
        return
    if isinstance(column, models.JSONField):
        writer.texts(name, [str(item) for item in getattr(row, name)], depth=depth)
        return
    text = found.text(kind, row, name)
    keep = kind.facts.keep.get(name)
    if is_default(kind, row, name) or (keep is not None and text not in keep):
        return
    if text is None:
        writer.open(name, depth=depth)
        return
    plain = not isinstance(column, models.CharField | models.TextField | models.ForeignKey)
    writer.pair(name, text, depth=depth, plain=plain)


def is_default(kind: Entity, row: models.Model, name: str) -> bool:
    """Left out of a dump: what a new row would have anyway."""
    column = kind.column(name)
    value = kind.value(row, name)
    if name in kind.identity:
        return False
    if column.has_default():
        return bool(value == column.get_default())
    return value is None or (value == "" and column.blank)
