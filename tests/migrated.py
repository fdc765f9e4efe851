"""One migrated SQLite database for everything that begins with an empty one: made once for these
migrations, kept in var/, copied by every process, site and walk of a test run."""

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
