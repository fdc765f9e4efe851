"""`make bench`: ratios measured side by side in one run, the noise and the goal beside each.

(a) the whole way of a document (order, claim, print, store, finish) against bare WeasyPrint on the same HTML;
(b) server time of the entry page against a bare view that returns the same bytes;
(c) saves per second with 50 writers through a real web server, on SQLite and on PostgreSQL, nothing lost.
"""

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "var" / "bench"
sys.path.insert(0, str(ROOT))

from config import serve  # noqa: E402 -- a script finds the project by its own place
from config.supervisor import Child, Supervisor  # noqa: E402 -- the same

PRINTS = 7
PAGES = 60
WRITERS = 50
SECONDS = 10
PORT = 18765
OK = 200
POSTGRES = "postgres://postgres@127.0.0.1:5432"
POSTGRES_NAME = "uppsikt_bench"

Pairs = list[tuple[float, float]]


def measured(ours: Callable[[], object], bare: Callable[[], object], runs: int) -> Pairs:
    """Both in turn, so that a slow machine slows both; one warm-up each."""
    pairs = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        ours()
        middle = time.perf_counter()
        bare()
        pairs.append((middle - began, time.perf_counter() - middle))
    return pairs[1:]


def report(name: str, pairs: Pairs, goal: float) -> None:
    def spread(values: list[float], scale: float = 1) -> str:
        low, middle, high = min(values), statistics.median(values), max(values)
        return f"{low * scale:.2f} / {middle * scale:.2f} / {high * scale:.2f}"

    ratios = [ours / bare for ours, bare in pairs]
    verdict = "met" if statistics.median(ratios) <= goal else "NOT MET"
    print(f"{name}  (min / median / max of {len(pairs)})")
    print(f"    ours  {spread([ours for ours, _ in pairs], 1000)} ms")
    print(f"    bare  {spread([bare for _, bare in pairs], 1000)} ms")
    print(f"    ratio {spread(ratios)}   goal {goal}: {verdict}", flush=True)


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


def printing() -> None:
    """(a): the pack and the proposal of the walked demo, printed again from their stored HTML."""
    from weasyprint import HTML  # noqa: PLC0415 -- only after setup

    from dialogues.models import Proposal  # noqa: PLC0415 -- the same
    from documents import actions, pdf, production  # noqa: PLC0415 -- the same
    from documents.models import Document  # noqa: PLC0415 -- the same
    from reports.models import VersionHandling  # noqa: PLC0415 -- the same

    found: dict[str, Document | None] = {}
    version = VersionHandling.objects.exclude(document=None).select_related("document").first()
    proposal = Proposal.objects.exclude(document=None).select_related("document").first()
    found["pack"] = version.document if version else None
    found["proposal"] = proposal.document if proposal else None
    for name, document in found.items():
        if document is None:
            print(f"NOT RUN {name}: the walk left no document")
            continue
        names = (pdf.COMMON_CSS, pdf.PAGE_CSS[document.page_format], *document.css)

        def ours(document: Document = document) -> None:
            order = actions.request_pdf(
                organisation=document.organisation,
                html=document.html,
                page_format=document.page_format,
                css=document.css,
                title=document.title,
                filename=document.filename,
                created_at=document.created_stated_at,
                by=document.requested_by,
            )
            claim = actions.claim(order.pk, "bench", order.requested_at)
            assert claim is not None
            production.produce(claim)
            order.refresh_from_db()
            assert order.is_ready, order.error

        def bare(html: str = document.html, names: tuple[str, ...] = names) -> None:
            fonts = pdf._font_configuration()
            sheets = [pdf._style_sheet(name) for name in names]
            source = HTML(string=html, base_url="about:blank", url_fetcher=pdf._fetcher())
            source.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/a-3a")

        report(f"(a) {name}: whole way against bare WeasyPrint", measured(ours, bare, PRINTS), 1.2)


