"""What an app says of itself, as data: its tables, and whatever an upper floor asks it for.

``<app>/declares.py`` is the app's top room and holds DECLARES, a flat tuple of frozen things. No
module imports it: ``load`` does, by name, once every model stands. An app declares types of its own
floor and of floors below it; who needs them asks ``declared(Type)``.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import AppConfig, apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models

from governance.enums import Role
from governance.guards import Guard
from governance.rules import WITHHELD, FiguresPage, OpenTask, Refusal

if TYPE_CHECKING:
    from governance.models import User

T = TypeVar("T")
Columns = tuple[str, ...]
AfterLoad = Callable[
    [Sequence[Any], Sequence[Any], "User | None"], Sequence[tuple[models.Model, Refusal]]
]
ROOT = "governance.Organisation"
BODY = "governance.Body"
NEVER = {"id", "version"}  # the database's own number, and what actions count (wall 6)
ACT_NAMES = re.compile(r".*(_by|_at|sha256)|state")
ACT_COLUMNS = (models.DateTimeField, models.BinaryField, models.JSONField)
_loaded: dict[str, tuple[object, ...]] = {}


class Misdeclared(ImproperlyConfigured):
    """A declaration that cannot be; it names the app and the table."""

    def __init__(self, app: str, name: str, what: str) -> None:
        super().__init__(f"{app}/declares.py, {name}: {what}")


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A text column that a file writes as fields of the row: options in canonical JSON.

    The column ``by`` says which of ``columns`` a row may have (``names``). ``read`` and ``write``
    turn text into fields and back.
    """

    column: str
    by: str
    columns: Callable[[], Mapping[str, "models.Field[Any, Any]"]]
    names: Callable[[str], Sequence[str]]
    read: Callable[[str, str], Mapping[str, object]]
    write: Callable[[str, Mapping[str, object]], str]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The table's rows stand in the governance file, as a list in their owner (wall 17).

    Every column is carried but for those in ``acts``, each with its reason; what looks like an act
    and is none is named in ``facts``. The rest is said only where the model does not say it:
    what names a row among its siblings, the order of a dump, the owner a reference starts from
    (the nearest one that both rows have), columns set when the row is made and then left alone,
    values of a column that a dump keeps, and one value of the file that is a number's column and
    the column of its decimals. A ``folded`` column is carried as the fields it holds.
    ``supposes``: what a new row's columns are by what the file says of the others.
    """

    name: str = field(kw_only=False)
    says: str = field(kw_only=False)
    acts: Mapping[str, str] = field(default_factory=dict)
    facts: Columns = ()
    identity: Columns = ()
    order: Columns = ()
    within: Mapping[str, str] = field(default_factory=dict)
    initial: Columns = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    folded: Folded | None = None
    supposes: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None


@dataclass(frozen=True)
class Act:
    """The table's rows stay out of the governance file, for a reason."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Secret:
    """What a secrecy mark takes out of a row (wall 23): its first column says so in the place of
    what it held, the others are emptied or hold what ``instead`` says. ``word`` names the row.
    ``stays`` are the columns of words and numbers that tell its place alone.
    ``is_seen`` is asked where not everyone who may mark what is the body's sees every row.
    ``told`` is the field of the owner's history that tells of the row, where that is told there.
    ``waits`` says why the row is neither marked nor a mark of it lifted now: "" where it is.
    """

    word: str = field(kw_only=False)
    columns: Columns = field(kw_only=False)
    instead: Mapping[str, object] = field(default_factory=dict)
    stays: Columns = ()
    is_seen: "Callable[[User, Any, date], bool] | None" = None
    told: Callable[[Any], str] | None = None
    waits: Callable[[Any], str] = lambda _row: ""


