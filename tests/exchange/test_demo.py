"""The demo file loads, is loaded again without a change, and survives the way out and in."""

from pathlib import Path

from django.conf import settings

from exchange.actions import load, rows_written

DEMO = Path(settings.BASE_DIR) / "demo" / "halland-regionservice-2026.yaml"


def test_demo_loads_once_and_changes_nothing_the_second_time(db: None) -> None:
    load([DEMO])

    again = load([DEMO])

    assert again.is_nothing
    assert rows_written(again) == f"Inget ändrades: {again.unchanged} rader är redan lika."
