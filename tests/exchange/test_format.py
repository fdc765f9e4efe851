"""The registry carries every model, or says why not; its schema and its document follow it."""

import json
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from exchange.format import ACTS, ENTITIES, NEVER, Entity, children, lineage, target_of
from exchange.schema import place_table, schema, schema_text
from exchange.tree import parse, plain_data
from tests.exchange.conftest import SMALL

BASE = Path(settings.BASE_DIR)
BY_NAME = pytest.mark.parametrize("kind", ENTITIES, ids=lambda kind: kind.model)


def test_every_model_is_carried_or_an_act_with_a_reason() -> None:
    labels = {model._meta.label for model in apps.get_models()}

    assert labels == {kind.model for kind in ENTITIES} | set(ACTS)
    assert not {kind.model for kind in ENTITIES} & set(ACTS)
    assert all(ACTS.values())


@BY_NAME
def test_every_column_is_carried_or_an_act_with_a_reason(kind: Entity) -> None:
    meta = kind.django._meta
    columns = {f.name for f in (*meta.concrete_fields, *meta.many_to_many)}
    composed = {name for c in kind.compounds.values() for name in c.attributes}
    told = {*kind.carried, *composed, *kind.acts, kind.parent_field, *NEVER} - {"", *kind.compounds}

    assert columns - NEVER == told - NEVER


@BY_NAME
def test_identity_is_carried_and_names_are_one_per_place(kind: Entity) -> None:
    names = [*kind.carried, *(child.name for child in children(kind.model))]

    assert kind.single or set(kind.identity) <= set(kind.carried)
    assert len(names) == len(set(names))


@BY_NAME
def test_reference_starts_at_an_owner_the_row_has(kind: Entity) -> None:
    owners = {e.model for e in lineage(kind.model)}

    assert set(kind.within.values()) <= owners
    assert set(kind.within) <= {name for name in kind.carried if target_of(kind, name)}


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

    assert len(errors) == 3  # an unknown field, a missing one, an unknown role
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