@dataclass(frozen=True)
class Open:
    """Nothing of the table's rows can be secret, for a reason."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Keeps:
    """An app that keeps bytes of rows. Told of a mark, inside its transaction.

    ``hold`` locks what is locked before rows are (``locks``). ``holding`` finds the kept rows with
    what the mark covers: they are closed to all but its readers.
    """

    hold: Callable[[Any], object] = lambda _body: None
    holding: "Callable[[Any, Sequence[models.Model]], Iterable[models.Model]]" = lambda _b, _r: ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """One model: who owns its rows, what of them a file carries, its guard, when it is frozen.

    ``owner`` is the foreign key to the row's owner; by it and its owner's the row reaches its
    organisation (wall 2) and its body, unless ``body`` is another path. ``outside`` is the reason
    why a row reaches no organisation. ``frozen`` is asked with a row, or the row as it would be,
    when a governance file would change it or what it owns. ``secret`` says what of a row a secrecy
    mark takes out, or why no row has one. ``replaces`` is asked with a row and the
    columns a file changes in it, for those that change with them. ``after_load`` is asked with the rows
    that a file made or changed and all its rows, to compute what follows from them; it returns the
    rows that cannot be so, and why. ``reads`` is asked with each row of a file as it would be, to
    tell how it is read; "" needs no saying, and a refusal says why it cannot be.
    """

    model: type[models.Model] = field(kw_only=False)
    owner: str = field(kw_only=False, default="")
    file: Facts | Act = field(kw_only=False, default=Act(""))
    secret: Secret | Open = Open("")
    outside: str = ""
    body: str | None = None
    guard: Guard | None = None
    frozen: Callable[[Any], bool] | None = None
    replaces: Callable[[Any, Mapping[str, object]], Mapping[str, object]] | None = None
    after_load: AfterLoad | None = None
    reads: Callable[[Any], str] | None = None

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def app(self) -> str:
        return self.model._meta.app_label

    @property
    def facts(self) -> Facts | None:
        return self.file if isinstance(self.file, Facts) else None

    @property
    def owner_table(self) -> "Table | None":
        return table_of(end(self.model, self.owner)) if self.owner else None

    @property
    def organisation_path(self) -> str | None:
        """As in a lookup: "plan__body__organisation"; "" is the row itself."""
        if self.owner_table is not None:
            return joined(self.owner, self.owner_table.organisation_path)
        return "" if self.label == ROOT else None

    @property
    def body_path(self) -> str | None:
        if self.body is not None:
            return self.body
        return joined(self.owner, self.owner_table.body_path) if self.owner_table else None

    def withheld(self) -> dict[str, object]:
        """The secret columns as they are while a row is withheld; none where none is secret."""
        if isinstance(self.secret, Open):
            return {}
        first, *others = self.secret.columns
        columns = {column.name: column for column in self.model._meta.concrete_fields}
        blank = {name: columns[name].get_default() for name in others}
        return {first: WITHHELD, **blank, **self.secret.instead}

    def organisation_of(self, row: models.Model) -> int:
        """The id of the organisation the row belongs to."""
        path = self.organisation_path
        found = None if path is None else walk(row, path)
        if found is None:
            raise LookupError(f"{self.label} reaches no organisation: {self.outside}")
        return found

    def body_of(self, row: models.Model) -> int | None:
        """The id of the body the row belongs to; None when no body owns it."""
        return None if self.body_path is None else walk(row, self.body_path)


@dataclass(frozen=True, kw_only=True)
class Task:
    """A line of Att göra: what of it waits for a user today, and what each role is told to expect
    of it, with whether the role is held in the board.

    ``rows`` are those without which nothing waits: of all tasks they are asked for in one query,
    and a task that has none is asked no more.
    """

    waiting: Callable[["User", date], Iterable[OpenTask]]
    rows: "Callable[[User, date], models.QuerySet[models.Model]] | None" = None
    told: Mapping[tuple[Role, bool], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in the menu, and who finds it there: none whom its page refuses.

    ``under`` are beginnings of the URL names of the pages that lie below it; what lies below none
    lies below the first. ``unread`` is how many
    rows lie there that the user has not read, as a column of the user.
    """

    label: str
    url_name: str
    position: int
    opens: Callable[["User", date], bool]
    under: tuple[str, ...] = ()
    unread: "Callable[[], models.Subquery] | None" = None

    @property
    def column(self) -> str:
        """Where the number stands on the user object."""
        return f"unread_{self.url_name.replace(':', '_')}"


