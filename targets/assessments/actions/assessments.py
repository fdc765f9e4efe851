"""What is reported of the plan at a period: statuses, and a person's judgement of a goal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from governance import writing
from governance.history import HistoryEntry
from governance.models import Period, User
from governance.refusals import atomic
from governance.rules import Invalid, Refusal, Stale
from rounds.actions.locks import check_open
from targets.assessments.queries.attainment import judgement_of
from targets.assessments.queries.text_history import PlanRow, is_restorable
from targets.assessments.rules.assessment import departs
from targets.enums import PART, ActivityStatus, AssignmentStatus, Attainment, Nature
from targets.models import (
    Activity,
    ActivityReport,
    AssignmentReport,
    AttainmentLevel,
    Goal,
    Judgement,
    Plan,
)
from targets.plans.actions.plan_rows import change_row
from targets.plans.actions.plans import check_plan_open

Report = AssignmentReport | ActivityReport | Judgement
FIRST = "Någon annan hann före. Ladda om sidan och försök igen."


@atomic()
def report_status(
    *,
    row: Goal | Activity,
    period: Period,
    status: AssignmentStatus | ActivityStatus,
    comment: str,
    seen: int,
    by: User,
    today: date,
) -> None:
    """Say where an assignment or activity stands at the period; ``seen`` is 0 when nothing stood.

    Raises PeriodLocked, PeriodNotOpen or Stale (409); Invalid when the node is no assignment.
    """
    if isinstance(row, Goal) and row.level.nature != Nature.ASSIGNMENT:
        raise Invalid("Bara uppdrag har status. Ett mål bedöms.")
    check_open(period=period, body=row.plan.body, part=PART, today=today)
    report: Report | None
    new: Report
    if isinstance(row, Goal):
        report = row.assignment_reports.filter(period=period).first()
        new = AssignmentReport(goal=row, period=period)
    else:
        report = row.reports.filter(period=period).first()
        new = ActivityReport(activity=row, period=period)
    _write(report, new, {"status": status.value, "comment": comment}, seen=seen, by=by)


@atomic()
def judge_goal(
    *,
    goal: Goal,
    period: Period,
    result: Attainment,
    reason: str,
    comment: str,
    proposal: Attainment,
    seen: int,
    by: User,
    today: date,
    level: AttainmentLevel | None = None,
    restates: bool = True,
) -> None:
    """Judge a goal at the period, beside what the stated rule proposes of its grounds.

    Rule, proposal, departure, author and date are kept. ``proposal`` is what the page showed: if
    the grounds propose something else now, nothing is written (Stale). Not to restate is to type
    beside a judgement: a comment alone leaves it, its grounds and its author as they stand. Raises
    Invalid for a departure without a reason, and what ``report_status`` raises.
    """
    if goal.level.nature != Nature.GOAL:
        raise Invalid("Bara mål bedöms. Ett uppdrag har status.")
    check_open(period=period, body=goal.plan.body, part=PART, today=today)
    judgement = goal.judgements.filter(period=period).first()
    new = Judgement(goal=goal, period=period)
    if judgement and not restates and _says(judgement) == (result, level, reason):
        _write(judgement, new, {"comment": comment}, seen=seen, by=by)
        return
    grounds = judgement_of(goal, period)
    now = grounds.proposal_now
    if now != proposal:
        raise Stale(
            f"Underlaget har ändrats medan du skrev: regeln föreslår nu "
            f"”{grounds.proposal_now_word}”. Läs grunderna och spara igen."
        )
    if departs(proposal=now, result=result) and not reason:
        raise Invalid("Skriv varför bedömningen avviker från förslaget.")
    values = {
        "moment": grounds.moment_now.value,
        "rule": grounds.rule_now,
        "proposal": now.value,
        "result": result.value,
        "level": level,
        "reason": reason if departs(proposal=now, result=result) else "",
        "comment": comment,
    }
    signed = {"judged_by": str(by), "judged_on": today}
    _write(judgement, new, values, signed=signed, seen=seen, by=by)


def _says(judgement: Judgement) -> tuple[str, AttainmentLevel | None, str]:
    return judgement.result, judgement.level, judgement.reason


def check_loaded(
    changed: Sequence[Judgement], _loaded: Sequence[Judgement], _by: User | None
) -> list[tuple[Judgement, Refusal]]:
    """The judgements of a governance file whose level counts as something else than it says."""
    wrong = Invalid("Nivån räknas som något annat än bedömningen.")
    return [(row, wrong) for row in changed if row.level and row.level.counts_as != row.result]


def _write(
    report: Report | None,
    new: Report,
    values: dict[str, Any],
    *,
    seen: int,
    by: User,
    signed: dict[str, Any] | None = None,
) -> None:
    """Change what is reported, or insert it; who and when are set only when something else changed."""
    if report is not None:
        if any(getattr(report, name) != value for name, value in values.items()):
            change_row(report, {**values, **(signed or {})}, seen=seen, by=by)
        return
    if seen:
        raise Stale(FIRST)
    for name, value in {**values, **(signed or {})}.items():
        setattr(new, name, value)
    column = "status"
    if isinstance(new, Judgement):
        column = "level" if new.level else "result"
    with atomic(Stale(FIRST)):
        writing.add(new, by=by, told={"": ("", writing.printed(new, column))})


@atomic()
def restore_text(*, row: PlanRow, entry: HistoryEntry, by: User, today: date) -> None:
    """Write the text that stood before the change of ``entry``, as a change of its own."""
    if not is_restorable(row, entry.field):
        raise Invalid("Det här kan inte återställas.")
    plan = plan_of(row)
    if isinstance(row, Goal | Activity):
        check_plan_open(plan)
    else:
        check_open(period=row.period, body=plan.body, part=PART, today=today)
    change_row(row, {entry.field: entry.old}, seen=row.version, by=by)


def plan_of(row: PlanRow) -> Plan:
    if isinstance(row, Goal | Activity):
        return row.plan
    return row.activity.plan if isinstance(row, ActivityReport) else row.goal.plan
