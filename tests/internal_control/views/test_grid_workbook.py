"""The grid of results out to Excel and back: nothing changes by itself."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from governance.models import AuditEntry
from internal_control.models import CONTRADICTS, ControlResult
from tests.internal_control.factories import make_area, make_level, make_plan, make_result

FIRST = 4
PERFORMED, PASSED, COMMENT = "E", "F", "G"


@pytest.fixture
def level(org):
    return make_level(org, "God kontroll")


@pytest.fixture
def areas(committee, period, level):
    plan = make_plan(committee)
    full, empty = make_area(plan), make_area(plan, "omrade-2")
    result = make_result(full, period, level)
    result.performed, result.comment = True, "=1+1 är\nen kommentar"
    result.save()
    return full, empty


@pytest.fixture
def client(login, controller, areas):
    return login(controller)


def address(name, state):
    return reverse(f"internal_control:{name}", args=[state.pk])


def taken_out(client, state):
    book = load_workbook(BytesIO(client.get(address("grid_export", state)).content))
    return book, book["Internkontroll"]


def read_in(client, state, book):
    out = BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "internkontroll.xlsx"
    return client.post(address("grid_import", state), {"file": out})


def test_sheet_holds_words_that_are_read_back(client, round_state, areas):
    _book, sheet = taken_out(client, round_state)

    titles = [sheet[f"{letter}3"].value for letter in "CDEFG"]
    assert titles == [
        "Kontrollområde",
        "Enhet",
        "Helår 2025 Utförd",
        "Helår 2025 Resultat",
        "Helår 2025 Kommentar",
    ]
    row = [sheet[f"{letter}{FIRST}"].value for letter in (PERFORMED, PASSED, COMMENT)]
    assert row == ["Ja", "God kontroll", "=1+1 är\nen kommentar"]


def test_same_file_changes_nothing(client, round_state):
    book, _sheet = taken_out(client, round_state)

    found = read_in(client, round_state, book).context["found"]

    assert (found.changes, found.refused) == ((), ())


def test_what_was_changed_in_the_sheet_is_shown_and_then_saved(client, round_state, areas, org):
    flaws = make_level(org, "Brister")
    book, sheet = taken_out(client, round_state)
    sheet[f"{PASSED}{FIRST}"] = "brister"
    sheet[f"{PERFORMED}{FIRST + 1}"] = "Nej"

    found = read_in(client, round_state, book).context["found"]

    assert [(one.field, one.old, one.new) for one in found.changes] == [
        ("Helår 2025 Resultat", "God kontroll", "Brister"),
        ("Helår 2025 Utförd", "", "Nej"),
    ]
    assert AuditEntry.objects.count() == 0
    answer = client.post(address("entry_grid", round_state), {**found.fields, "alla": "1"})
    assert answer.status_code == 302
    results = ControlResult.objects.order_by("area_id")
    assert [(one.performed, one.level) for one in results] == [(True, flaws), (False, None)]


def test_word_that_is_no_option_is_refused_with_those_that_are(client, round_state):
    book, sheet = taken_out(client, round_state)
    sheet[f"{PERFORMED}{FIRST}"] = "kanske"

    found = read_in(client, round_state, book).context["found"]

    assert [one.reason for one in found.refused] == ["”kanske” går inte att välja. Skriv Ja, Nej."]


def test_contradiction_of_the_sheet_is_refused_when_it_is_saved(client, round_state, areas):
    book, sheet = taken_out(client, round_state)
    sheet[f"{PERFORMED}{FIRST}"] = "Nej"
    found = read_in(client, round_state, book).context["found"]

    answer = client.post(address("entry_grid", round_state), {**found.fields, "alla": "1"})

    assert answer.status_code == 422
    assert CONTRADICTS in answer.content.decode()
    assert ControlResult.objects.get().performed is True


@pytest.mark.parametrize(
    ("who", "out", "back"),
    [
        ("head", 200, 403),
        ("chair", 200, 403),
        ("reader", 200, 403),
        ("case_officer", 404, 404),
        ("outsider", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_who_may_take_it_out_and_read_it_in(request, login, round_state, areas, who, out, back):
    client = login(request.getfixturevalue(who))

    assert client.get(address("grid_export", round_state)).status_code == out
    assert client.get(address("grid_import", round_state)).status_code == back
