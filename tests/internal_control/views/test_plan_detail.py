import pytest
from django.urls import reverse

from tests.factories import make_body
from tests.internal_control.factories import make_area, make_level, make_plan, make_result


@pytest.fixture
def url(org, committee, period):
    plan = make_plan(committee)
    make_result(make_area(plan, action="Ny rutin"), period, make_level(org))
    return reverse("internal_control:plan_detail", args=[plan.pk])


def test_anonymous_is_sent_to_login(client, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("controller", 200),
        ("head", 200),
        ("chair", 200),
        ("reader", 200),
        ("case_officer", 404),
        ("presiding", 404),
        ("registrar", 404),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_who_may_read(request, login, url, who, status):
    assert login(request.getfixturevalue(who)).get(url).status_code == status


def test_page_shows_area_question_result_and_action(login, controller, url):
    page = login(controller).get(url).content.decode()

    assert "Området omrade-1" in page
    assert "Sker utbetalningar på korrekta underlag?" in page
    assert "Utan anmärkning" in page
    assert "Ny rutin" in page


def test_empty_plan_says_what_will_be_here(login, controller, committee):
    plan = make_plan(committee, 2026)

    page = login(controller).get(reverse("internal_control:plan_detail", args=[plan.pk]))

    assert "Planen har inga kontrollområden" in page.content.decode()


def test_plan_of_another_committee_and_region_is_not_found(login, controller, org, other_org):
    for elsewhere in (make_body(org, "annan"), make_body(other_org, "annan")):
        plan = make_plan(elsewhere)

        response = login(controller).get(reverse("internal_control:plan_detail", args=[plan.pk]))

        assert response.status_code == 404
