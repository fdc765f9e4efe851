import pytest
from django.urls import reverse

from governance.enums import BodyKind, Role
from targets.enums import IndicatorKind
from tests.factories import make_body, make_mandate, make_user
from tests.targets import factories


@pytest.fixture
def url(committee):
    return reverse("targets:indicator_list", args=[committee.pk])


def names(response):
    return [row.name for row in response.context["page"].rows]


def test_own_and_shared_indicators_stand_with_their_place_this_year(
    login, controller, url, org, committee, other_committee
):
    plan = factories.make_plan(committee, 2026)
    own = factories.make_indicator(org, "egen", body=committee)
    factories.make_indicator(org, "gemensam")
    factories.make_indicator(org, "annans", body=other_committee)
    factories.make_place(plan, own, target="högst 7,0 %")

    response = login(controller).get(url)

    rows = response.context["page"].rows
    assert [(row.name, row.is_shared, row.is_planned, row.target_text) for row in rows] == [
        ("Indikatorn egen", False, True, "högst 7,0 %"),
        ("Indikatorn gemensam", True, False, ""),
    ]
    page = response.content.decode()
    assert "Medarbetare" in page
    assert "Hela regionen" in page
    assert "annans" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ÅTERBESÖK"}, ["Återbesök"]),
        ({"q": "28"}, ["Återbesök"]),
        ({"q": "inget sådant"}, []),
        ({"slag": "key_figure"}, ["Indikatorn sjuk"]),
        ({"slag": "<script>"}, ["Indikatorn sjuk", "Återbesök"]),
        ({"plan": "i"}, ["Indikatorn sjuk"]),
        ({"plan": "utanfor"}, ["Återbesök"]),
    ],
)
def test_list_is_searched_and_filtered(login, controller, url, org, committee, query, found):
    visits = factories.make_indicator(org, "aterbesok")
    visits.name, visits.number = "Återbesök", "28"
    visits.save()
    sick = factories.make_indicator(org, "sjuk")
    sick.kind = IndicatorKind.KEY_FIGURE
    sick.save()
    factories.make_place(factories.make_plan(committee, 2026), sick)

    response = login(controller).get(url, query)

    assert names(response) == found


def test_fragment_is_the_rows_of_the_page(login, controller, url, org):
    factories.make_indicator(org)
    client = login(controller)

    whole = client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="rows"')
    assert part.strip() in whole


@pytest.mark.parametrize("item_count", [1, 30])
def test_queries_do_not_grow(
    login, controller, url, org, committee, item_count, django_assert_num_queries
):
    plan = factories.make_plan(committee, 2026)
    for number in range(item_count):
        indicator = factories.make_indicator(org, f"indikator-{number}")
        factories.make_place(plan, indicator, target="högst 7 %")
    client = login(controller)

    with django_assert_num_queries(9):
        response = client.get(url)

    assert len(names(response)) == item_count


def test_anonymous_goes_to_the_login_page(client, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("actor", ["head", "chair", "reader"])
def test_the_committees_own_people_read(login, request, url, actor):
    response = login(request.getfixturevalue(actor)).get(url)

    assert response.status_code == 200
    assert not response.context["page"].may_add


@pytest.mark.parametrize(
    "actor", ["outsider", "stranger", "case_officer", "member", "administrator"]
)
def test_nobody_else_knows_of_it(login, request, url, actor):
    assert login(request.getfixturevalue(actor)).get(url).status_code == 404


def test_case_officer_sees_the_shared_ones_at_the_board_and_no_plan(
    login, case_officer, org, board, committee
):
    factories.make_indicator(org, "egen", body=committee)
    factories.make_place(
        factories.make_plan(board, 2026), factories.make_indicator(org, "gemensam")
    )

    response = login(case_officer).get(reverse("targets:indicator_list", args=[board.pk]))

    assert names(response) == ["Indikatorn gemensam"]
    assert "I planen" not in response.content.decode()
    assert response.context["page"].may_add


def test_unknown_body_is_not_found(login, controller, other_org):
    foreign = make_body(other_org, "foreign", kind=BodyKind.OPERATIONS)
    client = login(controller)

    for pk in (foreign.pk, 10**9):
        assert client.get(reverse("targets:indicator_list", args=[pk])).status_code == 404


def test_index_leads_to_ones_own_list(login, controller, case_officer, committee, board, url):
    index = reverse("targets:indicator_index")

    assert login(controller).get(index).url == url
    assert login(case_officer).get(index).url == reverse("targets:indicator_list", args=[board.pk])


def test_index_is_not_found_without_a_list(login, member, client):
    index = reverse("targets:indicator_index")

    assert login(member).get(index).status_code == 404
    assert client.get(index).status_code == 302


def test_reader_of_two_bodies_is_led_on(login, controller, url, other_committee):
    make_mandate(controller.person, other_committee, Role.READER)

    other = reverse("targets:indicator_list", args=[other_committee.pk])
    assert other in login(controller).get(url).content.decode()


def test_controller_of_the_board_has_its_own_list(login, org, board):
    plan = factories.make_plan(board, 2026)
    factories.make_place(plan, factories.make_indicator(org, "egen", body=board))
    factories.make_indicator(org, "gemensam")
    client = login(make_user(org, "board-controller", roles={Role.CONTROLLER: board}))

    response = client.get(reverse("targets:indicator_list", args=[board.pk]))

    rows = response.context["page"].rows
    assert [(row.name, row.is_planned) for row in rows] == [
        ("Indikatorn egen", True),
        ("Indikatorn gemensam", False),
    ]
    added = client.get(reverse("targets:indicator_add", args=[board.pk]))
    assert "Ny gemensam indikator" not in added.content.decode()


def test_the_latest_plan_counts_until_the_next_is_opened(login, controller, url, org, committee):
    factories.make_place(factories.make_plan(committee, 2025), factories.make_indicator(org))
    factories.make_plan(committee, 2027)

    response = login(controller).get(url)

    assert (response.context["page"].year, response.context["page"].rows[0].is_planned) == (
        2025,
        True,
    )
