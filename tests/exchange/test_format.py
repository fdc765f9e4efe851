"""The registry carries every model, or says why not; its schema and its document follow it."""

import json
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from django.core.management import call_command

from exchange.governance_file.format import Entity, children, entities, lineage, steps, target_of
from exchange.governance_file.schema import place_table, schema, schema_text
from exchange.governance_file.tree import parse, plain_data
from tests.exchange.conftest import SMALL

BASE = Path(settings.BASE_DIR)
BEFORE = json.loads((BASE / "tests/data/carried.json").read_text())
GAINED = {
    "governance.Unit": ["position"],
    "internal_control.ControlResult": ["performed"],
    # The options are one text, shared by the block of a template and that of a report.
    "reports.TemplateBlock": ["group", "goal_key", "indicator_key", "points"],
    "reports.ReportTemplate": ["definite"],
    "rounds.ReportingRound": ["parts"],
    "economy.Amount": ["is_not_applicable"],
    "targets.Goal": ["giver_body"],
    "targets.Term": ["plural"],
    "targets.Indicator": [
        "value_range",
        "lowest",
        "highest",
        "unusual_spans",
        "unusual_factor",
    ],
    "targets.Judgement": ["level"],
    "targets.Outcome": ["forecast_value"],
    "targets.StatusWord": ["from_year"],
    "governance.Scale": ["from_year"],
}
BY_NAME = pytest.mark.parametrize("kind", entities(), ids=lambda kind: kind.model)


@BY_NAME
def test_file_carries_what_it_carried(kind: Entity) -> None:
    """Derived from the models, and still the lists that were once written by hand."""
    before = BEFORE[kind.model]
    gained = GAINED.get(kind.model, [])
    refs = [name for name in kind.carried if target_of(kind, name) and name not in gained]
    in_order = sorted if kind.options or gained else list

    assert before | {"carried": in_order([*before["carried"], *gained])} == {
        "name": kind.name,
        "parent": kind.parent,
        "parent_field": kind.parent_field,
        "single": kind.single,
        "carried": in_order(kind.carried),
        "identity": list(kind.identity),
        "order": list(kind.order),
        "within": {name: lineage(steps(kind, name)[0].model)[-2].model for name in refs},
        "initial": list(kind.facts.initial),
        "compounds": {name: list(pair) for name, pair in kind.numbers.items()},
    }


def test_nothing_is_left_out_or_added() -> None:
    assert {kind.model for kind in entities()} == set(BEFORE)


@BY_NAME
def test_identity_is_carried_and_names_are_one_per_place(kind: Entity) -> None:
    names = [*kind.carried, *(child.name for child in children(kind.model))]

    assert kind.single or set(kind.identity) <= set(kind.carried)
    assert len(names) == len(set(names))


def test_committed_schema_is_the_generated_one() -> None:
    committed = (BASE / "docs" / "governance-file.schema.json").read_text(encoding="utf-8")

    assert committed == schema_text()


@pytest.mark.parametrize("path", [SMALL, *sorted((BASE / "demo").glob("*.yaml"))], ids=str)
def test_files_are_valid_by_the_schema(path: Path) -> None:
    root, problems = parse(path.read_text(encoding="utf-8"), str(path))
    assert root is not None
    assert not problems

    validator = jsonschema.Draft202012Validator(schema())

    assert [e.message for e in validator.iter_errors(plain_data(root))] == []


def test_schema_refuses_what_the_loader_refuses() -> None:
    text = SMALL.read_text(encoding="utf-8").replace("role: controller", "role: controler")
    root, _problems = parse(text.replace("name: Anna Ek", "namn: Anna"), "prov.yaml")
    assert root is not None

    errors = list(jsonschema.Draft202012Validator(schema()).iter_errors(plain_data(root)))

    assert (
        len(errors) == 2
    )  # an unknown field and an unknown role; what is missing may stand already
    assert json.loads(schema_text()) == schema()


def test_document_holds_the_generated_table() -> None:
    text = (BASE / "docs" / "governance-file.md").read_text(encoding="utf-8")

    assert text.endswith(place_table())


@pytest.mark.parametrize(
    ("arguments", "expected"), [((), schema_text), (("--table",), place_table)]
)
def test_command_writes_schema_or_table(arguments: tuple[str, ...], expected: object) -> None:
    out = StringIO()

    call_command("governance_schema", *arguments, stdout=out)

    assert callable(expected)
    assert out.getvalue() == expected()
