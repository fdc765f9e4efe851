"""Autosave under load, through a real web server, on SQLite and on PostgreSQL.

First 50 writers save as fast as they are answered; then 50 controllers save every other second for
a minute into one period, every fifth time into one row that all of them write. Audit rows must
equal the accepted answers, and a 409 must come from a row that had another version than was sent.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from config import serve  # noqa: E402 -- a script finds the project by its own place
from config.supervisor import Child, Supervisor  # noqa: E402 -- the same

WRITERS = 50
FLAT_OUT, PACED, PAUSE = 10, 60, 2
RUNS, GOAL = 3, 100  # of the paced; ms
SHARED_EVERY = 5
PORT = 18765
OK, CONFLICT = 200, 409
POSTGRES_NAME = "uppsikt_bench"


@contextmanager
def running(children: list[Child]) -> Iterator[Supervisor]:
    supervisor = Supervisor()
    supervisor.start(*children)
    watcher = threading.Thread(target=supervisor.watch, daemon=True)
    watcher.start()
    try:
        yield supervisor
    finally:
        supervisor.request_stop()
        watcher.join()
        supervisor.stop()


@contextmanager
def web_server() -> Iterator[None]:
    with running([serve.web(os.environ, port=PORT)]) as supervisor:
        serve.wait_until_answers(f"http://127.0.0.1:{PORT}/konto/halsa/", supervisor)
        yield


def open_state() -> object:
    """The open round of the committee the walked demo follows."""
    from rounds.models import RoundState  # noqa: PLC0415 -- only after setup

    state = RoundState.objects.select_related("reporting_round__period", "body__organisation").get(
        body__key="dnrgs", reporting_round__key="arsrapport-2025"
    )
    RoundState.objects.filter(pk=state.pk).update(state="open")
    return state


def make_rows(state: object) -> list[str]:
    """A cell of the grid for each writer, and one that all of them share."""
    from governance.queries import root_unit  # noqa: PLC0415 -- after setup
    from targets.models import Indicator, Plan, PlannedIndicator  # noqa: PLC0415 -- after setup

    plan = Plan.objects.get(body=state.body, year=state.reporting_round.period.ends_on.year)
    root, cells = root_unit(state.body), []
    for number in range(WRITERS + 1):
        indicator = Indicator.objects.create(
            organisation=state.body.organisation, body=state.body, key=f"bench-{number}",
            name=f"Skrivare {number}", unit_label="antal",
        )  # fmt: skip
        PlannedIndicator.objects.create(
            plan=plan, indicator=indicator, key=f"bench-{number}", group="Mätning", position=900
        )
        cells.append(f"{indicator.pk}u{root.pk}.value")
    return cells


def make_controllers(state: object) -> list[dict[str, str]]:
    """The headers of 50 logged-in browsers, each a controller of its own."""
    from django.conf import settings  # noqa: PLC0415 -- only after setup
    from django.test import Client  # noqa: PLC0415 -- the same
    from django.urls import reverse  # noqa: PLC0415 -- the same

    from governance.models import Mandate, Person, User  # noqa: PLC0415 -- the same

    browsers = []
    for number in range(WRITERS):
        key = f"bench-{number}"
        person = Person.objects.create(organisation=state.body.organisation, key=key, name=key)
        Mandate.objects.create(body=state.body, person=person, key=key, role="controller")
        user = User(username=key, person=person)
        user.set_unusable_password()
        user.save()
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        client.get(reverse("targets:entry_grid", args=[state.pk]))
        browsers.append(
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "HX-Request": "true",
                "Cookie": "; ".join(
                    f"{name}={kept.value}" for name, kept in client.cookies.items()
                ),
                "X-CSRFToken": client.cookies[settings.CSRF_COOKIE_NAME].value,
                "Host": f"127.0.0.1:{PORT}",
            }
        )
    return browsers


@dataclass
class Row:
    """What one browser last saw of one row."""

    cell: str
    version: int = 0


@dataclass
class Writer:
    """One controller's browser; it takes over the version that an answer shows."""

    url: str
    headers: dict[str, str]
    own: Row
    shared: Row
    saved: int = 0
    accepted: int = 0
    conflicts: int = 0
    false_conflicts: int = 0
    refused: int = 0
    times: list[float] = field(default_factory=list)

    def write_until(self, stop_at: float, pause: float, start_at: float) -> None:
        due = start_at
        while due < stop_at:
            time.sleep(max(0, due - time.monotonic()))
            if time.monotonic() >= stop_at:
                return
            self.saved += 1
            is_shared = pause and self.saved % SHARED_EVERY == 0
            self.save(self.shared if is_shared else self.own)
            due = max(due + pause, time.monotonic()) if pause else time.monotonic()

    def save(self, row: Row) -> None:
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        # Never what another browser wrote.
        value = f"{self.saved}{self.own.cell.partition('u')[0]}"
        form = {f"value-{row.cell}": value, f"version-{row.cell}": row.version}
        began = time.perf_counter()
        line.request("POST", self.url, urlencode(form), self.headers)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        self.times.append(time.perf_counter() - began)
        cell = re.escape(row.cell)
        found = re.search(rf'data-cell="{cell}"[^>]*data-version="(\d+)"', text)
        stored = int(found[1]) if found else row.version
        if answer.status == OK:
            self.accepted += 1
        elif answer.status == CONFLICT and found:
            self.conflicts += 1
            self.false_conflicts += stored == row.version
        else:
            self.refused += 1
        row.version = stored


