"""The entry page, the Nämndöversikt and an indicator page, on the everyday and on the full size.

Each size has a process of its own with its own database; they are asked in turn, line by line:
"entry ours", "entry bare" (seconds) and "entry facts" (queries, bytes).
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import bench_regions  # noqa: E402 -- a script finds the project by its own place
from bench_report import Pairs, report  # noqa: E402 -- the same

PAGES = {"entry": "Entry page", "overview": "Nämndöversikt", "indicator": "Indicator page"}
RUNS = 40
OK = 200
SAME, BARE = 1.2, 3


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

    def ask(self, line: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert answer, f"no answer to {line}"
        return answer

    def seconds(self, page: str, side: str) -> float:
        return float(self.ask(f"{page} {side}"))

    def stop(self) -> None:
        self.process.communicate()


def compare(data: Path) -> None:
    """Print every page's three figures: queries, full against everyday, full against bare."""
    everyday = Asked(bench_regions.ensure(bench_regions.EVERYDAY), data / "everyday")
    full = Asked(bench_regions.ensure(bench_regions.FULL), data / "full")
    sizes = f"{bench_regions.FULL.outcomes:,} outcomes against {bench_regions.EVERYDAY.outcomes:,}"
    for page, name in PAGES.items():
        small_queries, small_bytes = everyday.ask(f"{page} facts").split()
        queries, size = full.ask(f"{page} facts").split()
        constant = (
            "constant" if queries == small_queries else f"NOT CONSTANT: {small_queries} there"
        )
        print(f"{name}: {queries} queries ({constant}), {int(size) // 1024} kB, ", end="")
        print(f"{int(small_bytes) // 1024} kB on the everyday size")
        by_size: Pairs = [
            (full.seconds(page, "ours"), everyday.seconds(page, "ours")) for _ in range(RUNS)
        ]
        report(f"  {sizes}", by_size, SAME, first="full", second="everyday")
        by_bare: Pairs = [
            (full.seconds(page, "ours"), full.seconds(page, "bare")) for _ in range(RUNS)
        ]
        report("  full size against a bare view of the same bytes", by_bare, BARE)
    everyday.stop()
    full.stop()


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


def pages() -> dict[str, Page]:
    from django.urls import reverse  # noqa: PLC0415 -- only after setup

    from governance.models import Period, User  # noqa: PLC0415 -- the same
    from rounds.models import RoundState  # noqa: PLC0415 -- the same
    from targets.models import Indicator  # noqa: PLC0415 -- the same

    controller = User.objects.get(username="bench-controller")
    officer = User.objects.get(username="bench-officer")
    region = controller.person.organisation
    period = Period.objects.filter(organisation=region).latest("ends_on")
    body = controller.person.mandates.get().body
    state = RoundState.objects.get(body=body, reporting_round__period=period)
    indicator = Indicator.objects.filter(organisation=region).earliest("id")
    year = f"ar={period.ends_on.year}&period={period.pk}&visning=indikatorer"
    return {
        "entry": Page(reverse("targets:entry_grid", args=[state.pk]), controller),
        "overview": Page(f"{reverse('desk:overview')}?{year}", officer),
        "indicator": Page(
            f"{reverse('targets:indicator_detail', args=[indicator.pk])}", controller
        ),
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
        page = measured[name]
        shown["content"] = page.content
        if what == "facts":
            with CaptureQueriesContext(connection) as captured:
                page.ours()
            print(len(captured), len(page.content), flush=True)
        else:
            print(timed(page.ours if what == "ours" else page.bare), flush=True)


def timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    answer()
