import re

import pytest
from django.urls import reverse

from reports.composing.actions import save_section_text
from reports.models import Report, ReportVersion, SectionComment
from rounds.enums import RoundStateName
from rounds.models import RoundState
from targets.models import Outcome
from tests.factories import TODAY, make_round_state
from tests.reports import factories

HTMX = {"HX-Request": "true"}
HOSTILE = "<script>alert(1)</script> & <b>fet</b>"


def page(client, report):
    return client.get(reverse("reports:pack_detail", args=[report.pk]))


def test_the_controller_sees_every_block_and_may_write(login, pack, controller):
    html = page(login(controller), pack).content.decode()

    for words in ("6,94", "(7,53 %)", "Når målet", "God kontroll", "Informera om regler"):
        assert words in html
    for words in ("Fokusområde", 'pk-none">Saknas', "+1,7", "* Exklusive förråd"):
        assert words in html
    assert html.count("data-autosave>") == 6
    assert "Lämna in …" in html


def test_the_chain_sees_decisions_and_no_text_field(login, pack, controller, head, chair):
    factories.submit(pack, controller)

    at_head, at_chair = (page(login(u), pack).content.decode() for u in (head, chair))

    assert "Godkänn …" in at_head
    assert "Din kommentar till" in at_head
    assert "Text till ”" not in at_head
    assert "Godkänn …" not in at_chair


def test_a_text_is_saved_by_itself(login, pack, controller):
    section = pack.sections.get(key="inledning")
    url = reverse("reports:section_save", args=[section.pk])

    response = login(controller).post(url, {"version": 1, "text": "Nytt."}, headers=HTMX)

    section.refresh_from_db()
    assert response.status_code == 200
    assert re.fullmatch(
        r'<span data-version="2">Sparat kl\. \d\d\.\d\d\.</span>', response.content.decode().strip()
    )
    assert section.text == "Nytt."


def test_a_text_is_saved_without_javascript(login, pack, controller):
    section = pack.sections.get(key="inledning")
    url = reverse("reports:section_save", args=[section.pk])

    response = login(controller).post(url, {"version": 1, "text": "Nytt."})

    assert response.url == f"/underlag/{pack.pk}/#avsnitt-inledning"


def test_a_stale_text_keeps_what_was_typed_and_tells_the_other(login, pack, controller):
    section = pack.sections.get(key="inledning")
    save_section_text(section=section, text="Deras.", seen=1, by=controller)
    url = reverse("reports:section_save", args=[section.pk])
    client = login(controller)

    fragment = client.post(url, {"version": 1, "text": "Mitt."}, headers=HTMX)
    whole = client.post(url, {"version": 1, "text": "Mitt."}).content.decode()

    assert fragment.status_code == 409
    assert "data-version" not in fragment.content.decode()
    told = fragment.content.decode()
    assert "Controller ändrade texten kl." in told
    assert 'data-conflict="2"' in told
    assert 'data-theirs="text" data-text="Deras."' in told
    assert "<del>Deras.</del><ins>Mitt.</ins>" in told
    assert ">Mitt.</textarea>" in whole
    assert "I underlaget står: ”Deras.”" in whole


def test_a_stale_comment_keeps_what_was_typed(login, pack, controller, head):
    factories.submit(pack, controller)
    section = pack.sections.get(key="inledning")
    url = reverse("reports:section_comment", args=[section.pk])

    client = login(head)
    client.post(url, {"version": 0, "text": "Först."})

    response = client.post(url, {"version": 7, "text": "Mitt."})

    assert response.status_code == 409
    assert ">Mitt.</textarea>" in response.content.decode()


def test_a_text_after_submission_is_refused_in_words(login, pack, controller):
    section = pack.sections.get(key="inledning")
    factories.submit(pack, controller)
    url = reverse("reports:section_save", args=[section.pk])

    response = login(controller).post(url, {"version": 1, "text": "Sent."}, headers=HTMX)

    assert response.status_code == 409
    assert "Det du skrev är inte sparat" in response.content.decode()