def run(url: str, browsers: list[dict[str, str]], rows: list[str], *, seconds: int, pause: float):
    from django.db import connection  # noqa: PLC0415 -- only after setup

    from targets.models import Outcome  # noqa: PLC0415 -- the same

    versions = {
        f"{indicator}u{unit}.value": version
        for indicator, unit, version in Outcome.objects.filter(
            indicator__key__startswith="bench-"
        ).values_list("indicator", "unit", "version")
    }
    connection.close()
    writers = [
        Writer(
            url, headers, Row(own, versions.get(own, 0)), Row(rows[-1], versions.get(rows[-1], 0))
        )
        for headers, own in zip(browsers, rows, strict=False)
    ]
    began = time.monotonic()
    threads = [
        threading.Thread(
            target=writer.write_until,
            args=(began + seconds, pause, began + pause * number / WRITERS),
        )
        for number, writer in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return writers, time.monotonic() - began


def p95(writers: list[Writer]) -> float:
    times = sorted(moment for writer in writers for moment in writer.times)
    return times[int(len(times) * 0.95)]


def told(name: str, writers: list[Writer], took: float, audited: int) -> str:
    times = sorted(moment for writer in writers for moment in writer.times)
    accepted = sum(writer.accepted for writer in writers)
    conflicts = sum(writer.conflicts for writer in writers)
    false = sum(writer.false_conflicts for writer in writers)
    refused = sum(writer.refused for writer in writers)
    met = accepted == audited and not false and not refused
    return (
        f"{name}: {accepted / took:.0f} saves/s; a save took "
        f"{times[0] * 1000:.0f} / {statistics.median(times) * 1000:.0f} / {times[-1] * 1000:.0f} ms "
        f"(min / median / max), p95 {p95(writers) * 1000:.0f} ms\n"
        f"    {accepted} accepted, {audited} audit rows, {conflicts} conflicts ({false} false), "
        f"{refused} refused   goal all accepted audited, no false conflict: "
        f"{'met' if met else 'NOT MET'}"
    )


def saves(database: str) -> None:
    """In a process of its own: one database, one web server, 50 browsers' worth of threads."""
    serve.prepare()
    from django.db import connection  # noqa: PLC0415 -- only after setup
    from django.urls import reverse  # noqa: PLC0415 -- the same

    from governance.models import AuditEntry  # noqa: PLC0415 -- the same

    def audited() -> int:
        count = AuditEntry.objects.filter(object_type="targets.Outcome", field="value").count()
        connection.close()
        return count

    state = open_state()
    rows, browsers, slow = make_rows(state), make_controllers(state), []
    url = reverse("targets:entry_grid", args=[state.pk])
    with web_server():
        for name, seconds, pause in (
            (f"{WRITERS} writers flat out for {FLAT_OUT} s", FLAT_OUT, 0),
            *[(f"{WRITERS} controllers, a save every {PAUSE} s for {PACED} s", PACED, PAUSE)]
            * RUNS,
        ):
            before = audited()
            writers, took = run(url, browsers, rows, seconds=seconds, pause=pause)
            print(told(f"{database}, {name}", writers, took, audited() - before), flush=True)
            if pause:
                slow.append(p95(writers))
    median = statistics.median(slow) * 1000
    met = "met" if median <= GOAL else "NOT MET"
    print(
        f"{database}: p95 of a paced save, median of {RUNS} runs {median:.0f} ms   goal {GOAL} ms: {met}"
    )


def both(data: Path) -> None:
    databases = {"SQLite": {}}
    if server := os.environ.get("BENCH_POSTGRES"):
        make_database(server)
        databases["PostgreSQL"] = {"DATABASE_URL": f"{server}/{POSTGRES_NAME}"}
    for name, address in databases.items():
        environment = {**os.environ, "DATA_DIR": str(data / name), **address}
        (data / name).mkdir(parents=True)
        subprocess.run([sys.executable, __file__, name], check=True, env=environment)


def make_database(server: str) -> None:
    import psycopg  # noqa: PLC0415 -- only where PostgreSQL is to be had

    with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {POSTGRES_NAME}")
        line.execute(f"CREATE DATABASE {POSTGRES_NAME}")


if __name__ == "__main__":
    saves(sys.argv[1])
