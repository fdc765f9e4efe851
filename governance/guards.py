"""Signed is signed: triggers that make the database itself refuse (wall 15).

Every app declares the guard of a table in its ``declares.py``. A migration that creates or
alters a guarded table ends with InstallGuards("app") and, when it alters one, begins with
RemoveGuards("app"): SQLite rebuilds a table on ALTER and silently loses its triggers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from governance.declarations import tables


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


def all_guards() -> list[Guard]:
    """The guards of every installed app."""
    return [table.guard for table in tables() if table.guard]


def guards_of(app: str) -> list[Guard]:
    return [table.guard for table in tables() if table.app == app and table.guard]


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
                f"RETURN {row}; END $$ LANGUAGE plpgsql"
            ),
            (
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {guard.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
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
                f"END IF; RETURN NULL; END $$ LANGUAGE plpgsql"
            ),
            (
                f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {guard.table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            ),
        ]
    return statements


def remove_sql(guard: Guard, vendor: str) -> list[str]:
    """The statements that drop the guard's triggers, present or not."""
    on_table = "" if vendor == "sqlite" else f" ON {guard.table}"
    return [f"DROP TRIGGER IF EXISTS {name}{on_table}" for name in names(guard, vendor)]


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should exist on an existing table and do not."""
    tables = set(connection.introspection.table_names())
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = [
        name
        for guard in all_guards()
        if guard.table in tables
        for name in names(guard, connection.vendor)
    ]
    return [name for name in wanted if name not in present]


class InstallGuards(Operation):
    """Migration operation: make the app's triggers, dropping what stands there first."""

    reversible = True
    reduces_to_sql = False

    def __init__(self, app: str) -> None:
        self.app = app

    def state_forwards(self, app_label: str, state: ProjectState) -> None:  # noqa: ARG002
        return

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 -- Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        install(self.app, schema_editor)

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002 -- Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        remove(self.app, schema_editor)

    def describe(self) -> str:
        return f"Install the database guards of {self.app}"


class RemoveGuards(InstallGuards):
    """Migration operation to begin a later change of a guarded table with."""

    database_forwards = InstallGuards.database_backwards
    database_backwards = InstallGuards.database_forwards

    def describe(self) -> str:
        return f"Lift the database guards of {self.app}"


def install(app: str, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    tables = set(connection.introspection.table_names())
    for guard in guards_of(app):
        if guard.table not in tables:
            continue
        for statement in [
            *remove_sql(guard, connection.vendor),
            *install_sql(guard, connection.vendor),
        ]:
            schema_editor.execute(statement, params=None)


def remove(app: str, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    tables = set(connection.introspection.table_names())
    for guard in guards_of(app):
        if guard.table in tables:
            for statement in remove_sql(guard, connection.vendor):
                schema_editor.execute(statement, params=None)


@contextmanager
def lifted() -> Iterator[None]:
    """Without guards, for a test's flush only; they stand again afterwards."""
    with default_connection.cursor() as cursor:
        for guard in all_guards():
            for statement in remove_sql(guard, default_connection.vendor):
                cursor.execute(statement)
    try:
        yield
    finally:
        with default_connection.cursor() as cursor:
            for guard in all_guards():
                for statement in install_sql(guard, default_connection.vendor):
                    cursor.execute(statement)