@dataclass(frozen=True)
class Figures:
    """Where figures of bodies stand: plans, internal control, economy; ``roles`` read them beside
    those who read all of a body's figures."""

    pages: Callable[[Collection[int]], Iterable[FiguresPage]]
    roles: tuple[Role, ...] = ()


def joined(owner: str, path: str | None) -> str | None:
    return None if path is None else "__".join(filter(None, (owner, path)))


def walk(row: models.Model, path: str) -> int | None:
    """The id at the path's end; a query only for a relation that is not loaded.

    None where the way breaks off: a key that may be empty, or a row that is not whole yet.
    """
    *way, last = path.split("__")
    at: models.Model | None = row
    for step in way:
        at = None if at is None else getattr(at, step, None)
    found: int | None = None if at is None else getattr(at, f"{last}_id" if last else "pk")
    return found


def end(model: type[models.Model], path: str) -> type[models.Model]:
    """The model at the end of a path of foreign keys."""
    for step in filter(None, path.split("__")):
        found = model._meta.get_field(step).related_model
        if not isinstance(found, type):
            raise TypeError(f"{model._meta.label}.{step} is no foreign key")
        model = found
    return model


def load() -> None:
    """Read the declarations of every app. Raises Misdeclared."""
    found = {
        config.label: read(config.label, import_module(f"{config.name}.declares"))
        for config in apps.get_app_configs()
        if find_spec(f"{config.name}.declares") is not None
    }
    _loaded.clear()
    _loaded.update(found)
    _by_model.cache_clear()
    for config in apps.get_app_configs():
        if not config.name.startswith("django."):
            check_complete(config)
    for table in tables():
        check_table(table)


def read(app: str, module: object) -> tuple[object, ...]:
    found = getattr(module, "DECLARES", None)
    if not isinstance(found, tuple):
        raise Misdeclared(app, "DECLARES", "is not a tuple")
    for each in found:
        if not getattr(getattr(each, "__dataclass_params__", None), "frozen", False):
            raise Misdeclared(app, repr(each)[:80], "is not frozen data")
        if isinstance(each, Table) and each.app != app:
            raise Misdeclared(app, each.label, f"is a table of {each.app}")
    return found


def check_complete(config: AppConfig) -> None:
    """Every model of the app is declared, and once."""
    labels = [t.label for t in _loaded.get(config.label, ()) if isinstance(t, Table)]
    for model in config.get_models():
        label = model._meta.label
        if labels.count(label) != 1:
            times = labels.count(label)
            raise Misdeclared(config.label, label, f"is declared {times} times, not once")


def check_table(table: Table) -> None:
    for what in faults(table):
        raise Misdeclared(table.app, table.label, what)


def faults(table: Table) -> Iterator[str]:
    """What is wrong with the table, worst first."""
    if table.owner and not is_owner(table):
        yield f"{table.owner!r} is no foreign key that every row has to an owner"
        return
    if (table.organisation_path is None) == (not table.outside):
        yield "has neither an owner nor a reason why it has none, or both"
    if table.body_path and not leads_to(table.model, table.body_path, BODY):
        yield f"does not reach its body by {table.body_path!r}"
    if table.guard is not None and table.guard.table != table.model._meta.db_table:
        yield f"has the guard of {table.guard.table}"
    if table.facts is not None:
        yield from unnamed_columns(table, table.facts)
        yield from unnamed_acts(table, table.facts)
        if has_period(table) and not is_ever_frozen(table):
            yield "has a period and a body but is never frozen"
    elif isinstance(table.file, Act) and not table.file.reason:
        yield "says neither what a file carries of it nor why it carries nothing"
    yield from unsaid_secrecy(table)


