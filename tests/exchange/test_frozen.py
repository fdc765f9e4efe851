"""What a committee has handed in for a period no file changes, adds to or builds around."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.governance_file.actions import BrokenFile, load
from governance.declarations import has_period, tables
from rounds.models import RoundState
from tests.exchange.conftest import SMALL

TEXT = SMALL.read_text(encoding="utf-8")
LEVELS = """    levels:
      - key: uppdrag
        year: 2025
        nature: assignment
        name: Uppdrag
"""
BODY = """        lines:
          - key: resultat
            name: Resultat
            position: 1
            amounts:
              - period: helar-2025
                value: 1500.00
        control_plans:
          - key: ik
            year: 2025
            name: Intern kontroll
            areas:
              - key: kop
                name: Inköp
                position: 1
                results:
                  - period: helar-2025
                    comment: Utan anmärkning
        plans:
          - key: vp
            year: 2025
            name: Verksamhetsplan
            goals:
              - key: g
                level: uppdrag
                name: Utred
                position: 1
                assignment_reports:
                  - period: helar-2025
                    status: ongoing
                judgements:
                  - period: helar-2025
                    result: achieved
            activities:
              - key: a
                goal: g
                name: Öva
                position: 1
                activity_reports:
                  - period: helar-2025
                    status: ongoing
"""
OUTCOME = """          - unit: nn/hela
            period: helar-2025
            value: 6.94
"""
FULL = TEXT.replace("        mandates:\n", BODY + "        mandates:\n", 1) + OUTCOME + LEVELS
CHANGED = {
    "economy.Amount": ("1500.00", "1600.00"),
    "internal_control.ControlResult": ("Utan anmärkning", "Brister"),
    "targets.AssignmentReport": (
        "assignment_reports:\n                  - period: helar-2025\n                    status: ongoing",
        "assignment_reports:\n                  - period: helar-2025\n                    status: done",
    ),
    "targets.Judgement": ("result: achieved", "result: partly"),
    "targets.ActivityReport": (
        "activity_reports:\n                  - period: helar-2025\n                    status: ongoing",
        "activity_reports:\n                  - period: helar-2025\n                    status: done",
    ),
    "targets.Outcome": ("6.94\n", "6.95\n"),
}
ADDED = {
    "a row beside one": (
        "                value: 1500.00\n",
        "                value: 1500.00\n              - period: helar-2025\n                kind: budget\n                value: 1.00\n",
    ),
    "a row in a new owner": (
        "                results:\n",
        "                results: []\n              - key: ny\n                name: Ny\n                position: 2\n                results:\n",
    ),
    "a row in new owners": (
        "          - key: ik\n",
        "          - key: ny\n",
    ),
}


def said(write: Callable[..., Path], text: str) -> set[str]:
    """What is wrong with the text as a file."""
    try:
        load([write(text)], write=False)
    except BrokenFile as broken:
        return {problem.what for problem in broken.problems}
    return set()


def test_every_table_that_is_frozen_with_its_period_has_a_case() -> None:
    assert set(CHANGED) == {t.label for t in tables() if t.frozen is not None and has_period(t)}


@pytest.mark.parametrize("change", [*CHANGED.values(), *ADDED.values()], ids=[*CHANGED, *ADDED])
def test_handed_in_period_stays_as_it_is(
    db: None, write: Callable[..., Path], change: tuple[str, str]
) -> None:
    assert change[0] in FULL
    load([write(FULL)])
    text = FULL.replace(*change)

    assert said(write, text) == set()
    RoundState.objects.update(state="submitted")
    assert load([write(FULL)]).is_nothing
    assert said(write, text) == {"Raden är låst eller justerad och kan inte ändras."}
