"""The steering chain: goals, assignments, attainment and judgements."""

from collections.abc import Iterator

import msgspec

from governance.enums import Light
from governance.rules import FigureRef
from reports.blocks.base import Block, lowered
from reports.blocks.options import Key, Options

DEEPEST = 4


class GoalEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A node of the chain. ``shows_kind`` where the plan has several levels, ``depth`` 1 at top."""

    kind: str
    number: str
    name: str
    indicators: tuple[str, ...]
    depth: int = 1
    shows_kind: bool = False
    is_heading: bool = False
    owes_indicators: bool = True
    contributes_to: tuple[str, ...] = ()

    @property
    def indent(self) -> int:
        """How far in it is printed: what lies deeper than four levels stands with the fourth."""
        return min(self.depth, DEEPEST)

    @property
    def in_words(self) -> str:
        return " ".join(filter(None, (self.kind if self.shows_kind else "", self.number)))


class GoalArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    goals: tuple[GoalEntry, ...]


class GoalGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed as one table: the goals that stand under the same headings."""

    area: str
    headings: tuple[GoalEntry, ...]
    goals: tuple[GoalEntry, ...]


class GoalOptions(Options, frozen=True, kw_only=True):
    """Narrowed to one goal; a key that names nothing shows nothing."""

    goal_key: Key = ""
    with_comments: bool = False


class SummaryOptions(Options, frozen=True, kw_only=True):
    """Whether a counted zero is printed is the template's to say (S4 4.1 leaves it blank)."""

    blank_zero: bool = False


class GoalTable(Block, frozen=True, kw_only=True):
    """``area_word`` and what follows came with schema 2: what schema 1 printed is the default."""

    plan_year: int
    areas: tuple[GoalArea, ...]
    area_word: str = "Fokusområde"
    indicator_word: str = "Målindikatorer"
    shows_areas: bool = True

    @property
    def groups(self) -> Iterator[GoalGroup]:
        return (group for area in self.areas for group in _grouped(area))

    def facts(self) -> Iterator[tuple[str, str]]:
        for area in self.areas:
            for goal in area.goals:
                yield (
                    f"mål {goal.name}",
                    ", ".join(
                        filter(
                            None,
                            (area.name, goal.in_words, *goal.indicators, *goal.contributes_to),
                        )
                    ),
                )


def _grouped(area: GoalArea) -> Iterator[GoalGroup]:
    """A new group begins at a heading, and where what stood under one has ended."""
    headings: tuple[GoalEntry, ...] = ()
    goals: list[GoalEntry] = []
    for goal in area.goals:
        kept = tuple(heading for heading in headings if heading.depth < goal.depth)
        if kept != headings or (goals and goal.is_heading):
            yield GoalGroup(area=area.name, headings=headings, goals=tuple(goals))
            goals = []
        headings = (*kept, goal) if goal.is_heading else kept
        if not goal.is_heading:
            goals.append(goal)
    yield GoalGroup(area=area.name, headings=headings, goals=tuple(goals))


class AssignmentEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An assignment with its status; ``sentence`` is what a report says of that status."""

    key: str
    name: str
    giver: str
    is_multi_year: bool
    light: Light
    word: str
    sentence: str
    comment: str
    contributes_to: tuple[str, ...]
    source: FigureRef | None

    @property
    def terms(self) -> str:
        """'Regionfullmäktige, flerårigt'"""
        return ", ".join(filter(None, (self.giver, "flerårigt" if self.is_multi_year else "")))


class AssignmentArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    assignments: tuple[AssignmentEntry, ...]


class AssignmentList(Block, frozen=True, kw_only=True):
    plan_year: int
    period: str
    area_word: str
    areas: tuple[AssignmentArea, ...]

    @property
    def has_caption(self) -> bool:
        return bool(self.areas)

    @property
    def period_inside(self) -> str:
        return lowered(self.period)

    @property
    def shows_areas(self) -> bool:
        """Areas are worth a heading when there is another than none."""
        return any(area.name for area in self.areas)

    @property
    def _entries(self) -> Iterator[AssignmentEntry]:
        return (entry for area in self.areas for entry in area.assignments)

    def facts(self) -> Iterator[tuple[str, str]]:
        for area in self.areas:
            for entry in area.assignments:
                said = (area.name, entry.terms, entry.word, *entry.contributes_to)
                yield entry.name, ", ".join(filter(None, said))
                if entry.comment or entry.sentence:
                    yield f"{entry.name}, kommentar", f"{entry.comment} {entry.sentence}".strip()

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        return ((entry.name, entry.source) for entry in self._entries)


class ActivityEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An activity with its status; ``under`` is what it stands under, ``terms`` who and when."""

    name: str
    under: str
    terms: str
    light: Light
    word: str
    comment: str
    source: FigureRef | None


