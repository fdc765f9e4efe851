"""The economy's grid as its page sends it: typed, refused, in conflict, locked, and by Excel."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from economy.enums import AmountKind, Measure, SignStyle
from economy.models import Amount
from governance.models import AuditEntry, Period
from rounds.enums import RoundStateName
from rounds.models import ReportingRound, RoundState
from tests.concurrency.filling import Forms
from tests.economy.factories import make_amount, make_line, make_scope
from tests.factories import make_round_state, take

HX = {"HX-Request": "true"}


@pytest.fixture
def line(committee):
    return make_line(committee, "omsattning", style=SignStyle.PLAIN)


@pytest.fixture
def url(round_state, line):
    return reverse("economy:entry_grid", args=[round_state.pk])


@pytest.fixture
def april(org, committee, period):
    """A part of the year, with a round of its own."""
    april = Period.objects.create(
        organisation=org,
        key="apr-2025",
        name="Januari–april 2025",
        short_name="Apr 2025",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 4, 30),
    )
    return make_round_state(april, committee)


def cell(line, column="outcome", **sent):
    """The fields of one cell: its text, with what was seen of it."""
    given = {"value": "", "version": "0"} | sent
    return {f"{name}-{line.pk}.{column}": text for name, text in given.items()}


def amount(line, kind=AmountKind.OUTCOME):
    return Amount.objects.get(line=line, kind=kind)


def untouched(page: str, url: str) -> dict[str, list[str]]:
    """What the page's form sends when nothing is typed, without JavaScript."""
    parser = Forms()
    parser.feed(page)
    (fields,) = [fields for to, fields in parser.forms if to == url]
    return {name: values for name, values in fields.items() if name != "csrfmiddlewaretoken"}


