"""Signed is signed: triggers that make the database itself refuse (wall 15).

Every app declares the guard of a table in its ``declares.py``. A migration that creates or
alters a guarded table ends with InstallGuards([Guard(...), ...]), the guards written out as they are
then, and, when it alters one, begins with RemoveGuards of those that stand: SQLite rebuilds a table
on ALTER and silently loses its triggers. ``check`` compares the bodies that stand with the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# A temporary table of the same name must not stand in for the guarded one.
PATH = "search_path = public, pg_temp"


@dataclass(frozen=True, kw_only=True)
class Guard:
    """One guarded table.

    ``sealed`` is an SQL condition on a row called {row}: when it holds, the row may not be
    changed, deleted, replaced, moved in or out, or added. ``may_become`` allows the one UPDATE
    that makes a row sealed (the condition then reads the row's own column), and ``insert_only``
    allows new rows although every row is sealed.
    """

    table: str
    sealed: str = "TRUE"
    may_become: bool = False
    insert_only: bool = False

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        """How a migration writes it: what is not the default."""
        said = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != f.default
        }
        return "governance.guards.Guard", (), said


def conditions(guard: Guard) -> dict[str, str]:
    """SQL condition per event under which the event is refused."""
    old = guard.sealed.format(row="OLD")
    new = guard.sealed.format(row="NEW")
    existing = guard.sealed.format(row="kept")
    taken = (
        f"EXISTS (SELECT 1 FROM {guard.table} kept "  # noqa: S608 -- names are our own constants
        f"WHERE kept.id = NEW.id AND ({existing}))"
    )
    return {
        "update": f"({old})" if guard.may_become else f"({old}) OR ({new})",
        "delete": f"({old})",
        "insert": taken if guard.insert_only else f"({new}) OR {taken}",
    }


def names(guard: Guard, vendor: str) -> list[str]:
    events = ["update", "delete", "insert"] + ["truncate"] * (vendor == "postgresql")
    return [f"guard_{guard.table}_{event}" for event in events]


def install_sql(guard: Guard, vendor: str) -> list[str]:
    """The statements that make the guard's triggers."""
    message = f"uppsikt: {guard.table} is sealed"
    statements = []
    for event, condition in conditions(guard).items():
        name = f"guard_{guard.table}_{event}"
        if vendor == "sqlite":
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {guard.table} "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            continue
        row = "OLD" if event == "delete" else "NEW"
        statements += [
            (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{message}' "
                f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {row}; END $$ LANGUAGE plpgsql SET {PATH}"
            ),
            (
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {guard.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}(); "
                f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {name}"
            ),
        ]
    if vendor == "postgresql":
        name = f"guard_{guard.table}_truncate"
        sealed = guard.sealed.format(row="kept")
        statements += [
            (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "  # noqa: S608
                f"IF EXISTS (SELECT 1 FROM {guard.table} kept WHERE {sealed}) THEN "
                f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END IF; RETURN NULL; END $$ LANGUAGE plpgsql SET {PATH}"
            ),
            (
                f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {guard.table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}(); "
                f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {name}"
            ),
        ]
    return statements


def remove_sql(guard: Guard, vendor: str) -> list[str]:
    """The statements that drop the guard's triggers, present or not."""
    on_table = "" if vendor == "sqlite" else f" ON {guard.table}"
    return [f"DROP TRIGGER IF EXISTS {name}{on_table}" for name in names(guard, vendor)]


def faulty_guards(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> list[str]:
    """Triggers of existing tables that are missing or have another body than these guards'."""
    tables = set(connection.introspection.table_names())
    present = bodies(connection)
    wanted = {
        name: body
        for guard in guards
        if guard.table in tables
        for name, body in expected_bodies(guard, connection.vendor).items()
    }
    ours = {name: body for name, body in present.items() if name.startswith("guard_")}
    differing = [name for name, body in wanted.items() if ours.get(name) != body]
    return differing + sorted(ours.keys() - wanted.keys())


def expected_bodies(guard: Guard, vendor: str) -> dict[str, str]:
    """What the database keeps of each trigger: its statement, or its function's source."""
    if vendor == "sqlite":
        return dict(zip(names(guard, vendor), install_sql(guard, vendor), strict=True))
    functions = install_sql(guard, vendor)[::2]
    sources = [statement.split("$$")[1] for statement in functions if "$$" in statement]
    path = PATH.replace(" = ", "=")
    return {
        name: f"A {source} {path}"
        for name, source in zip(names(guard, vendor), sources, strict=True)
    }


def bodies(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Every trigger of the database by name; on PostgreSQL with how it is enabled (A is always) and
    where it looks for tables."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname, concat_ws(' ', t.tgenabled, p.prosrc, p.proconfig[1]) FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


class InstallGuards(Operation):
    """Migration operation: make these guards' triggers, dropping what stands there first."""

    reversible = True
    reduces_to_sql = False

    def __init__(self, guards: Sequence[Guard]) -> None:
        self.guards = guards

    def state_forwards(self, app_label: str, state: ProjectState) -> None:  # noqa: ARG002
        return

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 -- Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        for guard in self.guards:
            for statement in [
                *remove_sql(guard, schema_editor.connection.vendor),
                *install_sql(guard, schema_editor.connection.vendor),
            ]:
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 -- Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        for guard in self.guards:
            for statement in remove_sql(guard, schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Install {len(self.guards)} database guards"


class RemoveGuards(InstallGuards):
    """Migration operation to begin a later change of a guarded table with."""

    database_forwards = InstallGuards.database_backwards
    database_backwards = InstallGuards.database_forwards

    def describe(self) -> str:
        return f"Lift {len(self.guards)} database guards"
