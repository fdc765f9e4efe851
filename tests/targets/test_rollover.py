"""Opening the next year: what goes on, what is left, and only once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.assessments.queries.goal_page import goal_page
from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Concept, Nature
from targets.models import (
    Activity,
    ActivityReport,
    AssignmentReport,
    Goal,
    Judgement,
    Level,
    Outcome,
    Plan,
    Term,
)
from targets.plans.actions.rollover import YearAlreadyOpen, open_next_year
from targets.plans.queries.rollover import next_year
from targets.plans.rules.continuation import (
    activity_continues,
    ends_later,
    key_of_next,
    name_of_next,
    node_continues,
)
from tests.factories import TODAY
from tests.targets import factories

S = AssignmentStatus


@pytest.fixture
def chosen(plan, period, org, controller):
    """A plan with a bit of everything, opened with what is proposed plus every indicator."""
    area = factories.make_area(plan)
    goal = factories.make_goal(plan, "mal", area=area)
    Judgement.objects.create(goal=goal, period=period, result=Attainment.ACHIEVED)
    for key, status in (("delvis", S.YEAR_PART_DONE), ("klart", S.DONE)):
        node = factories.make_goal(plan, key, parent=goal, nature=Nature.ASSIGNMENT)
        AssignmentReport.objects.create(goal=node, period=period, status=status, comment="Ja")
    indicator = factories.make_indicator(org)
    place = factories.make_place(plan, indicator, goal=goal, target="högst 7,0 %")
    factories.make_outcome(indicator, plan.body, period, "6.94")
    for number, status in enumerate((ActivityStatus.DONE_CONTINUES, ActivityStatus.DONE)):
        activity = Activity.objects.create(
            plan=plan, planned_indicator=place, key=f"a-{number}", name=f"A {number}",
            starts_on=date(2025, 2, 1), ends_on=date(2025 + number, 11, 1), position=number,
        )  # fmt: skip
        ActivityReport.objects.create(activity=activity, period=period, status=status)
    Term.objects.create(organisation=org, year=2025, concept=Concept.OUTCOME, word="Resultat")
    page = next_year(plan)
    return {
        "plan": plan,
        "goals": {node.id for node in page.nodes if node.chosen},
        "places": {each.id for each in page.places},
        "activities": {each.id for each in page.activities if each.chosen},
        "by": controller,
    }


def test_what_is_not_wholly_done_goes_on_with_its_history(chosen, controller):
    new = open_next_year(**chosen)

    assert (new.year, new.key, new.name) == (2026, "plan-2026", "Plan 2026")
    assert list(new.goals.values_list("key", "continues__plan__year")) == [
        ("mal", 2025),
        ("delvis", 2025),
    ]
    carried = new.goals.get(key="delvis")
    assert (carried.parent.key, carried.parent.focus_area.name) == ("mal", "Området fokus-1")
    before = goal_page(controller, carried, TODAY).before
    assert [(b.year, b.standing.word, b.standing.comment) for b in before] == [
        (2025, "Årets del genomförd", "Ja")
    ]


def test_indicators_follow_with_targets_and_leave_their_outcomes(chosen):
    outcomes = list(Outcome.objects.values_list("pk", "version"))

    new = open_next_year(**chosen)

    place = new.planned_indicators.get()
    assert (place.goal.key, place.targets.get().text) == ("mal", "högst 7,0 %")
    assert list(Outcome.objects.values_list("pk", "version")) == outcomes
    activity = new.activities.get()
    assert (activity.continues.key, activity.planned_indicator, activity.ends_on) == (
        "a-0",
        place,
        None,
    )


def test_levels_and_words_come_along_once(chosen, org):
    open_next_year(**chosen)

    assert set(Level.objects.filter(year=2026).values_list("key", "nature")) == {
        ("goal-2026", "goal"),
        ("assignment-2026", "assignment"),
    }
    assert Term.objects.get(year=2026).word == "Resultat"


def test_the_next_years_own_levels_are_used(chosen, org):
    theirs = factories.make_level(org, 2026, name="Prioriterat område")

    new = open_next_year(**chosen)

    assert new.goals.get(key="mal").level == theirs


def test_a_second_time_is_refused(chosen):
    open_next_year(**chosen)
    rows = Goal.objects.count()

    with pytest.raises(YearAlreadyOpen) as refused:
        open_next_year(**chosen)

    assert "Plan 2026 finns redan" in refused.value.message
    assert (Plan.objects.count(), Goal.objects.count()) == (2, rows)


def test_what_loses_its_upper_node_keeps_its_area(chosen):
    child = Goal.objects.get(key="delvis")

    new = open_next_year(**{**chosen, "goals": {child.pk}})

    made = new.goals.get()
    assert (made.parent, made.focus_area.name) == (None, "Området fokus-1")
    assert new.planned_indicators.get().goal is None


def test_rows_of_another_plan_are_not_carried(chosen, other_committee):
    theirs = factories.make_goal(factories.make_plan(other_committee), "deras")

    new = open_next_year(**{**chosen, "goals": {theirs.pk}})

    assert new.goals.count() == 0


@pytest.mark.parametrize(
    ("nature", "multi", "status", "counts", "goes_on"),
    [
        (Nature.ASSIGNMENT, False, "done", Attainment.ACHIEVED, False),
        (Nature.ASSIGNMENT, True, "done", Attainment.ACHIEVED, False),
        (Nature.ASSIGNMENT, True, "cancelled", Attainment.NOT_ACHIEVED, False),
        (Nature.ASSIGNMENT, False, "year_part_done", Attainment.ACHIEVED, True),
        (Nature.ASSIGNMENT, False, "not_done", Attainment.NOT_ACHIEVED, True),
        (Nature.ASSIGNMENT, False, "", Attainment.NOT_JUDGED, True),
        (Nature.GOAL, False, "achieved", Attainment.ACHIEVED, False),
        (Nature.GOAL, True, "achieved", Attainment.ACHIEVED, True),
        (Nature.GOAL, False, "partly", Attainment.PARTLY, True),
        (Nature.HEADING, True, "", Attainment.NOT_JUDGED, False),
    ],
)
def test_what_is_proposed_to_go_on(nature, multi, status, counts, goes_on):
    said = node_continues(nature=nature, is_multi_year=multi, status=status, counts_as=counts)

    assert said is goes_on


@pytest.mark.parametrize(
    ("status", "goes_on"), [("ongoing", True), ("planned", False), ("", False)]
)
def test_which_activities_are_proposed(status, goes_on):
    assert activity_continues(status) is goes_on


@pytest.mark.parametrize(
    ("key", "taken", "following"),
    [
        ("plan-2025", (), "plan-2026"),
        ("verksamhetsplan", (), "verksamhetsplan-2026"),
        ("mal-20251", (), "mal-20251-2026"),
        ("mal-2025", ("mal-2026",), "mal-2026-ny"),
    ],
)
def test_keys_of_the_next_year(key, taken, following):
    assert key_of_next(key, 2025, taken) == following


@given(st.text(max_size=40), st.integers(2000, 2090))
def test_a_name_of_the_next_year_is_another_name(name, year):
    assert name_of_next(name, year) != name


def test_an_end_that_lies_ahead_is_kept():
    assert ends_later(date(2026, 3, 1), 2025) == date(2026, 3, 1)
    assert ends_later(date(2025, 3, 1), 2025) is None
    assert ends_later(None, 2025) is None
