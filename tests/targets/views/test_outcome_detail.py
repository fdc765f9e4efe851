import html
import re
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.queries import root_unit
from rounds.enums import RoundStateName
from rounds.models import RoundState
from targets.enums import Breakdown, Dimension
from targets.models import Evidence
from tests.factories import TODAY
from tests.targets.factories import make_outcome, row_key
from tests.targets.saving import record_outcome


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


def test_history_shows_the_organisations_own_day(login, controller, reader, url):
    for who in (controller, reader):
        page = login(who).get(url).content.decode()

        assert page.count(f'<time datetime="{TODAY.isoformat()}T') == 2


def test_loaded_value_has_no_changes(login, controller, indicator, committee, last_year):
    outcome = make_outcome(indicator, committee, last_year, "7.53")

    page = login(controller).get(reverse("targets:outcome_detail", args=[outcome.pk]))

    assert "Värdet har inte ändrats sedan det lästes in." in page.content.decode()


@pytest.fixture
def row_url(row, round_state):
    return reverse("targets:outcome_row", args=[round_state.pk, row])


def text_of(response):
    return html.unescape(response.content.decode())


def details(**fields):
    return {"version": 2, "scope": "own", **fields}


def lock(state):
    RoundState.objects.filter(pk=state.pk).update(state=RoundStateName.SUBMITTED)


def test_reader_sees_no_form_and_controller_does(login, reader, controller, url):
    assert "<form" not in text_of(login(reader).get(url)).partition("<main")[2]
    assert "Spara uppgifterna" in text_of(login(controller).get(url))


def test_value_that_does_not_exist_yet_is_reached_by_its_row(login, controller, row_url):
    page = text_of(login(controller).get(row_url))

    assert "Utfall saknas" in page
    assert "Värdet har inte ändrats" in page


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
def test_who_may_read_and_write_a_row(request, login, outcome, row_url, who, read, write):
    client = login(request.getfixturevalue(who))

    assert client.get(row_url).status_code == read
    assert client.post(row_url, details(source="x")).status_code == write
    assert client.post(f"{row_url}underlag/").status_code == write
    restore = reverse("targets:outcome_restore", args=[outcome.pk])
    assert client.post(restore, {"entry": 1, "version": 2}).status_code == write


@pytest.mark.parametrize(
    "row",
    [
        "0", "99999", "1", "1w", "1c1", "1u99999", "12u34w", "1x", "-1", "1 ", "1;drop", "1" * 40, "%00",
        "١", "{row}x", "{row}w", "{row}c1", "{row}p1", "{row}.value", "{row}u1", "0{row}", "{row} ",
        "{row}c9223372036854775808", "9223372036854775807u9223372036854775808",
    ],
)  # fmt: skip
def test_hostile_rows_are_not_found(login, controller, round_state, indicator, committee, row):
    named = row.replace("{row}", row_key(indicator, committee))
    url = f"/mal/rapportera/{round_state.pk}/rad/{quote(named)}/"

    assert login(controller).get(url).status_code == 404


def test_details_are_saved_and_shown(login, controller, outcome, url, row_url):
    client = login(controller)

    answer = client.post(
        row_url,
        details(
            numerator="228",
            denominator="4 130,5",
            group_size="42",
            scope="region",
            measured_on="2025-11-03",
            is_carried_forward="on",
            source="Heroma",
            comment="Se bilaga",
            restated_number="7,10",
            restated_note="Flyttat område",
        ),
    )

    assert (answer.status_code, answer["Location"]) == (302, url)
    page = text_of(client.get(url))
    for shown in (
        "228 av 4\u00a0130,5",
        "42 personer",
        "Hela regionen",
        "2025-11-03",
        "Värdet kommer från en tidigare mätning",
        "Heroma",
        "Se bilaga",
        "7,10 %. Flyttat område",
        "Jämförelsevärdet är omräknat: Flyttat område",
    ):
        assert shown in page


def test_outcome_is_computed_when_asked_for(login, controller, outcome, row_url):
    login(controller).post(row_url, details(numerator="228", denominator="413", compute="1"))

    outcome.refresh_from_db()
    assert outcome.number == Decimal("55.205811")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"numerator": "ca 70"}, "”ca 70” är inte ett tal. Skriv till exempel 2\u00a0577,2."),
        ({"numerator": "414", "denominator": "413"}, "Täljaren är en del av nämnaren."),
        ({"group_size": "-1"}, "group_size"),
        ({"group_size": "٣"}, "group_size"),
        ({"group_size": "5 %"}, "group_size"),
        ({"numerator": "1.234"}, "kan vara 1,234 eller"),
        ({"numerator": "5 kr"}, "har ingen enhet"),
        ({"group_size": "9" * 30}, "Skriv antalet personer"),
        ({"measured_on": "3 november"}, "measured_on"),
        ({"measured_on": "2026-03-11"}, "Mätdagen har inte varit ännu."),
        ({"scope": "everything"}, "scope"),
        ({"source": "x" * 201}, "200"),
        ({"comment": "noll\x86"}, "tecken som inte går att spara"),
        ({"restated_number": "7,1"}, "Skriv varför jämförelsevärdet är omräknat."),
        ({"compute": "1"}, "Skriv täljare och nämnare, så räknas utfallet ut."),
    ],
)
def test_bad_details_are_refused_with_the_typed_text_kept(
    login, controller, outcome, row_url, fields, problem
):
    answer = login(controller).post(row_url, details(**{"source": "Min källa", **fields}))

    outcome.refresh_from_db()
    page = text_of(answer)
    assert (answer.status_code, outcome.version) == (422, 2)
    assert problem in page
    assert fields.get("source", "Min källa") in page


