"""The acts of plan, indicators, outcomes and reporting the chain; a failed printing tried again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents import jobs
from documents.models import Document
from economy.models import Amount, Line
from governance.models import Period, Unit
from governance.queries import root_unit
from reports.clearance.printing import order_draft_pdf
from rounds.models import RoundState
from targets.assessments.actions.assessments import judge_goal, report_status
from targets.enums import ActivityStatus, Attainment, Nature, RollUp
from targets.models import (
    Activity,
    Evidence,
    FocusArea,
    Goal,
    Indicator,
    Outcome,
    Plan,
    PlannedIndicator,
)
from targets.plans.actions.plans import add_activity
from tests import world
from tests.concurrency.filling import on_page, typed
from tests.concurrency.table import Act, Cross, Fields, Times
from tests.economy.factories import make_amount, make_line
from tests.targets.factories import make_indicator, make_place, row_key
from tests.targets.views.swap import sent
from tests.world import World

CONTROLLER, OFFICER = "controller", "handlaggare"
STANDS = {"times": Times.SAME, "why": "the same words that stand already are saved"}


# How far the world has come.


def reported(w: World) -> None:
    """A goal, an assignment and an activity of 2025, with what was reported of them."""
    world.report_the_chain(w)


def rewritten(w: World) -> None:
    """The comments of goal and activity have an earlier text."""
    world.report_the_chain(w)
    at = {"period": year(w), "comment": "Övat tre gånger.", "by": w.users[CONTROLLER]}
    activity, goal = activity_of(w), goal_of(w)
    report_status(row=activity, status=ActivityStatus.DONE, seen=1, today=world.TODAY, **at)
    judge_goal(
        goal=goal,
        result=Attainment.ACHIEVED,
        reason="",
        proposal=Attainment.ACHIEVED,
        seen=1,
        today=world.TODAY,
        **at,
    )


def valued(w: World) -> None:
    world.report_outcome(w)


def revalued(w: World) -> None:
    world.report_outcome(w)
    world.report_outcome(w, "7,1", seen=1)


def proven(w: World) -> None:
    world.report_outcome(w)
    world.prove_outcome(w)


def measured(w: World) -> None:
    """An indicator of money without outcome, and an amount in the economy."""
    body = w.body("dnrgs")
    indicator = make_indicator(w.organisation, "budgetavvikelse", unit="mnkr", body=body)
    make_place(Plan.objects.get(body=body, key="plan-2025"), indicator)
    make_amount(make_line(body, "provrad"), year(w), "16437512.00")


def failed(w: World) -> None:
    draft = order_draft_pdf(report=world.pack_of(w), by=w.users[CONTROLLER])
    claim = jobs.claim(Document, draft.document_id, "tests", timezone.now())
    assert claim is not None
    jobs.fail(claim, error="Mallen saknas.")


# At which row.


def year(w: World) -> Period:
    return Period.objects.get(organisation=w.organisation, key="helar-2025")


def plan(w: World) -> Plan:
    return Plan.objects.get(body=w.body("dnrgs"), key="plan-2026")


def state(w: World) -> RoundState:
    return RoundState.objects.get(body=w.body("dnrgs"), reporting_round__period=year(w))


def sick_leave(w: World) -> Indicator:
    return Indicator.objects.get(organisation=w.organisation, key="sjukfranvaro-r12")


def row(w: World) -> tuple[object, ...]:
    return (state(w).pk, row_key(sick_leave(w), w.body("dnrgs")))


def outcome(w: World) -> Outcome:
    return Outcome.objects.get(
        indicator=sick_leave(w), period=year(w), unit=root_unit(w.body("dnrgs"))
    )


def planned_goal(w: World) -> Goal:
    return plan(w).goals.order_by("pk")[0]


def goal_of(w: World) -> Goal:
    return Goal.objects.get(plan__key="plan-2025", level__nature=Nature.GOAL, name="Trygg service")


def assignment_of(w: World) -> Goal:
    return Goal.objects.get(plan__key="plan-2025", name="Att öva krisledning")


def activity_of(w: World) -> Activity:
    return Activity.objects.get(plan__key="plan-2025", name="Öva stabsmetodik")


def in_period(find):
    return lambda w: (find(w).pk, year(w).pk)


def area(w: World) -> FocusArea:
    return plan(w).focus_areas.order_by("pk")[0]


def place(w: World) -> PlannedIndicator:
    return plan(w).planned_indicators.order_by("pk")[0]


def shared(w: World) -> Indicator:
    return Indicator.objects.filter(organisation=w.organisation, body=None).order_by("pk")[0]


# With what.


def a_value(w: World) -> dict[str, object]:
    return sent(row_key(sick_leave(w), w.body("dnrgs")), "value", "6,94", was="")


def a_comment(w: World) -> dict[str, object]:
    return sent(row_key(sick_leave(w), w.body("dnrgs")), "comment", "Influensa.", was="")


def at_the_row(w: World) -> dict[str, object]:
    return {"row": f"area-{area(w).pk}", "to": "down"}


def an_activity(w: World) -> dict[str, object]:
    return {"row": f"activity-{plan(w).activities.order_by('pk')[0].pk}"}


def a_file(_w: World) -> dict[str, object]:
    return {"file": SimpleUploadedFile("underlag.pdf", b"%PDF-1.7 underlag", "application/pdf")}


def a_source(w: World) -> dict[str, object]:
    amount = Amount.objects.get(line=Line.objects.get(key="provrad", body=w.body("dnrgs")))
    return {"indicator": "budgetavvikelse", "source": f"e{amount.pk}", "version": 0}


def with_an_activity(w: World) -> None:
    add_activity(
        plan=plan(w),
        values={"name": "Öva", "goal": planned_goal(w)},
        by=w.users[CONTROLLER],
    )


def with_an_indicator(w: World) -> None:
    make_indicator(w.organisation, "provindikator", body=w.body("dnrgs"))


def both_are_kept(w: World) -> None:
    """Who made the row second is judged once more, and nothing of either is lost."""
    row = outcome(w)
    assert (row.number, row.comment, row.version) == (Decimal("6.94"), "Influensa.", 2)


def in_units(w: World) -> None:
    Indicator.objects.filter(pk=sick_leave(w).pk).update(rollup=RollUp.MEAN)
    body = w.body("dnrgs")
    for key in ("norr", "soder"):
        Unit.objects.create(body=body, parent=root_unit(body), key=key, name=f"Område {key}")


def of_unit(key: str) -> Fields:
    def value(w: World) -> dict[str, object]:
        unit = Unit.objects.get(body=w.body("dnrgs"), key=key)
        return sent(row_key(sick_leave(w), unit), "value", "6,94", was="")

    return value


def both_make_the_whole(w: World) -> None:
    """Each sees the other's value, whoever comes first; the whole is written once."""
    row = outcome(w)
    assert (row.number, row.is_rolled_up, row.version) == (Decimal("6.94"), True, 1)


