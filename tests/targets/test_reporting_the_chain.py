"""Statuses and judgements at a period: kept, refused, restored."""

import pytest

from governance.declarations import table_of
from governance.models import AuditEntry
from governance.rules import Invalid, Stale
from rounds.actions.locks import PeriodLocked, PeriodNotOpen
from rounds.enums import RoundStateName
from targets.assessments.actions.assessments import (
    judge_goal,
    report_status,
    restore_text,
)
from targets.assessments.queries.attainment import judgements
from targets.assessments.queries.text_history import plan_history
from targets.assessments.rules.assessment import RULE
from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Moment, Nature
from targets.models import Activity, ActivityReport, AssignmentReport, Goal, Judgement
from targets.plans.actions.plans import PlanClosed
from tests.factories import TODAY
from tests.targets import factories

A, P, N, U = Attainment


@pytest.fixture
def goal(plan, round_state) -> Goal:
    return factories.make_goal(plan)


@pytest.fixture
def assignment(plan, goal) -> Goal:
    return factories.make_goal(plan, "uppdrag-1", parent=goal, nature=Nature.ASSIGNMENT)


@pytest.fixture
def report(assignment, period, controller):
    def write(status=AssignmentStatus.DONE, comment="", seen=0, by=None) -> AssignmentReport:
        report_status(
            row=assignment, period=period, status=status, comment=comment, seen=seen,
            by=by or controller, today=TODAY,
        )  # fmt: skip
        return AssignmentReport.objects.get(goal=assignment, period=period)

    return write


@pytest.fixture
def judge(goal, period, controller):
    def write(result=A, proposal=A, reason="", comment="", seen=0) -> Judgement:
        judge_goal(
            goal=goal, period=period, result=result, reason=reason, comment=comment,
            proposal=proposal, seen=seen, by=controller, today=TODAY,
        )  # fmt: skip
        return Judgement.objects.get(goal=goal, period=period)

    return write


def test_a_status_is_written_changed_and_kept_in_history(report):
    first = report(comment="Klart i maj.")
    second = report(AssignmentStatus.YEAR_PART_DONE, "Klart i maj.", seen=first.version)
    report(AssignmentStatus.YEAR_PART_DONE, "Klart i maj.", seen=0)

    entries = AuditEntry.objects.filter(object_type="targets.AssignmentReport").order_by("id")
    assert [(each.field, each.old, each.new) for each in entries] == [
        ("", "", "Genomfört"),
        ("status", "Genomfört", "Årets del genomförd"),
    ]
    assert second.version == 2


def test_whoever_is_second_sees_both_texts(report, head):
    report(comment="Min text")
    report(comment="Deras text", seen=1, by=head)

    with pytest.raises(Stale) as refused:
        report(AssignmentStatus.NOT_DONE, "Min nya text", seen=1)

    assert refused.value.fields == (("Status", "Genomfört"), ("Kommentar", "Deras text"))
    assert AssignmentReport.objects.get().comment == "Deras text"


def test_a_first_status_over_somebodys_removed_one_is_stale(report):
    with pytest.raises(Stale):
        report(seen=3)


def test_a_goal_has_no_status_and_an_assignment_no_judgement(goal, assignment, period, controller):
    with pytest.raises(Invalid):
        report_status(
            row=goal, period=period, status=AssignmentStatus.DONE, comment="", seen=0,
            by=controller, today=TODAY,
        )  # fmt: skip
    with pytest.raises(Invalid):
        judge_goal(
            goal=assignment, period=period, result=A, reason="", comment="", proposal=A, seen=0,
            by=controller, today=TODAY,
        )  # fmt: skip


def test_a_handed_in_period_is_locked_for_everything(
    report, judge, round_state, goal, period, controller
):
    activity = Activity.objects.create(plan=goal.plan, goal=goal, key="a", name="Öva", position=1)
    round_state.state = RoundStateName.SUBMITTED
    round_state.save()

    for write in (
        report,
        judge,
        lambda: report_status(
            row=activity, period=period, status=ActivityStatus.DONE, comment="", seen=0,
            by=controller, today=TODAY,
        ),
    ):  # fmt: skip
        with pytest.raises(PeriodLocked):
            write()


