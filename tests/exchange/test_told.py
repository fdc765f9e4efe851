"""What a load tells: how it read every target, and which values cannot be."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from exchange.governance_file.rules import Problem
from tests.exchange.conftest import SMALL

TEXT = SMALL.read_text(encoding="utf-8")
PLAN = """        plans:
          - key: plan-2025
            year: 2025
            name: Plan 2025
            planned_indicators:
              - key: sjuk
                indicator: sjuk
                position: 1
                targets:
                  - key: year
                    text: Lägre än 2024
                  - key: long
                    horizon: long_term
                    text: bättre än riket
"""
TOLD = "organisations[region-prov].bodies[nn].plans[plan-2025].planned_indicators[sjuk].targets"
OUTCOME = "organisations[region-prov].indicators[sjuk].outcomes[nn/hela,helar-2024,total]"


def with_plan(text: str) -> str:
    return text.replace("        mandates:\n", f"{PLAN}        mandates:\n", 1)


@pytest.mark.parametrize("arguments", [["--check"], []])
def test_load_tells_how_every_target_is_read(
    db: None, write: Callable[..., Path], arguments: list[str]
) -> None:
    out = StringIO()
    path = str(write(with_plan(TEXT)))

    call_command("load_governance", path, *arguments, stdout=out)

    year, long_term = out.getvalue().splitlines()[:2]
    assert year == f"{TOLD}[year]: ”Lägre än 2024” läses som lägre än utfallet 2024."
    assert long_term == (
        f"{TOLD}[long]: ”bättre än riket” sparas som text. "
        "Skriv till exempel högst 15, minst 95 eller 77–80."
    )


def test_file_is_read_as_it_will_stand_and_told_again(db: None, write: Callable[..., Path]) -> None:
    call_command("load_governance", str(write(with_plan(TEXT))), stdout=StringIO())
    out = StringIO()
    higher = with_plan(TEXT).replace("direction: lower", "direction: higher")

    call_command("load_governance", str(write(higher)), "--check", stdout=out)

    assert out.getvalue().splitlines()[0] == (
        f"{TOLD}[year]: ”Lägre än 2024” sparas som text. Målet säger lägre än utfallet 2024, men "
        "högre är bättre. Menas högre än 2024?"
    )


def test_value_outside_the_indicators_range_is_told_with_its_place(
    problems: Callable[[str], list[Problem]], write: Callable[..., Path]
) -> None:
    share = TEXT.replace("direction: lower", 'direction: lower\n        unit_label: "%"')
    found = problems(share.replace("6.940", "-1.5"))

    assert [(each.path, each.what) for each in found] == [
        (OUTCOME, "−1,5 % går inte. En andel ligger mellan 0 och 100 %.")
    ]
    free = share.replace("6.940", "-1.5").replace(
        "lower\n", "lower\n        value_range: percentage\n"
    )
    call_command("load_governance", str(write(free)), stdout=StringIO())
