import pytest
from django.urls import reverse

from tests.factories import make_body
from tests.targets.factories import make_area, make_goal, make_indicator, make_place, make_plan


@pytest.fixture
def plan(org, committee):
    plan = make_plan(committee, 2026)
    area = make_area(plan)
    goal = make_goal(plan, "mal-1", area=area)
    make_place(plan, make_indicator(org, "matsvinn"), goal=goal)
    make_goal(plan, "mal-2", area=area)
    return plan


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
        ("case_officer", 404),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_who_may_read(request, login, url, who, status):
    assert login(request.getfixturevalue(who)).get(url).status_code == status


def test_goals_stand_with_names_and_without_outcomes(login, controller, url):
    page = login(controller).get(url).content.decode()

    assert "1 fokusområden" not in page
    assert "1 fokusområde · 2 mål · 1 målindikator" in page
    assert "Indikatorn matsvinn" in page
    assert "Målet har ingen målindikator." in page


def test_empty_plan_says_what_will_be_here(login, controller, committee):
    plan = make_plan(committee, 2027)

    page = login(controller).get(reverse("targets:plan_detail", args=[plan.pk])).content.decode()

    assert "Planen är tom" in page


def test_plan_of_another_committee_is_not_found(login, controller, org, other_org):
    for elsewhere in (make_body(org, "annan"), make_body(other_org, "annan")):
        plan = make_plan(elsewhere, 2026)

        response = login(controller).get(reverse("targets:plan_detail", args=[plan.pk]))

        assert response.status_code == 404
