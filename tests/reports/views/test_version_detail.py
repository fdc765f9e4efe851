import pytest
from django.urls import reverse

from targets.models import AssignmentReport, Judgement, Outcome
from tests.reports import chain_factories, factories

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("receiving")


def page(client, version):
    return client.get(reverse("reports:version_detail", args=[version.pk]))


def test_the_version_stands_as_approved_with_the_change_marked(login, handed_over, member, period):
    outcome = factories.outcome_of(period)
    outcome.number, outcome.version = outcome.number + 1, outcome.version + 1
    outcome.save(update_fields=["number", "version"])

    html = page(login(member), handed_over).content.decode()

    assert "6,94" in html
    assert "7,94" not in html
    assert html.count("Värdet är ändrat efter godkännandet") == 1
    assert "Ett värde är ändrat efter godkännandet." in html
    assert handed_over.content_sha256 in html


def test_the_case_officer_receives_once(login, handed_over, case_officer):
    client = login(case_officer)
    url = reverse("reports:version_receive", args=[handed_over.pk])
    before = page(client, handed_over).content.decode()

    first, second = client.post(url), client.post(url)

    assert "Ta emot …" in before
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Det är redan gjort: mottaget av" in second.content.decode()
    assert "Ta emot …" not in page(client, handed_over).content.decode()


def test_asking_for_a_completion_starts_version_2(login, pack, handed_over, case_officer):
    client = login(case_officer)
    url = reverse("reports:version_request_completion", args=[handed_over.pk])

    empty = client.post(url, {"reason": ""})
    done = client.post(url, {"reason": "Ekonomin saknas."})

    pack.refresh_from_db()
    assert (empty.status_code, done.status_code) == (422, 302)
    assert (pack.state, pack.current_number) == ("draft", 2)
    assert "Ekonomin saknas." in page(client, handed_over).content.decode()


def test_the_controller_starts_a_new_version(login, pack, handed_over, controller):
    client = login(controller)
    before = page(client, handed_over).content.decode()

    response = client.post(reverse("reports:pack_new_version", args=[pack.pk]))

    assert "Skapa ny version …" in before
    assert response.url == f"/underlag/{pack.pk}/"
    assert "utkast till version 2" in client.get(response.url).content.decode()


def test_readers_decide_nothing(login, handed_over, member, reader):
    for user in (member, reader):
        html = page(login(user), handed_over).content.decode()
        for verb in ("Godkänn …", "Skicka tillbaka …", "Ta emot …", "Skapa ny version …"):
            assert verb not in html


def test_a_note_saves_itself(login, handed_over, member):
    url = reverse("reports:version_note", args=[handed_over.pk])
    client = login(member)

    first = client.post(url, {"version": 0, "text": "Fråga om HME"}, headers=HTMX)
    stale = client.post(url, {"version": 7, "text": "Annat"}, headers=HTMX)

    assert 'data-version="1"' in first.content.decode()
    assert stale.status_code == 409
    assert ">Fråga om HME</textarea>" in page(client, handed_over).content.decode()


def test_the_pdf_is_ordered_once_and_the_page_keeps_its_state(login, handed_over, member, reader):
    url = reverse("reports:version_pdf", args=[handed_over.pk])

    first = login(member).post(url, headers=HTMX)
    second = login(reader).post(url)

    handed_over.handling.refresh_from_db()
    box = f'id="document-{handed_over.handling.document_id}"'
    assert box in first.content.decode()
    assert second.url == f"/underlag/version/{handed_over.pk}/#pdf"
    assert box in page(login(reader), handed_over).content.decode()


def test_a_failed_pdf_says_why_and_can_be_started_again(login, handed_over, member):
    login(member).post(reverse("reports:version_pdf", args=[handed_over.pk]))
    handed_over.handling.refresh_from_db()
    document = handed_over.handling.document
    document.state, document.error = "failed", "Typsnittet saknas."
    document.save(update_fields=["state", "error"])

    html = page(login(member), handed_over).content.decode()

    assert "Typsnittet saknas." in html
    assert "Försök igen" in html


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (Outcome.objects.filter(indicator__key="hme"), 2),
        (AssignmentReport.objects.filter(goal__key="uppdrag-31"), 3),
        (Judgement.objects.all(), 2),
    ],
    ids=["outcome", "assignment report", "judgement"],
)
def test_whatever_kind_of_row_changed_is_marked(
    login, committee, period, controller, chair, member, rows, count
):
    report = chain_factories.make_chain_report(committee, period)
    factories.submit(report, controller)
    version = factories.approve(report, chair)
    client = login(member)
    before = page(client, version).content.decode()

    rows.all().update(version=2)
    after = page(client, version).content.decode()

    assert before.count("Värdet är ändrat efter godkännandet") == 0
    assert after.count("Värdet är ändrat efter godkännandet") == count
    assert "Ett värde är ändrat efter godkännandet." in after
