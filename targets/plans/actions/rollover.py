"""Opening the next plan year: what goes on is carried with its history."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db import models

from governance import writing
from governance.models import User
from governance.refusals import atomic
from governance.rules import Refusal
from targets.models import FocusArea, Goal, Level, Plan, PlannedIndicator, Term
from targets.plans.queries.rollover import next_plan_of
from targets.plans.rules.continuation import ends_later, key_of_next, name_of_next

Row = TypeVar("Row", bound=models.Model)


class YearAlreadyOpen(Refusal):
    """The next year's plan stands; opening it twice would double everything."""


@atomic()
def open_next_year(
    *,
    plan: Plan,
    goals: Collection[int],
    places: Collection[int],
    activities: Collection[int],
    by: User,
) -> Plan:
    """Make the plan of the next year with what was chosen of this one (ids of its own rows).

    Focus areas always follow. Nodes, indicators with their targets and activities keep their
    keys and order; nodes and activities say which they continue. A node whose upper node is left
    out hangs on the nearest that follows. Levels and words are copied where the next year has
    none. Outcomes stand outside years and are not touched. Raises YearAlreadyOpen.
    """
    old = next_plan_of(plan)
    if old is not None:
        raise YearAlreadyOpen(
            f"{old.name} finns redan. Lägg till och ändra i den planen i stället för att öppna "
            "året en gång till."
        )
    new = Plan(
        body=plan.body,
        key=key_of_next(plan.key, plan.year),
        year=plan.year + 1,
        name=name_of_next(plan.name, plan.year),
    )
    with atomic(YearAlreadyOpen(f"{new.name} har just öppnats av någon annan.")):
        writing.add(new, by=by, told={"": ("", f"Öppnad från {plan.name}")})
    carry = _Carry(plan, new, by)
    carry.words()
    carry.areas()
    carry.goals(goals)
    carry.places(places)
    carry.activities(activities)
    return new


class _Carry:
    """Copies rows of one plan into another; each dictionary leads from an old id to a new row."""

    def __init__(self, plan: Plan, new: Plan, by: User) -> None:
        self.plan, self.new, self.by = plan, new, by
        self.levels: dict[int, Level] = {}
        self.area: dict[int | None, FocusArea | None] = {None: None}
        self.goal: dict[int, Goal] = {}
        self.place: dict[int, PlannedIndicator] = {}
        rows = list(plan.goals.values_list("pk", "parent_id", "focus_area_id"))
        self.parents = {pk: parent for pk, parent, _area in rows}
        self.areas_of = {pk: area for pk, _parent, area in rows}

    def _add(self, row: Row, **changes: object) -> Row:
        made = writing.copied(row, **changes)
        return writing.add(made, by=self.by, told={"": ("", f"Från {self.plan.name}")})

    def words(self) -> None:
        """The levels of the next year: its own where it has them, else copies of this year's."""
        organisation = self.plan.body.organisation
        of = Level.objects.filter(organisation=organisation)
        theirs = list(of.filter(year=self.new.year))
        taken = set(of.values_list("key", flat=True))
        for level in of.filter(year=self.plan.year):
            self.levels[level.pk] = _same(level, theirs) or self._level(level, taken)
        terms = Term.objects.filter(organisation=organisation)
        if not terms.filter(year=self.new.year).exists():
            for term in terms.filter(year=self.plan.year):
                self._add(term, year=self.new.year)

    def _level(self, level: Level, taken: Collection[str]) -> Level:
        key = key_of_next(level.key, self.plan.year, taken)
        return self._add(level, key=key, year=self.new.year)

    def areas(self) -> None:
        for area in self.plan.focus_areas.all():
            self.area[area.pk] = self._add(area, plan=self.new)

    def goals(self, chosen: Collection[int]) -> None:
        """From the top of the tree, whatever their order, and then what contributes to what."""
        rows = list(self.plan.goals.filter(pk__in=chosen))
        for goal in sorted(rows, key=self._depth):
            above = self._nearest(goal.parent_id)
            area = goal.focus_area_id or (None if above else self._area_above(goal))
            self.goal[goal.pk] = self._add(
                goal,
                plan=self.new,
                level=self.levels[goal.level_id],
                parent=above,
                focus_area=self.area[area],
                continues=goal,
            )
        for goal in rows:
            upper = goal.contributes_to.values_list("pk", flat=True)
            links = [self.goal[pk] for pk in upper if pk in self.goal]
            writing.set_links(self.goal[goal.pk], "contributes_to", links, by=self.by)

    def _depth(self, goal: Goal) -> int:
        return len(list(self._upwards(goal.parent_id)))

    def _nearest(self, at: int | None) -> Goal | None:
        """The nearest node above that follows along."""
        for pk in self._upwards(at):
            if pk in self.goal:
                return self.goal[pk]
        return None

    def _upwards(self, at: int | None) -> Iterable[int]:
        seen: list[int] = []
        while at is not None and at not in seen:
            seen.append(at)
            at = self.parents.get(at)
        return seen

    def _area_above(self, goal: Goal) -> int | None:
        above = (self.areas_of[pk] for pk in self._upwards(goal.parent_id))
        return next((area for area in above if area), None)

    def places(self, chosen: Collection[int]) -> None:
        rows = self.plan.planned_indicators.filter(pk__in=chosen).prefetch_related("targets")
        for place in rows:
            made = self._add(place, plan=self.new, goal=self._nearest(place.goal_id))
            self.place[place.pk] = made
            for target in place.targets.all():
                self._add(target, planned_indicator=made)

    def activities(self, chosen: Collection[int]) -> None:
        """An activity follows with what it stands under; left alone it belongs to the old plan."""
        for activity in self.plan.activities.filter(pk__in=chosen):
            goal = self._nearest(activity.goal_id)
            place = self.place.get(activity.planned_indicator_id or 0)
            self._add(
                activity,
                plan=self.new,
                goal=goal,
                planned_indicator=place,
                other_plan="" if goal or place else activity.other_plan or self.plan.name,
                ends_on=ends_later(activity.ends_on, self.plan.year),
                continues=activity,
            )


def _same(level: Level, theirs: Iterable[Level]) -> Level | None:
    """The next year's level of that name, else its first of the same nature."""
    alike = [each for each in theirs if each.nature == level.nature]
    return next((each for each in alike if each.name == level.name), next(iter(alike), None))