def order_is_kept(w: World) -> None:
    """However often it was moved, every row has a place of its own."""
    places = list(plan(w).focus_areas.values_list("position", flat=True))
    assert len(set(places)) == len(places)


ACTS = (
    Act(
        name="targets:entry_grid",
        by=CONTROLLER,
        at=state,
        data=a_value,
        htmx=True,
        times=Times.SAME,
        why="the same value that stands already is saved",
    ),
    Act(
        name="targets:plan_move",
        by=CONTROLLER,
        at=plan,
        data=at_the_row,
        times=Times.FREE,
        why="each click moves the row one step",
        holds=order_is_kept,
    ),
    Act(
        name="targets:plan_remove",
        stage=with_an_activity,
        by=CONTROLLER,
        at=plan,
        data=an_activity,
        is_gone=True,
    ),
    on_page("targets:plan_open_next", CONTROLLER, plan),
    on_page(
        "targets:plan_area_add",
        CONTROLLER,
        plan,
        changes=typed(name="Ett nytt område"),
        holds=order_is_kept,
    ),
    on_page("targets:plan_area_edit", CONTROLLER, area, changes=typed(name="Annat namn"), **STANDS),
    on_page(
        "targets:goal_add",
        CONTROLLER,
        plan,
        changes=lambda w: {"name": "Ett nytt mål", "level": planned_goal(w).level_id},
    ),
    on_page(
        "targets:goal_edit", CONTROLLER, planned_goal, changes=typed(name="Annat mål"), **STANDS
    ),
    on_page(
        "targets:plan_indicator_add",
        CONTROLLER,
        plan,
        stage=with_an_indicator,
        changes=lambda _w: {"indicator": Indicator.objects.get(key="provindikator").pk},
    ),
    on_page(
        "targets:activity_add",
        CONTROLLER,
        plan,
        changes=lambda w: {"name": "En ny aktivitet", "holder": f"goal-{planned_goal(w).pk}"},
    ),
    on_page(
        "targets:activity_edit",
        CONTROLLER,
        lambda w: plan(w).activities.get(name="Öva"),
        stage=with_an_activity,
        changes=typed(name="Annan aktivitet"),
        **STANDS,
    ),
    on_page(
        "targets:assignment_report",
        CONTROLLER,
        in_period(assignment_of),
        stage=reported,
        page="targets:goal_detail",
        page_at=assignment_of,
        changes=typed(comment="Övat fyra gånger."),
        **STANDS,
    ),
    on_page(
        "targets:goal_judge",
        CONTROLLER,
        in_period(goal_of),
        stage=reported,
        page="targets:goal_detail",
        page_at=goal_of,
        changes=typed(comment="Övat fyra gånger."),
        **STANDS,
    ),
    on_page(
        "targets:activity_report",
        CONTROLLER,
        in_period(activity_of),
        stage=reported,
        page="targets:activity_detail",
        page_at=activity_of,
        changes=typed(comment="Övat fyra gånger."),
        **STANDS,
    ),
    on_page("targets:goal_history", CONTROLLER, goal_of, stage=rewritten, **STANDS),
    on_page("targets:activity_history", CONTROLLER, activity_of, stage=rewritten, **STANDS),
    on_page(
        "targets:outcome_row",
        CONTROLLER,
        row,
        stage=valued,
        changes=typed(comment="Influensan.", source="Heroma"),
        **STANDS,
    ),
    on_page(
        "targets:outcome_restore",
        CONTROLLER,
        outcome,
        stage=revalued,
        page="targets:outcome_detail",
        **STANDS,
    ),
    Act(
        name="targets:evidence_add",
        stage=valued,
        by=CONTROLLER,
        at=row,
        data=a_file,
        times=Times.FREE,
        why="a file of the same name may be added again",
    ),
    Act(
        name="targets:evidence_remove",
        stage=proven,
        by=CONTROLLER,
        at=lambda _w: Evidence.objects.get(),
        is_gone=True,
    ),
    on_page(
        "targets:indicator_add",
        CONTROLLER,
        lambda w: w.body("dnrgs"),
        changes=typed(name="Ny indikator", unit="antal", decimals="0"),
    ),
    on_page("targets:indicator_edit", OFFICER, shared, changes=typed(name="Annat namn"), **STANDS),
    on_page(
        "targets:definition_add",
        OFFICER,
        shared,
        changes=typed(text="Så här räknas den.", valid_from=date(2026, 1, 1).isoformat()),
    ),
    on_page(
        "targets:category_edit", OFFICER, shared, changes=typed(**{"new-1": "Öppenvård"}), **STANDS
    ),
    on_page(
        "targets:target_edit",
        CONTROLLER,
        place,
        changes=typed(**{"year-text": "minst 7"}),
        **STANDS,
    ),
    Act(
        name="reports:fetched_list",
        stage=measured,
        by=CONTROLLER,
        at=state,
        data=a_source,
        **STANDS,
    ),
    Act(
        name="documents:document_retry",
        stage=failed,
        by=CONTROLLER,
        at=lambda _w: Document.objects.get(),
    ),
)
CROSSES = (
    Cross(
        label="a value and a comment make the same new row",
        acts=(ACTS[0], replace(ACTS[0], data=a_comment)),
        holds=both_are_kept,
    ),
    Cross(
        label="the last two units report",
        acts=(
            replace(ACTS[0], stage=in_units, data=of_unit("norr")),
            replace(ACTS[0], stage=in_units, data=of_unit("soder")),
        ),
        holds=both_make_the_whole,
    ),
)