def test_a_window_that_is_come_back_to_is_told_of_the_lock(login, pack, controller, head):
    section = pack.sections.get(key="inledning")

    def answer(name, user):
        url = reverse(f"reports:section_{name}", args=[section.pk])
        response = login(user).post(url, headers=HTMX)
        return response.status_code, response.content.decode()

    assert answer("save", controller) == (200, "")
    factories.submit(pack, controller)
    assert answer("save", controller) == (
        409,
        "Underlaget kan inte ändras: läget är ”inlämnat”.",
    )
    assert answer("comment", head) == (200, "")


def test_a_too_long_text_is_refused(login, pack, controller):
    section = pack.sections.get(key="inledning")
    url = reverse("reports:section_save", args=[section.pk])

    response = login(controller).post(url, {"version": 1, "text": "a" * 20_001}, headers=HTMX)

    assert response.status_code == 422
    assert "för lång" in response.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1", "1" * 30, "²"])
def test_a_forged_version_is_a_bad_request(login, pack, controller, seen):
    section = pack.sections.get(key="inledning")
    url = reverse("reports:section_save", args=[section.pk])

    assert login(controller).post(url, {"version": seen, "text": "x"}).status_code == 400


def test_hostile_text_is_printed_as_text(login, pack, controller, head, chair):
    section = pack.sections.get(key="inledning")
    save_section_text(section=section, text=HOSTILE, seen=1, by=controller)
    version = factories.hand_over(pack, controller=controller, head=head, chair=chair)
    frozen = login(controller).get(reverse("reports:version_detail", args=[version.pk]))

    from reports.clearance import printing  # noqa: PLC0415 -- one use

    for html in (frozen.content.decode(), printing.version_html(version)):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;fet" in html


def test_the_preview_is_what_the_page_shows(login, pack, controller):
    """The truth test: the fragment asked for after a save equals the page loaded afresh."""
    section = pack.sections.get(key="inledning")
    client = login(controller)
    client.post(reverse("reports:section_save", args=[section.pk]), {"version": 1, "text": "Ny."})

    fragment = client.get(reverse("reports:section_preview", args=[section.pk])).content.decode()

    def squeezed(html: str) -> str:
        return re.sub(r"\s+", " ", html).strip()

    assert "<p>Ny.</p>" in fragment
    assert squeezed(fragment) in squeezed(page(client, pack).content.decode())


def test_submitting_from_the_page(login, pack, controller):
    url = reverse("reports:pack_submit", args=[pack.pk])
    client = login(controller)

    first = client.post(url, {"version": 1})
    second = client.post(url, {"version": 1})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Det är redan gjort: inlämnat av Controller" in second.content.decode()


def test_the_last_approval_freezes_and_orders_the_pdf(login, pack, controller, head, chair):
    factories.submit(pack, controller)
    factories.approve(pack, head)
    client = login(chair)
    form = factories.approving_form(client, pack, chair)

    response = client.post(reverse("reports:pack_approve", args=[pack.pk]), form)

    version = ReportVersion.objects.get()
    assert response.url == f"/underlag/version/{version.pk}/"
    assert version.handling.document.state == "queued"


def test_approving_twice_is_told_and_done_once(login, pack, controller, head):
    factories.submit(pack, controller)
    client = login(head)
    form = factories.approving_form(client, pack, head)
    url = reverse("reports:pack_approve", args=[pack.pk])

    first, second = client.post(url, form), client.post(url, form)

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Det är redan gjort: godkänt av Head" in second.content.decode()
    assert pack.acts.filter(action="approved").count() == 1


