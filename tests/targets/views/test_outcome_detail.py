import pytest
from django.urls import reverse

from governance.queries import root_unit
from targets.actions import record_outcome
from tests.factories import TODAY
from tests.targets.factories import make_outcome


@pytest.fixture
def outcome(indicator, committee, period, round_state, controller):
    for seen, text in enumerate(["6,94", "6,90"]):
        outcome = record_outcome(
            indicator=indicator,
            unit=root_unit(committee),
            period=period,
            text=text,
            seen=seen,
            by=controller,
            today=TODAY,
        )
    return outcome


@pytest.fixture
def url(outcome):
    return reverse("targets:outcome_detail", args=[outcome.pk])


def test_anonymous_is_sent_to_login(client, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("controller", 200),
        ("head", 200),
        ("reader", 200),
        ("case_officer", 404),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_who_may_read(request, login, url, who, status):
    assert login(request.getfixturevalue(who)).get(url).status_code == status


def test_history_says_who_when_from_and_to(login, controller, url):
    page = login(controller).get(url).content.decode()

    rows = page.partition("<tbody>")[2].split("</tr>")
    assert "6,90 %" in page
    assert ">6,94<" in rows[0]
    assert ">6,90<" in rows[0]
    assert "Controller" in rows[0]
    assert ">inget<" in rows[1]
    assert ">Värde<" in rows[0]


def test_loaded_value_has_no_changes(login, controller, indicator, committee, last_year):
    outcome = make_outcome(indicator, committee, last_year, "7.53")

    page = login(controller).get(reverse("targets:outcome_detail", args=[outcome.pk]))

    assert "Värdet har inte ändrats sedan det lästes in." in page.content.decode()
