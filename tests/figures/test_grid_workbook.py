"""The grid out to Excel and back: nothing changes by itself, and nothing before it is seen."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from documents.models import UploadTurn
from figures.enums import CHOICES, ValueKind
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
        ("Utfall", True, "", "2\xa0577,2"),
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
        ("88,1 %", "General", "88,1"),
        ("5.9", "General", "5,9"),
        (57.699999999999996, "General", "57,7"),
        (57.699999999999996, "0.00", "57,70"),
        ("5,7 procent", "General", "5,7"),
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
        (VALUE, "=SUM(A1:A2)", "formel utan uträknat värde"),
        (VALUE, "5 kr", "är skrivet i kr, men raden mäts i %"),
        (VALUE, 107, "En andel ligger mellan 0 och 100 %"),
        (VALUE, 0.1234567, "högst sex decimaler"),
        (KIND, "Kanske", "”Kanske” är inget slag"),
        (KIND, "Ej tillämpligt", "välj ett annat slag"),
        (KIND, "Text", "”3,30” är ett tal. Välj ”Tal eller olikhet” i stället för ”Text”."),
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


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "tom"),
        (b"%PDF-1.7", "Filen är en PDF"),
        (b"PK\x03\x04 nonsense", "Filen är skadad"),
        (hostile.plain_workbook()[:-400], "Filen är skadad"),
        (hostile.entities(), "Filen är skadad"),
        (OLE + b"\0" * 600, "äldre slag (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "skyddat med lösenord"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "slaget ods"),
        (zipped(word__document=b"<w/>"), "inget Excelark"),
        (zipped(**{"xl__workbook.bin": b""}), "slaget xlsb"),
        ("Rad;Utfall\n1;5,9\n".encode("cp1252"), "textfil (csv)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "inget Excelark"),
        (other_sheet(), "inte ett ark som är hämtat här"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_files_are_told_apart(data, told, client, round_state, sick_leave):
    response = upload(client, round_state, data)

    assert response.status_code == 422
    assert told in response.text
    assert "Det gick inte att spara" not in response.text
    assert Outcome.objects.get().number == Decimal("3.30")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (hostile.zip_bomb, "för stor när den packas upp"),
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
        (lambda sheet: sheet.delete_rows(1, 3), "rubrikrad är borttagen"),
        (lambda sheet: sheet.delete_cols(7, 20), "Arket saknar kolumnen Utfall"),
        (
            lambda sheet: sheet.__setitem__("A3", "uppsikt/ekonomi/2 1"),
            "en annan del av rapporteringen",
        ),
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


def saved_from(client, state, found, **answers):
    """The receipt after the preview's form, with what the preview asks about answered."""
    sent = {**found.fields, "left": [f"{one.name}: {one.reason}" for one in found.refused]}
    for change in found.asked:
        sent[f"value-{change.key}"] = answers.get("answer", change.left)
    return client.post(import_url(state), sent)


def test_row_needs_only_its_key_and_what_changes(client, round_state, sick_leave, empty):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"], sheet[f"{VALUE}5"] = 6.94, None
    sheet.delete_cols(8, 10)
    sheet.delete_cols(2, 5)
    sheet.delete_rows(1, 2)

    found = read_in(client, round_state, book).context["found"]

    (change,) = found.changes
    assert (change.new, change.note) == ("6,94", "Filen säger inte vad som stod när den hämtades.")
    assert (found.refused, found.unread) == ((), ("Kommentar",))
    saved_from(client, round_state, found)
    outcome = Outcome.objects.get(indicator=sick_leave)
    assert (outcome.number, outcome.comment) == (Decimal("6.94"), "=1+1 är\nen kommentar")


def test_hidden_column_that_became_numbers_is_no_conflict(client, round_state, sick_leave):
    book, sheet = taken_out(client, round_state)
    sheet["B4"], sheet[f"{VALUE}4"] = 4711, 6.94

    found = read_in(client, round_state, book).context["found"]

    assert [change.new for change in found.changes] == ["6,94"]


def rewritten(book, cell: bytes) -> bytes:
    """The workbook with the first value's cell as no library would write it."""
    out, made, sheet = BytesIO(), BytesIO(), "xl/worksheets/sheet1.xml"
    book.save(out)
    with ZipFile(out) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            stood = rb'(<c r="G4"[^>]*?)(?: t="n")?><v>[^<]*</v>'
            part = old.read(name)
            new.writestr(name, re.sub(stood, cell, part) if name == sheet else part)
    return made.getvalue()


def test_value_of_a_formula_is_taken_and_said(client, round_state, sick_leave, empty):
    book, _sheet = taken_out(client, round_state)
    data = rewritten(book, rb"\1><f>1.4+4.5</f><v>5.9</v>")

    found = upload(client, round_state, data).context["found"]

    (change,) = found.changes
    assert (change.new, change.note) == ("5,90", "Uträknat av en formel i filen.")


