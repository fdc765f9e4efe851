"""What happened to a goal, an assignment or an activity, and to what was reported of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.http import Http404

from governance.history import HistoryEntry, history_of_rows
from governance.models import User
from governance.permissions import can_read_figures
from rounds.permissions import can_record
from targets.models import Activity, ActivityReport, AssignmentReport, Goal, Judgement, Plan
from targets.plans.queries.chain import numbered

Reported = AssignmentReport | ActivityReport | Judgement
PlanRow = Goal | Activity | Reported
KEPT_AS_THEY_WERE = {"rule", "judged_by", "key"}
M2M = {"contributes_to": "Bidrar till"}


@dataclass(frozen=True, kw_only=True)
class TextLine:
    """One change; ``about`` is the period of a report, "" for the row itself."""

    id: int
    at: datetime
    actor: str
    about: str
    what: str
    old: str
    new: str
    is_change: bool
    may_restore: bool


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    row: Goal | Activity
    name: str
    plan: Plan
    is_goal: bool
    lines: tuple[TextLine, ...]
    may_write: bool


def history_page(user: User, row: Goal | Activity, today: date) -> HistoryPage:
    """What happened to the row; a member without a role in the follow-up is told 404."""
    plan = row.plan
    if not can_read_figures(user, plan.body, today):
        raise Http404
    is_goal = isinstance(row, Goal)
    return HistoryPage(
        row=row,
        name=numbered(row.number, row.name) if isinstance(row, Goal) else row.name,
        plan=plan,
        is_goal=is_goal,
        lines=tuple(plan_history(row)),
        may_write=can_record(user, plan.body, today),
    )


def rows_of(row: Goal | Activity) -> list[PlanRow]:
    """The row with everything reported of it."""
    if isinstance(row, Goal):
        return [
            row,
            *row.assignment_reports.select_related("period", "goal__plan__body"),
            *row.judgements.select_related("period", "goal__plan__body"),
        ]
    return [row, *row.reports.select_related("period", "activity__plan__body")]


def plan_history(row: Goal | Activity) -> list[TextLine]:
    """Every change of the row and its reports, newest first, in one query more than its rows."""
    rows = {(each._meta.label, each.pk): each for each in rows_of(row)}
    return [_line(entry, rows[entry.row]) for entry in _entries(rows)]


def entry_of(row: Goal | Activity, pk: int) -> tuple[HistoryEntry, PlanRow] | None:
    """The history line with the row it is about, when it is about this one or its reports."""
    rows = {(each._meta.label, each.pk): each for each in rows_of(row)}
    return next(((entry, rows[entry.row]) for entry in _entries(rows) if entry.id == pk), None)


def _entries(rows: Collection[tuple[str, int]]) -> Sequence[HistoryEntry]:
    """A plan and what is reported of it are open to everyone who may open the page."""
    return history_of_rows(rows, is_open=True)


def is_restorable(row: models.Model, name: str) -> bool:
    """True for free text of the plan and its reports; a status is chosen, never restored."""
    field = next((each for each in type(row)._meta.fields if each.name == name), None)
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    return isinstance(row, PlanRow) and name not in KEPT_AS_THEY_WERE


def _line(entry: HistoryEntry, row: PlanRow) -> TextLine:
    names = {field.name: str(field.verbose_name) for field in type(row)._meta.fields}
    what = names.get(entry.field, M2M.get(entry.field, entry.field)).capitalize()
    has_text = entry.old != "" and is_restorable(row, entry.field)
    return TextLine(
        id=entry.id,
        at=entry.at,
        actor=entry.actor,
        about=row.period.name if isinstance(row, Reported) else "",
        what=what if entry.field else entry.new,
        old=entry.old,
        new=entry.new,
        is_change=entry.field != "",
        may_restore=has_text and getattr(row, entry.field) != entry.old,
    )
