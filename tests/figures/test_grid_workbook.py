"""The grid out to Excel and back: nothing changes by itself, and nothing before it is seen."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from documents.models import UploadTurn
from figures.enums import ValueKind
from governance.queries import root_unit
from rounds.enums import RoundStateName
from targets.models import Outcome
from tests.documents import hostile
from tests.targets.factories import make_indicator, make_outcome, make_place, make_plan, row_key

HEAD = 3
NAME, VALUE, KIND, COMMENT = "C", "G", "H", "I"
FIRST = HEAD + 1


@pytest.fixture
def plan(committee):
    return make_plan(committee)


@pytest.fixture
def sick_leave(org, plan, committee, period, round_state):
    """3,30 % with a comment; Excel keeps no final zeros."""
    indicator = make_indicator(org, "sjukfranvaro")
    make_place(plan, indicator, target="högst 7,0")
    outcome = make_outcome(indicator, committee, period, "3.30")
    outcome.comment = "=1+1 är\nen kommentar"
    outcome.save()
    return indicator


@pytest.fixture
def empty(org, plan, round_state):
    indicator = make_indicator(org, "hme", unit="index")
    make_place(plan, indicator)
    return indicator


@pytest.fixture
def client(login, controller):
    return login(controller)


def import_url(state) -> str:
    return reverse("targets:grid_import", args=[state.pk])


def taken_out(client, state):
    data = client.get(reverse("targets:grid_export", args=[state.pk])).content
    book = load_workbook(BytesIO(data))
    return book, book["Utfall"]


def read_in(client, state, book):
    out = BytesIO()
    book.save(out)
    return upload(client, state, out.getvalue())


def upload(client, state, data: bytes):
    file = BytesIO(data)
    file.name = "utfall.xlsx"
    return client.post(import_url(state), {"file": file})


def test_file_holds_the_grid_with_numbers_as_numbers(client, round_state, sick_leave, empty):
    _book, sheet = taken_out(client, round_state)

    assert sheet["A4"].value == row_key(sick_leave, round_state.body)
    assert [sheet.column_dimensions[letter].hidden for letter in "ABC"] == [True, True, False]
    assert (sheet[f"{VALUE}4"].value, sheet[f"{VALUE}4"].number_format) == (3.3, "#,##0.00")
    assert (sheet[f"{COMMENT}4"].value, sheet[f"{COMMENT}4"].data_type) == (
        "=1+1 är\nen kommentar",
        "s",
    )
    assert sheet[f"{VALUE}5"].value is None


def test_same_file_changes_nothing(
    client, round_state, sick_leave, empty, plan, org, committee, period
):
    for key, kind, text in (
        ("ord", ValueKind.TEXT, "Kartlagda"),
        ("olikhet", ValueKind.INEQUALITY, ">80 %"),
        ("dold", ValueKind.SUPPRESSED, ""),
        ("inte", ValueKind.NOT_APPLICABLE, ""),
    ):
        indicator = make_indicator(org, key)
        make_place(plan, indicator)
        Outcome.objects.create(
            indicator=indicator, unit=root_unit(committee), period=period, kind=kind, text=text
        )
    book, _sheet = taken_out(client, round_state)

    found = read_in(client, round_state, book).context["found"]

    assert (found.changes, found.refused) == ((), ())


def test_preview_writes_nothing_and_its_form_saves(client, round_state, sick_leave, empty):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"] = 6.94
    sheet[f"{VALUE}5"] = "2 577,2"
    sheet[f"{COMMENT}5"] = "Ny mätning"

    found = read_in(client, round_state, book).context["found"]

    assert [(one.field, one.is_new, one.old, one.new) for one in found.changes] == [
        ("Utfall", False, "3,30", "6,94"),
        ("Utfall", True, "", "2 577,2"),
        ("Kommentar", True, "", "Ny mätning"),
    ]
    assert Outcome.objects.get().number == Decimal("3.30")
    answer = client.post(reverse("targets:entry_grid", args=[round_state.pk]), found.fields)
    assert answer.status_code == 302
    assert Outcome.objects.get(indicator=sick_leave).number == Decimal("6.94")
    assert Outcome.objects.get(indicator=empty).comment == "Ny mätning"


@pytest.mark.parametrize(
    ("typed", "number_format", "new"),
    [
        (7, "#,##0.00", "7,00"),
        (7, "General", "7"),
        (6.945, "#,##0.00", "6,945"),
        (0.07, "0%", "7"),
        (0.0694, "0.00%", "6,94"),
        (0, "General", "0"),
        ("88,1 %", "General", "88,1 %"),
    ],
)
def test_number_is_read_as_the_cell_shows_it(
    typed, number_format, new, client, round_state, sick_leave
):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"] = typed
    sheet[f"{VALUE}4"].number_format = number_format

    (change,) = read_in(client, round_state, book).context["found"].changes

    assert change.new == new


@pytest.mark.parametrize(
    ("column", "typed", "reason"),
    [
        (VALUE, "ca 70", "”ca 70” är inte ett tal"),
        (VALUE, "=SUM(A1:A2)", "formel"),
        (VALUE, 107, "En andel ligger mellan 0 och 100 %"),
        (VALUE, 0.1234567, "högst sex decimaler"),
        (KIND, "Kanske", "”Kanske” är inget slag"),
        (KIND, "Ej tillämpligt", "välj Tal"),
        (KIND, "Text", "”3,30” är ett tal. Välj Tal i stället för Text."),
        (COMMENT, "x" * 30_000, "Skriv högst"),
    ],
)
def test_cell_that_cannot_be_taken_is_refused_with_its_reason(
    column, typed, reason, client, round_state, sick_leave
):
    book, sheet = taken_out(client, round_state)
    sheet[f"{column}4"] = typed

    found = read_in(client, round_state, book).context["found"]

    assert found.changes == ()
    assert [one.line for one in found.refused] == [FIRST]
    assert reason in found.refused[0].reason


def test_blank_is_chosen_by_its_kind(client, round_state, sick_leave):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"] = None
    sheet[f"{KIND}4"] = "Redovisas inte (liten grupp)"

    found = read_in(client, round_state, book).context["found"]
    client.post(reverse("targets:entry_grid", args=[round_state.pk]), found.fields)

    assert Outcome.objects.get().kind == ValueKind.SUPPRESSED


def test_value_changed_by_another_since_the_file_was_taken_out(
    client, round_state, sick_leave, committee, period
):
    book, sheet = taken_out(client, round_state)
    Outcome.objects.update(number=Decimal("5.5"), decimals=1, version=2)
    sheet[f"{VALUE}4"] = 6.94

    found = read_in(client, round_state, book).context["found"]

    assert [one.reason for one in found.refused] == [
        "Värdet har ändrats till 5,5 sedan filen hämtades."
    ]


def test_untouched_row_is_left_alone_when_another_has_changed_it(client, round_state, sick_leave):
    book, _sheet = taken_out(client, round_state)
    Outcome.objects.update(number=Decimal("5.5"), decimals=1, version=2)

    found = read_in(client, round_state, book).context["found"]

    assert (found.changes, found.refused) == ((), ())


def test_rows_may_be_sorted_and_left_out_but_not_added_or_doubled(
    client, round_state, sick_leave, empty
):
    book, sheet = taken_out(client, round_state)
    sheet["A5"] = row_key(sick_leave, round_state.body)
    sheet[f"{VALUE}5"] = 9
    sheet["A6"] = f"999999u{root_unit(round_state.body).pk}"
    sheet[f"{NAME}6"] = "En egen rad"
    sheet["A7"] = "'; DROP TABLE --"

    found = read_in(client, round_state, book).context["found"]

    assert found.changes == ()
    assert [(one.line, one.name) for one in found.refused] == [
        (5, sick_leave.name),
        (6, "En egen rad"),
        (7, ""),
    ]


def other_sheet() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active["A1"] = "Något annat"
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"PK\x03\x04 nonsense", other_sheet()],
    ids=["empty", "a PDF", "not a workbook", "another workbook"],
)
def test_wrong_file_is_refused(data, client, round_state, sick_leave):
    response = upload(client, round_state, data)

    assert response.status_code == 422
    assert Outcome.objects.get().number == Decimal("3.30")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (hostile.zip_bomb, "för stor när den packas upp"),
        (hostile.entities, "inte ett ark som är hämtat här"),
        (hostile.merged, "en annan period eller nämnd"),
        (hostile.wide_rows, "innehåller för mycket"),
    ],
)
def test_hostile_file_is_refused_in_words(make, reason, client, round_state, sick_leave):
    response = upload(client, round_state, make())

    assert response.status_code == 422
    assert reason in response.text


def test_second_file_while_the_first_is_read_waits(client, controller, round_state, sick_leave):
    UploadTurn.objects.create(
        person=controller.person, held_until=timezone.now() + timedelta(seconds=9)
    )

    response = upload(client, round_state, other_sheet())

    assert response.status_code == 429
    assert "En fil från dig läses redan" in response.text


def test_file_of_another_period_is_refused(client, round_state, sick_leave):
    book, sheet = taken_out(client, round_state)
    sheet["A3"] = f"uppsikt/utfall/2 {round_state.pk + 1}"

    response = read_in(client, round_state, book)

    assert response.status_code == 422
    assert "en annan period eller nämnd" in response.text


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (lambda sheet: sheet.merge_cells("I4:I5"), "sammanfogade celler"),
        (lambda sheet: sheet.delete_cols(10), "Kolumnerna är ändrade"),
        (lambda sheet: sheet.cell(6000, 1, "x"), "Högst 5000 läses"),
    ],
)
def test_sheet_that_is_not_as_it_was_is_refused(
    break_it, reason, client, round_state, sick_leave, empty
):
    book, sheet = taken_out(client, round_state)
    break_it(sheet)

    response = read_in(client, round_state, book)

    assert response.status_code == 422
    assert reason in response.text


def test_locked_period_goes_out_but_not_in(client, round_state, sick_leave):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"] = 6.94
    round_state.state = RoundStateName.SUBMITTED
    round_state.save()

    assert client.get(reverse("targets:grid_export", args=[round_state.pk])).status_code == 200
    response = read_in(client, round_state, book)
    assert response.status_code == 422
    assert response.context["found"] is None


@pytest.mark.parametrize(
    ("actor", "out", "into"),
    [
        ("controller", 200, 200),
        ("head", 200, 403),
        ("chair", 200, 403),
        ("reader", 200, 403),
        ("member", 404, 404),
        ("outsider", 404, 404),
        ("stranger", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_takes_out_and_reads_in(actor, out, into, request, login, round_state):
    client = login(request.getfixturevalue(actor))

    export = client.get(reverse("targets:grid_export", args=[round_state.pk])).status_code
    assert (export, client.get(import_url(round_state)).status_code) == (out, into)
