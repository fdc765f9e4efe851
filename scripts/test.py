"""`make test`: static checks, the suite on SQLite, the same suite on PostgreSQL + Redis, the browser.

Every stage runs, also after one that failed. What could not be had is named at the end on lines that
begin with NOT RUN; with CI in the environment such a line is a failure.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
# Django puts test_ before the name; two checkouts tested at once do not meet.
LOCAL_DATABASE = "postgres://postgres@127.0.0.1:5432"
LOCAL_NAME = f"uppsikt_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
LOCAL_REDIS = "redis://127.0.0.1:6379/15"  # not 0, which another program may be using
FOREIGN = (
    "DATABASE_URL",
    "REDIS_URL",
    "DATA_DIR",
    "BROKER_DIR",
    "MEDIA_DIR",
    "STAMP_DIR",
    "SECRET_KEY",
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


def postgres() -> tuple[str, str]:
    """Address and, where there is none, the reason."""
    given = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
    is_given = given.startswith("postgres")
    address = given if is_given else f"{LOCAL_DATABASE}/postgres"
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        return "", f"no PostgreSQL at {without_password(address)} ({reason})"
    return (address if is_given else f"{LOCAL_DATABASE}/{LOCAL_NAME}"), ""


def redis_server() -> tuple[str, str]:
    address = os.environ.get("TEST_REDIS_URL") or os.environ.get("REDIS_URL") or LOCAL_REDIS
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as error:
        return "", f"no Redis at {without_password(address)} ({error})"
    return address, ""


def pytest(report: Path, *more: str) -> list[str]:
    return [PYTHON, "-m", "pytest", "-q", "-n", "2", f"--junitxml={report}", *more]


def stages(folder: Path) -> tuple[list[Stage], list[str]]:
    database, no_database = postgres()
    broker, no_broker = redis_server()
    not_run = []
    sqlite, servers, browser = (
        folder / name for name in ("sqlite.xml", "postgres.xml", "browser.xml")
    )
    found = [
        Stage("static checks", [PYTHON, "scripts/check.py"]),
        Stage("suite on SQLite", pytest(sqlite), report=sqlite),
    ]
    name = "suite on PostgreSQL + Redis"
    if database and broker:
        addresses = {"DATABASE_URL": database, "REDIS_URL": broker}
        found.append(Stage(name, pytest(servers), addresses, servers))
    else:
        not_run.append(f"{name}: {'; '.join(filter(None, (no_database, no_broker)))}")
    if shutil.which("chromium"):
        unsafe = {
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true"
        }  # playwright holds an event loop in the thread
        found.append(Stage("browser tests", pytest(browser, "-m", "browser"), unsafe, browser))
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
    with tempfile.TemporaryDirectory(prefix="uppsikt-report-") as name:
        found, not_run = stages(Path(name))
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
    sys.exit(main())