def entry_page() -> None:
    """(b): through the test client; both sides are logged in and pass the same middleware."""
    from django.http import HttpResponse  # noqa: PLC0415 -- only after setup
    from django.test import Client, override_settings  # noqa: PLC0415 -- the same
    from django.urls import path, reverse  # noqa: PLC0415 -- the same

    state, controller = entry_state()
    url = reverse("targets:entry_grid", args=[state])
    ours_client, bare_client = Client(), Client()
    ours_client.force_login(controller)
    bare_client.force_login(controller)
    body = ours_client.get(url, headers={"host": "localhost"})
    assert body.status_code == OK, body.status_code

    def same_bytes(_request: object) -> HttpResponse:
        return HttpResponse(body.content)

    module = type(sys)("bench_urls")
    module.urlpatterns = [path("", same_bytes)]
    sys.modules["bench_urls"] = module

    def ours() -> None:
        assert ours_client.get(url, headers={"host": "localhost"}).status_code == OK

    def bare() -> None:
        with override_settings(ROOT_URLCONF="bench_urls"):
            began = time.perf_counter()
            assert bare_client.get("/", headers={"host": "localhost"}).status_code == OK
            bare_times.append(time.perf_counter() - began)

    bare_times: list[float] = []
    pairs = measured(ours, bare, PAGES)
    pairs = [(pair[0], took) for pair, took in zip(pairs, bare_times[1:], strict=True)]
    report(f"(b) entry page, {len(body.content) // 1024} kB", pairs, 3)


def entry_state() -> tuple[int, object]:
    from governance.enums import Role  # noqa: PLC0415 -- only after setup
    from governance.models import Mandate, RoundState  # noqa: PLC0415 -- the same

    mandate = Mandate.objects.filter(role=Role.CONTROLLER, person__user__is_demo=True).get()
    state = RoundState.objects.filter(body=mandate.body).order_by("id").first()
    assert state is not None
    return state.pk, mandate.person.user


def fifty_indicators(state_id: int) -> list[int]:
    """A row of the grid for each writer."""
    from governance.models import RoundState  # noqa: PLC0415 -- only after setup
    from targets.models import Indicator, Plan, PlannedIndicator  # noqa: PLC0415 -- the same

    state = RoundState.objects.select_related("reporting_round__period", "body").get(pk=state_id)
    RoundState.objects.filter(pk=state_id).update(state="open")
    year = state.reporting_round.period.ends_on.year
    plan = Plan.objects.filter(body=state.body, year=year).first()
    assert plan is not None
    ids = []
    for number in range(WRITERS):
        indicator = Indicator.objects.create(
            organisation=state.body.organisation, body=state.body, key=f"bench-{number}",
            name=f"Skrivare {number}", unit_label="antal",
        )  # fmt: skip
        PlannedIndicator.objects.create(
            plan=plan, indicator=indicator, key=f"bench-{number}", group="Mätning", position=900
        )
        ids.append(indicator.pk)
    return ids


@dataclass
class Writer:
    """One controller's browser: saves into a row of its own as fast as it is answered."""

    url: str
    indicator: int
    headers: dict[str, str]
    accepted: int = 0
    refused: int = 0
    times: list[float] = field(default_factory=list)

    def write_until(self, stop_at: float) -> None:
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        while time.monotonic() < stop_at:
            form = {
                f"value-{self.indicator}": str(self.accepted + 1),
                f"version-{self.indicator}": self.accepted,
            }
            began = time.perf_counter()
            line.request("POST", self.url, urlencode(form), self.headers)
            answer = line.getresponse()
            answer.read()
            self.times.append(time.perf_counter() - began)
            if answer.status == OK:
                self.accepted += 1
            else:
                self.refused += 1