# Who.


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("controller", 200, 200),
        ("head", 200, 403),
        ("chair", 200, 403),
        ("reader", 200, 403),
        ("case_officer", 404, 404),
        ("registrar", 404, 404),
        ("outsider", 404, 404),
        ("stranger", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_reads_and_who_writes(request, login, round_state, url, line, who, read, write):
    client = login(request.getfixturevalue(who))
    into = reverse("economy:grid_import", args=[round_state.pk])
    out = reverse("economy:grid_export", args=[round_state.pk])

    statuses = [client.get(each).status_code for each in (url, out)]
    posted = client.post(url, cell(line, value="1"), headers=HX)

    assert statuses == [read, read]
    assert (posted.status_code, client.get(into).status_code) == (write, write)
    assert Amount.objects.exists() == (write == 200)


def test_anonymous_is_sent_to_login(client, url):
    assert client.get(url).status_code == 302


# Typed.


def test_typed_in_millions_is_kept_in_kronor_with_its_history(login, controller, url, line):
    response = login(controller).post(url, cell(line, value="867,5"), headers=HX)

    kept = amount(line)
    (entry,) = AuditEntry.objects.filter(object_type="economy.Amount", object_id=kept.pk)
    assert response.status_code == 200
    assert (kept.value, kept.version) == (Decimal("867500000.00"), 1)
    assert (entry.field, entry.old, entry.new) == ("value", "", "867,5")
    assert entry.object_label == "Raden omsattning, utfall, Helår 2025"
    assert f'data-cell="{line.pk}.outcome" data-version="1" data-state="saved"' in response.text


def test_to_the_krona_is_kept_and_shown_to_the_krona(login, controller, url, line):
    client = login(controller)
    client.post(url, cell(line, value="867,51234567"), headers=HX)

    page = client.get(url).text

    assert amount(line).value == Decimal("867512345.67")
    assert 'value="867,51234567" data-saved="867,51234567"' in page


@pytest.mark.parametrize(
    ("measure", "text", "words"),
    [
        (Measure.KR, "ca 70", "är inte ett tal"),
        (Measure.KR, "1,123456789", "Skriv högst åtta decimaler."),
        (Measure.KR, "10 000 000", "Skriv högst sju siffror före kommat."),
        (Measure.KR, "867512345", "Talet är för stort."),
        (Measure.PERCENT, "0,261", "Skriv högst två decimaler."),
        (Measure.KR, "<script>x</script>", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_text_stays(
    login, controller, url, line, measure, text, words
):
    type(line).objects.update(measure=measure)

    plain = login(controller).post(url, cell(line, value=text, was=""))
    script = login(controller).post(url, cell(line, value=text), headers=HX)

    assert (plain.status_code, script.status_code) == (422, 422)
    assert words in plain.text
    assert words in script.text
    assert "<script>x" not in plain.text + script.text
    (row,) = plain.context["page"].rows
    assert row.cell("outcome").typed == text
    assert not Amount.objects.exists()


@pytest.mark.parametrize("text", ["0", "−4,1", "107,00"])
def test_percentage_may_be_any(login, controller, url, line, text):
    type(line).objects.update(measure=Measure.PERCENT)

    assert login(controller).post(url, cell(line, value=text), headers=HX).status_code == 200
    assert amount(line).value is not None


def test_zero_missing_and_not_applicable_are_three(login, controller, url, committee, period):
    zero, missing, blank = (make_line(committee, key) for key in ("noll", "saknas", "inte"))
    make_amount(missing, period, "5")
    fields = cell(zero, value="0") | cell(missing, version="1")
    fields |= cell(blank, kind="not_applicable")

    response = login(controller).post(url, fields, headers=HX)
    page = login(controller).get(url)

    assert response.status_code == 200
    assert (amount(zero).value, amount(missing).value, amount(missing).version) == (0, None, 2)
    assert (amount(blank).value, amount(blank).is_not_applicable) == (None, True)
    rows = {row.label: row for row in page.context["page"].rows}
    assert [rows[f"Raden {key}"].is_missing for key in ("noll", "saknas", "inte")] == [
        False,
        True,
        False,
    ]
    assert rows["Raden inte"].cell("outcome").words == "Ej tillämpligt"


def test_number_beside_not_applicable_is_refused(login, controller, url, line):
    response = login(controller).post(url, cell(line, value="1", kind="not_applicable"), headers=HX)

    assert response.status_code == 422
    assert "Ta bort ”1” eller välj ett annat slag." in response.text


def test_a_budget_is_never_not_applicable(login, controller, url, line):
    """The column offers no kinds: what is sent of one is not heard."""
    response = login(controller).post(url, cell(line, "budget", kind="not_applicable"), headers=HX)

    assert response.status_code == 200
    assert not Amount.objects.exists()


def test_stated_belongs_to_the_value_and_goes_with_it(login, controller, url, line, period):
    make_amount(line, period, "1700000", is_stated=True)
    client = login(controller)

    before = client.get(url)
    client.post(url, cell(line, "comment", value="Enligt nämnden", version="1"), headers=HX)
    commented = amount(line)
    client.post(url, cell(line, value="1,8", version="2"), headers=HX)

    assert "uppgivet värde" in before.text
    assert commented.is_stated
    assert (amount(line).is_stated, amount(line).note) == (False, "Enligt nämnden")


def test_comment_stands_before_there_is_an_amount(login, controller, url, line, committee, period):
    client = login(controller)
    client.post(url, cell(line, "comment", value="Underlag väntas"), headers=HX)

    assert (amount(line).value, amount(line).note) == (None, "Underlag väntas")
    overview = client.get(reverse("economy:overview", args=[committee.pk]))
    assert "Inga belopp ännu" in overview.text
    (row,) = client.get(url).context["page"].rows
    assert row.is_missing


def test_comment_too_long_for_the_column_is_refused(login, controller, url, line):
    response = login(controller).post(url, cell(line, "comment", value="x" * 201), headers=HX)

    assert response.status_code == 422
    assert "Skriv högst 200 tecken." in response.text
    assert not Amount.objects.exists()


def test_value_and_comment_of_one_row_are_one_version(login, controller, url, line):
    fields = cell(line, value="1,5") | cell(line, "comment", value="Ny taxa")

    login(controller).post(url, fields, headers=HX)

    kept = amount(line)
    told = AuditEntry.objects.filter(object_type="economy.Amount", object_id=kept.pk)
    assert (kept.value, kept.note, kept.version) == (Decimal(1_500_000), "Ny taxa", 1)
    assert sorted(told.values_list("field", "new")) == [("comment", "Ny taxa"), ("value", "1,5")]


def test_one_bad_cell_does_not_stop_the_others(login, controller, url, line):
    fields = cell(line, value="ca 7") | cell(line, "budget", value="7")

    response = login(controller).post(url, fields, headers=HX)

    assert response.status_code == 422
    assert [each.kind for each in Amount.objects.all()] == [AmountKind.BUDGET]


# Who was first.


def test_conflict_shows_both_values(login, controller, url, line):
    client = login(controller)
    client.post(url, cell(line, value="6,94"), headers=HX)

    response = client.post(url, cell(line, value="7,1"), headers=HX)

    assert response.status_code == 409
    assert re.search(
        r"Du, i ett annat fönster, skrev 6,9 kl\. \d\d\.\d\d\. Du skrev 7,1\.", response.text
    )
    assert amount(line).value == Decimal(6_940_000)


def test_a_new_budget_is_no_conflict_for_the_outcome(login, controller, url, line, period):
    make_amount(line, period, "1000000")
    client = login(controller)
    client.post(url, cell(line, "budget", value="9"), headers=HX)

    assert client.post(url, cell(line, value="2", version="1"), headers=HX).status_code == 200


def test_same_post_twice_writes_once(login, controller, url, line):
    client = login(controller)
    statuses = [
        client.post(url, cell(line, value="6,94"), headers=HX).status_code for _ in range(2)
    ]

    assert statuses == [200, 200]
    assert amount(line).version == 1


def test_plain_form_saves_what_was_touched_and_redirects(login, controller, url, committee, period):
    touched, left = make_line(committee, "rord"), make_line(committee, "lamnad")
    make_amount(left, period, "867512345.67")
    client = login(controller)
    fields = untouched(client.get(url).text, url) | {f"value-{touched.pk}.outcome": "5"}

    response = client.post(url, fields)

    assert (response.status_code, response.url) == (302, url)
    assert amount(touched).value == Decimal(5_000_000)
    assert (amount(left).value, amount(left).version) == (Decimal("867512345.67"), 1)


# Forged.


@pytest.mark.parametrize("where", ["other_committee", "other_org", "part", "column", "nowhere"])
def test_forged_row_is_not_found(request, login, controller, url, line, where):
    if where.startswith("other"):
        body = request.getfixturevalue("other_committee")
        row = str(make_line(body, "annans").pk)
    else:
        row = {"part": f"{line.pk}w", "column": f"{line.pk}", "nowhere": "999999"}[where]
    column = "value" if where == "column" else "outcome"

    response = login(controller).post(url, {f"value-{row}.{column}": "1"}, headers=HX)

    assert response.status_code == 404
    assert not Amount.objects.exists()


# Locked.


def submitted(state):
    state.state = RoundStateName.SUBMITTED
    state.changed_on, state.changed_by = date(2026, 2, 10), "Karin Lund"
    state.save()


def test_handed_in_is_text_and_refuses_a_save(login, controller, url, line, round_state, period):
    make_amount(line, period, "6940000")
    submitted(round_state)
    client = login(controller)

    page = client.get(url)
    saved = client.post(url, cell(line, value="1", version="1"), headers=HX)

    assert "Låst: inlämnad 2026-02-10 av Karin Lund." in page.text
    assert f'id="value-{line.pk}.outcome"' not in page.text
    assert (saved.status_code, amount(line).value) == (409, Decimal(6_940_000))


def test_another_round_of_the_period_locks_it_too(
    login, controller, url, line, round_state, committee
):
    extra = ReportingRound.objects.create(
        period=round_state.reporting_round.period,
        key="extra",
        name="Bara ekonomi",
        cut_off_on=date(2025, 12, 31),
        due_on=date(2026, 3, 12),
        parts=["economy"],
    )
    other = RoundState.objects.create(reporting_round=extra, body=committee)
    client = login(controller)
    before = client.post(url, cell(line, value="1"), headers=HX)
    submitted(other)

    page = client.get(url)

    assert (before.status_code, page.status_code) == (200, 200)
    assert "Låst: inlämnad 2026-02-10 av Karin Lund." in page.text


def test_nobody_types_in_a_round_of_other_parts(login, controller, url, line, round_state):
    round_state.reporting_round.parts = ["targets"]
    round_state.reporting_round.save()

    response = login(controller).post(url, cell(line, value="1"), headers=HX)

    assert response.status_code == 409
    assert "är inte öppen för rapportering" in response.text
    assert not Amount.objects.exists()


def test_nobody_types_before_the_period_begins(login, controller, url, line, period):
    period.starts_on, period.ends_on = date(2026, 12, 1), date(2026, 12, 31)
    period.save()

    response = login(controller).post(url, cell(line, value="1"), headers=HX)

    assert response.status_code == 409
    assert not Amount.objects.exists()


# A part of the year.


def test_part_of_a_year_asks_for_the_years_budget_and_forecast(login, controller, april, line):
    url = reverse("economy:entry_grid", args=[april.pk])
    fields = cell(line, "year_budget", value="900") | cell(line, "forecast", value="880,5")
    client = login(controller)

    assert client.post(url, fields, headers=HX).status_code == 200
    found = set(Amount.objects.values_list("period__key", "kind", "value"))
    assert found == {
        ("helar-2025", "budget", Decimal(900_000_000)),
        ("apr-2025", "forecast", Decimal(880_500_000)),
    }
    said = [(each.group, each.label) for each in client.get(url).context["page"].columns]
    assert said == [
        ("Januari–april 2025", "Utfall"),
        ("Januari–april 2025", "Budget"),
        ("Helår 2025", "Budget"),
        ("Helår 2025", "Prognos"),
        ("", "Kommentar"),
    ]


def test_whole_year_asks_for_no_forecast_and_is_beside_the_year_before(
    login, controller, url, line, last_year
):
    make_amount(line, last_year, "833900000")

    page = login(controller).get(url).context["page"]

    assert [each.name for each in page.columns] == ["outcome", "budget", "comment"]
    (row,) = page.rows
    assert [(fact.label, fact.text) for fact in row.before] == [("Helår 2024", "833,9")]


def test_budget_of_a_year_that_is_handed_in_is_closed_and_the_rest_is_not(
    login, controller, april, line, round_state
):
    submitted(round_state)
    url = reverse("economy:entry_grid", args=[april.pk])
    client = login(controller)
    fields = cell(line, "year_budget", value="900") | cell(line, "forecast", value="880")

    response = client.post(url, fields, headers=HX)
    page = client.get(url)

    assert response.status_code == 409
    assert [each.kind for each in Amount.objects.all()] == [AmountKind.FORECAST]
    assert "Låst: inlämnad 2026-02-10 av Karin Lund." in page.text
    assert f'id="value-{line.pk}.year_budget"' not in page.text


@pytest.mark.parametrize(
    ("style", "said"),
    [(SignStyle.RESULT, "+4,1"), (SignStyle.EXPENDITURE, "−4,1"), (SignStyle.PLAIN, "")],
)
def test_deviations_have_the_lines_sign(login, controller, april, committee, style, said):
    line = make_line(committee, style=style)
    year = april.reporting_round.period
    make_amount(line, year, "77300000")
    make_amount(line, year, "73200000", kind=AmountKind.BUDGET)

    page = login(controller).get(reverse("economy:entry_grid", args=[april.pk])).context["page"]

    (row,) = page.rows
    assert [(fact.label, fact.text) for fact in row.after] == [
        ("Avvikelse", said),
        ("Prognosens avvikelse", ""),
    ]


def test_lines_stand_in_order_under_what_they_cover(login, controller, url, line, committee):
    scope = make_scope(committee)
    make_line(committee, "ett", scope=scope)
    make_line(committee, "tva", scope=scope)

    page = login(controller).get(url).context["page"]

    assert [(group.name, len(group.rows)) for group in page.groups] == [
        ("", 1),
        ("Ordinarie verksamhet", 2),
    ]
    assert page.rows[1].full_name == "Raden ett (ordinarie)"


# Out to Excel and back.


def taken_out(client, state):
    data = client.get(reverse("economy:grid_export", args=[state.pk])).content
    book = load_workbook(BytesIO(data))
    return book, book["Ekonomi"]


def read_in(client, state, book):
    out = BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "ekonomi.xlsx"
    return client.post(reverse("economy:grid_import", args=[state.pk]), {"file": out})


def column_of(sheet, title: str) -> str:
    return next(each.column_letter for each in sheet[3] if each.value == title)


def test_sheet_holds_numbers_and_its_preview_saves_what_was_changed(
    login, controller, round_state, url, line, period
):
    make_amount(line, period, "867512345.67")
    client = login(controller)
    book, sheet = taken_out(client, round_state)
    outcome = column_of(sheet, "Helår 2025 Utfall")
    shown = sheet[f"{outcome}4"].value
    sheet[f"{outcome}4"] = 868.25
    sheet[f"{column_of(sheet, 'Helår 2025 Budget')}4"] = "900"

    found = read_in(client, round_state, book).context["found"]
    saved = client.post(url, found.fields)

    assert shown == 867.51234567
    assert [(one.old, one.new) for one in found.changes] == [("867,5", "868,25"), ("", "900,0")]
    assert (saved.status_code, found.refused) == (302, ())
    assert amount(line).value == Decimal(868_250_000)
    assert amount(line, AmountKind.BUDGET).value == Decimal(900_000_000)


def test_not_applicable_goes_out_and_comes_back(login, controller, round_state, url, line):
    client = login(controller)
    book, sheet = taken_out(client, round_state)
    sheet[f"{column_of(sheet, 'Slag, helår 2025 utfall')}4"] = "Ej tillämpligt"

    client.post(url, read_in(client, round_state, book).context["found"].fields)
    again, _sheet = taken_out(client, round_state)

    assert amount(line).is_not_applicable
    assert read_in(client, round_state, again).context["found"].changes == ()


KRONOR = st.decimals(
    min_value=Decimal("-9999999999999.99"), max_value=Decimal("9999999999999.99"), places=2
)


@pytest.fixture
def thirty(committee):
    measures = (Measure.PERCENT, Measure.KR, Measure.KR)
    return [
        make_line(committee, f"rad-{n}", measure=measures[n % 3], decimals=n % 3) for n in range(30)
    ]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(KRONOR, min_size=30, max_size=30))
def test_untouched_grid_changes_no_row_by_form_or_by_sheet(
    login, controller, round_state, thirty, period, values
):
    Amount.objects.all().delete()
    for line, value in zip(thirty, values, strict=True):
        make_amount(line, period, str(value), is_stated=value > 0)
    client = login(controller)
    url = reverse("economy:entry_grid", args=[round_state.pk])
    before = list(Amount.objects.order_by("pk").values())

    client.post(url, untouched(client.get(url).text, url))
    book, _sheet = taken_out(client, round_state)
    found = read_in(client, round_state, book).context["found"]

    assert (found.changes, found.refused) == ((), ())
    assert list(Amount.objects.order_by("pk").values()) == before


# How much it asks.


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_the_same_queries(
    login, controller, committee, april, count, django_assert_num_queries
):
    for number in range(count):
        line = make_line(committee, f"rad-{number}", scope=make_scope(committee, f"s-{number}"))
        make_amount(line, april.reporting_round.period, "1000000")
    client = login(controller)
    url = reverse("economy:entry_grid", args=[april.pk])
    client.get(url)

    with django_assert_num_queries(QUERIES):
        page = client.get(url).context["page"]

    assert len(page.rows) == count


# Session, user with roles, the round's states; the year and its lock; lines, amounts; control's tab.
QUERIES = 9


def test_one_cell_is_twelve_statements(
    login, controller, april, line, django_assert_max_num_queries
):
    url = reverse("economy:entry_grid", args=[april.pk])
    client = login(controller)

    with django_assert_max_num_queries(12 + 2):  # begins and ends
        client.post(url, cell(line, "forecast", value="5,5"), headers=HX)

    assert amount(line, AmountKind.FORECAST).value == 5_500_000


def test_two_hundred_cells_are_thirty_statements(
    login, controller, committee, april, django_assert_max_num_queries
):
    lines = [make_line(committee, f"rad-{number}") for number in range(50)]
    for line in lines[:25]:
        make_amount(line, april.reporting_round.period, "1000000")
    columns = ("outcome", "budget", "year_budget", "forecast")
    fields = {}
    for line in lines:
        for column in columns:
            stands = column == "outcome" and line in lines[:25]
            fields |= cell(line, column, value="5,5", version=str(int(stands)))
    url = reverse("economy:entry_grid", args=[april.pk])

    client = login(controller)
    with django_assert_max_num_queries(30):
        response = client.post(url, fields, headers=HX)

    assert response.status_code == 200
    assert Amount.objects.filter(value=5_500_000).count() == 200


# Handed in.


def parts_of(client, url):
    return {part.label: part for part in client.get(url).context["page"].parts}


def test_what_was_typed_is_handed_in_together_with_the_outcomes(
    login, controller, head, april, line, committee
):
    other = make_line(committee, "resultat")
    url = reverse("economy:entry_grid", args=[april.pk])
    fields = cell(line, value="280") | cell(line, "comment", value="Ny taxa")
    fields |= cell(line, "year_budget", value="900") | cell(line, "forecast", value="880")
    client = login(controller)
    client.post(url, fields, headers=HX)
    state_url = reverse("rounds:round_state", args=[april.pk])
    before = parts_of(client, state_url)["Ekonomi"]

    take(april, "hand_in", by=controller)

    assert (before.lacks, before.url) == ("1 belopp", url)
    after = parts_of(login(head), state_url)["Ekonomi"]
    assert [(row.name, row.value, row.comment, row.is_missing) for row in after.rows] == [
        (line.name, "280,0 mnkr", "Ny taxa", False),
        (f"{line.name}, budget, helår 2025", "900,0 mnkr", "", False),
        (f"{line.name}, prognos", "880,0 mnkr", "", False),
        (other.name, "Utfall saknas", "", True),
    ]
    assert client.post(url, cell(line, value="1", version="1"), headers=HX).status_code == 409


def test_tabs_lead_between_the_parts_of_the_round(login, controller, url, line, round_state):
    page = login(controller).get(url).context["page"]

    assert [(tab.label, tab.is_current) for tab in page.tabs if tab.label in {"Ekonomi"}] == [
        ("Ekonomi", True)
    ]
    assert reverse("targets:entry_grid", args=[round_state.pk]) in [tab.url for tab in page.tabs]


# Unusual.


def test_unusual_amount_is_marked_and_confirmed(login, controller, url, line, period, last_year):
    make_amount(line, last_year, "166506000")
    client = login(controller)

    answer = client.post(url, cell(line, value="16,1"), headers=HX)
    assert "Ovanligt värde: tidigare var det 166,5." in answer.text
    assert 'data-unusual="1"' in client.get(url).text

    said = cell(line, value="16,1", was="16,1", version="1", confirm="1")
    answer = client.post(url, said, headers=HX)

    assert "Ovanligt" not in answer.text
    assert Amount.objects.get(line=line, period=period).is_confirmed is True
    entry = AuditEntry.objects.get(field="is_confirmed")
    assert (entry.old, entry.new) == ("Nej", "Ja")
    assert AuditEntry.objects.filter(field="value").count() == 1
    client.post(url, cell(line, value="16,2", was="16,1", version="2"), headers=HX)
    assert Amount.objects.get(line=line, period=period).is_confirmed is False
