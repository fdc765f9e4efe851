"""A kind of block is one declaration; its options are written through its struct alone."""

import msgspec
import pytest

from governance.declarations import declared
from reports.blocks import kinds
from reports.blocks.base import Block
from reports.blocks.content import decode, encode
from reports.blocks.kinds import BlockKind
from reports.builders.report import gather
from reports.clearance.printing import draft_html
from reports.models import BlockSpec, TemplateBlock
from tests.reports.factories import make_block


def test_every_struct_of_a_block_is_of_a_declared_kind():
    assert {kind.block for kind in declared(BlockKind)} == set(Block.__subclasses__())
    assert len({kind.key for kind in declared(BlockKind)}) == len(declared(BlockKind))


@pytest.mark.parametrize("kind", declared(BlockKind), ids=lambda kind: kind.key)
@pytest.mark.parametrize("year", [2025, 1999])
def test_every_kind_is_built_kept_and_printed(kind, year, pack, period):
    """Also of a year without a plan."""
    make_block(pack.sections.get(key="framtid"), kind.key, period, plan_year=year)

    content = gather(pack)

    [block] = next(section.blocks for section in content.sections if section.key == "framtid")
    assert type(block) is kind.block
    assert decode(encode(content)) == content
    assert f'class="pk-block pk-block--{block.name}"' in draft_html(content)


def test_kinds_with_a_plan_year():
    assert [kind.key for kind in declared(BlockKind) if kind.is_plan] == [
        "goal_table",
        "assignment_list",
        "activity_list",
        "attainment_summary",
        "judgements",
        "control_grid",
        "remaining_actions",
    ]


@pytest.mark.parametrize("model", [BlockSpec, TemplateBlock])
def test_model_offers_the_declared_kinds_and_knows_no_other(model):
    column = model._meta.get_field("kind")

    assert list(column.flatchoices) == kinds.kind_choices()
    assert column.deconstruct()[3]["choices"] is kinds.kind_choices
    assert not [c for c in model._meta.constraints if "kind" in c.name]
    assert str(model(kind="goal_table")) == "Måltabell"


def test_options_are_canonical_and_without_defaults():
    text = kinds.write_options(
        "indicator_table", {"with_comments": True, "group": "", "goal_key": "nr-8"}
    )

    assert text == '{"goal_key":"nr-8","with_comments":true}'
    assert (
        kinds.write_options("indicator_table", kinds.read_fields("indicator_table", text)) == text
    )
    assert kinds.write_options("goal_table", {}) == "{}"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("goal_table", {"with_comments": True}),
        ("indicator_table", {"shows_units": "ja"}),
        ("indicator_table", {"goal_key": "två ord"}),
        ("indicator_figures", {"group": "x" * 121}),
    ],
)
def test_options_of_another_kind_or_type_are_refused(kind, values):
    with pytest.raises(msgspec.ValidationError):
        kinds.write_options(kind, values)
