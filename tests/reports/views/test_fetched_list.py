import html
import re

import pytest
from django.urls import reverse

from targets.models import Outcome
from tests.economy.factories import make_amount, make_line
from tests.targets.factories import make_indicator, make_place, make_plan


@pytest.fixture
def money(org, committee):
    indicator = make_indicator(org, "budgetavvikelse", unit="mnkr")
    make_place(make_plan(committee), indicator)
    return indicator


@pytest.fixture
def amount(committee, period):
    return make_amount(make_line(committee, "budgetavvikelse"), period, "16437512.00")


@pytest.fixture
def url(round_state):
    return reverse("reports:fetched_list", args=[round_state.pk])


def text_of(response):
    return html.unescape(response.content.decode())


def fields(page):
    """The hidden fields of the last form."""
    return dict(
        re.findall(r'type="hidden" name="(indicator|source|version)" value="([^"]*)"', page)
    )


def test_anonymous_is_sent_to_login(client, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("head", 200, 403),
        ("reader", 200, 403),
        ("case_officer", 404, 404),
        ("outsider", 404, 404),
        ("stranger", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_may_read_and_fetch(request, login, money, amount, url, who, read, write):
    client = login(request.getfixturevalue(who))

    assert client.get(url).status_code == read
    sent = {"indicator": money.key, "source": f"e{amount.pk}", "version": 0}
    assert client.post(url, sent).status_code == write


def test_value_is_shown_before_it_is_fetched(login, controller, money, amount, url):
    client = login(controller)

    page = text_of(client.get(url, {"indicator": money.key, "source": f"e{amount.pk}"}))
    assert "får värdet <strong>16,4 mnkr</strong>" in page
    assert not Outcome.objects.exists()

    answer = client.post(url, fields(page), follow=True)

    assert "Hämtat 16,4 mnkr från Ekonomi" in text_of(answer)
    assert "Lika" in text_of(answer)
    assert Outcome.objects.get().origin_id == amount.pk


def test_changed_origin_is_told_and_fetched_again(login, controller, money, amount, url):
    client = login(controller)
    client.post(url, {"indicator": money.key, "source": f"e{amount.pk}", "version": 0})
    amount.value = 16_600_000
    amount.save()

    page = text_of(client.get(url))

    assert "Källan är ändrad" in page
    assert "16,6 mnkr" in page
    assert "Hämta igen" in page
    assert "Lika" in text_of(client.post(url, fields(page), follow=True))


def test_reader_sees_the_list_and_no_form(login, controller, reader, money, amount, url):
    login(controller).post(url, {"indicator": money.key, "source": f"e{amount.pk}", "version": 0})

    page = text_of(login(reader).get(url)).partition("<main")[2]

    assert "16,4 mnkr" in page
    assert "<form" not in page


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"indicator": "finns-inte", "source": "e1", "version": 0}, 422),
        ({"indicator": "budgetavvikelse", "source": "'; drop", "version": 0}, 422),
        ({"indicator": "budgetavvikelse", "source": "e1"}, 400),
        ({"indicator": "budgetavvikelse", "source": "e1", "version": "x"}, 400),
        ({}, 400),
    ],
)
def test_bad_input_writes_nothing(login, controller, money, amount, url, sent, status):
    assert login(controller).post(url, sent).status_code == status
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("query", ["?indicator=x&source=y", "?source=e1"])
def test_hostile_choices_are_told(login, controller, money, amount, url, query):
    answer = login(controller).get(url + query)

    assert answer.status_code == 200
    assert "Välj vad som får värdet och en källa." in text_of(answer)


def test_units_that_differ_are_told(login, controller, money, amount, url):
    money.unit_label = "%"
    money.save()

    answer = login(controller).get(url, {"indicator": money.key, "source": f"e{amount.pk}"})

    assert "Källan är i mnkr och indikatorn i %." in text_of(answer)


def test_nothing_to_fetch_is_told(login, controller, money, url):
    assert "Det finns inget att hämta" in text_of(login(controller).get(url))