def test_a_period_without_a_round_is_not_open(assignment, last_year, controller):
    with pytest.raises(PeriodNotOpen):
        report_status(
            row=assignment, period=last_year, status=AssignmentStatus.DONE, comment="", seen=0,
            by=controller, today=TODAY,
        )  # fmt: skip


def test_an_activity_is_done_and_goes_on(goal, period, controller):
    activity = Activity.objects.create(plan=goal.plan, goal=goal, key="a", name="Öva", position=1)

    report_status(
        row=activity, period=period, status=ActivityStatus.DONE_CONTINUES, comment="Två gånger",
        seen=0, by=controller, today=TODAY,
    )  # fmt: skip

    kept = ActivityReport.objects.get()
    assert (kept.status, kept.comment) == ("done_continues", "Två gånger")


def test_a_judgement_keeps_rule_proposal_author_and_date(report, judge, controller):
    report()

    kept = judge(comment="Vi är framme.")

    assert (kept.rule, kept.proposal, kept.result, kept.moment) == (RULE, A, A, Moment.OUTCOME)
    assert (kept.judged_by, kept.judged_on, kept.reason) == (str(controller), TODAY, "")


def test_a_departure_needs_its_reason_and_keeps_it(report, judge):
    report()

    with pytest.raises(Invalid):
        judge(result=P)
    kept = judge(result=P, reason="Styrtalet saknas.")

    assert (kept.proposal, kept.result, kept.reason) == (A, P, "Styrtalet saknas.")


def test_without_grounds_no_reason_is_needed(judge):
    kept = judge(result=A, proposal=U)

    assert (kept.proposal, kept.result, kept.reason) == (U, A, "")


def test_grounds_that_moved_while_judging_stop_the_judgement(report, judge):
    report(AssignmentStatus.NOT_DONE)

    with pytest.raises(Stale) as refused:
        judge(proposal=A)

    assert "Har inte uppnåtts" in refused.value.message


def test_grounds_that_move_afterwards_are_told(report, judge, plan, period):
    report()
    judge()
    report(AssignmentStatus.STARTED_CONTINUES, seen=1)

    row = next(row for row in judgements(plan, period) if row.is_judged)

    assert (row.has_moved, row.proposal, row.proposal_now) == (True, A, P)


def test_an_earlier_comment_comes_back_as_a_change(report, assignment, controller):
    report(comment="Den långa texten")
    report(comment="", seen=1)
    line = next(line for line in plan_history(assignment) if line.may_restore)
    kept = AssignmentReport.objects.get()

    restore_text(row=kept, entry=AuditEntry.objects.get(pk=line.id), by=controller, today=TODAY)

    kept.refresh_from_db()
    assert (kept.comment, kept.version) == ("Den långa texten", 3)
    assert (line.what, line.about) == ("Kommentar", "Helår 2025")


def test_a_status_or_a_locked_text_is_not_restored(report, assignment, round_state, controller):
    report(comment="Den långa texten")
    report(AssignmentStatus.NOT_DONE, "", seen=1)
    kept = AssignmentReport.objects.get()
    of = {entry.field: entry for entry in AuditEntry.objects.filter(object_id=kept.pk)}

    with pytest.raises(Invalid):
        restore_text(row=kept, entry=of["status"], by=controller, today=TODAY)
    round_state.state = RoundStateName.LOCKED
    round_state.save()
    with pytest.raises(PeriodLocked):
        restore_text(row=kept, entry=of["comment"], by=controller, today=TODAY)
    assignment.description = "Ny"
    entry = AuditEntry(field="description", old="Förut")
    with pytest.raises(PlanClosed):
        restore_text(row=assignment, entry=entry, by=controller, today=TODAY)


def test_a_governance_file_leaves_what_is_handed_in(report, judge, goal, period, round_state):
    activity = Activity.objects.create(plan=goal.plan, goal=goal, key="a", name="Öva", position=1)
    rows = [
        report(),
        judge(),
        ActivityReport(activity=activity, period=period, status=ActivityStatus.DONE),
    ]
    assert [table_of(type(row)).frozen(row) for row in rows] == [False, False, False]

    round_state.state = RoundStateName.APPROVED
    round_state.save()

    assert [table_of(type(row)).frozen(row) for row in rows] == [True, True, True]
