"""The controller's pages that write the plan."""

import pytest
from django.urls import reverse

from rounds.enums import RoundStateName
from targets.enums import Nature
from targets.models import Activity, FocusArea, Goal, PlannedIndicator
from tests import factories as ground
from tests.targets.factories import (
    make_area,
    make_goal,
    make_indicator,
    make_level,
    make_place,
    make_plan,
)

HOSTILE = ["", "goal-", "goal-0", "goal-x", "goal-999999999999999999999", "plan-1", "goal--1", "١"]


@pytest.fixture
def goal(plan):
    return make_goal(plan, area=make_area(plan))


@pytest.fixture
def elsewhere(other_committee):
    return make_goal(make_plan(other_committee), "deras")


def at(name, row, *more):
    return reverse(f"targets:{name}", args=[row.pk, *more])


def pages(plan, goal):
    return [
        at("plan_edit", plan),
        at("plan_area_add", plan),
        at("plan_area_edit", goal.focus_area),
        at("goal_add", plan),
        at("goal_edit", goal),
        at("plan_indicator_add", plan),
        at("activity_add", plan),
        at("plan_open_next", plan),
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("controller", 200),
        ("chair", 403),
        ("reader", 403),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_only_the_controller_writes(request, login, plan, goal, who, status):
    client = login(request.getfixturevalue(who))

    assert {client.get(url).status_code for url in pages(plan, goal)} == {status}


def test_anonymous_is_sent_to_login(client, plan, goal):
    assert {client.get(url).status_code for url in pages(plan, goal)} == {302}


def test_a_goal_is_added_where_it_was_asked_for(login, controller, plan, goal):
    client = login(controller)
    url = at("goal_add", plan)
    level = make_level(plan.body.organisation, nature=Nature.ASSIGNMENT)
    typed = {"level": level.pk, "name": "Att öva", "number": "57", "placement": f"goal-{goal.pk}"}

    page = client.get(f"{url}?under=goal-{goal.pk}").content.decode()
    response = client.post(url, {**typed, "contributes_to": [goal.pk]})

    assert f'value="goal-{goal.pk}" selected' in page
    assert response.url == at("plan_edit", plan)
    made = Goal.objects.get(name="Att öva")
    assert (made.parent, made.focus_area, made.number) == (goal, None, "57")


@pytest.mark.parametrize("name", ["plan_area_add", "goal_add", "activity_add"])
def test_a_form_sent_twice_makes_one_row(login, controller, plan, goal, name):
    client, url = login(controller), at(name, plan)
    token = client.get(url).context["token"]
    typed = {"name": "Något nytt", "level": goal.level_id, "holder": f"goal-{goal.pk}"}

    answers = [client.post(url, {**typed, "token": token}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Det här är redan sparat." in answers[1].content.decode()
    assert "Något nytt" in answers[1].content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 401),
        ("level", ""),
        ("level", "0"),
        ("placement", "goal-999999"),
        ("placement", "area-x"),
        ("due_on", "31 februari"),
        ("giver", "kungen"),
        ("contributes_to", "x"),
        ("contributes_to", str(2**63)),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(login, controller, plan, goal, field, value):
    level = make_level(plan.body.organisation)
    typed = {"level": level.pk, "name": "Ett mål med lång text", field: value}

    response = login(controller).post(at("goal_add", plan), typed)

    assert response.status_code == 422
    assert "Det gick inte att spara" in response.content.decode()
    assert Goal.objects.filter(plan=plan).count() == 1


def test_another_committees_rows_cannot_be_chosen(login, controller, plan, goal, elsewhere, org):
    theirs = make_indicator(org, "deras", body=elsewhere.plan.body)
    client = login(controller)
    posts = [
        (at("goal_edit", goal), {"level": goal.level_id, "name": "x", "version": 1,
                                 "placement": f"goal-{elsewhere.pk}"}),
        (at("goal_edit", goal), {"level": goal.level_id, "name": "x", "version": 1,
                                 "contributes_to": [elsewhere.pk]}),
        (at("plan_indicator_add", plan), {"indicator": theirs.pk}),
        (at("activity_add", plan), {"name": "x", "holder": f"goal-{elsewhere.pk}"}),
    ]  # fmt: skip

    assert [client.post(url, data).status_code for url, data in posts] == [422] * 4


def test_a_conflict_keeps_the_typed_text_and_shows_theirs(login, controller, plan, goal):
    client = login(controller)
    url = at("goal_edit", goal)
    data = {"level": goal.level_id, "placement": f"area-{goal.focus_area_id}"}
    client.post(url, {**data, "name": "Deras text", "version": 1})

    response = client.post(url, {**data, "name": "Min text", "version": 1})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Min text" in page
    assert "Deras text" in page
    assert 'name="version" value="2"' in page
    assert client.post(url, {**data, "name": "Min text", "version": 2}).status_code == 302
    assert Goal.objects.get(pk=goal.pk).name == "Min text"


def test_a_focus_area_is_added_and_renamed_against_what_was_shown(login, controller, plan):
    client = login(controller)
    client.post(at("plan_area_add", plan), {"name": "Trygghet"})
    area = FocusArea.objects.get()

    client.post(at("plan_area_edit", area), {"name": "Säkerhet", "was": "Trygghet"})
    late = client.post(at("plan_area_edit", area), {"name": "Annat", "was": "Trygghet"})

    assert late.status_code == 409
    assert "Säkerhet" in late.content.decode()
    assert FocusArea.objects.get().name == "Säkerhet"


def test_an_indicator_and_an_activity_find_their_place(login, controller, plan, goal, org):
    client = login(controller)
    indicator = make_indicator(org)

    client.post(at("plan_indicator_add", plan), {"indicator": indicator.pk, "goal": goal.pk})
    place = PlannedIndicator.objects.get()
    client.post(at("activity_add", plan), {"name": "Öva", "holder": f"place-{place.pk}"})
    client.post(at("activity_add", plan), {"name": "Mäta", "other_plan": "Arbetsmiljöplan"})

    assert place.goal == goal
    held = Activity.objects.order_by("id").values_list("planned_indicator", "other_plan")
    assert list(held) == [(place.pk, ""), (None, "Arbetsmiljöplan")]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Öva"},
        {"name": "Öva", "holder": "goal", "other_plan": "Arbetsmiljöplan"},
        {"name": "Öva", "other_plan": "x", "starts_on": "2025-03-01", "ends_on": "2025-02-01"},
    ],
)
def test_an_activity_belongs_to_one_thing_and_ends_after_it_begins(
    login, controller, plan, goal, typed
):
    if "holder" in typed:
        typed = {**typed, "holder": f"goal-{goal.pk}"}

    response = login(controller).post(at("activity_add", plan), typed)

    assert (response.status_code, Activity.objects.count()) == (422, 0)


