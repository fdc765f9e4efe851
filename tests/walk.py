"""The whole walk once per test run, with a real worker on a folder, database and queue of its own.

``from tests.walk import walked`` where the papers are needed; all processes of the run share one.
"""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = {"DATA_DIR", "BROKER_DIR", "MEDIA_DIR", "STAMP_DIR", "MAIL_DIR", "DJANGO_SETTINGS_MODULE"}
DATABASE = "uppsikt_walk"
QUEUE = "/7"  # a Redis database that no other test rings in
WITHIN = 300.0
# What a governance file may not do once § 58 is signed, the proposal sent and the pack approved.
SIGNED_CHANGES = (
    ("finner att arbetsutskottet beslutar", "finner att arbetsutskottet avslår"),
    ("outcome: carried", "outcome: rejected"),
    ("place: Regionkontoret", "place: Någon annanstans"),
    ("title: Nämnddialog driftnämnden", "title: Något annat om driftnämnden"),
    ("En eldriven lastbil", "Två eldrivna lastbilar"),
)
PAPERS = ("dialogunderlag", "beslutsforslag", "protokollsdel", "protokollsutdrag")


@dataclass(frozen=True, kw_only=True)
class Walked:
    """What the walk left: four PDFs and the package, in ``folder``."""

    folder: Path

    @property
    def pdfs(self) -> dict[str, Path]:
        return {name: self.folder / f"{name}.pdf" for name in PAPERS}

    @property
    def package(self) -> Path:
        return next(self.folder.glob("*.zip"))


@cache
def text_of(pdf: Path) -> str:
    """The PDF's text as a reader meets it: words, without layout, line breaks and hyphenation."""
    done = subprocess.run(  # noqa: S603 -- poppler on our own file
        ["pdftotext", "-enc", "UTF-8", str(pdf), "-"],  # noqa: S607 -- found on PATH
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return normalised(done.stdout)


def normalised(text: str) -> str:
    """Soft hyphens and hyphenation away, every kind of space a space."""
    text = text.replace("\u00ad\n", "").replace("\u00ad", "").replace("\u2010\n", "")
    return " ".join(text.replace("\f", " ").split())


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The first process of the run walks, the others wait and read."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder = base / "walked"
    folder.mkdir(exist_ok=True)
    with (base / "walked.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            walk_once(folder)
            (folder / "done").touch()
    return Walked(folder=folder)


def walk_once(folder: Path) -> None:
    given = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    done = subprocess.run(  # noqa: S603 -- this very file
        [sys.executable, "-m", "tests.walk", str(folder)],
        cwd=ROOT, env=own_services(given), capture_output=True, text=True, check=False,
        timeout=WITHIN,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(f"The walk stopped:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def own_services(given: Mapping[str, str]) -> dict[str, str]:
    """The same kind of database and broker as the run's, but not the same one."""
    environment = dict(given)
    for name, path in (("DATABASE_URL", f"/{DATABASE}"), ("REDIS_URL", QUEUE)):
        url = environment.get(name, "")
        if url.startswith("sqlite"):
            del environment[name]
        elif url:
            environment[name] = urlunsplit(urlsplit(url)._replace(path=path))
    return environment


@contextmanager
def own_database(url: str) -> Iterator[None]:
    """A fresh PostgreSQL database for the walk, dropped afterwards."""
    if not url.startswith("postgres"):
        yield
        return
    import psycopg  # noqa: PLC0415 -- only where PostgreSQL is

    server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def load_what_was_dumped(folder: Path) -> None:
    """After the walk: dump, load that again, and try to load changes of what is signed."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415 -- after setup

    after = folder / "after.yaml"
    with after.open("w", encoding="utf-8") as file:
        call_command("dump_governance", stdout=file)
    with (folder / "again.txt").open("w", encoding="utf-8") as file:
        call_command("load_governance", str(after), stdout=file)
    for number, (old, new) in enumerate(SIGNED_CHANGES):
        changed = folder / f"changed-{number}.yaml"
        changed.write_text(after.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        with (folder / f"refused-{number}.txt").open("w", encoding="utf-8") as file:
            try:
                call_command("load_governance", str(changed), stderr=file, stdout=file)
            except CommandError as refusal:
                file.write(str(refusal))


def main(folder: Path) -> None:
    """Migrate, load the demo, start worker and clock, walk."""
    from config import serve  # noqa: PLC0415 -- the environment must stand first
    from config.supervisor import Supervisor  # noqa: PLC0415 -- the same

    os.environ.update(serve.embedded(folder, os.environ))
    with own_database(os.environ.get("DATABASE_URL", "")):
        serve.prepare()
        from django.core.management import call_command  # noqa: PLC0415 -- only after setup
        from django.db import connections  # noqa: PLC0415 -- the same

        supervisor = Supervisor()
        supervisor.start(*serve.worker_and_clock(os.environ))
        watcher = threading.Thread(target=supervisor.watch, daemon=True)
        watcher.start()
        try:
            call_command("walk_demo", output=str(folder))
            load_what_was_dumped(folder)
        finally:
            supervisor.request_stop()
            watcher.join()
            supervisor.stop()
            connections.close_all()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
