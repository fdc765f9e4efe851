"""What a governance file says of an amount: missing, not applicable, and what goes with a value."""

from collections.abc import Callable

import pytest

from economy.models import Amount
from exchange.governance_file.actions import load
from tests.exchange.conftest import SMALL

LINE = """        lines:
          - key: resultat
            name: Resultat
            position: 1
            amounts:
              - period: helar-2025
"""


def with_amount(*fields: str) -> str:
    text = SMALL.read_text(encoding="utf-8")
    said = "".join(f"                {field}\n" for field in fields)
    return text.replace("        mandates:\n", f"{LINE}{said}        mandates:\n", 1)


@pytest.fixture
def loaded(db: None, write: Callable[..., object]) -> Callable[..., Amount]:
    def loaded(*fields: str) -> Amount:
        load([write(with_amount(*fields))])
        assert load([write(with_amount(*fields))]).is_nothing
        return Amount.objects.get()

    return loaded


def test_missing_and_not_applicable_are_two(loaded):
    missing = loaded("note: Underlag väntas")
    blank = loaded("is_not_applicable: ja")

    assert (missing.value, missing.is_not_applicable) == (None, False)
    assert (blank.value, blank.is_not_applicable, blank.note) == (None, True, "Underlag väntas")


def test_another_value_is_neither_stated_nor_blank(loaded):
    stated = loaded("value: 5.00", "is_stated: ja")
    other = loaded("value: 6.00")
    blank = loaded("value:", "is_not_applicable: ja")
    again = loaded("value: 7.00")

    assert (stated.is_stated, other.is_stated) == (True, False)
    assert (blank.value, blank.is_not_applicable) == (None, True)
    assert (again.value, again.is_not_applicable) == (7, False)


@pytest.mark.parametrize("fields", [("value: 5.00",), ("kind: budget",)])
def test_only_an_outcome_without_value_is_not_applicable(problems, fields):
    (problem,) = problems(with_amount(*fields, "is_not_applicable: ja"))

    assert "Bara ett utfall utan belopp kan vara ej tillämpligt." in problem.what
