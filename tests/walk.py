"""The whole walk once per test run, with a real worker on a folder, database and queue of its own.

A plugin (``-ptests.walk``): all processes of the run share one, and with SHARED_DIR in the environment
so do the runs that follow each other there on SQLite.
"""

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.migrated import ROOT, locked, start_folder

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


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


WAITING = {"walked", "installation"}  # fixtures of tests that wait for processes of their own


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits long begins first, so that nobody waits for it at the end."""
    items.sort(key=lambda item: WAITING.isdisjoint(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def walked(shared: Path, django_db_setup: None) -> Walked:
    """The first process of the run walks, the others wait and read. It begins with a copy of the
    run's migrated database."""
    return Walked(folder=made_once(shared / "walked", walk_once))


@pytest.fixture(scope="session")
def prepared(shared: Path) -> Path:
    """A data folder on SQLite with the demo in it, to be copied."""
    return made_once(shared / "prepared", prepare_once)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of a run leave for each other what takes long to make."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    return Path(os.environ.get("SHARED_DIR", base))


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    done = folder.with_suffix(".done")
    with locked(folder.with_suffix(".lock")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


def prepare_once(folder: Path) -> None:
    start_folder(folder)
    services = ("DATABASE_URL", "REDIS_URL")
    run_this("prepare", folder, {k: v for k, v in os.environ.items() if k not in services})


def walk_once(folder: Path) -> None:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        shutil.copytree(made_once(folder.with_name("prepared"), prepare_once), folder)
    run_this("walk", folder, own_services(os.environ))


def run_this(what: str, folder: Path, environment: Mapping[str, str]) -> None:
    given = {name: value for name, value in environment.items() if name not in FOREIGN}
    done = subprocess.run(  # noqa: S603 -- this very file
        [sys.executable, "-m", "tests.walk", what, str(folder)],
        cwd=ROOT, env=given, capture_output=True, text=True, check=False, timeout=WITHIN,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(f"The {what} stopped:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


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
    """A PostgreSQL database of the walk's own, dropped afterwards."""
    if not url.startswith("postgres"):
        yield
        return
    import psycopg  # noqa: PLC0415 -- only where PostgreSQL is

    server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f'CREATE DATABASE {DATABASE} TEMPLATE "{os.environ["MIGRATED"]}"')
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


def prepare(folder: Path) -> None:
    """Database, demo, stamp."""
    from config import serve  # noqa: PLC0415 -- the environment must stand first

    folder.mkdir(exist_ok=True)
    os.environ.update(serve.embedded(folder, os.environ))
    serve.prepare()
    from django.db import connections  # noqa: PLC0415 -- only after setup

    connections.close_all()


def walk(folder: Path) -> None:
    """Prepare, start worker and clock, walk."""
    with own_database(os.environ.get("DATABASE_URL", "")):
        prepare(folder)
        from django.core.management import call_command  # noqa: PLC0415 -- only after setup
        from django.db import connections  # noqa: PLC0415 -- the same

        from config.serve import worker_and_clock  # noqa: PLC0415 -- the same
        from config.supervisor import Supervisor  # noqa: PLC0415 -- the same

        supervisor = Supervisor()
        supervisor.start(*worker_and_clock(os.environ))
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
    {"prepare": prepare, "walk": walk}[sys.argv[1]](Path(sys.argv[2]))