def test_approving_what_was_not_shown_tells_the_difference(login, pack, controller, head, period):
    factories.submit(pack, controller)
    client = login(head)
    form = factories.approving_form(client, pack, head)
    outcome = factories.outcome_of(period)
    outcome.number, outcome.version = outcome.number + 1, outcome.version + 1
    outcome.save(update_fields=["number", "version"])

    response = client.post(reverse("reports:pack_approve", args=[pack.pk]), form)

    html = response.content.decode()
    assert response.status_code == 409
    assert "Underlaget har ändrats sedan du öppnade sidan" in html
    assert "”6,94 % (7,53), mål 7,0, Når målet” är nu ”7,94 % (7,53)" in html
    assert form["sha256"] not in html


def test_sending_back_from_the_page(login, pack, controller, head):
    factories.submit(pack, controller)
    url = reverse("reports:pack_return", args=[pack.pk])
    client = login(head)

    empty = client.post(url, {"step": 1, "comment": " "})
    done = client.post(url, {"step": 1, "comment": "Rätta ekonomin."})

    assert (empty.status_code, done.status_code) == (422, 302)
    assert "Rätta ekonomin." in page(login(controller), pack).content.decode()


def test_a_comment_is_saved_by_itself_and_sent(login, pack, controller, head):
    factories.submit(pack, controller)
    section = pack.sections.get(key="inledning")
    url = reverse("reports:section_comment", args=[section.pk])
    client = login(head)

    saved = client.post(url, {"version": 0, "text": "Oklart."}, headers=HTMX)
    again = client.post(url, {"version": 1, "text": "Oklart här."}, headers=HTMX)
    client.post(reverse("reports:pack_send_comments", args=[pack.pk]))

    assert 'data-version="1"' in saved.content.decode()
    assert 'data-version="2"' in again.content.decode()
    assert SectionComment.objects.get().text == "Oklart här."
    assert "Oklart här." in page(login(controller), pack).content.decode()


def test_the_draft_pdf_answers_with_its_progress(login, pack, controller):
    url = reverse("reports:pack_pdf", args=[pack.pk])
    client = login(controller)

    fragment = client.post(url, headers=HTMX)
    plain = client.post(url)

    assert 'id="document-' in fragment.content.decode()
    assert plain.url == f"/underlag/{pack.pk}/#pdf"
    assert Report.objects.get(pk=pack.pk).prints.count() == 1
    assert "Väntar på utskrift" in page(client, pack).content.decode()


def test_an_approved_pack_leads_to_its_version(login, pack, handed_over, controller):
    assert page(login(controller), pack).url == f"/underlag/version/{handed_over.pk}/"


@pytest.mark.parametrize("sections", [1, 30])
def test_the_page_asks_the_database_equally_often(
    login, committee, controller, sections, django_assert_num_queries
):
    report = factories.make_report(committee, factories.make_template(committee.organisation))
    for number in range(sections):
        factories.make_section(report, f"a-{number}", text="x")
    client = login(controller)
    page(client, report)

    with django_assert_num_queries(QUERIES):
        assert page(client, report).status_code == 200


QUERIES = 15


def test_another_body_is_another_world(login, pack, stranger):
    assert page(login(stranger), pack).status_code == 404
    assert pack.body.organisation != stranger.person.organisation
    assert pack.body.organisation.demo_today == TODAY


def test_who_approves_sees_outcomes_counted_and_what_is_not_handed_in(
    login, pack, controller, head, period
):
    state = make_round_state(period, pack.body)
    Outcome.objects.filter(period=period).update(comment="Färre korta frånvarotillfällen.")
    factories.submit(pack, controller)

    shown = page(login(head), pack).context["page"]
    html = page(login(head), pack).content.decode()

    first = shown.outcomes[0]
    assert (first.value, first.comment) == ("6,94 %", "Färre korta frånvarotillfällen.")
    assert (
        html.count("Status i underlaget: 1 Når målet<") == 2
    )  # above the list, and where it is approved
    assert "Helår 2025 är inte inlämnad." in html

    RoundState.objects.filter(pk=state.pk).update(state=RoundStateName.APPROVED)
    assert "är inte inlämnad" not in page(login(head), pack).content.decode()
