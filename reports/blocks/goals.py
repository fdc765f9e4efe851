"""The steering chain: goals, assignments, attainment and judgements."""

from collections.abc import Iterator

import msgspec

from reports.blocks.base import Block


class GoalEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    number: str
    name: str
    indicators: tuple[str, ...]


class GoalArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    goals: tuple[GoalEntry, ...]


class GoalTable(Block, frozen=True, kw_only=True):
    key: str
    title: str
    shows: str
    plan_year: int
    areas: tuple[GoalArea, ...]

    def facts(self) -> Iterator[tuple[str, str]]:
        for area in self.areas:
            for goal in area.goals:
                yield f"mål {goal.name}", ", ".join([area.name, *goal.indicators])
