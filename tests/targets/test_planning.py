"""Writing the plan: rows, versions and history; what cannot be done is refused with a reason."""

from datetime import date

import pytest

from governance.models import AuditEntry
from governance.rules import Invalid, Stale
from rounds.enums import RoundStateName
from targets.enums import AssignmentStatus, Attainment, Nature
from targets.models import AssignmentReport, FocusArea, Goal, Judgement, Target
from targets.plans.actions.plan_rows import InUse
from targets.plans.actions.plans import (
    PlanClosed,
    add_activity,
    add_area,
    add_goal,
    change_activity,
    change_goal,
    move,
    plan_indicator,
    remove,
    rename_area,
)
from tests import factories as ground
from tests.targets import factories


def values(goal, **changed):
    kept = {name: getattr(goal, name) for name in ("level", "number", "name", "focus_area")}
    return {**kept, "parent": goal.parent, "due_on": goal.due_on, **changed}


@pytest.fixture
def goal(plan) -> Goal:
    return factories.make_goal(plan, area=factories.make_area(plan))


@pytest.fixture
def closed(plan, period):
    return ground.make_round_state(period, plan.body, RoundStateName.APPROVED)


def lines(row) -> list[tuple[str, str, str]]:
    found = AuditEntry.objects.filter(object_type=row._meta.label, object_id=row.pk)
    return [(entry.field, entry.old, entry.new) for entry in found.order_by("id")]


def test_a_node_is_added_last_with_a_key_of_its_own(plan, goal, controller):
    upper = goal
    level = factories.make_level(plan.body.organisation, nature=Nature.ASSIGNMENT)

    made = add_goal(
        plan=plan,
        values={"level": level, "name": "Att öva", "number": "57", "parent": goal},
        upper=[upper],
        by=controller,
    )

    assert (made.position, made.parent, list(made.contributes_to.all())) == (1, goal, [goal])
    assert made.key.startswith("att-ova-")
    assert lines(made) == [("", "", "Tillagd"), ("contributes_to", "", goal.name)]


def test_each_changed_field_is_a_line_and_the_same_again_is_nothing(goal, controller):
    changed = values(goal, name="Ett bättre mål", due_on=date(2025, 11, 1))

    change_goal(goal=goal, values=changed, upper=[], seen=1, by=controller)
    change_goal(goal=goal, values=changed, upper=[], seen=1, by=controller)

    goal.refresh_from_db()
    assert (goal.name, goal.version) == ("Ett bättre mål", 2)
    assert lines(goal) == [
        ("name", "Målet mal-1", "Ett bättre mål"),
        ("due_on", "", "2025-11-01"),
    ]


def test_a_conflict_tells_who_and_what_stands_now(goal, controller, head):
    change_goal(goal=goal, values=values(goal, name="Deras"), upper=[], seen=1, by=head)

    with pytest.raises(Stale) as refused:
        change_goal(goal=goal, values=values(goal, name="Mitt"), upper=[], seen=1, by=controller)

    assert refused.value.fields == (("Namn", "Deras"),)
    assert refused.value.message.startswith(f"{head} ändrade samma sak kl. ")
    assert Goal.objects.get(pk=goal.pk).name == "Deras"


def test_a_node_does_not_hang_under_itself(plan, goal, controller):
    child = factories.make_goal(plan, "under", parent=goal)
    grandchild = factories.make_goal(plan, "langst-ned", parent=child)

    for parent in (goal, grandchild):
        with pytest.raises(Invalid):
            change_goal(
                goal=goal, values=values(goal, parent=parent), upper=[], seen=1, by=controller
            )
    with pytest.raises(Invalid):
        change_goal(goal=goal, values=values(goal), upper=[goal], seen=1, by=controller)


