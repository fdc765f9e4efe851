"""Paragraph and proposal save themselves, merge what can be merged and lose no text."""

import re

import pytest
from django.urls import reverse

from dialogues.enums import MotionOutcome
from dialogues.meetings.actions import add_motion, save_paragraph, settle_motion
from dialogues.models import Paragraph, Proposal, SigningChief
from dialogues.proposals.actions.proposals import approve_proposal
from tests.dialogues import factories

HTMX = {"HX-Request": "true"}
SAVED = re.compile(r'<span data-version="(\d+)">Sparat kl\. \d\d\.\d\d\.</span>')


def fields_of(client, url):
    """What the page's own form would send, as the page shows it."""
    html = client.get(url).content.decode()
    form = html.partition(f'action="{url}"')[2].partition("</form>")[0]
    found = {}
    for name, value in re.findall(r'<input[^>]*? name="([\w-]+)"[^>]*? value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    for name, text in re.findall(
        r'<textarea[^>]*? name="([\w-]+)"[^>]*>\n?([^<]*)</textarea>', form
    ):
        found.setdefault(name, []).append(text)
    found.pop("csrfmiddlewaretoken", None)
    return found


@pytest.fixture
def paragraph_url(paragraph):
    return reverse("dialogues:paragraph_edit", args=[paragraph.pk])


@pytest.fixture
def proposal_url(proposal):
    SigningChief.objects.all().delete()
    return reverse("dialogues:proposal_edit", args=[proposal.pk])


def test_a_paragraph_saves_itself(login, secretary, paragraph_url):
    client = login(secretary)
    typed = fields_of(client, paragraph_url) | {"matter": "Nytt ärende."}

    answer = client.post(paragraph_url, typed, headers=HTMX)

    row = Paragraph.objects.get()
    assert SAVED.fullmatch(answer.content.decode().strip())[1] == str(row.version)
    assert row.matter == "Nytt ärende."
    assert "är sparad.</div>" not in client.get(paragraph_url).content.decode()


def test_a_paragraphs_error_is_told_at_its_field(login, secretary, paragraph_url):
    client = login(secretary)
    typed = fields_of(client, paragraph_url) | {"heading": ""}

    answer = client.post(paragraph_url, typed, headers=HTMX)

    assert answer.status_code == 422
    assert answer.content.decode().startswith("<span>Rubrik:")


def test_a_paragraph_changed_by_another_tells_both(login, secretary, paragraph, paragraph_url):
    client = login(secretary)
    typed = fields_of(client, paragraph_url) | {"matter": "Min text."}
    save_paragraph(
        paragraph=paragraph, values={"matter": "Deras text."}, by=secretary, seen=paragraph.version
    )

    answer = client.post(paragraph_url, typed, headers=HTMX)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Secretary ändrade texten kl." in html
    assert html.count("data-theirs") == 1
    assert 'data-theirs="matter" data-text="Deras text."' in html
    assert "<del>Deras </del><ins>Min </ins>text." in html
    assert f'data-conflict="{paragraph.version}"' in html


def test_an_order_of_questions_is_not_saved_over_motions_that_were_not_seen(
    login, secretary, paragraph, paragraph_url, presiding
):
    client = login(secretary)
    typed = fields_of(client, paragraph_url)
    add_motion(paragraph=paragraph, mover=presiding.person, text="Ett till.", by=secretary)

    only_matter = client.post(paragraph_url, typed | {"matter": "Ny."}, headers=HTMX)
    order = client.post(paragraph_url, typed | {"question_order": "Ny ordning."}, headers=HTMX)

    assert 'data-theirs="motions"' not in only_matter.content.decode()
    assert 'data-theirs="motions"' in order.content.decode()
    assert "Yrkandena har ändrats" in order.content.decode()


def test_a_closed_paragraph_tells_the_script_to_keep_the_text(
    login, secretary, paragraph, paragraph_url
):
    client = login(secretary)
    typed = fields_of(client, paragraph_url)
    factories.send(paragraph, secretary)

    answer = client.post(paragraph_url, typed, headers=HTMX)

    assert answer.status_code == 409
    assert "kan inte ändras. Kopiera det du skrev" in answer.content.decode()


