"""Blocks: plain, frozen, serialisable data that page, PDF and frozen version are made of.

Figures stand as they are printed, with the row and version they came from.
"""

from reports.blocks.base import AnyPart, Block, Bullets, Paragraph, Points, parse_text
from reports.blocks.content import (
    SCHEMA_VERSION,
    AnyBlock,
    PackContent,
    SectionContent,
    decode,
    differences,
    encode,
    figure_refs,
    sha256_of,
)
from reports.blocks.control import (
    AreaActions,
    ControlCell,
    ControlGrid,
    ControlRow,
    RemainingActions,
)
from reports.blocks.goals import GoalArea, GoalEntry, GoalTable
from reports.blocks.indicators import Figure, IndicatorFigures, IndicatorTable
from reports.blocks.money import EconomyLine, EconomyTable

__all__ = [
    "SCHEMA_VERSION",
    "AnyBlock",
    "AnyPart",
    "AreaActions",
    "Block",
    "Bullets",
    "ControlCell",
    "ControlGrid",
    "ControlRow",
    "EconomyLine",
    "EconomyTable",
    "Figure",
    "GoalArea",
    "GoalEntry",
    "GoalTable",
    "IndicatorFigures",
    "IndicatorTable",
    "PackContent",
    "Paragraph",
    "Points",
    "RemainingActions",
    "SectionContent",
    "decode",
    "differences",
    "encode",
    "figure_refs",
    "parse_text",
    "sha256_of",
]
