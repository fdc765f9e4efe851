"""SIGKILL in the middle of a printing: nobody clicks, and the document is there within a minute.

Real worker processes under the supervisor of `make run`, with a database, broker folder and files of
their own. While the first document is printed its child is killed, at the second the parent, at the
third both.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from config.serve import ROOT, embedded
from config.supervisor import Child, Supervisor
from tests.documents.post_office import open_post_office
from tests.migrated import start_folder

AGAIN_WITHIN = 60
GIVE_UP_AFTER = 120
SEED = """
import django; django.setup()
from datetime import UTC, datetime
from documents import actions, tasks
from documents.enums import PageFormat
from tests.factories import make_organisation, make_user
org = make_organisation(); user = make_user(org, "secretary")
row = "<tr>" + "".join(f"<td>{n} 577,2</td>" for n in range(6)) + "</tr>"
for name in ("ett", "tva", "tre"):
    html = f'<html lang="sv"><head><title>{name}</title></head><body><h1>{name}</h1><table>{row * 300}</table></body></html>'
    tasks.ring(actions.request_pdf(
        organisation=org, html=html, page_format=PageFormat.A4, css=[], title=name, filename=name,
        created_at=datetime(2026, 2, 23, tzinfo=UTC), by=user,
    ))
"""
SEED_OF_AN_ACT = """
import django; django.setup()
from governance.enums import Role
from governance.models import Person
from tests import factories
org = factories.make_organisation(); body = factories.make_body(org)
controller = factories.make_user(org, "controller", roles={Role.CONTROLLER: body})
head = factories.make_user(org, "head", roles={Role.HEAD_OF_ADMINISTRATION: body})
Person.objects.filter(pk=head.person_id).update(email="head@example.se")
state = factories.make_round_state(factories.make_period(org), body)
factories.take(state, "hand_in", by=controller)
"""
FIELDS = ("id", "state", "progress", "worker", "attempt", "sha256")


class Installation:
    """A database of its own, and a way to read it that is not the product's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = os.environ.get("DATABASE_URL", "")
        self.name = f"uppsikt_kill_{uuid.uuid4().hex[:8]}"
        given = {key: os.environ[key] for key in ("PATH", "HOME", "REDIS_URL") if key in os.environ}
        if self.server:
            self._administer(f'CREATE DATABASE {self.name} TEMPLATE "{os.environ["MIGRATED"]}"')
            given["DATABASE_URL"] = self._address(self.name)
        self.environment = embedded(folder, {**given, "PYTHONPATH": str(ROOT)})

    def _address(self, name: str) -> str:
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def run(self, *command: str) -> None:
        subprocess.run(  # noqa: S603 -- our own interpreter
            [sys.executable, *command], env=self.environment, cwd=ROOT, check=True, timeout=120
        )

    def rows(self, table: str = "document", fields: tuple[str, ...] = FIELDS) -> list[dict]:
        sql = f"SELECT {', '.join(fields)} FROM documents_{table} ORDER BY id"  # noqa: S608
        if self.server:
            with psycopg.connect(self._address(self.name)) as connection:
                found = connection.execute(sql).fetchall()
        else:
            connection = sqlite3.connect(self.folder / "db.sqlite3", timeout=30)
            found = connection.execute(sql).fetchall()
            connection.close()
        return [dict(zip(fields, row, strict=True)) for row in found]

    def drop(self) -> None:
        if self.server:
            self._administer(f"DROP DATABASE {self.name} WITH (FORCE)")


@pytest.fixture
def installation(tmp_path, django_db_setup):
    made = Installation(tmp_path / "data")
    yield made
    made.drop()