def test_per_cent_into_a_row_without_unit_and_a_stored_fraction_are_told(
    client, round_state, sick_leave, empty
):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}5"] = "85,8 %"
    data = rewritten(book, rb"\1><v>57.699999999999996</v>")

    found = upload(client, round_state, data).context["found"]

    assert [(one.typed, one.new, one.note) for one in found.changes] == [
        ("57.699999999999996", "57,70", "Räknat med femton siffror, som i Excel."),
        ("85,8 %", "85,8", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "words", "answer", "stored"),
    [
        ("1.234", ["1,234", "1\xa0234"], "1 234", (ValueKind.NUMBER, Decimal(1234))),
        (
            "–",
            ["Utfall saknas", "Ej tillämpligt", "Redovisas inte (liten grupp)", "Noll"],
            "Ej tillämpligt",
            (ValueKind.NOT_APPLICABLE, None),
        ),
        (
            "–",
            ["Utfall saknas", "Ej tillämpligt", "Redovisas inte (liten grupp)", "Noll"],
            "0",
            (ValueKind.NUMBER, Decimal(0)),
        ),
        (
            "i.u.",
            ["Utfall saknas", "Ej tillämpligt", "Redovisas inte (liten grupp)", "Noll"],
            None,
            None,
        ),
    ],
)
def test_preview_asks_what_a_sign_means(
    typed, words, answer, stored, client, round_state, sick_leave, empty
):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}5"] = typed

    response = read_in(client, round_state, book)

    found = response.context["found"]
    (change,) = found.changes
    assert ([word for word, _sent in change.choices], change.asks in response.text) == (words, True)
    saved_from(client, round_state, found, **({"answer": answer} if answer else {}))
    row = Outcome.objects.filter(indicator=empty).first()
    assert (row and (row.kind, row.number)) == stored


def test_what_was_read_in_can_be_undone_and_what_was_not_is_said(
    client, round_state, sick_leave, empty
):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"], sheet[f"{KIND}4"] = None, "Ej tillämpligt"
    sheet[f"{COMMENT}4"] = "Ny"
    sheet[f"{VALUE}5"] = "=SUM(A1:A2)"

    receipt = saved_from(client, round_state, read_in(client, round_state, book).context["found"])

    assert "2 värden sparade, 1 lästes inte in" in receipt.text
    assert "formel utan uträknat värde" in receipt.text
    assert "Alla ändringar är sparade" not in receipt.text
    outcome = Outcome.objects.get(indicator=sick_leave)
    assert (outcome.kind, outcome.comment) == (ValueKind.NOT_APPLICABLE, "Ny")

    undone = client.post(import_url(round_state), receipt.context["receipt"]["undo"])

    assert "Inläsningen är ångrad: 2 värden som före inläsningen" in undone.text
    outcome.refresh_from_db()
    assert (outcome.kind, outcome.number, outcome.decimals) == (ValueKind.NUMBER, Decimal("3.3"), 2)
    assert outcome.comment == "=1+1 är\nen kommentar"


def test_undo_is_reached_after_the_receipt_as_well(client, round_state, sick_leave):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"] = 6.94
    receipt = saved_from(client, round_state, read_in(client, round_state, book).context["found"])

    later = client.get(import_url(round_state))

    assert "Senaste inläsningen: 1 värde sparat" in later.text
    assert "Ångra inläsningen" in later.text
    assert later.context["receipt"]["undo"] == receipt.context["receipt"]["undo"]
    client.post(import_url(round_state), later.context["receipt"]["undo"])
    assert Outcome.objects.get().number == Decimal("3.30")
    assert "Senaste inläsningen" not in client.get(import_url(round_state)).text


@pytest.mark.parametrize(("answer", "left"), [("", True), ("0", False)])
def test_unanswered_question_is_listed_in_the_receipt(
    client, round_state, sick_leave, empty, answer, left
):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}5"] = "–"
    page = read_in(client, round_state, book).text
    asked = dict(re.findall(r'name="(asked-[^"]+)" value="([^"]+)"', page))
    (name,) = asked
    key = name.removeprefix("asked-")
    sent = {f"value-{key}": answer, f"was-{key}": "", f"version-{key}": "0", **asked}
    receipt = client.post(import_url(round_state), sent)

    told = "utfall: ”–” är inte besvarat, så det står som det är." in receipt.text
    assert told is left


def test_undo_of_a_file_overwrites_nobody(client, round_state, sick_leave):
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"] = 6.94
    receipt = saved_from(client, round_state, read_in(client, round_state, book).context["found"])
    Outcome.objects.update(number=Decimal("5.5"), decimals=1, version=9)

    undone = client.post(import_url(round_state), receipt.context["receipt"]["undo"])

    assert undone.status_code == 409
    assert "1 kunde inte sparas" in undone.text
    assert Outcome.objects.get().number == Decimal("5.5")


def test_kinds_are_chosen_in_a_list(client, round_state, sick_leave):
    book, sheet = taken_out(client, round_state)

    (offered,) = sheet.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1, book["Val"].sheet_state) == (
        f"{KIND}4", "Val!$A$1:$A$4", "hidden",
    )  # fmt: skip
    assert [row[0].value for row in book["Val"]] == [
        "Tal eller olikhet", *(str(kind.label) for kind in CHOICES[1:])
    ]  # fmt: skip


def test_preview_tells_what_is_unusual(client, committee, last_year, round_state, sick_leave):
    make_outcome(sick_leave, committee, last_year, "3.50")
    book, sheet = taken_out(client, round_state)
    sheet[f"{VALUE}4"] = 35.1

    preview = read_in(client, round_state, book)

    assert "Ovanligt värde: tidigare var det 3,50." in preview.text


@pytest.mark.parametrize("word", ["Tal eller olikhet", "Tal", None])
def test_inequality_is_of_the_kind_that_list_and_sheet_say(client, round_state, sick_leave, word):
    book, sheet = taken_out(client, round_state)
    assert sheet[f"{KIND}4"].value == "Tal eller olikhet"
    sheet[f"{VALUE}4"], sheet[f"{KIND}4"] = "<5", word

    saved_from(client, round_state, read_in(client, round_state, book).context["found"])

    assert Outcome.objects.get().kind == ValueKind.INEQUALITY
    assert (
        '"number" selected>Tal eller olikhet</option>'
        in client.get(reverse("targets:entry_grid", args=[round_state.pk])).text
    )
    _book, sheet = taken_out(client, round_state)
    assert (sheet[f"{VALUE}4"].value, sheet[f"{KIND}4"].value) == ("<5", "Tal eller olikhet")


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