def make_writers() -> list[Writer]:
    from django.conf import settings  # noqa: PLC0415 -- only after setup
    from django.test import Client  # noqa: PLC0415 -- the same
    from django.urls import reverse  # noqa: PLC0415 -- the same

    state, controller = entry_state()
    ids = fifty_indicators(state)
    url = reverse("targets:entry_grid", args=[state])
    client = Client(headers={"host": "localhost"})
    client.force_login(controller)
    client.get(url)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "HX-Request": "true",
        "Cookie": "; ".join(f"{key}={value.value}" for key, value in client.cookies.items()),
        "X-CSRFToken": client.cookies[settings.CSRF_COOKIE_NAME].value,
        "Host": f"127.0.0.1:{PORT}",
    }
    return [Writer(url, indicator, headers) for indicator in ids]


@contextmanager
def web_server() -> Iterator[None]:
    with running([serve.web(os.environ, port=PORT)]) as supervisor:
        serve.wait_until_answers(f"http://127.0.0.1:{PORT}/konto/halsa/", supervisor)
        yield


def saves(database: str) -> str:
    """(c) in a process of its own: one database, one web server, 50 browsers' worth of threads."""
    serve.prepare()
    from django.db import connection  # noqa: PLC0415 -- only after setup

    from governance.models import AuditEntry  # noqa: PLC0415 -- the same

    writers = make_writers()
    before = AuditEntry.objects.count()
    connection.close()
    with web_server():
        began = time.monotonic()
        threads = [
            threading.Thread(target=writer.write_until, args=(began + SECONDS,))
            for writer in writers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
    kept = AuditEntry.objects.count() - before
    connection.close()
    accepted = sum(writer.accepted for writer in writers)
    refused = sum(writer.refused for writer in writers)
    times = sorted(moment for writer in writers for moment in writer.times)
    lost = accepted - kept
    return (
        f"(c) {database}: {accepted / took:.0f} saves/s with {WRITERS} writers; a save took "
        f"{times[0] * 1000:.0f} / {statistics.median(times) * 1000:.0f} / {times[-1] * 1000:.0f} ms "
        f"(min / median / max), p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms; "
        f"{accepted} accepted, {refused} refused, {kept} audit rows   "
        f"goal nothing lost: {'met' if not lost else f'NOT MET, {lost} lost'}"
    )


def writers() -> None:
    for database in ("SQLite", "PostgreSQL"):
        environment = {**os.environ, "DATA_DIR": str(DATA / database)}
        if database == "PostgreSQL":
            made = subprocess.run(
                [sys.executable, "-c", MAKE_DATABASE], check=False, capture_output=True, text=True
            )
            if made.returncode:
                print(f"NOT RUN (c) PostgreSQL: {made.stderr.strip().splitlines()[-1]}")
                continue
            environment["DATABASE_URL"] = f"{POSTGRES}/{POSTGRES_NAME}"
        (DATA / database).mkdir(parents=True)
        subprocess.run([sys.executable, __file__, database], check=True, env=environment)


MAKE_DATABASE = f"""
import psycopg
with psycopg.connect("{POSTGRES}/postgres", autocommit=True) as line:
    line.execute("DROP DATABASE IF EXISTS {POSTGRES_NAME}")
    line.execute("CREATE DATABASE {POSTGRES_NAME}")
"""


def main() -> int:
    if len(sys.argv) > 1:
        print(saves(sys.argv[1]), flush=True)
        return 0
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    for name in ("DATABASE_URL", "REDIS_URL", "BROKER_DIR", "MEDIA_DIR", "STAMP_DIR", "MAIL_DIR"):
        os.environ.pop(name, None)
    os.environ.update(serve.embedded(DATA, os.environ))
    serve.prepare()
    from django.core.management import call_command  # noqa: PLC0415 -- only after setup

    print("Walking the demo so that there is something to print …", flush=True)
    with running(serve.worker_and_clock(os.environ)):
        call_command("walk_demo", output=str(DATA))
    printing()
    entry_page()
    writers()
    return 0


if __name__ == "__main__":
    sys.exit(main())
