"""Names over time in a governance file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.governance_file.actions import BrokenFile, load
from exchange.governance_file.queries import dump
from governance.models import Unit
from tests.exchange.conftest import SMALL

Write = Callable[..., Path]
TEXT = SMALL.read_text(encoding="utf-8")
UNIT = "          - key: del\n            parent: hela\n            name: ja\n"


def renamed(own: str, last: str) -> str:
    names = (
        f"            names:\n"
        f"              - key: forsta\n                name: ja\n                valid_to: 2025-06-30\n"
        f"              - key: andra\n                name: {last}\n                valid_from: 2025-07-01\n"
    )
    return TEXT.replace(UNIT, f"{UNIT.replace('name: ja', f'name: {own}')}{names}")


def test_names_are_loaded_and_dumped(db: None, write: Write) -> None:
    load([write(renamed("Område nytt", "Område nytt"))])

    unit = Unit.objects.get(key="del")
    assert sorted(unit.names.values_list("name", flat=True)) == ["Område nytt", "ja"]
    assert load([write(dump(["region-prov"]))]).is_nothing


def test_last_name_is_the_units_own(db: None, write: Write) -> None:
    with pytest.raises(BrokenFile) as broken:
        load([write(renamed("ja", "Område nytt"))])

    assert "är ”Område nytt” utan slut" in broken.value.problems[0].what
    assert not Unit.objects.exists()


def test_new_name_alone_is_refused_where_the_old_has_no_end(db: None, write: Write) -> None:
    load([write(TEXT)])
    Unit.objects.get(key="del").names.create(key="namn-1", name="ja")

    with pytest.raises(BrokenFile):
        load([write(TEXT.replace(UNIT, UNIT.replace("name: ja", "name: Område nytt")))])

    assert Unit.objects.get(key="del").name == "ja"
