"""The floors, bottom first, as architecture.md draws them; every guard reads this table."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
Found = TypeVar("Found")
FLOORS = {
    "governance": 0,
    "documents": 1,
    "figures": 2,
    "rounds": 3,
    "targets": 4,
    "internal_control": 4,
    "economy": 4,
    "reports": 5,
    "dialogues": 6,
    "exchange": 7,
    "desk": 8,
}


def below(upper: str, lower: str) -> bool:
    """True when upper may know lower: the same app or a lower floor, never a sibling."""
    return upper == lower or FLOORS[lower] < FLOORS[upper]


def some(found: Found) -> Found:
    """A guard that finds nothing to guard fails."""
    assert found, "nothing is guarded here"
    return found


def url_patterns() -> list[tuple[str, URLPattern]]:
    """Every (qualified name, pattern) of the URLconf."""
    return some(list(walk(get_resolver().url_patterns, "")))


def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def template_files() -> list[Path]:
    return some(sorted(TEMPLATES.rglob("*.html")))


def project_files(*suffixes: str) -> list[Path]:
    """Files of the repository (git's list, so that what is built or installed is left out)."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    files = [ROOT / name for name in listed if not suffixes or name.endswith(suffixes)]
    return some([path for path in files if path.is_file()])