@pytest.fixture
def supervisor(installation):
    """Two workers of one process each, and the clock, kept alive as `make run` does."""
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    common = ["--queues", "pdf-fast,pdf-long", "--without-gossip", "--without-mingle"]
    logs = installation.folder / "log"
    children = [
        Child(
            name,
            [*celery, "worker", "--hostname", f"{name}@kill", "--concurrency", "1", *common],
            logs / f"{name}.log",
            installation.environment,
        )
        for name in ("w1", "w2")
    ]
    clock = [*celery, "beat", "--pidfile", "", "--schedule", str(logs / "beat-schedule")]
    children.append(Child("beat", clock, logs / "beat.log", installation.environment))
    (installation.folder / "media").mkdir(parents=True)
    for name in ("queue", "control"):
        (installation.folder / "broker" / name).mkdir(parents=True)
    made = Supervisor(children, say=lambda _text: None)
    yield made
    made.stop()


def kill(row, *, child, parent):
    child_pid = int(row["worker"].rpartition(":")[2])
    status = Path(f"/proc/{child_pid}/status").read_text()
    parent_pid = int(status.partition("PPid:")[2].split()[0])
    if parent:
        os.kill(parent_pid, signal.SIGKILL)
    if child:
        os.kill(child_pid, signal.SIGKILL)


def is_in_the_middle(row):
    """The first progress is written after a second of printing; thousands of cells are left."""
    return row["state"] == "running" and row["attempt"] == 1 and row["progress"] > 5


def fail_with_logs(text, installation, supervisor):
    tails = "\n".join(f"--- {child.name}\n{child.log_tail()}" for child in supervisor.children)
    pytest.fail(f"{text}: {json.dumps(installation.rows())}\n{tails}")


def test_killed_printing_runs_again_by_itself(installation, supervisor):
    if not installation.server:
        start_folder(installation.folder)
    supervisor.start()
    installation.run("-c", SEED)
    first, second, third = (row["id"] for row in installation.rows())
    ways = {
        first: {"child": True, "parent": False},
        second: {"child": False, "parent": True},
        third: {"child": True, "parent": True},
    }
    killed_at, again_after, rows = {}, {}, installation.rows()

    began = time.monotonic()
    while any(row["state"] != "ready" for row in rows):
        supervisor.restart_dead()
        now, rows = time.monotonic(), installation.rows()
        for row in rows:
            if row["id"] not in killed_at and is_in_the_middle(row):
                kill(row, **ways[row["id"]])
                killed_at[row["id"]] = now
            elif row["id"] in killed_at and row["attempt"] > 1:
                again_after.setdefault(row["id"], now - killed_at[row["id"]])
        if now - began > GIVE_UP_AFTER:
            fail_with_logs("Not ready in time", installation, supervisor)
        time.sleep(0.1)

    assert min(row["attempt"] for row in rows) == 2
    assert set(again_after) == set(ways)
    assert max(again_after.values()) < AGAIN_WITHIN
    media = sorted(path.name for path in (installation.folder / "media").iterdir())
    assert media == sorted(f"{row['sha256']}.pdf" for row in rows)


def test_killed_while_telling_of_an_act_tells_once(installation, supervisor):
    """The sweep finds the act and the mail by itself; the worker dies as it talks to the server."""
    if not installation.server:
        start_folder(installation.folder)

    def until(done, text):
        began = time.monotonic()
        while not done():
            supervisor.restart_dead()
            if time.monotonic() - began > GIVE_UP_AFTER:
                fail_with_logs(text, installation, supervisor)

    with open_post_office(is_open=False) as office:
        installation.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{office.port}"
        installation.run("-c", SEED_OF_AN_ACT)
        until(lambda: office.busy.wait(0.1), "Nobody was told in time")
        (mail,) = installation.rows("mail", ("worker", "attempt"))
        kill(mail, child=True, parent=True)
        office.open.set()
        until(lambda: is_sent(installation), "Not sent in time")

        assert [recipient for recipient, _raw in office.mails] == ["head@example.se"]
    assert (mail["attempt"], installation.rows("mail", ("attempt",))) == (1, [{"attempt": 2}])
    assert installation.rows("event", ("state", "attempt")) == [{"state": "ready", "attempt": 1}]
    assert len(installation.rows("delivery", ("id",))) == 1


def is_sent(installation):
    time.sleep(0.1)
    return installation.rows("mail", ("state",)) == [{"state": "ready"}]
