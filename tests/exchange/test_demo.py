"""The demo's files load together and alone, are loaded again without a change, survive the way out
and in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.governance_file.actions import load, rows_written
from exchange.governance_file.queries import dump
from tests.exchange.sources import FILES
from tests.exchange.test_dump import empty_the_database


def test_demo_loads_once_and_changes_nothing_the_second_time(db: None) -> None:
    load(FILES)

    again = load(FILES)

    assert len(FILES) == 5
    assert again.is_nothing
    assert rows_written(again) == f"Inget ändrades: {again.unchanged} rader är redan lika."


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_stands_alone(db: None, file: Path) -> None:
    assert load([file]).created > 0


def test_files_may_be_loaded_one_after_the_other_in_any_order(db: None) -> None:
    for file in reversed(FILES):
        load([file])

    assert load(FILES).is_nothing


def test_whole_demo_survives_the_way_out_and_in(db: None, write: Callable[[str], Path]) -> None:
    load(FILES)
    first = dump()
    empty_the_database()

    load([write(first)])

    assert dump() == first
