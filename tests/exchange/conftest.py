"""A small governance file on disk, and what loading it says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.governance_file.actions import BrokenFile, load
from exchange.governance_file.rules import Problem
from tests.exchange.sources import demo  # noqa: F401 -- the fixture of the loaded demo

SMALL = Path(__file__).parent / "small.yaml"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Put a text in a file."""

    def put(text: str, name: str = "prov.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put


@pytest.fixture
def problems(db: None, write: Callable[[str], Path]) -> Callable[[str], list[Problem]]:
    """What a broken file's load complains of."""

    def of(text: str) -> list[Problem]:
        with pytest.raises(BrokenFile) as broken:
            load([write(text)])
        return list(broken.value.problems)

    return of
