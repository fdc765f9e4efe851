"""`make check`: the quick static part. Every check runs, both cores are used, output comes in order."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
MANAGE = [str(BIN / "python"), "manage.py"]
APPS = [
    "config", "desk", "dialogues", "documents", "economy", "exchange", "figures", "governance",
    "internal_control", "reports", "rounds", "targets",
]  # fmt: skip


@dataclass(frozen=True)
class Check:
    name: str
    commands: list[list[str]]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    check: Check
    code: int
    output: str
    seconds: float


def templates() -> list[str]:
    """The project's own templates, new ones too."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "templates"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [
        line for line in listing.splitlines() if line.endswith(".html") and (ROOT / line).exists()
    ]


def checks(folder: str) -> list[Check]:
    production = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SECURE": "true",
        "DEBUG": "false",
        "ALLOWED_HOSTS": "uppsikt.example.se",
        "DATA_DIR": folder,
    }
    html = templates()
    return [
        Check("mypy", [[str(BIN / "mypy"), *APPS]]),
        Check("ruff check", [[str(BIN / "ruff"), "check", "."]]),
        Check("ruff format", [[str(BIN / "ruff"), "format", "--check", "."]]),
        Check(
            "djade",
            [[str(BIN / "djade"), "--check", "--target-version", "5.2", *html]] if html else [],
        ),
        Check("lint-imports", [[str(BIN / "lint-imports"), "--no-cache", "--no-logo"]]),
        Check(
            "migrations are complete",
            [[*MANAGE, "makemigrations", "--check", "--dry-run"]],
            production,
        ),
        Check(
            "django check --deploy",
            [[*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]],
            production,
        ),
        Check(
            "guards stand in a fresh database",
            [
                [*MANAGE, "migrate", "--no-input", "--verbosity", "0"],
                [*MANAGE, "check", "--database", "default"],
            ],
            production,
        ),
    ]


def run(check: Check) -> Outcome:
    began = time.monotonic()
    given = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")
    }
    output = ""
    code = 0
    for command in check.commands:
        done = subprocess.run(
            command, cwd=ROOT, env={**given, **check.environment}, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        output += done.stdout
        code = code or done.returncode
    return Outcome(check, code, output, time.monotonic() - began)


def main() -> int:
    began = time.monotonic()
    failed = []
    with (
        tempfile.TemporaryDirectory(prefix="uppsikt-check-") as folder,
        ThreadPoolExecutor(max_workers=2) as pool,
    ):
        for outcome in pool.map(run, checks(folder)):
            word = "ok" if outcome.code == 0 else "FAILED"
            print(f"{outcome.check.name}: {word} ({outcome.seconds:.1f} s)", flush=True)
            if outcome.code != 0:
                print(outcome.output, flush=True)
                failed.append(outcome.check.name)
    print(f"make check: {time.monotonic() - began:.0f} s", flush=True)
    if failed:
        print("Failed: " + ", ".join(failed), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
