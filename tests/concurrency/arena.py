"""A prepared world in a database of its own, a fresh copy of it for every attempt, and requests
that go in at once: each in a thread with its own connection, through the whole of the web server's
handler. SQLite is a file with the settings of production, never in memory."""

import gc
import re
import shutil
import sqlite3
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception
from django.db import connection, models, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from config.wsgi import application
from governance.declarations import all_guards
from governance.guards import names
from governance.models import Organisation, User
from tests import world
from tests.migrated import connected_to
from tests.world import World

TWENTY = 20
KEY = "region-halland"
Stage = Callable[[World], object]
Counted = dict[str, tuple[int, int]]
Traces = dict[str, tuple[int, int | None]]
PRAGMAS = str(settings.DATABASES["default"].get("OPTIONS", {}).get("init_command", ""))


@dataclass(frozen=True, kw_only=True)
class Request:
    """A valid request, as the page of whoever may do the act would send it."""

    name: str
    args: tuple[object, ...]
    by: User
    data: Mapping[str, object]
    htmx: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one of the requests came to; ``fault`` is the traceback behind a 500."""

    status: int
    text: str
    name: str
    fault: str = ""

    @property
    def is_done(self) -> bool:
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def told(self) -> str:
        """What a test that fails shows: the traceback, or the page's words."""
        main = self.text.partition("<main")[2] or self.text
        words = " ".join(re.sub("<[^>]*>", " ", main).split())
        return self.fault or f"{self.status}: {words[:600]}"


class Files:
    """SQLite: the database is a file, a stage is a copy of it. Nothing in it outlives a power cut."""

    options = {"init_command": PRAGMAS + "PRAGMA synchronous=OFF;"}

    def __init__(self, folder: Path, base: str) -> None:  # noqa: ARG002 -- as for the server
        self.folder = folder
        self.database = str(folder / "arena.sqlite3")

    def begin(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self.database)) as copied:
            connection.connection.backup(copied)

    def keep(self, stage: str) -> None:
        connection.close()
        shutil.copyfile(self.database, self.folder / stage)

    def go_back(self, stage: str) -> None:
        connection.close()
        gc.collect()  # a fault's traceback keeps a cursor, and that its connection
        fresh = self.folder / "fresh"
        shutil.copyfile(self.folder / stage, fresh)
        for rest in self.folder.glob("arena.sqlite3-*"):
            rest.unlink()
        fresh.replace(self.database)  # who still holds the former file writes into that alone

    def end(self) -> None:
        """The folder is pytest's to remove."""


