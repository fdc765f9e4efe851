"""One migrated database for everything that begins with an empty one, copied by every process, site
and walk of a test run: on SQLite a file, made once for these migrations and kept in var/, on
PostgreSQL a template for as long as a process of the run needs it."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "cache" / "databases"
# The guards' operation and what it calls lie in governance.
SOURCES = ("*/migrations/*.py", "governance/**/*.py", "config/settings.py")
KEPT = 3


def fingerprint() -> str:
    found = hashlib.sha256(django.__version__.encode())
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def migrated() -> Path:
    """The file: never written to, only copied."""
    CACHE.mkdir(parents=True, exist_ok=True)
    file = CACHE / f"{fingerprint()}.sqlite3"
    with locked(CACHE / "lock"):
        if not file.exists():
            with TemporaryDirectory(dir=CACHE) as folder:
                manage(Path(folder), "migrate", "--verbosity", "0")
                made = Path(folder) / "db.sqlite3"
                in_one_file(made)
                made.rename(file)
            for old in sorted(CACHE.glob("*.sqlite3"), key=os.path.getmtime)[:-KEPT]:
                old.unlink()
    return file


def in_one_file(database: Path) -> None:
    """Without a write-ahead log, which a copy in memory could not have."""
    with closing(sqlite3.connect(database)) as line:
        line.execute("PRAGMA journal_mode = DELETE")


def fill(name: str) -> sqlite3.Connection:
    """The named database in memory, migrated; it lives as long as the connection is open."""
    memory = sqlite3.connect(name, uri=True)
    with closing(sqlite3.connect(migrated())) as file:
        file.backup(memory)
    return memory


def start_folder(folder: Path) -> None:
    """A data folder whose database is migrated and otherwise empty."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated(), folder / "db.sqlite3")


@contextmanager
def template(shared: Path) -> Iterator[str]:
    """The name of a migrated database on the server, which nobody is connected to. The first process
    of the run makes it, the last one drops it."""
    name = f"{connection.settings_dict['NAME']}_migrated"
    with locked(shared / "template.lock"):
        if counted(shared, +1) == 1:
            on_server(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
            with connected_to(name):
                call_command("migrate", verbosity=0)
    os.environ["MIGRATED"] = name  # the walk's process begins with it too
    yield name
    with locked(shared / "template.lock"):
        if counted(shared, -1) == 0:
            on_server(f'DROP DATABASE "{name}"')


def counted(shared: Path, more: int) -> int:
    """How many processes of the run use it, this one counted."""
    file = shared / "template.users"
    users = int(file.read_text() if file.exists() else 0) + more
    file.write_text(str(users))
    return users


def on_server(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def connected_to(database: str, **options: object) -> Iterator[None]:
    """This thread's connection, and every new one, goes to that database."""
    named = connections.settings["default"]
    outer, before = connections["default"], {**named}
    named |= {"NAME": database, "OPTIONS": named["OPTIONS"] | options}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = outer
        named |= before


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def manage(data: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    subprocess.run(  # noqa: S603 -- our own manage.py
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True
    )
