"""The governance file's JSON Schema, generated from the registry (never written by hand)."""

import json
from typing import Any

from django.db import models

from exchange.governance_file.format import (
    Entity,
    children,
    entities,
    entity,
    is_required,
    lineage,
    target_of,
)
from exchange.governance_file.rules import FORMAT
from governance.declarations import ROOT

Schema = dict[str, Any]


def schema() -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Uppsikt governance file",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "organisations"],
        "properties": {"format": {"const": FORMAT}, "organisations": below(entity(ROOT))},
        "$defs": {kind.model: row(kind) for kind in entities()},
    }


def schema_text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def below(kind: Entity) -> Schema:
    reference = {"$ref": f"#/$defs/{kind.model}"}
    return reference if kind.single else {"type": ["array", "null"], "items": reference}


def row(kind: Entity) -> Schema:
    properties = {name: value(kind, name) for name in kind.carried}
    properties |= {child.name: below(child) for child in children(kind.model)}
    return {
        "description": kind.facts.says,
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in kind.identity if is_required(kind, name)],
        "properties": properties,
    }


def value(kind: Entity, name: str) -> Schema:
    if name in kind.numbers:
        return {"type": ["number", "string", "null"]}
    column = kind.column(name)
    if column.many_to_many or isinstance(column, models.JSONField):
        return {"type": ["array", "null"], "items": {"type": "string"}}
    target = target_of(kind, name)
    found = scalar(column)
    if target is not None:
        found = {"type": "string", "description": f"key of {target.name}"}
    elif column.choices:
        values = [str(choice) for choice, _label in column.flatchoices]
        # An enum must name null too where the value may be left empty.
        found = {"enum": [*values, None] if column.null else values}
    if (column.null or column.blank) and "type" in found:
        types = found["type"] if isinstance(found["type"], list) else [found["type"]]
        found["type"] = [*types, "null"]
    return found


def scalar(column: "models.Field[Any, Any]") -> Schema:
    """The first of the kinds below that the column is."""
    kinds: tuple[tuple[type[Any], Schema], ...] = (
        (models.BooleanField, {"enum": [True, False, "ja", "nej"]}),
        (models.DecimalField, {"type": ["number", "string"]}),
        (models.IntegerField, {"type": "integer"}),
        (models.DateTimeField, {"type": "string", "format": "date-time"}),
        (models.DateField, {"type": "string", "format": "date"}),
        (models.TimeField, {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}),
        (models.SlugField, {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}),
        (models.CharField, {"type": "string"}),
    )
    found = next((dict(schema) for kind, schema in kinds if isinstance(column, kind)), None)
    found = found or {"type": "string"}
    if isinstance(column, models.CharField):
        found["maxLength"] = column.max_length
    return found


def place_table() -> str:
    """The table of docs/governance-file.md: where each list stands and what its rows carry."""
    lines = ["| place | list | | fields |", "|---|---|---|---|"]
    for kind in entities():
        place = " > ".join(owner.name for owner in lineage(kind.model)[:-1])
        fields = ", ".join(f"**{n}**" if is_required(kind, n) else n for n in kind.carried)
        lines.append(f"| {place} | `{kind.name}` | {kind.facts.says} | {fields} |")
    return "\n".join(lines) + "\n"
