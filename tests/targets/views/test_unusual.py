"""*Ovanligt värde*: saved at once, marked until somebody says that it is right, and counted."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from figures.rules.unusual import is_unusual
from governance.models import AuditEntry
from targets.models import Outcome
from targets.outcomes.actions.loading import lost_by
from tests.targets.views.swap import cell, element, sent, swapped, tidy

HX = {"HX-Request": "true"}
COMMON = {"spans": Decimal(2), "factor": Decimal(10)}


@pytest.mark.parametrize(
    ("number", "earlier", "is_so"),
    [
        ("161.295", ["166506"], True),
        ("1665060", ["166506"], True),
        ("161295", ["166506"], False),
        ("0", ["166506"], False),
        ("5", ["0"], False),
        ("-170000", ["166506"], False),
        ("7", [], False),
        ("7.1", ["7", "7"], False),
        ("7.1", ["7", "7", "7"], False),
        ("8", ["7", "6.5", "6.8"], False),
        ("8.1", ["7", "6.5", "6.8"], True),
        ("5.9", ["7", "6.5", "6.8"], True),
    ],
)
def test_unusual_is_twice_the_span_or_a_factor_ten(number, earlier, is_so):
    assert is_unusual(Decimal(number), list(map(Decimal, earlier)), **COMMON) is is_so
    assert not is_unusual(Decimal(number), list(map(Decimal, earlier)), spans=None, factor=None)


@pytest.fixture
def url(round_state, before):
    return reverse("targets:entry_grid", args=[round_state.pk])


def text(response):
    return response.content.decode()


def outcome():
    return Outcome.objects.get(period__key="helar-2025")


def test_unusual_value_is_saved_marked_and_confirmed_with_one_click(login, controller, url, row):
    client = login(controller)
    page = text(client.get(url))

    answer = client.post(url, sent(row, "value", "75,3"), headers=HX)

    assert (answer.status_code, outcome().number) == (200, Decimal("75.3"))
    page = swapped(page, text(answer))
    assert cell(page, f"error-{row}.value").startswith("Ovanligt värde: tidigare var det 7,53.")
    assert cell(page, "submit-unusual") == "1 ovanligt värde är inte bekräftat."
    assert tidy(page) == tidy(text(client.get(url)))

    said = sent(row, "value", "75,3", was="75,3") | {f"confirm-{row}.value": "1"}
    answer = client.post(url, said, headers=HX)

    assert (answer.status_code, outcome().is_confirmed) == (200, True)
    page = swapped(page, text(answer))
    assert "Ovanligt" not in element(page, f"error-{row}.value")
    assert " hidden" in element(page, "submit-unusual")
    assert tidy(page) == tidy(text(client.get(url)))
    assert AuditEntry.objects.filter(field="is_confirmed", new="Ja").count() == 1
    assert client.post(url, said, headers=HX).status_code == 200
    assert AuditEntry.objects.filter(field="is_confirmed").count() == 1


def test_another_value_is_confirmed_anew_and_a_usual_one_is_not_asked(login, controller, url, row):
    client = login(controller)
    client.post(url, sent(row, "value", "75,3"), headers=HX)
    client.post(
        url, sent(row, "value", "75,3", was="75,3") | {f"confirm-{row}.value": "1"}, headers=HX
    )

    client.post(url, sent(row, "value", "76", was="75,3"), headers=HX)

    assert outcome().is_confirmed is False
    assert "Ovanligt" in text(client.get(url))
    client.post(
        url, sent(row, "value", "7,4", was="76") | {f"confirm-{row}.value": "1"}, headers=HX
    )
    assert (outcome().number, outcome().is_confirmed) == (Decimal("7.4"), False)
    assert "Ovanligt" not in text(client.get(url))


def test_without_script_the_button_confirms_and_enter_does_not(login, controller, url, row):
    client = login(controller)
    client.post(url, sent(row, "value", "75,3"), headers=HX)
    page = text(client.get(url))
    form = page[page.index("data-grid ") :]
    assert form.index('type="submit" hidden') < form.index(f'name="confirm-{row}.value"')

    plain = sent(row, "value", "75,3", was="75,3") | {f"waskind-{row}.value": "number"}
    client.post(url, plain)
    assert outcome().is_confirmed is False
    client.post(url, plain | {f"confirm-{row}.value": "1"})
    assert outcome().is_confirmed is True


def test_what_is_unusual_is_the_indicators(login, controller, url, row, indicator):
    indicator.unusual_factor = None
    indicator.save()
    client = login(controller)

    client.post(url, sent(row, "value", "75,3"), headers=HX)

    assert "Ovanligt" not in text(client.get(url))


def test_reader_is_asked_nothing(login, controller, reader, url, row):
    login(controller).post(url, sent(row, "value", "75,3"), headers=HX)

    assert "Ovanligt" not in text(login(reader).get(url))


def test_unusual_value_is_told_and_confirmed_on_its_own_page(login, controller, reader, url, row):
    client = login(controller)
    client.post(url, sent(row, "value", "75,3"), headers=HX)
    own = reverse("targets:outcome_detail", args=[outcome().pk])

    page = text(client.get(own))
    assert "Utfall 75,3: Ovanligt värde: tidigare var det 7,53." in page
    assert "Ovanligt" not in text(login(reader).get(own))

    fields = re.findall(r'name="((?:value|was|confirm)-[^"]+)" value="([^"]*)"', page)
    assert login(controller).post(url, dict(fields)).status_code == 302
    assert outcome().is_confirmed is True
    assert "tidigare var det" not in text(client.get(own))


def test_unusual_forecast_is_marked_and_confirmed(login, controller, url, row, period):
    period.name, period.ends_on = "Delår 2 2025", date(2025, 8, 31)
    period.save()
    client = login(controller)

    answer = client.post(url, sent(row, "forecast", "75,3"), headers=HX)
    assert "Ovanligt värde: tidigare var det 7,53." in cell(text(answer), f"error-{row}.forecast")

    said = sent(row, "forecast", "75,3", 1, was="75,3") | {f"confirm-{row}.forecast": "1"}
    answer = client.post(url, said, headers=HX)

    assert "Ovanligt" not in text(answer)
    assert outcome().forecast_is_confirmed is True
    entry = AuditEntry.objects.get(field="forecast_is_confirmed")
    assert (entry.old, entry.new) == ("Nej", "Ja")
    client.post(url, sent(row, "forecast", "76", 2, was="75,3"), headers=HX)
    assert outcome().forecast_is_confirmed is False
    assert AuditEntry.objects.filter(field="forecast_is_confirmed").count() == 1
    old = AuditEntry.objects.filter(field="forecast_number").latest("id")
    Outcome.objects.update(forecast_is_confirmed=True)
    back = reverse("targets:outcome_restore", args=[outcome().pk])
    client.post(back, {"entry": old.pk, "version": outcome().version})
    assert (outcome().forecast_number, outcome().forecast_is_confirmed) == (Decimal("75.3"), False)
    assert lost_by(outcome(), {"forecast_number": Decimal(7)}) == {"forecast_is_confirmed": False}
