"""What an app says of itself, as data: its tables, and whatever an upper floor asks it for.

``<app>/declares.py`` is the app's top room and holds DECLARES, a flat tuple of frozen things. No
module imports it: ``load`` does, by name, once every model stands. An app declares types of its own
floor and of floors below it; who needs them asks ``declared(Type)``.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from django.apps import AppConfig, apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models

if TYPE_CHECKING:
    from governance.guards import Guard

ROOT = "governance.Organisation"
T = TypeVar("T")
_loaded: dict[str, tuple[object, ...]] = {}


class Misdeclared(ImproperlyConfigured):
    """A declaration that cannot be; it names the app and the table."""

    def __init__(self, app: str, name: str, what: str) -> None:
        super().__init__(f"{app}/declares.py, {name}: {what}")


@dataclass(frozen=True, kw_only=True)
class Table:
    """One model: the one path to its organisation (wall 2) and to its body, and its guard.

    A path is foreign keys joined by ``__``, as in a lookup; "" is the row itself. ``outside`` is
    the reason why a row reaches no organisation; without a body path no body owns the row.
    """

    model: type[models.Model] = field(kw_only=False)
    organisation: str | None = None
    outside: str = ""
    body: str | None = None
    guard: "Guard | None" = None

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def app(self) -> str:
        return self.model._meta.app_label

    def organisation_of(self, row: models.Model) -> int:
        """The id of the organisation the row belongs to."""
        found = None if self.organisation is None else walk(row, self.organisation)
        if found is None:
            raise LookupError(f"{self.label} reaches no organisation: {self.outside}")
        return found

    def body_of(self, row: models.Model) -> int | None:
        """The id of the body the row belongs to; None when no body owns it."""
        return None if self.body is None else walk(row, self.body)


def walk(row: models.Model, path: str) -> int | None:
    """The id at the path's end; a query only for a relation that is not loaded."""
    *way, last = path.split("__")
    at: models.Model | None = row
    for step in way:
        at = None if at is None else getattr(at, step)
    found: int | None = None if at is None else getattr(at, f"{last}_id" if last else "pk")
    return found


def load() -> None:
    """Read the declarations of every app. Raises Misdeclared."""
    _loaded.clear()
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.declares") is not None:
            _loaded[config.label] = read(config.label, import_module(f"{config.name}.declares"))
    declared.cache_clear()
    _by_model.cache_clear()
    for config in apps.get_app_configs():
        if not config.name.startswith("django."):
            check_complete(config)


def read(app: str, module: object) -> tuple[object, ...]:
    found = getattr(module, "DECLARES", None)
    if not isinstance(found, tuple):
        raise Misdeclared(app, "DECLARES", "is not a tuple")
    for each in found:
        if not getattr(getattr(each, "__dataclass_params__", None), "frozen", False):
            raise Misdeclared(app, repr(each)[:80], "is not frozen data")
        if isinstance(each, Table):
            check_table(app, each)
    return found


def check_table(app: str, table: Table) -> None:
    def wrong(what: str) -> Misdeclared:
        return Misdeclared(app, table.label, what)

    if table.app != app:
        raise wrong(f"is a table of {table.app}")
    if (table.organisation is None) == (not table.outside):
        raise wrong("has neither a path to its organisation nor a reason why not, or both")
    if (
        table.organisation is not None
        and end(table, table.organisation, may_be_empty=False) != ROOT
    ):
        raise wrong(f"does not reach its organisation by {table.organisation!r}")
    if table.body is not None and end(table, table.body, may_be_empty=True) != "governance.Body":
        raise wrong(f"does not reach its body by {table.body!r}")
    if table.guard is not None and table.guard.table != table.model._meta.db_table:
        raise wrong(f"has the guard of {table.guard.table}")


def end(table: Table, path: str, *, may_be_empty: bool) -> str:
    """Label of the model at the path's end; nothing when it is no path."""
    model = table.model
    for step in filter(None, path.split("__")):
        try:
            column = model._meta.get_field(step)
        except FieldDoesNotExist:
            return ""
        if not isinstance(column, models.ForeignKey) or (column.null and not may_be_empty):
            return ""
        model = column.related_model
    return model._meta.label


def check_complete(config: AppConfig) -> None:
    """Every model of the app is declared, and once."""
    labels = [t.label for t in _loaded.get(config.label, ()) if isinstance(t, Table)]
    for model in config.get_models():
        if labels.count(model._meta.label) != 1:
            times = labels.count(model._meta.label)
            raise Misdeclared(
                config.label, model._meta.label, f"is declared {times} times, not once"
            )


@cache
def declared(kind: type[T]) -> tuple[T, ...]:
    """Everything of the kind that the apps declare, lowest app first."""
    if not _loaded:
        raise ImproperlyConfigured("The declarations are read once every app is ready.")
    return tuple(each for found in _loaded.values() for each in found if isinstance(each, kind))


def tables() -> tuple[Table, ...]:
    return declared(Table)


@cache
def _by_model() -> dict[type[models.Model], Table]:
    return {table.model: table for table in tables()}


def table_of(model: type[models.Model]) -> Table:
    return _by_model()[model]