def test_rows_are_moved_and_removed(login, controller, plan, goal):
    second = make_goal(plan, "mal-2", area=goal.focus_area)
    client = login(controller)

    moved = client.post(at("plan_move", plan), {"row": f"goal-{second.pk}", "to": "up"})
    client.post(at("plan_remove", plan), {"row": f"goal-{goal.pk}"})

    assert moved.url == f"{at('plan_edit', plan)}#goal-{second.pk}"
    assert list(Goal.objects.values_list("key", flat=True)) == ["mal-2"]


@pytest.mark.parametrize("act", ["plan_move", "plan_remove"])
@pytest.mark.parametrize("row", HOSTILE)
def test_a_row_that_is_none_of_the_plans_is_not_found(login, controller, plan, act, row):
    assert login(controller).post(at(act, plan), {"row": row}).status_code == 404


def test_another_plans_row_is_not_moved(login, controller, plan, elsewhere):
    response = login(controller).post(at("plan_remove", plan), {"row": f"goal-{elsewhere.pk}"})

    assert response.status_code == 404
    assert Goal.objects.filter(pk=elsewhere.pk).exists()


def test_what_is_in_use_is_not_removed_and_says_why(login, controller, plan, goal):
    response = login(controller).post(
        at("plan_remove", plan), {"row": f"area-{goal.focus_area_id}"}
    )

    assert response.status_code == 409
    assert "mål eller uppdrag hör dit" in response.content.decode()


def test_a_closed_year_says_who_closed_it(login, controller, plan, goal, period):
    state = ground.make_round_state(period, plan.body, RoundStateName.APPROVED)
    state.changed_by, state.changed_on = "Karin Lund", period.ends_on
    state.save()
    client = login(controller)

    page = client.get(at("plan_edit", plan)).content.decode()
    refused = client.post(at("plan_area_add", plan), {"name": "Nytt"})

    assert "Låst: godkänd 2025-12-31 av Karin Lund." in page
    assert "Ta bort" not in page
    assert refused.status_code == 409
    assert "Planen för 2025 är stängd" in refused.content.decode()


def test_the_next_year_is_opened_from_the_page_once(login, controller, plan, goal):
    client = login(controller)
    url = at("plan_open_next", plan)
    page = client.get(url).content.decode()
    chosen = {"goal": [goal.pk, "x", "0", "9" * 30], "place": "", "activity": "-1"}

    opened = client.post(url, chosen)
    again = client.post(url, chosen)

    assert f'name="goal" value="{goal.pk}" checked' in page
    new = plan._meta.model.objects.get(year=2026)
    assert opened.url == at("plan_edit", new)
    assert new.goals.get().continues == goal
    assert again.status_code == 409
    assert "Året är redan öppnat" in client.get(url).content.decode()


def test_every_form_carries_its_token(login, controller, plan, goal, org):
    """A token is easily lost on the way through nested includes; the test client asks for none."""
    make_place(plan, make_indicator(org), goal=make_goal(plan, "under", parent=goal))
    Activity.objects.create(plan=plan, other_plan="Annan", key="a", name="Öva", position=1)

    page = login(controller).get(at("plan_edit", plan)).content.decode()

    forms = page.split("<main")[1].split("<form")[1:]
    assert len(forms) == 5
    assert all('name="csrfmiddlewaretoken"' in form.split("</form>")[0] for form in forms)
