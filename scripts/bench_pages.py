"""Four pages and the entry grid's saves: at full size, at the everyday size and in the walked demo.

Each world has a process of its own with its own database; they are asked in turn, line by line:
"todo ours", "todo bare" (seconds by the wall and of CPU), "todo facts" (queries, bytes), "save 1"
(cells saved, statements, seconds of CPU).
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import bench_regions  # noqa: E402 -- a script finds the project by its own place
from bench_report import Pairs, report, spread, verdict  # noqa: E402 -- the same

# Each page's name and the most queries it may cost.
PAGES = {
    "entry": ("Entry page", 8),
    "overview": ("Nämndöversikt", 8),
    "indicator": ("Indicator page", 10),
    "todo": ("Att göra", 8),
}
RUNS, SAVES, MANY = 40, 20, 200
OK = 200
SAME, BARE = 1.2, 6
SAVE_STATEMENTS, MANY_STATEMENTS, SAVE_MS = 12, 30, 11
WALL, CPU = 0, 1


class Asked:
    """A process that measures against one database."""

    def __init__(self, address: str, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DATABASE_URL": address, "DATA_DIR": str(data)},
        )

    def ask(self, line: str) -> list[str]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        assert answer, f"no answer to {line}"
        return answer

    def seconds(self, line: str, clock: int) -> float:
        return float(self.ask(line)[clock])

    def stop(self) -> None:
        self.process.communicate()


def compare(data: Path) -> None:
    """Print of every page: queries, CPU against bare, full size against everyday; then the saves."""
    everyday = Asked(bench_regions.ensure(bench_regions.EVERYDAY), data / "everyday")
    full = Asked(bench_regions.ensure(bench_regions.FULL), data / "full")
    demo = Asked(f"sqlite:///{data / 'db.sqlite3'}", data)
    worlds = {"full size": full, "everyday": everyday, "demo": demo}
    sizes = f"{bench_regions.FULL.outcomes:,} outcomes against {bench_regions.EVERYDAY.outcomes:,}"
    for page, (name, most) in PAGES.items():
        print(f"(b) {name}")
        for world, asked in worlds.items():
            queries, size = (int(each) for each in asked.ask(f"{page} facts"))
            print(f"  {world}: {queries} queries, {size // 1024} kB   {verdict(queries, most)}")
        for world, asked in (("full size", full), ("demo", demo)):
            pairs: Pairs = [
                (asked.seconds(f"{page} ours", CPU), asked.seconds(f"{page} bare", CPU))
                for _ in range(RUNS)
            ]
            report(f"  {world}: CPU against a bare view of the same bytes", pairs, BARE)
        by_size: Pairs = [
            (full.seconds(f"{page} ours", WALL), everyday.seconds(f"{page} ours", WALL))
            for _ in range(RUNS)
        ]
        report(f"  {sizes}", by_size, SAME, first="full", second="everyday")
    for world, asked in (("full size", full), ("demo", demo)):
        saves(world, asked)
    for asked in worlds.values():
        asked.stop()


def saves(world: str, asked: Asked) -> None:
    """One cell a few times, and many cells once."""
    each = [asked.ask("save 1") for _ in range(SAVES)]
    statements, seconds = max(int(one[1]) for one in each), [float(one[2]) for one in each]
    print(f"(b) {world}: a save, BEGIN and COMMIT not counted")
    print(f"  {statements} statements   {verdict(statements, SAVE_STATEMENTS)}")
    middle = sorted(seconds)[SAVES // 2] * 1000
    print(f"  {spread(seconds, 1000)} ms of CPU   {verdict(middle, SAVE_MS)}")
    cells, many, cpu = asked.ask(f"save {MANY}")
    print(f"  {many} statements for {cells} cells   {verdict(int(many), MANY_STATEMENTS)}", end="")
    print(f", {float(cpu) * 1000:.0f} ms of CPU", flush=True)


@dataclass
class Page:
    """One page and the bare view that sends its bytes to the same logged-in reader."""

    url: str
    reader: object
    content: bytes = b""

    def ours(self) -> None:
        answer = self.client.get(self.url)
        assert answer.status_code == OK, (self.url, answer.status_code)
        self.content = answer.content

    def bare(self) -> None:
        assert self.client.get("/bench-bare/").status_code == OK

    def prepare(self) -> "Page":
        from django.test import Client  # noqa: PLC0415 -- only after setup

        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(self.reader)
        self.ours()
        return self

    def save(self, cells: int) -> tuple[int, int, float]:
        """(how many were changed, statements, seconds of CPU) as the page's script sends them."""
        from django.db import connection  # noqa: PLC0415 -- only after setup
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- the same

        self.ours()
        sent: dict[str, str] = {}
        changed = 0
        for cell in changes(self.content.decode()):
            if changed == cells:
                break
            sent |= cell
            changed += 1
        with CaptureQueriesContext(connection) as captured:
            began = time.process_time()
            answer = self.client.post(self.url, sent, headers={"HX-Request": "true"})
            seconds = time.process_time() - began
        assert answer.status_code == OK, answer.content.decode()[:2000]
        asked = [query["sql"] for query in captured.captured_queries]
        return changed, sum(sql not in {"BEGIN", "COMMIT"} for sql in asked), seconds


