"""The governance file's registry: which facts of which model stand where (wall 17).

The nesting of the file is the ownership of the rows. All of it follows from the models and from
what the apps declare of their tables; reading, writing, dumping and the JSON Schema follow it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from exchange.governance_file.rules import Wrong, as_decimal
from governance.declarations import NEVER, Facts, Table, columns_of, table_of, tables
from governance.rules import decimals_of

LEADING = ("year", "position")  # what a dump sorts by before the identity


@dataclass(frozen=True, kw_only=True)
class Entity:
    """One kind of row: its place in the file, what names it, what it carries.

    ``numbers`` are values of the file that are two columns: a number and the decimals it has.
    """

    table: Table
    facts: Facts
    carried: tuple[str, ...]
    identity: tuple[str, ...]
    order: tuple[str, ...]
    parent: str
    single: bool

    @property
    def model(self) -> str:
        return self.table.label

    @property
    def django(self) -> type[models.Model]:
        return self.table.model

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def parent_field(self) -> str:
        return self.table.owner

    @property
    def numbers(self) -> Mapping[str, tuple[str, str]]:
        return self.facts.numbers

    @property
    def options(self) -> Mapping[str, "models.Field[Any, Any]"]:
        """Fields of the file that are one column."""
        return self.facts.folded.columns() if self.facts.folded else {}

    def value(self, row: models.Model, name: str) -> Any:  # a column's Python value
        if name not in self.options:
            return getattr(row, self.column(name).attname)
        found = self.unfolded(row)
        return found[name] if name in found else self.options[name].get_default()

    def unfolded(self, row: models.Model) -> Mapping[str, object]:
        """The options of the row."""
        folded = self.facts.folded
        return folded.read(getattr(row, folded.by), getattr(row, folded.column)) if folded else {}

    def column(self, attribute: str) -> "models.Field[Any, Any]":
        if attribute in self.options:
            return self.options[attribute]
        found = self.django._meta.get_field(attribute)
        if not isinstance(found, models.Field):
            raise TypeError(attribute)
        return found

    def read(self, name: str, text: str) -> dict[str, object]:
        """The columns of a number as it was written."""
        value = as_decimal(text)
        if decimals_of(value) > 6:  # noqa: PLR2004 -- the column's scale
            raise Wrong(f"”{text}” har för många decimaler.", "Skriv högst sex decimaler.")
        number, decimals = self.numbers[name]
        return {number: value, decimals: decimals_of(value)}

    def write(self, name: str, row: models.Model) -> str | None:
        number, decimals = (getattr(row, column) for column in self.numbers[name])
        return None if number is None or decimals is None else f"{number:.{decimals}f}"


@cache
def entities() -> tuple[Entity, ...]:
    return tuple(derived(table, table.facts) for table in tables() if table.facts is not None)


def derived(table: Table, facts: Facts) -> Entity:
    columns = {column.name: column for column in columns_of(table.model)}
    identity = facts.identity or identity_of(table, set(columns))
    numbers = {name: value for value, pair in facts.numbers.items() for name in pair}
    left_out = {*NEVER, table.owner, *facts.acts}
    told = [name for name in (*identity, *columns) if name not in left_out]
    carried = dict.fromkeys(numbers.get(name, name) for name in told)
    if facts.folded is not None:
        del carried[facts.folded.column]
        carried |= dict.fromkeys(facts.folded.columns())
    owner = table.owner_table
    return Entity(
        table=table,
        facts=facts,
        carried=tuple(carried),
        identity=identity,
        order=facts.order
        or tuple(dict.fromkeys((*(n for n in LEADING if n in carried), *identity))),
        parent=owner.label if owner else "",
        single=owner is not None and columns[table.owner].one_to_one,
    )


def identity_of(table: Table, columns: set[str]) -> tuple[str, ...]:
    """The key (wall 3), else what is unique within the owner."""
    if "key" in columns:
        return ("key",)
    return next(
        tuple(name for name in each.fields if name != table.owner)
        for each in table.model._meta.constraints
        if isinstance(each, models.UniqueConstraint) and each.condition is None
    )


def entity(model: str) -> Entity:
    return by_model()[model]


@cache
def by_model() -> Mapping[str, Entity]:
    return {e.model: e for e in entities()}


@cache
def children(model: str) -> Sequence[Entity]:
    return [e for e in entities() if e.parent == model]


@cache
def lineage(model: str) -> tuple[Entity, ...]:
    """The entity and its owners, from the organisation down."""
    found = entity(model)
    return (*lineage(found.parent), found) if found.parent else (found,)


def target_of(found: Entity, attribute: str) -> Entity | None:
    """The entity an attribute refers to; None when it is a value."""
    if attribute in found.numbers:
        return None
    related = found.column(attribute).related_model
    if related is None or isinstance(related, str):
        return None
    return entity(table_of(related).label)


def start_of(found: Entity, attribute: str) -> int:
    """How many owners of its target a reference leaves unsaid: those that the row itself has."""
    target = target_of(found, attribute)
    if target is None:
        raise TypeError(attribute)
    line = [e.model for e in lineage(target.model)]
    said = found.facts.within.get(attribute)
    own = [e.model for e in lineage(found.model)[:-1]]
    nearest = said or next(model for model in reversed(own) if model in line[:-1])
    return line.index(nearest) + 1


def steps(found: Entity, attribute: str) -> tuple[Entity, ...]:
    """The entities a reference's path walks, from below its start to the target."""
    target = target_of(found, attribute)
    if target is None:
        raise TypeError(attribute)
    return tuple(e for e in lineage(target.model)[start_of(found, attribute) :] if not e.single)


def is_required(found: Entity, attribute: str) -> bool:
    """A new row cannot do without it."""
    if attribute in found.numbers:
        return False
    column = found.column(attribute)
    return not (column.blank or column.null or column.has_default() or column.many_to_many)
