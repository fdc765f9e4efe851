import pytest
from django.urls import reverse

from economy.enums import Measure, SignStyle
from tests.economy.factories import make_amount, make_line, make_scope


@pytest.fixture
def url(committee, period, last_year):
    scope = make_scope(committee)
    turnover = make_line(committee, "omsattning", style=SignStyle.PLAIN)
    result = make_line(committee, "resultat", scope=scope)
    percent = make_line(committee, "procent", scope=scope, measure=Measure.PERCENT, decimals=2)
    make_amount(turnover, period, "867500000")
    make_amount(turnover, last_year, "833900000")
    make_amount(result, period, "1700000")
    make_amount(percent, period, "0.26", is_stated=True)
    return reverse("economy:overview", args=[committee.pk])


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
        ("registrar", 404),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_who_may_read(request, login, url, who, status):
    assert login(request.getfixturevalue(who)).get(url).status_code == status


def test_latest_period_stands_beside_the_year_before(login, controller, url):
    page = login(controller).get(url).content.decode()

    for text in ("867,5", "833,9", "+1,7", "+0,26", "(uppgivet)", "* Exklusive förrådsvaror"):
        assert text in page


def test_another_period_can_be_chosen_and_nonsense_is_the_latest(login, controller, url):
    browser = login(controller)

    earlier = browser.get(url, {"period": "helar-2024"}).content.decode()
    nonsense = browser.get(url, {"period": "'; --"}).content.decode()

    assert "867,5" not in earlier
    assert "833,9" in earlier
    assert "867,5" in nonsense


def test_body_without_amounts_says_what_will_be_here(login, outsider, other_committee):
    page = login(outsider).get(reverse("economy:overview", args=[other_committee.pk]))

    assert "Inga belopp ännu" in page.content.decode()