class Fields(HTMLParser):
    """Every named field of the page with what it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown: dict[str, str] = {}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag in {"textarea", "select"}:
            self.inside = name
            self.shown.setdefault(name, "")
        elif tag == "input":
            self.shown[name] = said.get("value") or ""
        elif tag == "option" and ("selected" in said or not self.shown[self.inside]):
            self.shown[self.inside] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside and "value-" in self.inside:
            self.shown[self.inside] += data


def changes(page: str) -> Iterator[dict[str, str]]:
    """Cell by cell what is sent when another number, or another comment, is typed in it."""
    shown = Fields(page).shown
    for name, text in shown.items():
        where = name.removeprefix("value-")
        if where == name:
            continue
        fields = {key: value for key, value in shown.items() if key.partition("-")[2] == where}
        last = text[-1:] if text[-1:].isdigit() else ""
        typed = f"{text[:-1]}{(int(last) + 1) % 10}" if last else f"Skrivet {time.time_ns()}"
        if last or fields.get(f"kind-{where}") is None:
            yield fields | {name: typed}


def pages() -> dict[str, Page]:
    from django.urls import reverse  # noqa: PLC0415 -- only after setup

    from governance.models import User  # noqa: PLC0415 -- the same
    from rounds.models import RoundState  # noqa: PLC0415 -- the same
    from targets.models import Outcome  # noqa: PLC0415 -- the same

    known = {user.username: user for user in User.objects.select_related("person")}
    controller = known.get("bench-controller") or known["controller"]
    officer = known.get("bench-officer") or known["handlaggare"]
    state = RoundState.objects.filter(body__mandates__person=controller.person).latest(
        "reporting_round__period__ends_on"
    )
    period = state.reporting_round.period
    outcome = Outcome.objects.filter(period=period, unit__body=state.body).earliest("indicator_id")
    year = f"ar={period.ends_on.year}&period={period.pk}&visning=indikatorer"
    return {
        "entry": Page(reverse("targets:entry_grid", args=[state.pk]), controller),
        "overview": Page(f"{reverse('desk:overview')}?{year}", officer),
        "indicator": Page(
            reverse("targets:indicator_detail", args=[outcome.indicator_id]), controller
        ),
        "todo": Page(reverse("desk:todo"), controller),
    }


def answer() -> None:
    """The child: measure what each line asks for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- the settings stand in the environment

    django.setup()
    from django.db import connection  # noqa: PLC0415 -- only after setup
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415 -- the same
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- the same
    from django.urls import path  # noqa: PLC0415 -- the same

    from config import urls  # noqa: PLC0415 -- the same

    shown = {"content": b""}

    def same_bytes(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(shown["content"])

    urls.urlpatterns.append(path("bench-bare/", same_bytes))
    measured = {name: page.prepare() for name, page in pages().items()}
    for line in sys.stdin:
        name, what = line.split()
        if name == "save":
            print(*measured["entry"].save(int(what)), flush=True)
            continue
        page = measured[name]
        shown["content"] = page.content
        if what == "facts":
            with CaptureQueriesContext(connection) as captured:
                page.ours()
            print(len(captured), len(page.content), flush=True)
        else:
            print(*timed(page.ours if what == "ours" else page.bare), flush=True)


def timed(act: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the wall, and of this process' CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    answer()