class ActivityList(Block, frozen=True, kw_only=True):
    plan_year: int
    period: str
    activities: tuple[ActivityEntry, ...]

    @property
    def has_caption(self) -> bool:
        return bool(self.activities)

    @property
    def period_inside(self) -> str:
        return lowered(self.period)

    def facts(self) -> Iterator[tuple[str, str]]:
        for entry in self.activities:
            said = (entry.under, entry.terms, entry.word, entry.comment)
            yield entry.name, ", ".join(filter(None, said))

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        return ((entry.name, entry.source) for entry in self.activities)


class AttainmentRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is counted of one level; ``cells`` as printed, ``sources`` the rows counted."""

    name: str
    cells: tuple[str, ...]
    sources: tuple[FigureRef, ...]


class AttainmentSummary(Block, frozen=True, kw_only=True):
    plan_year: int
    period: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[AttainmentRow, ...]

    @property
    def has_caption(self) -> bool:
        return bool(self.rows)

    @property
    def period_inside(self) -> str:
        return lowered(self.period)

    @property
    def printed(self) -> Iterator[tuple[AttainmentRow, list[tuple[str, str]]]]:
        """Each row with its cells beside their columns."""
        for row in self.rows:
            yield row, list(zip(self.columns, row.cells, strict=True))

    def facts(self) -> Iterator[tuple[str, str]]:
        for row in self.rows:
            counted = zip(self.columns, row.cells, strict=True)
            yield row.name, ", ".join(f"{column} {cell or '–'}" for column, cell in counted)

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        return ((row.name, source) for row in self.rows for source in row.sources)


class Ground(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a judgement stands on: an indicator's light or an assignment's status."""

    name: str
    value: str
    light: Light
    word: str
    source: FigureRef | None

    @property
    def in_words(self) -> str:
        return " ".join(filter(None, (self.value, self.word)))


class JudgementEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A goal's judgement with everything it was made from (domain.md 2.3).

    ``proposal`` is empty where no rule was stated when somebody judged; ``proposal_now`` is said
    only where the grounds have changed the rule's proposal since.
    """

    key: str
    level: str
    name: str
    moment: str
    light: Light
    word: str
    sentence: str
    comment: str
    rule: str
    counted: str
    proposal: str
    proposal_now: str
    is_departure: bool
    reason: str
    judged_by: str
    judged_on: str
    source: FigureRef | None
    grounds: tuple[Ground, ...]

    @property
    def by_whom(self) -> str:
        """'Bedömt av Anna Berg 2026-01-20'"""
        said = (f"av {self.judged_by}" if self.judged_by else "", self.judged_on)
        return f"Bedömt {' '.join(filter(None, said))}" if any(said) else ""

    @property
    def sources(self) -> tuple[FigureRef, ...]:
        rows = (self.source, *(ground.source for ground in self.grounds))
        return tuple(row for row in rows if row)


class Judgements(Block, frozen=True, kw_only=True, omit_defaults=True):
    """``outcome_word`` came later: bytes without it are written as they were."""

    plan_year: int
    period: str
    goals: tuple[JudgementEntry, ...]
    outcome_word: str = "Utfall"

    @property
    def rule(self) -> str:
        """The rule when it is the same for all; else each judgement prints its own."""
        rules = {goal.rule for goal in self.goals}
        return rules.pop() if len(rules) == 1 else ""

    def facts(self) -> Iterator[tuple[str, str]]:
        for goal in self.goals:
            said = (
                goal.moment,
                goal.word,
                goal.sentence,
                goal.comment,
                f"förslag {goal.proposal}" if goal.proposal else "",
                goal.counted,
                goal.proposal_now,
                goal.reason,
                goal.by_whom,
            )
            yield goal.name, ", ".join(filter(None, said))
            for ground in goal.grounds:
                yield f"{goal.name}, {ground.name}", ground.in_words
            if goal.rule:
                yield f"{goal.name}, regel", goal.rule

    def refs(self) -> Iterator[tuple[str, FigureRef | None]]:
        for goal in self.goals:
            yield goal.name, goal.source
            for ground in goal.grounds:
                yield f"{goal.name}, {ground.name}", ground.source