class Server:
    """PostgreSQL: a stage is a schema with the rows of the tables that it has of its own, and going
    back writes anew the tables that differ. Making and dropping a database for each attempt would wait for a
    checkpoint every time."""

    options: Mapping[str, object] = {}

    def __init__(self, folder: Path, base: str) -> None:  # noqa: ARG002 -- as for files
        self.base = base
        self.database = f"{base}_arena"
        self.stands: tuple[str, Traces] = ("", {})
        self.lies: dict[str, dict[str, str]] = {"": {}}  # of each stage: which schema has the table

    def begin(self) -> None:
        connection.close()  # a template has nobody connected
        self.end()
        self._on_server(f'CREATE DATABASE "{self.database}" TEMPLATE "{self.base}"')

    def keep(self, stage: str) -> None:
        stood, before = self.stands
        now = self._traces()
        self.lies[stage] = {
            t: self.lies[stood][t] if before.get(t) == now[t] else stage for t in now
        }
        own = [t for t, place in self.lies[stage].items() if place == stage]
        self._run(
            f"CREATE SCHEMA {stage}",
            *(f'CREATE UNLOGGED TABLE {stage}."{t}" AS TABLE public."{t}"' for t in own),
        )
        self.stands = stage, now

    def go_back(self, stage: str) -> None:
        stood, before = self.stands
        now, lies, lay = self._traces(), self.lies[stage], self.lies[stood]
        changed = [t for t in now if before[t] != now[t] or lies[t] != lay[t]]
        triggers = [(g.table, n) for g in all_guards() for n in names(g, "postgresql")]
        triggers = [(table, name) for table, name in triggers if table in changed]
        self._run(
            "BEGIN",
            "SET LOCAL synchronous_commit = off",
            "SET LOCAL session_replication_role = replica",
            *(f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in triggers),
            *(f'DELETE FROM "{t}"' for t in changed),  # noqa: S608 -- our own names
            *(f'INSERT INTO "{t}" SELECT * FROM {lies[t]}."{t}"' for t in changed),  # noqa: S608 -- the same
            *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in triggers),
            "COMMIT",
        )
        self.stands = stage, self._traces()

    def _traces(self) -> Traces:
        """Per table its rows and its latest writer: whatever is written in it changes either."""
        parts = (
            f"SELECT '{t}', COUNT(*), MAX(xmin::text::bigint) FROM public.\"{t}\""  # noqa: S608 -- our own names
            for t in self._tables
        )
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            return {table: (rows, latest) for table, rows, latest in cursor.fetchall()}

    def end(self) -> None:
        self._on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    @cached_property
    def _tables(self) -> list[str]:
        return [t for t in connection.introspection.table_names() if t != "django_migrations"]

    def _run(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(";".join(statements))

    def _on_server(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


@dataclass(kw_only=True)
class Arena:
    """A database of its own, taken back to a stage of the world before each attempt."""

    store: Files | Server
    folder: Path
    stages: dict[Stage, str] = field(default_factory=dict)

    @contextmanager
    def at(self, stage: Stage, **options: object) -> Iterator[World]:
        """The world as it stands at the stage; ``options`` are the connection's."""
        with connected_to(self.store.database, **self.store.options, **options):
            self._go_back(stage)
            yield found_world()

    def _go_back(self, stage: Stage) -> None:
        if stage not in self.stages:
            self._make(stage)
        self.store.go_back(self.stages[stage])

    def _make(self, stage: Stage) -> None:
        if stage is world_as_loaded:
            world.make_world(self.folder, key=KEY, name="Region Halland", prefix="")
        else:
            self._go_back(world_as_loaded)
            stage(found_world())
        self.stages[stage] = f"stage_{len(self.stages)}"
        self.store.keep(self.stages[stage])


def world_as_loaded(_world: World) -> None:
    """The demo before the walk."""


def found_world() -> World:
    organisation = Organisation.objects.get(key=KEY)
    users = User.objects.select_related("person").filter(person__organisation=organisation)
    return World(organisation=organisation, users={user.username: user for user in users})


@contextmanager
def an_arena(folder: Path) -> Iterator[Arena]:
    kind = Files if connection.vendor == "sqlite" else Server
    store = kind(folder, str(connection.settings_dict["NAME"]))
    store.begin()
    yield Arena(store=store, folder=folder)
    store.end()


def cookie_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def as_sent(request: Request, cookie: str) -> WSGIRequest:
    data = {name: fresh(value) for name, value in request.data.items()}
    headers = {"HX-Request": "true"} if request.htmx else {}
    built = RequestFactory(headers={"Cookie": cookie, **headers}).post(
        reverse(request.name, args=request.args), data=data
    )
    built._dont_enforce_csrf_checks = True
    return built


def fresh(value: object) -> Any:
    """A file is read once: every request has its own."""
    if isinstance(value, SimpleUploadedFile):
        value.seek(0)
        return SimpleUploadedFile(value.name, value.read(), value.content_type)
    return value


def answer_to(request: Request, cookie: str, faults: dict[int, str]) -> Answer:
    response = application.get_response(as_sent(request, cookie))
    text = b"".join(response).decode(errors="replace")  # closing it would close the connection
    return Answer(
        status=response.status_code,
        text=text,
        name=request.name,
        fault=faults.pop(threading.get_ident(), ""),
    )


@contextmanager
def told_faults() -> Iterator[dict[int, str]]:
    """The tracebacks behind 500s, by thread."""
    found: dict[int, str] = {}

    def remember(**_more: object) -> None:
        found[threading.get_ident()] = traceback.format_exc()

    got_request_exception.connect(remember)
    try:
        yield found
    finally:
        got_request_exception.disconnect(remember)


def signed_in(*requests: Request) -> dict[int, str]:
    """The cookie of everyone who sends."""
    senders = {request.by.pk: request.by for request in requests}
    return {pk: cookie_of(user) for pk, user in senders.items()}


def at_once(*requests: Request, cookies: Mapping[int, str] | None = None) -> list[Answer]:
    """All of them together, when every thread stands ready with its connection open."""
    cookies = cookies or signed_in(*requests)
    connection.close()
    gate = threading.Barrier(len(requests))
    answers: list[Answer] = []

    def send(request: Request, faults: dict[int, str]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(30)
            answers.append(answer_to(request, cookies[request.by.pk], faults))
        finally:
            connection.close()

    with told_faults() as faults:
        threads = [threading.Thread(target=send, args=[one, faults]) for one in requests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return answers


def alone(request: Request) -> tuple[Answer, Counted]:
    """What one request comes to and writes; nothing of it stays."""
    cookie = cookie_of(request.by)
    before = counted()
    with told_faults() as faults, transaction.atomic():
        answer = answer_to(request, cookie, faults)
        written = difference(before, counted())
        transaction.set_rollback(True)
    return answer, written


def counted() -> Counted:
    """Per table its rows, and its versions summed: a write changes either."""
    parts = [
        f"SELECT '{model._meta.label}', COUNT(*), {versions(model)} FROM {model._meta.db_table}"  # noqa: S608 -- our own names
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions", "contenttypes", "auth")
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {name: (rows, int(raised)) for name, rows, raised in cursor.fetchall()}


def versions(model: type[models.Model]) -> str:
    has_version = any(column.name == "version" for column in model._meta.concrete_fields)
    return "COALESCE(SUM(version), 0)" if has_version else "0"


def difference(before: Counted, after: Counted) -> Counted:
    return {
        name: (rows - before[name][0], raised - before[name][1])
        for name, (rows, raised) in after.items()
        if (rows, raised) != before[name]
    }
