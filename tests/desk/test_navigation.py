from django.urls import resolve, reverse

from desk.navigation import menu
from tests import factories


def test_menu_marks_where_one_is(login, controller):
    response = login(controller).get(reverse("desk:todo"))

    first = response.context["nav"][0]
    assert (first.label, first.current) == ("Att göra", "page")
    assert response.context["org_name"] == "Region Test"
    assert response.context["user_role"] == "Controller, DN Regionservice"
    assert response.context["demo_today"] is True


def test_administrator_has_a_menu_without_content(login, administrator):
    response = login(administrator).get(reverse("desk:todo"))

    assert [item.label for item in response.context["nav"]] == ["Att göra", "Kontrollera utdrag"]
    assert response.context["user_role"] == "Systemadministratör"
    assert "systemadministratör" in response.content.decode()


def test_anonymous_reader_has_no_menu(client, db):
    response = client.get(reverse("governance:accessibility"))

    assert response.context["nav"] == []
    assert response.context["user_name"] == ""


def test_menu_costs_nothing_beside_session_and_user(login, controller, django_assert_num_queries):
    client = login(controller)

    with django_assert_num_queries(2):
        client.get(reverse("governance:accessibility"))


def test_entry_grid_leads_to_excel_and_the_fetched_values(login, reader, round_state):
    response = login(reader).get(reverse("targets:entry_grid", args=[round_state.pk]))

    page = response.context["page"]
    assert page.addresses.export == reverse("targets:grid_export", args=[round_state.pk])
    assert page.addresses.import_ == ""
    assert [(item.label, item.url) for item in page.beside] == [
        ("Hämtade värden", reverse("reports:fetched_list", args=[round_state.pk])),
    ]


def test_a_version_lies_under_reports_for_who_has_them(controller, case_officer):
    """Under the dialogues for the board's own, who come to it from there."""
    match = resolve("/underlag/version/1/")

    def current(user):
        return [item.label for item in menu(user, factories.TODAY, match) if item.current]

    assert current(controller) == ["Rapporter"]
    assert current(case_officer) == ["Nämndsdialoger"]
