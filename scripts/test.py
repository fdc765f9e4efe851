"""`make test`: static checks, the suite on SQLite, the same suite on PostgreSQL + Redis, the browser.

Every stage runs, also after one that failed. What could not be had is named at the end on lines that
begin with NOT RUN; with CI in the environment such a line is a failure.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import psycopg
import redis
import servers

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
FOREIGN = (
    "DATABASE_URL",
    "REDIS_URL",
    "DATA_DIR",
    "BROKER_DIR",
    "MEDIA_DIR",
    "STAMP_DIR",
    "SECRET_KEY",
    "PYTHONDONTWRITEBYTECODE",  # each of a hundred processes would compile the project anew
)


@dataclass(frozen=True)
class Stage:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    report: Path | None = None


@dataclass(frozen=True)
class Result:
    stage: Stage
    code: int
    seconds: float


def without_password(address: str) -> str:
    return re.sub(r"(//[^:@/]*):[^@]*@", r"\1:…@", address)


def given_or_own(
    variable: str,
    ask: Callable[[str], object],
    own: Callable[[str], AbstractContextManager[str]],
    stack: ExitStack,
) -> tuple[str, str]:
    """The address of a server and, where there is none, the reason."""
    given = os.environ.get(variable, "")
    try:
        if given:
            ask(given)
        return given or stack.enter_context(own("tests")), ""
    except (psycopg.Error, redis.RedisError, servers.NotToBeHad) as error:
        reason = str(error).strip().splitlines()[0]
        return "", f"{without_password(given) or 'a server of our own'}: {reason}"


def ask_postgres(address: str) -> None:
    psycopg.connect(address, connect_timeout=3).close()


def ask_redis(address: str) -> None:
    with redis.Redis.from_url(address, socket_connect_timeout=3) as client:
        client.ping()


def addresses(stack: ExitStack) -> tuple[dict[str, str], str]:
    """The servers' addresses as settings read them, or why they are not to be had."""
    database, no_database = given_or_own("TEST_DATABASE_URL", ask_postgres, servers.postgres, stack)
    broker, no_broker = given_or_own("TEST_REDIS_URL", ask_redis, servers.redis_server, stack)
    if no_database or no_broker:
        told = {"PostgreSQL": no_database, "Redis": no_broker}
        return {}, "; ".join(f"no {name}, {reason}" for name, reason in told.items() if reason)
    return {"DATABASE_URL": database, "REDIS_URL": broker}, ""


def pytest(report: Path, *more: str) -> list[str]:
    return [PYTHON, "-m", "pytest", "-q", "-n", "2", f"--junitxml={report}", *more]


def stages(folder: Path, stack: ExitStack) -> tuple[list[Stage], list[str]]:
    own, no_servers = addresses(stack)
    not_run = []
    sqlite, postgres, browser = (
        folder / name for name in ("sqlite.xml", "postgres.xml", "browser.xml")
    )
    shared = {"SHARED_DIR": str(folder)}
    found = [
        Stage("static checks", [PYTHON, "scripts/check.py"]),
        Stage("suite on SQLite", pytest(sqlite), shared, sqlite),
    ]
    name = "suite on PostgreSQL + Redis"
    if own:
        found.append(Stage(name, pytest(postgres), own, postgres))
    else:
        not_run.append(f"{name}: {no_servers}")
    if any(map(shutil.which, ("chromium-headless-shell", "chromium"))):
        unsafe = {
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true"
        }  # playwright holds an event loop in the thread
        command = pytest(browser, "-m", "browser", "--dist=loadgroup")
        found.append(Stage("browser tests", command, {**unsafe, **shared}, browser))
    else:
        not_run.append("browser tests: chromium is not installed")
    return found, not_run


def run(stage: Stage) -> Result:
    print(f"\n=== {stage.name} ===", flush=True)
    began = time.monotonic()
    given = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    done = subprocess.run(
        stage.command, cwd=ROOT, env={**given, **stage.environment}, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Result(stage, done.returncode, time.monotonic() - began)


def skipped_everywhere(reports: list[Path]) -> list[str]:
    """A test skipped in one stage and run in another did run; the rest are named."""
    ran = set()
    skipped = {}
    for report in reports:
        if not report.exists():
            continue
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 -- our own report
            name = f"{case.get('classname')}::{case.get('name')}"
            reason = case.find("skipped")
            if reason is None:
                ran.add(name)
            else:
                skipped[name] = reason.get("message", "")
    return [f"{name}: {reason}" for name, reason in sorted(skipped.items()) if name not in ran]


def main() -> int:
    began = time.monotonic()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="uppsikt-report-") as name, ExitStack() as stack:
        found, not_run = stages(Path(name), stack)
        results = [run(stage) for stage in found]
        not_run += skipped_everywhere([stage.report for stage in found if stage.report])
    print("\n=== make test ===")
    for result in results:
        word = "passed" if result.code == 0 else f"FAILED (exit {result.code})"
        print(f"{result.stage.name}: {word}, {result.seconds:.0f} s")
    for line in not_run:
        print(f"NOT RUN {line}")
    print(f"total: {time.monotonic() - began:.0f} s", flush=True)
    failed = any(result.code != 0 for result in results)
    return 1 if failed or (not_run and os.environ.get("CI")) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