def test_what_is_judged_does_not_become_an_assignment(goal, period, controller):
    Judgement.objects.create(goal=goal, period=period, result=Attainment.ACHIEVED)
    level = factories.make_level(goal.plan.body.organisation, nature=Nature.ASSIGNMENT)

    with pytest.raises(Invalid):
        change_goal(goal=goal, values=values(goal, level=level), upper=[], seen=1, by=controller)


def test_focus_areas_are_added_and_renamed_once(plan, controller):
    area = add_area(plan=plan, name="Trygghet", by=controller)

    rename_area(area=area, name="Säkerhet", was="Trygghet", by=controller)

    with pytest.raises(Stale):
        rename_area(area=area, name="Annat", was="Trygghet", by=controller)
    assert FocusArea.objects.get(pk=area.pk).name == "Säkerhet"
    assert lines(area)[-1] == ("name", "Trygghet", "Säkerhet")


def test_rows_change_places_with_their_neighbour(plan, goal, controller):
    second = factories.make_goal(plan, "mal-2", area=goal.focus_area)
    factories.make_goal(plan, "annanstans")
    Goal.objects.filter(plan=plan).update(position=1)

    move(row=Goal.objects.get(pk=second.pk), up=True, by=controller)
    move(row=Goal.objects.get(pk=second.pk), up=True, by=controller)

    order = plan.goals.filter(focus_area=goal.focus_area).values_list("key", flat=True)
    assert list(order) == ["mal-2", "mal-1"]


def test_an_indicator_has_one_place_and_leaves_with_its_targets(plan, goal, org, controller):
    indicator = factories.make_indicator(org)
    place = plan_indicator(plan=plan, indicator=indicator, goal=goal, group="x", by=controller)
    Target.objects.create(planned_indicator=place, key="ar", text="högst 7")

    with pytest.raises(Invalid):
        plan_indicator(plan=plan, indicator=indicator, goal=None, group="", by=controller)
    with pytest.raises(InUse):
        remove(row=goal, by=controller)
    remove(row=place, by=controller)

    assert (place.group, Target.objects.count()) == ("", 0)
    assert remove(row=Goal.objects.get(pk=goal.pk), by=controller) == "Målet mal-1"


def test_only_what_nothing_hangs_on_is_removed(plan, goal, period, controller):
    child = factories.make_goal(plan, "under", parent=goal, nature=Nature.ASSIGNMENT)
    AssignmentReport.objects.create(goal=child, period=period, status=AssignmentStatus.DONE)

    for row, words in (
        (goal.focus_area, "mål eller uppdrag"),
        (goal, "underliggande mål eller uppdrag"),
        (child, "status"),
    ):
        with pytest.raises(InUse) as refused:
            remove(row=row, by=controller)
        assert words in refused.value.message


def test_activities_are_added_and_changed(plan, goal, controller):
    activity = add_activity(
        plan=plan, values={"name": "Öva", "goal": goal, "responsible": "Säkerhet"}, by=controller
    )

    change_activity(activity=activity, values={"responsible": "Område IT"}, seen=1, by=controller)

    assert lines(activity)[-1] == ("responsible", "Säkerhet", "Område IT")


def test_a_closed_year_is_not_written(plan, goal, closed, controller):
    acts = [
        lambda: add_area(plan=plan, name="Nytt", by=controller),
        lambda: add_goal(plan=plan, values={"name": "Nytt"}, upper=[], by=controller),
        lambda: change_goal(goal=goal, values={}, upper=[], seen=1, by=controller),
        lambda: move(row=goal, up=True, by=controller),
        lambda: remove(row=goal, by=controller),
        lambda: add_activity(plan=plan, values={"name": "Ny"}, by=controller),
    ]

    for act in acts:
        with pytest.raises(PlanClosed):
            act()


def test_a_submitted_month_does_not_close_the_year(plan, org, goal, controller):
    december = ground.make_period(org, 2025)
    december.starts_on = date(2025, 12, 1)
    december.save()
    ground.make_round_state(december, plan.body, RoundStateName.SUBMITTED)

    assert add_area(plan=plan, name="Nytt", by=controller).pk