def test_conflict_keeps_what_was_typed_and_saves_the_second_time(
    login, controller, outcome, row_url
):
    client = login(controller)
    client.post(row_url, details(source="Heroma"))

    answer = client.post(row_url, details(source="HRutan"))

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Controller ändrade källa kl." in page
    assert 'value="HRutan"' in page
    assert 'name="version" value="3"' in page


def test_earlier_value_is_restored_from_the_page(login, controller, outcome, url):
    client = login(controller)
    page = text_of(client.get(url))
    entry = re.search(r'name="entry" value="(\d+)"', page)

    answer = client.post(
        reverse("targets:outcome_restore", args=[outcome.pk]), {"entry": entry[1], "version": 2}
    )

    outcome.refresh_from_db()
    assert answer.status_code == 302
    assert (outcome.number, outcome.version) == (Decimal("6.94"), 3)


@pytest.mark.parametrize("entry", ["", "0", "-1", "x", "999999", "9" * 40])
def test_hostile_history_entries_are_refused(login, controller, outcome, entry):
    url = reverse("targets:outcome_restore", args=[outcome.pk])

    answer = login(controller).post(url, {"entry": entry, "version": 2})

    assert answer.status_code == 409


def test_locked_period_is_explained_and_refuses(
    login, controller, outcome, url, row_url, round_state
):
    lock(round_state)
    client = login(controller)

    page = text_of(client.get(url))

    assert "Låst: inlämnad" in page
    assert "Spara uppgifterna" not in page
    assert client.post(row_url, details(source="x")).status_code == 409


def upload(client, row_url, name="bevis.pdf", data=b"%PDF-1.7 hej"):
    return client.post(f"{row_url}underlag/", {"file": SimpleUploadedFile(name, data)})


def test_file_is_uploaded_listed_downloaded_and_removed(login, controller, outcome, url, row_url):
    client = login(controller)

    assert upload(client, row_url, "Mätning 2025.pdf").status_code == 302

    evidence = Evidence.objects.get()
    assert "Mätning 2025.pdf" in text_of(client.get(url))
    got = client.get(reverse("targets:evidence_download", args=[evidence.pk]))
    assert got.content == b"%PDF-1.7 hej"
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''M%C3%A4tning")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Type"] == "application/pdf"

    client.post(reverse("targets:evidence_remove", args=[evidence.pk]))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("sida.pdf", b"<script>alert(1)</script>", "Filen är inte en PDF"),
        ("bild.png", b"<svg xmlns='x'/>", "Filen är inte en PDF"),
        ("program.pdf", b"MZ\x90", "Filen är inte en PDF"),
        ("tom.pdf", b"", "Filen är tom."),
        ("stor.pdf", b"%PDF-" + b"x" * 10 * 1024 * 1024, "större än 10 MB"),
    ],
)
def test_hostile_files_are_refused(login, controller, outcome, row_url, name, data, problem):
    answer = upload(login(controller), row_url, name, data)

    assert answer.status_code == 422
    assert problem in text_of(answer)
    assert not Evidence.objects.exists()


def test_file_without_a_file_is_refused(login, controller, outcome, row_url):
    answer = login(controller).post(f"{row_url}underlag/", {})

    assert answer.status_code == 422
    assert "Välj en fil." in text_of(answer)


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("reader", 200), ("outsider", 404), ("stranger", 404), ("case_officer", 404)],
)
def test_who_may_download_a_file(request, login, controller, outcome, row_url, who, status):
    upload(login(controller), row_url)
    evidence = Evidence.objects.get()
    client = login(request.getfixturevalue(who))

    url = reverse("targets:evidence_download", args=[evidence.pk])
    removal = reverse("targets:evidence_remove", args=[evidence.pk])
    assert client.get(url).status_code == status
    assert client.post(removal).status_code == (403 if status == 200 else 404)


def test_small_group_is_hidden_from_readers_in_value_history_and_files(
    login, controller, reader, indicator, outcome, url, row_url
):
    indicator.hides_small_groups = True
    indicator.save()
    client = login(controller)
    client.post(row_url, details(group_size="8", numerator="1", denominator="16"))
    upload(client, row_url)
    download = reverse("targets:evidence_download", args=[Evidence.objects.get().pk])

    page = text_of(login(reader).get(url))

    for hidden in ("6,90", "6,94", "1 av 16", "8 personer", "bevis.pdf</a>"):
        assert hidden not in page
    assert "Redovisas inte (liten grupp)" in page
    assert login(reader).get(download).status_code == 404
    assert "6,90 %" in text_of(client.get(url))
    assert client.get(download).status_code == 200


def test_parts_are_listed_and_a_whole_outside_them_is_warned_about(
    login, controller, indicator, outcome, committee, period, url
):
    indicator.dimension = Dimension.SEX
    indicator.save()
    for breakdown, number in ((Breakdown.WOMEN, "6.5"), (Breakdown.MEN, "4.1")):
        part = make_outcome(indicator, committee, period, number, breakdown=breakdown)
    page = text_of(login(controller).get(url))

    assert "Totalt 6,90 ligger inte mellan delarna (kvinnor 6,5, män 4,1)." in page
    assert "Kvinnor</a>" in page
    part_page = text_of(login(controller).get(reverse("targets:outcome_detail", args=[part.pk])))
    assert "4,1 %" in part_page
    assert "Män" in part_page
