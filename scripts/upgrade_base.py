"""`.venv/bin/python scripts/upgrade_base.py`: the database and the code as they stand, in tests/data/.

Every later version carries it on (tests/toolchain/test_upgrade.py). It is the demo after its whole
walk, on SQLite and on PostgreSQL, with papers of a few bytes in place of printed ones. The clock and
chance are fixed, so the same code gives the same bytes.
"""

import io
import lzma
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile, ZipInfo

import servers

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
FORMER = (
    "config", "desk", "dialogues", "documents", "economy", "exchange", "figures",
    "governance", "internal_control", "reports", "rounds", "targets", "templates", "manage.py",
    "pyproject.toml", ":!documents/paper/fonts", ":!exchange/demo",
)  # fmt: skip
DUMP = ("--inserts", "--rows-per-insert=100", "--no-owner", "--no-privileges")
BEGINS = datetime(2026, 3, 10, 8, tzinfo=UTC)


def main() -> None:
    with tempfile.TemporaryDirectory() as name, servers.postgres("base") as address:
        folder = Path(name)
        walk_in(folder, {})
        walk_in(folder, {"DATABASE_URL": address})
        keep("base.sqlite3.xz", compact(folder / "db.sqlite3"))
        keep("base.sql.xz", dumped(address))
        with ZipFile(DATA / "base_media.zip", "w") as media:
            for paper in sorted((folder / "media").iterdir()):
                media.writestr(ZipInfo(paper.name), paper.read_bytes())
    git = ["git", "archive", "HEAD", *FORMER]
    keep("former.tar.xz", subprocess.run(git, cwd=ROOT, check=True, capture_output=True).stdout)


def walk_in(folder: Path, more: dict[str, str]) -> None:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    subprocess.run(
        [sys.executable, __file__, "walk"],
        cwd=ROOT, env=given | own | {"PYTHONPATH": str(ROOT)} | more, check=True,
    )  # fmt: skip


def compact(database: Path) -> bytes:
    """Without a write-ahead log and without room to spare."""
    file = database.with_name("compact")
    with closing(sqlite3.connect(database)) as line:
        line.execute("VACUUM INTO ?", [str(file)])
    return file.read_bytes()


def dumped(address: str) -> bytes:
    """Tables, rows, then constraints and triggers; without what only psql understands."""
    command = [servers.postgres_program("pg_dump"), *DUMP, address]
    dump = subprocess.run(command, check=True, capture_output=True).stdout
    return b"".join(line for line in dump.splitlines(keepends=True) if not line.startswith(b"\\"))


def keep(name: str, data: bytes) -> None:
    (DATA / name).write_bytes(lzma.compress(data, preset=9))


def walk() -> None:
    """Migrate, load the demo, walk, and add what the walk does not make."""
    ticks = count()
    with (
        patch("os.urandom", random.Random(1).randbytes),  # noqa: S311 -- keys that are the same again
        patch("django.utils.timezone.now", lambda: BEGINS + timedelta(seconds=next(ticks))),
    ):
        import django  # noqa: PLC0415 -- with the clock in place

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 -- only after setup

        call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=io.StringIO())
        walk_on()


def walk_on() -> None:
    from django.contrib.sessions.models import Session  # noqa: PLC0415 -- only after setup
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 -- the same

    from documents.queries import document  # noqa: PLC0415 -- the same
    from exchange.demo.walk import ORGANISATION, walk  # noqa: PLC0415 -- the same
    from governance.models import Organisation, User  # noqa: PLC0415 -- the same
    from reports.clearance.printing import order_draft_pdf  # noqa: PLC0415 -- the same
    from tests import world  # noqa: PLC0415 -- the same

    list(walk(lambda pk: world.finish_job(document(pk))))
    there = world.World(
        organisation=Organisation.objects.get(key=ORGANISATION),
        users={user.username: user for user in User.objects.all()},
    )
    world.remind(there)
    world.prove_outcome(there)
    world.report_the_chain(there)
    order_draft_pdf(report=world.pack_of(there), by=there.users["controller"])
    User.objects.update(password="!")  # noqa: S106 -- nobody logs in there
    Session.objects.all().delete()
    MigrationRecorder.Migration.objects.update(applied=BEGINS)


if __name__ == "__main__":
    walk() if sys.argv[1:] == ["walk"] else main()
