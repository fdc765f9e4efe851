"""A block's options stand in the file as its fields, and in the row as one text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.governance_file.actions import BrokenFile, load
from exchange.governance_file.queries import dump
from reports.models import TemplateBlock
from tests.exchange.conftest import SMALL

PLAN = """        plans:
          - key: plan-2025
            year: 2025
            name: Plan 2025
            goals:
              - key: nr-8
                level: mal
                name: Målet
                position: 1
"""
TEXT = (
    SMALL.read_text(encoding="utf-8").replace("        mandates:\n", f"{PLAN}        mandates:\n")
    + """
    levels:
      - key: mal
        year: 2025
        name: Mål
    report_templates:
      - key: ar
        kind: annual_report
        name: Årsrapport
        sections:
          - key: styrtal
            position: 1
            heading: Styrtal
            blocks:
              - key: tabell
                position: 1
                kind: indicator_table
                goal_key: nr-8
                with_comments: ja
"""
)
PLACE = "organisations[region-prov].report_templates[ar].sections[styrtal].blocks[tabell]"


@pytest.fixture
def put(db: None, write: Callable[..., Path]) -> Callable[[str, str], list[str]]:
    """Load the text with something else in it; what the file is told."""

    def changed(old: str = "", new: str = "") -> list[str]:
        try:
            return load([write(TEXT.replace(old, new))]).updated
        except BrokenFile as broken:
            return [f"{each.path}: {each.what}" for each in broken.problems]

    return changed


def options() -> str:
    return TemplateBlock.objects.get().options


def test_options_are_kept_as_canonical_text_and_dumped_as_fields(put) -> None:
    assert put() == []
    assert options() == '{"goal_key":"nr-8","with_comments":true}'
    assert put() == []
    lines = [line.strip() for line in dump().splitlines()]
    assert lines[-5:] == [
        "- key: tabell",
        "position: 1",
        "kind: indicator_table",
        "goal_key: nr-8",
        "with_comments: true",
    ]


def test_an_option_left_out_stays_and_an_empty_one_goes(put) -> None:
    put()
    put("                with_comments: ja\n")
    assert options() == '{"goal_key":"nr-8","with_comments":true}'

    told = put("goal_key: nr-8", "goal_key:")

    assert options() == '{"with_comments":true}'
    assert told == [
        f'{PLACE}.options: {{"goal_key":"nr-8","with_comments":true}} -> {{"with_comments":true}}'
    ]


def test_another_kind_keeps_what_it_knows(put) -> None:
    put()

    put(
        "kind: indicator_table\n                goal_key: nr-8\n                with_comments: ja",
        "kind: indicator_figures",
    )

    assert options() == '{"goal_key":"nr-8"}'


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ("blank_zero: ja", f"{PLACE}.blank_zero: ”blank_zero” kan inte väljas för raden."),
        ("with_comments: kanske", f"{PLACE}.with_comments: ”kanske” är varken ja eller nej."),
        ("group: " + "x" * 121, f"{PLACE}.group: Säkerställ att detta värde har"),
    ],
)
def test_wrong_option_is_told_with_its_place(put, new: str, what: str) -> None:
    (told,) = put("with_comments: ja", new)

    assert told.startswith(what)


def test_unknown_kind_is_told_once(put) -> None:
    (told,) = put("kind: indicator_table", "kind: indikatorer")

    assert told == f"{PLACE}.kind: ”indikatorer” är inte ett av de värden som finns."


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("goal_key: nr-9", "Inget mål har nyckeln ”nr-9”"),
        ("indicator_key: hme", "Ingen indikator har nyckeln ”hme”"),
    ],
)
def test_key_that_names_nothing_is_refused(put, option: str, said: str) -> None:
    kind = "kind: indicator_chart\n                " if "indicator" in option else ""
    old = "kind: indicator_table\n                goal_key: nr-8\n                with_comments: ja"
    kind = kind or "kind: indicator_table\n                "

    (told,) = put(old, f"{kind}{option}")

    assert told == f"{PLACE}: {said} i organisationen. Då visar blocket ingenting."
    assert not TemplateBlock.objects.exists()


def test_key_of_another_years_plan_is_refused_in_a_report(put) -> None:
    report = """        reports:
          - key: ar-2025
            template: ar
            name: Årsrapport 2025
            year: 2025
            sections:
              - key: styrtal
                heading: Styrtal
                position: 1
                blocks:
                  - key: uppdrag
                    position: 1
                    kind: assignment_list
                    plan_year: 2024
                    goal_key: nr-8
"""

    (told,) = put("        mandates:\n", f"{report}        mandates:\n")

    assert "Inget mål har nyckeln ”nr-8” i nämndens planer för 2024." in told
    assert put("plan_year: 2024", "plan_year: 2025") == []
