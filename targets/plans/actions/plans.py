"""The plan itself, written by the committee's controller while its year is open."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from governance import writing
from governance.locks import exclusive
from governance.models import User
from governance.refusals import atomic
from governance.rules import Invalid, Refusal, Stale
from rounds.actions.locks import year_lock_held
from targets.enums import PART
from targets.models import Activity, FocusArea, Goal, Indicator, Level, Plan, PlannedIndicator
from targets.plans.actions.plan_rows import InUse, add_row, change_row, new_key

Movable = FocusArea | Goal | PlannedIndicator | Activity


class PlanClosed(Refusal):
    """The plan's year is over and handed in; it is corrected through a reopened round."""


def check_plan_open(plan: Plan) -> None:
    """Refused when the year is closed; the plan is then held, so that what is asked of its rows
    (which come last, which stand there already) still holds when they are written."""
    lock = year_lock_held(plan.body, plan.year, PART)
    if lock:
        raise PlanClosed(
            f"Planen för {plan.year} är stängd. {lock} "
            "Ska den rättas öppnar regionkontoret rapporttillfället igen med ett skäl."
        )
    exclusive(Plan.objects.filter(pk=plan.pk))


@atomic()
def add_area(*, plan: Plan, name: str, by: User, token: str = "") -> FocusArea:
    """``token`` is what the form was drawn with, here and below: sent twice it makes one row."""
    check_plan_open(plan)
    position = after(plan.focus_areas.all())
    area = FocusArea(plan=plan, key=new_key(name, token), name=name, position=position)
    return add_row(area, by=by)


@atomic()
def rename_area(*, area: FocusArea, name: str, was: str, by: User) -> None:
    """``was`` is the name the form showed: a focus area has no version of its own."""
    check_plan_open(area.plan)
    if area.name == name:
        return
    try:
        writing.change(area, {"name": name}, where={"name": was}, by=by)
    except Stale:
        raise Stale.of(
            what="Namnet", typed=name, theirs=area.name, who="Någon annan", is_text=True
        ) from None


@atomic()
def add_goal(
    *, plan: Plan, values: Mapping[str, Any], upper: Sequence[Goal], by: User, token: str = ""
) -> Goal:
    """Add a node; ``values`` are Goal's own fields, ``upper`` what it contributes to."""
    check_plan_open(plan)
    key, position = new_key(values["name"], token), after(plan.goals.all())
    goal = add_row(Goal(plan=plan, key=key, position=position, **values), by=by)
    writing.set_links(goal, "contributes_to", upper, by=by)
    return goal


@atomic()
def change_goal(
    *, goal: Goal, values: Mapping[str, Any], upper: Sequence[Goal], seen: int, by: User
) -> None:
    """Change the node's fields and what it contributes to.

    Raises Invalid for a node put under itself or under what stands beneath it.
    """
    check_plan_open(goal.plan)
    check_not_beneath(goal, values.get("parent"))
    check_nature(goal, values["level"])
    if goal in upper:
        raise Invalid("Ett mål kan inte bidra till sig självt.")
    change_row(goal, values, seen=seen, by=by)
    writing.set_links(goal, "contributes_to", upper, by=by)


def check_nature(goal: Goal, level: Level) -> None:
    """What has a status stays an assignment, what is judged stays a goal."""
    if level.nature == goal.level.nature:
        return
    if goal.assignment_reports.exists() or goal.judgements.exists():
        raise Invalid("Här finns redan status eller bedömning. Välj en nivå av samma slag.")


def check_not_beneath(goal: Goal, parent: Goal | None) -> None:
    parents = dict(Goal.objects.filter(plan=goal.plan_id).values_list("pk", "parent_id"))
    above = parent.pk if parent else None
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == goal.pk:
            raise Invalid("Ett mål kan inte ligga under sig självt. Välj en annan placering.")
        seen.add(above)
        above = parents.get(above)