def unsaid_secrecy(table: Table) -> Iterator[str]:
    """A row that can be read says what of it is left out once it is secret."""
    if isinstance(table.secret, Open):
        if not table.secret.reason and words_of(table.model):
            yield "says neither what a secrecy mark takes out of its rows nor why none has one"
        return
    known = {column.name for column in columns_of(table.model)}
    for name in sorted({*table.secret.columns} - known):
        yield f"{name} is no column"
    if table.body_path is None:
        yield "can be secret and has no body that could say so"
    said = {*table.secret.columns, *table.secret.stays}
    for column in words_of(table.model):
        if column.name not in said:
            yield f"{column.name} is neither taken out by a secrecy mark nor said to stay"


def words_of(model: type[models.Model]) -> list[Any]:
    """Texts or numbers that somebody wrote, but for keys and choices."""
    kinds = (models.CharField, models.TextField, models.DecimalField, models.BinaryField)
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, kinds)
        and not isinstance(column, models.SlugField)
        and not column.choices
    ]


def leads_to(model: type[models.Model], path: str, label: str) -> bool:
    try:
        return end(model, path)._meta.label == label
    except (FieldDoesNotExist, TypeError):
        return False


def is_owner(table: Table) -> bool:
    try:
        column = table.model._meta.get_field(table.owner)
    except FieldDoesNotExist:
        return False
    return isinstance(column, models.ForeignKey) and not column.null


def unnamed_columns(table: Table, facts: Facts) -> Iterator[str]:
    """Names in the declaration that are no columns."""
    numbers = {name for pair in facts.numbers.values() for name in pair}
    folded = {facts.folded.column, facts.folded.by} if facts.folded else set()
    named = {*facts.acts, *facts.facts, *facts.within, *facts.initial, *facts.keep}
    named |= numbers | folded
    known = {column.name for column in columns_of(table.model)}
    for name in sorted((named | {*facts.identity, *facts.order}) - known):
        yield f"{name} is no column"


def unnamed_acts(table: Table, facts: Facts) -> Iterator[str]:
    """Columns that look like acts and are named neither act nor fact."""
    for column in columns_of(table.model):
        if column.name in {*NEVER, table.owner, *facts.acts, *facts.facts}:
            continue
        if looks_like_act(column):
            yield f"{column.name} looks like an act: name it in acts with its reason, or in facts"
        elif column.is_relation and table_of(column.related_model).facts is None:
            yield f"{column.name} leads to {column.related_model._meta.label}, which no file carries"


def looks_like_act(column: "models.Field[Any, Any]") -> bool:
    to = "" if column.related_model is None else column.related_model._meta.label
    return (
        to == "governance.User"
        or to.startswith("documents.")
        or isinstance(column, ACT_COLUMNS)
        or ACT_NAMES.fullmatch(column.name) is not None
    )


def has_period(table: Table) -> bool:
    """The row is a body's for a period: what has been handed in must be able to stop it."""
    labels = {c.related_model._meta.label for c in columns_of(table.model) if c.related_model}
    return "governance.Period" in labels and table.body_path is not None


def is_ever_frozen(table: Table | None) -> bool:
    return table is not None and (table.frozen is not None or is_ever_frozen(table.owner_table))


def columns_of(model: type[models.Model]) -> list[Any]:
    """Columns and many-to-many fields, as the model writes them down."""
    columns = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return sorted(columns, key=lambda column: column.creation_counter)


def declared(kind: type[T]) -> tuple[T, ...]:
    """Everything of the kind that the apps declare, lowest app first."""
    if not _loaded:
        raise ImproperlyConfigured("The declarations are read once every app is ready.")
    return tuple(each for found in _loaded.values() for each in found if isinstance(each, kind))


def tables() -> tuple[Table, ...]:
    return declared(Table)


def all_guards() -> list[Guard]:
    """The guards of every installed app."""
    return [table.guard for table in tables() if table.guard]


@cache
def _by_model() -> dict[type[models.Model], Table]:
    return {table.model: table for table in tables()}


def table_of(model: type[models.Model]) -> Table:
    return _by_model()[model]