def test_a_proposal_saves_itself_and_makes_a_new_point_once(login, case_officer, proposal_url):
    client = login(case_officer)
    typed = fields_of(client, proposal_url)
    typed["point-text"][-1] = "Egen punkt."
    typed["summary"] = "Ny sammanfattning."

    first = client.post(proposal_url, typed, headers=HTMX)
    version = SAVED.fullmatch(first.content.decode().strip())[1]
    typed["point-text"][-1] = "Egen punkt, längre."
    second = client.post(proposal_url, typed | {"version": version}, headers=HTMX)

    proposal = Proposal.objects.get()
    assert (first.status_code, second.status_code) == (200, 200)
    assert proposal.summary == "Ny sammanfattning."
    assert [p.text for p in proposal.points.all()][-1] == "Egen punkt, längre."
    assert proposal.points.count() == len(factories.POINTS) + 1


def test_a_proposals_conflict_is_of_its_points_too(login, case_officer, proposal, proposal_url):
    client = login(case_officer)
    typed = fields_of(client, proposal_url)
    theirs = {**typed, "point-text": ["Deras punkt.", *typed["point-text"][1:]]}
    client.post(proposal_url, theirs, headers=HTMX)
    mine = {**typed, "point-text": ["Min punkt.", *typed["point-text"][1:]]}

    html = client.post(proposal_url, mine, headers=HTMX).content.decode()

    key = factories.POINTS[0][0]
    assert html.count("data-theirs") == 1
    assert f'data-theirs="point-{key}" data-text="Deras punkt."' in html


def test_an_approved_draft_is_not_changed_by_typing(
    login, case_officer, chief, head, proposal, proposal_url
):
    for user in (chief, head):
        SigningChief.objects.create(
            proposal=proposal, person=user.person, title=user.person.name, position=user.pk
        )
    client = login(case_officer)
    typed = fields_of(client, proposal_url) | {"summary": "Ny sammanfattning."}
    typed["chief-person"] = [chief.person_id, head.person_id]
    approve_proposal(proposal=proposal, by=chief, seen=proposal.version)
    typed["version"] = proposal.version

    back = client.post(proposal_url, headers=HTMX)
    by_itself = client.post(proposal_url, typed, headers=HTMX)
    html = client.post(proposal_url, typed).content.decode()

    assert (back.status_code, "är godkänt av Chief" in back.content.decode()) == (409, True)
    assert (by_itself.status_code, "spara igen" in by_itself.content.decode()) == (422, True)
    assert proposal.chiefs.exclude(approved_at=None).count() == 1
    form = html.partition(f'action="{proposal_url}"')[2].partition("</form>")[0]
    assert 'name="withdraws" value="1" required' in form
    assert "data-autosave" not in form
    assert "Ny sammanfattning." in form
    client.post(proposal_url, typed | {"withdraws": "1"})
    assert not proposal.chiefs.exclude(approved_at=None).exists()
    assert "data-autosave" in client.get(proposal_url).content.decode()


def test_typing_in_an_order_that_is_older_than_the_motions_confirms_nothing(
    login, secretary, paragraph, paragraph_url
):
    motion = paragraph.motions.get()
    settle_motion(motion=motion, outcome=MotionOutcome.REJECTED, by=secretary, seen=motion.version)
    client = login(secretary)
    typed = fields_of(client, paragraph_url) | {"question_order": "Ett tecken till."}

    client.post(paragraph_url, typed, headers=HTMX)

    html = client.get(paragraph_url).content.decode()
    assert "Ett tecken till." in html
    assert "Yrkandena har ändrats sedan propositionsordningen skrevs." in html


def test_a_paragraphs_window_is_told_of_the_lock(login, secretary, paragraph, paragraph_url):
    client = login(secretary)
    assert client.post(paragraph_url, headers=HTMX).status_code == 200
    factories.send(paragraph, secretary)

    answer = client.post(paragraph_url, headers=HTMX)

    assert answer.status_code == 409
    assert "kan inte ändras." in answer.content.decode()


def test_other_points_than_were_shown_ask_for_the_page_anew(login, case_officer, proposal_url):
    client = login(case_officer)
    typed = fields_of(client, proposal_url)
    client.post(proposal_url, typed | {"do": "down-1"})

    answer = client.post(proposal_url, typed | {"summary": "Min."}, headers=HTMX)

    assert answer.status_code == 409
    assert "Öppna sidan på nytt" in answer.content.decode()
    assert "data-conflict" not in answer.content.decode()


def test_a_motion_that_no_protocol_can_hold_comes_back_with_the_reason(login, secretary, paragraph):
    url = reverse("dialogues:motion_add", args=[paragraph.pk])
    typed = "Bifall. " * 100_000

    answer = login(secretary).post(url, {"text": typed, "mover": secretary.person.pk})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Text är för lång: 799\u00a0999 tecken. Högst 20\u00a0000 ryms." in html
    assert f">{typed}</textarea>" in html