@atomic()
def plan_indicator(
    *, plan: Plan, indicator: Indicator, goal: Goal | None, group: str, by: User
) -> PlannedIndicator:
    """Give a shared or own indicator its place in the plan, once."""
    check_plan_open(plan)
    if plan.planned_indicators.filter(indicator=indicator).exists():
        raise Invalid(f"{indicator.name} finns redan i planen.")
    place = PlannedIndicator(
        plan=plan,
        indicator=indicator,
        goal=goal,
        group="" if goal else group,
        key=new_key(indicator.name),
        position=after(plan.planned_indicators.all()),
    )
    told = {"": ("", f"{indicator.name} tillagd i planen")}
    return writing.add(place, by=by, told=told)


@atomic()
def add_activity(*, plan: Plan, values: Mapping[str, Any], by: User, token: str = "") -> Activity:
    check_plan_open(plan)
    key, position = new_key(values["name"], token), after(plan.activities.all())
    return add_row(Activity(plan=plan, key=key, position=position, **values), by=by)


@atomic()
def change_activity(*, activity: Activity, values: Mapping[str, Any], seen: int, by: User) -> None:
    check_plan_open(activity.plan)
    change_row(activity, values, seen=seen, by=by)


def after(rows: "models.QuerySet[Any]") -> int:
    """The position after the last of the rows."""
    last = rows.aggregate(last=models.Max("position"))["last"]
    return 1 if last is None else last + 1


@atomic()
def move(*, row: Movable, up: bool, by: User) -> None:
    """Change places with the row before or after it among those it stands beside."""
    check_plan_open(row.plan)
    rows = list(beside(row))
    index = next(number for number, each in enumerate(rows) if each.pk == row.pk)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(rows):
        return
    rows[index], rows[other] = rows[other], rows[index]
    told = "Flyttad uppåt" if up else "Flyttad nedåt"
    writing.reorder(rows, row=row, told=told, by=by)


def beside(row: Movable) -> "models.QuerySet[Any]":
    """The rows that the row stands among, in order."""
    if isinstance(row, FocusArea):
        return row.plan.focus_areas.all()
    if isinstance(row, Goal):
        if row.parent_id:
            return row.plan.goals.filter(parent=row.parent_id)
        return row.plan.goals.filter(parent=None, focus_area=row.focus_area_id)
    if isinstance(row, PlannedIndicator):
        return row.plan.planned_indicators.filter(goal=row.goal_id, group=row.group)
    return row.plan.activities.filter(
        goal=row.goal_id, planned_indicator=row.planned_indicator_id, other_plan=row.other_plan
    )


@atomic()
def remove(*, row: Movable, by: User) -> str:
    """Remove a row nothing hangs on, and say what it was called. An indicator's targets go with its place; its outcomes stand
    outside the plan and stay. Raises InUse, naming what hangs on it."""
    check_plan_open(row.plan)
    hanging = [words for words, rows in hanging_on(row) if rows.exists()]
    if hanging:
        raise InUse(f"”{named(row)}” kan inte tas bort: {', '.join(hanging)} hör dit.")
    if isinstance(row, PlannedIndicator):
        for target in row.targets.all():
            writing.remove(target, by=by)
    writing.remove(row, by=by)
    return named(row)


def named(row: Movable) -> str:
    return row.indicator.name if isinstance(row, PlannedIndicator) else row.name


def hanging_on(row: Movable) -> list[tuple[str, "models.QuerySet[Any]"]]:
    """What would be left without its holder, in words."""
    if isinstance(row, FocusArea):
        return [("mål eller uppdrag", row.goals.all())]
    if isinstance(row, PlannedIndicator):
        return [("aktiviteter", row.activities.all())]
    if isinstance(row, Activity):
        return [("status", row.reports.all()), ("nästa års aktivitet", row.continued_by.all())]
    return [
        ("underliggande mål eller uppdrag", Goal.objects.filter(parent=row)),
        ("indikatorer", row.planned_indicators.all()),
        ("aktiviteter", row.activities.all()),
        ("status", row.assignment_reports.all()),
        ("bedömning", row.judgements.all()),
        ("mål eller uppdrag som bidrar", row.contributors.all()),
        ("nästa års mål eller uppdrag", row.continued_by.all()),
    ]
