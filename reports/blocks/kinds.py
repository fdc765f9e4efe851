"""What a kind of block is, and its options: typed, kept as one text of canonical JSON.

The kinds are declared in ``reports/declares.py``; nothing else lists them. A kind that is no longer
made stays declared while frozen versions hold it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import msgspec
from django.db import models
from msgspec.inspect import BoolType, StrType

from governance.declarations import declared
from reports.blocks.base import Block
from reports.blocks.options import Options

Column: TypeAlias = "models.Field[Any, Any]"


@dataclass(frozen=True, kw_only=True)
class BlockKind:
    """``build`` makes the block of a spec's row, its options and the body.

    A block of a plan shows the plan year of its report unless another is chosen.
    """

    key: str
    label: str
    block: type[Block]
    build: Callable[[Any, Any, Any], Block]
    template: str
    options: type[Options] = Options
    is_plan: bool = False


@cache
def block_kinds() -> Mapping[str, BlockKind]:
    return {kind.key: kind for kind in declared(BlockKind)}


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.key, kind.label) for kind in declared(BlockKind)]


def template_of(block: Block) -> str:
    return _templates()[type(block)]


@cache
def _templates() -> Mapping[type[Block], str]:
    return {kind.block: kind.template for kind in declared(BlockKind)}


def read_options(kind: str, text: str) -> Options:
    return msgspec.json.decode(text, type=block_kinds()[kind].options)


def read_fields(kind: str, text: str) -> dict[str, object]:
    return msgspec.structs.asdict(read_options(kind, text))


def write_options(kind: str, values: Mapping[str, object]) -> str:
    """Canonical: sorted, without what is the default. Raises msgspec's ValidationError."""
    options = msgspec.convert(dict(values), block_kinds()[kind].options)
    return msgspec.json.encode(options, order="sorted").decode()


def option_names(kind: str) -> tuple[str, ...]:
    return block_kinds()[kind].options.__struct_fields__


@cache
def option_columns() -> Mapping[str, Column]:
    """Every kind's options, each as the column it would have been."""
    return dict(pair for kind in declared(BlockKind) for pair in _columns(kind.options))


def _columns(options: type[Options]) -> Iterator[tuple[str, Column]]:
    info = msgspec.inspect.type_info(options)
    for field in getattr(info, "fields", ()):
        column = _column(field.type, field.default)
        column.set_attributes_from_name(field.name)
        yield field.name, column


def _column(kind: msgspec.inspect.Type, default: Any) -> Column:
    if isinstance(kind, BoolType):
        return models.BooleanField(default=default)
    if not isinstance(kind, StrType):
        raise TypeError(f"an option is yes or no or a text, not {kind}")
    if kind.pattern:
        return models.SlugField(max_length=kind.max_length, blank=True)
    if kind.max_length:
        return models.CharField(max_length=kind.max_length, blank=True)
    return models.TextField(blank=True)
