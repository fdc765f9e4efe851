from django.urls import reverse

from tests import factories
from tests.economy.factories import make_line

URL = "/rapportera/"


def test_anonymous_is_sent_to_login(client, db):
    assert client.get(URL).status_code == 302


def test_controller_sees_own_rounds_with_what_is_missing(login, controller, round_state):
    response = login(controller).get(URL)

    line = response.context["rounds"][0]
    assert (line.state, line.missing, line.is_mine, line.is_open) == (round_state, 0, True, True)


def test_outsider_sees_nothing_of_the_committee(
    login, outsider, committee, other_committee, round_state
):
    for body in (committee, other_committee):
        make_line(body)

    response = login(outsider).get(URL)

    assert response.context["rounds"] == []
    assert [source.body for source in response.context["sources"]] == ["DN Närsjukvård"]


def test_reader_sees_the_round_but_has_nothing_to_do(login, reader, round_state):
    client = login(reader)

    assert client.get(URL).context["rounds"][0].is_mine is False
    assert client.get(reverse("desk:todo")).context["todo"].count == 0


def test_controller_lands_on_the_round_to_fill_in(login, controller, round_state):
    todo = login(controller).get(reverse("desk:todo")).context["todo"]

    tasks = [
        (line.task.occasion, line.task.body, reverse(line.task.url_name, args=[line.task.pk]))
        for line in todo.later
    ]
    assert tasks == [
        ("Helår 2025", "DN Regionservice", reverse("targets:entry_grid", args=[round_state.pk]))
    ]


def test_locked_round_is_no_task(login, controller, period, committee):
    factories.make_round_state(period, committee, state="locked")

    assert login(controller).get(reverse("desk:todo")).context["todo"].count == 0
