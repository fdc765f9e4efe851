from datetime import date

import pytest
from django.urls import reverse

from governance.enums import Role
from targets.enums import AssignmentStatus, Attainment, Giver, Nature
from targets.models import Activity, AssignmentReport, Judgement
from tests.factories import make_body, make_mandate, make_period, make_user
from tests.targets.factories import (
    make_area,
    make_goal,
    make_indicator,
    make_outcome,
    make_place,
    make_plan,
)


@pytest.fixture
def plan(org, committee):
    plan = make_plan(committee, 2025)
    area = make_area(plan)
    goal = make_goal(plan, "mal-1", area=area)
    make_place(plan, make_indicator(org, "matsvinn"), goal=goal, target="högst 7,0 %")
    make_goal(plan, "mal-2", area=area)
    return plan


@pytest.fixture
def assignment(plan):
    upper = plan.goals.get(key="mal-2")
    goal = make_goal(plan, "uppdrag", parent=plan.goals.get(key="mal-1"), nature=Nature.ASSIGNMENT)
    goal.number, goal.giver, goal.is_multi_year = "28", Giver.COUNCIL, True
    goal.due_on = date(2025, 11, 30)
    goal.save()
    goal.contributes_to.add(upper)
    return goal


@pytest.fixture
def url(plan):
    return reverse("targets:plan_detail", args=[plan.pk])


def test_anonymous_is_sent_to_login(client, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("controller", 200),
        ("chair", 200),
        ("reader", 200),
        ("case_officer", 404),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_who_may_read(request, login, url, who, status):
    assert login(request.getfixturevalue(who)).get(url).status_code == status


def test_the_chain_stands_with_what_is_known_of_each(login, reader, url, assignment):
    page = login(reader).get(url).content.decode()

    assert "2 mål · 1 uppdrag · 1 indikator" in page
    for words in (
        "Nr 28. Målet uppdrag",
        "Uppdrag · Regionfullmäktige · flerårigt",
        "klart senast 2025-11-30",
        "Bidrar till Målet mal-2",
        "Indikatorn matsvinn",
        "mål högst 7,0 %",
    ):
        assert words in page
    assert "Redigera planen" not in page


def test_statuses_stand_at_the_period_asked_for(
    login, controller, url, assignment, period, last_year, round_state, plan
):
    AssignmentReport.objects.create(
        goal=assignment, period=period, status=AssignmentStatus.DONE, comment="Klart i maj."
    )
    Judgement.objects.create(
        goal=plan.goals.get(key="mal-2"), period=period, result=Attainment.PARTLY
    )
    make_outcome(plan.planned_indicators.get().indicator, plan.body, period, "6.94")
    Activity.objects.create(plan=plan, other_plan="Arbetsmiljöplan", key="a", name="A", position=1)

    page = login(controller).get(f"{url}?period={period.pk}").content.decode()

    for words in ("Klart i maj.", "Genomfört", "Har delvis uppnåtts", "6,94 %", "Arbetsmiljöplan"):
        assert words in page


@pytest.mark.parametrize("asked", ["0", "-1", "ett", "9" * 40, "٣", "1 OR 1=1"])
def test_a_period_that_is_none_is_not_found(login, controller, url, round_state, asked):
    assert login(controller).get(url, {"period": asked}).status_code == 404


def test_another_regions_period_is_not_found(login, controller, url, round_state, other_org):
    theirs = make_period(other_org, 2025)

    assert login(controller).get(url, {"period": theirs.pk}).status_code == 404


def test_a_member_reads_the_plan_and_nothing_reported(
    login, org, committee, url, assignment, period, round_state
):
    AssignmentReport.objects.create(
        goal=assignment, period=period, status=AssignmentStatus.DONE, comment="Klart i maj."
    )
    user = make_user(org, "ledamot")
    make_mandate(user.person, committee, Role.MEMBER)

    page = login(user).get(url).content.decode()

    assert "Nr 28. Målet uppdrag" in page
    assert "Klart i maj." not in page
    assert "Läget vid" not in page
    assert login(user).get(url, {"period": period.pk}).status_code == 404


def test_the_fragment_is_the_page_at_the_other_period(login, controller, url, round_state, period):
    client = login(controller)

    fragment = client.get(f"{url}?period={period.pk}", headers={"HX-Request": "true"})
    page = client.get(f"{url}?period={period.pk}").content.decode()

    assert fragment.content.decode().strip() in page
    assert fragment.headers["Vary"].count("HX-Request") == 1


def test_empty_plan_says_what_will_be_here(login, controller, chair, committee):
    plan = make_plan(committee, 2027)
    url = reverse("targets:plan_detail", args=[plan.pk])

    assert "Redigera planen" in login(controller).get(url).content.decode()
    page = login(chair).get(url).content.decode()
    assert "Planen är tom" in page
    assert "Redigera planen" not in page


def test_plan_of_another_committee_is_not_found(login, controller, org, other_org):
    for elsewhere in (make_body(org, "annan"), make_body(other_org, "annan")):
        plan = make_plan(elsewhere, 2026)

        response = login(controller).get(reverse("targets:plan_detail", args=[plan.pk]))

        assert response.status_code == 404
