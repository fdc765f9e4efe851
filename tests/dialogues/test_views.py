"""Who gets which page, and the whole way through the forms."""

import io
import json
import zipfile
from hashlib import sha256

import pytest
from django.urls import reverse

from dialogues.models import Dialogue, Export, Meeting, Paragraph, Proposal, Verification
from governance.enums import Role
from tests.dialogues import factories
from tests.factories import PASSWORD, make_body, make_user

ACTORS = (
    "controller", "head", "chair", "reader", "case_officer", "chief", "presiding", "member",
    "secretary", "verifier", "registrar", "outsider", "stranger", "administrator",
)  # fmt: skip
COMMITTEE = {"controller", "head", "chair", "reader"}
SIGNERS = {"presiding", "secretary", "verifier"}
BOARD = {"case_officer", "member", "registrar"} | SIGNERS
READERS = COMMITTEE | BOARD


@pytest.fixture
def actors(request):
    return {name: request.getfixturevalue(name) for name in ACTORS}


def answers(login, actors, url, *, post=None):
    """Who gets what: {200: {...}, 403: {...}, 404: {...}} (302 counts as 200)."""
    found = {}
    for name, user in actors.items():
        client = login(user)
        response = client.get(url) if post is None else client.post(url, post)
        found.setdefault(
            200 if response.status_code in (302, 409, 422) else response.status_code, set()
        ).add(name)
    return found


def everyone_else(allowed, forbidden=frozenset()):
    expected = {200: set(allowed), 404: set(ACTORS) - set(allowed) - set(forbidden)}
    if forbidden:
        expected[403] = set(forbidden)
    return expected


def page(name, row):
    return reverse(f"dialogues:{name}", args=[row.pk])


# The matrix of architecture.md.


def test_dialogue_is_for_board_committee_and_chiefs(login, actors, proposal):
    found = answers(login, actors, page("dialogue_detail", proposal.dialogue))

    assert found == everyone_else(READERS | {"chief"})


def test_proposal_draft_is_for_writers_chiefs_secretary_and_registrar(login, actors, proposal):
    found = answers(login, actors, page("proposal_detail", proposal))

    assert found == everyone_else({"case_officer", "chief", "secretary", "registrar"})


def test_proposal_is_written_by_the_case_officer_alone(login, actors, proposal):
    readers = {"chief", "secretary", "registrar"}

    assert answers(login, actors, page("proposal_edit", proposal)) == everyone_else(
        {"case_officer"}, readers
    )
    assert answers(login, actors, page("proposal_send", proposal), post={}) == everyone_else(
        {"case_officer"}, readers
    )


def test_proposal_is_approved_by_its_chiefs_alone(login, actors, proposal):
    found = answers(login, actors, page("proposal_approve", proposal), post={"version": "1"})

    assert found == everyone_else({"chief"}, {"case_officer", "secretary", "registrar"})


def test_meeting_is_the_secretarys_alone(login, actors, meeting):
    found = answers(login, actors, page("meeting_detail", meeting))

    assert found == everyone_else({"secretary"}, BOARD - {"secretary"})


def test_paragraph_draft_is_the_secretarys_alone(login, actors, paragraph):
    for name in ("paragraph_detail", "paragraph_edit"):
        assert answers(login, actors, page(name, paragraph)) == everyone_else({"secretary"})


def test_paragraph_out_for_signing_is_for_those_who_sign(login, actors, verification, paragraph):
    assert answers(login, actors, page("paragraph_detail", paragraph)) == everyone_else(SIGNERS)
    assert answers(login, actors, page("verification_detail", verification)) == everyone_else(
        SIGNERS
    )


def test_only_the_three_named_persons_sign(login, actors, verification):
    for name in ("verification_sign", "verification_decline"):
        found = answers(login, actors, page(name, verification), post={"password": "fel"})

        assert found == everyone_else(SIGNERS)


def test_verified_paragraph_is_for_board_and_committee(login, actors, verified, paragraph):
    assert answers(login, actors, page("paragraph_detail", paragraph)) == everyone_else(READERS)
    assert answers(login, actors, page("verification_detail", verified)) == everyone_else(READERS)
    for document in (verified.document, verified.stamp):
        url = reverse("documents:document_download", args=[document.pk])
        assert answers(login, actors, url) == everyone_else(READERS)


def test_dispatch_is_the_secretarys_and_export_the_registrars(login, actors, verified, paragraph):
    dispatched = answers(
        login, actors, page("paragraph_dispatch", paragraph),
        post={"receiver": paragraph.dialogue.committee_id, "way": "email"},
    )  # fmt: skip
    exported = answers(login, actors, page("paragraph_export", paragraph), post={})

    assert dispatched == everyone_else({"secretary"}, READERS - {"secretary"})
    assert exported == everyone_else({"registrar"}, READERS - {"registrar"})


def test_nobody_reads_without_logging_in(client, verified, paragraph):
    for url in (
        reverse("dialogues:round_list"),
        reverse("dialogues:verify_upload"),
        page("paragraph_detail", paragraph),
    ):
        assert client.get(url).status_code == 302


# The whole way through the forms.


def test_case_officer_writes_a_proposal_without_script(login, dialogue, case_officer, chief):
    client = login(case_officer)
    client.post(page("proposal_create", dialogue))
    proposal = Proposal.objects.get()
    url = page("proposal_edit", proposal)
    texts = {
        name: getattr(proposal, name) or "-"
        for name in ("title", "addressee", "summary", "consequences", "financial_consequences")
    }
    form = {
        **texts,
        "dated_on": "2026-02-23",
        "chief-person": chief.person_id,
        "chief-title": "Chef",
    }

    first = client.post(
        url, {**form, "version": 1, "point-key": ["", ""], "point-text": ["B.", "A."], "do": "up-2"}
    )
    keys = list(proposal.points.values_list("key", flat=True))
    client.post(
        url,
        {**form, "version": 2, "point-key": keys, "point-text": ["A, ändrad.", "B."]},
    )

    assert first.status_code == 302
    assert list(proposal.points.values_list("key", "text")) == [
        (keys[0], "A, ändrad."),
        (keys[1], "B."),
    ]
    assert proposal.chiefs.get().person == chief.person


def test_a_stale_proposal_keeps_what_was_typed(login, proposal, case_officer):
    response = login(case_officer).post(
        page("proposal_edit", proposal),
        {
            "version": 9, "title": "Min rubrik", "addressee": "RS", "dated_on": "2026-02-23",
            "point-key": [""], "point-text": ["Min punkt."],
        },
    )  # fmt: skip

    assert response.status_code == 409
    assert "Min rubrik" in response.content.decode()
    assert "Min punkt." in response.content.decode()
    assert "Någon annan har ändrat" in response.content.decode()


def test_a_bad_date_is_told_at_its_field(login, proposal, case_officer):
    response = login(case_officer).post(
        page("proposal_edit", proposal), {"version": 1, "title": "T", "dated_on": "i går"}
    )

    assert response.status_code == 422
    assert "giltigt datum" in response.content.decode()


def test_secretary_writes_a_paragraph_and_sees_the_derived_decision(
    login, meeting, dialogue, proposal, secretary, presiding
):
    client = login(secretary)
    client.post(page("paragraph_create", meeting), {"dialogue": dialogue.pk, "number": ""})
    paragraph = Paragraph.objects.get()
    client.post(
        page("motion_add", paragraph), {"mover": presiding.person_id, "text": "Tillagd punkt."}
    )
    motion = paragraph.motions.get()
    client.post(page("motion_settle", motion), {"outcome": "carried", "version": motion.version})
    paragraph.refresh_from_db()
    client.post(
        page("paragraph_edit", paragraph),
        {"version": paragraph.version, "heading": "Dialog", "do": "draft-order"},
    )

    html = client.get(page("paragraph_edit", paragraph)).content.decode()
    paragraph.refresh_from_db()
    assert "<ins>Tillagd punkt.</ins>" in html
    assert "tillagd vid sammanträdet" in html
    assert paragraph.question_order.startswith("Ordförande Presiding ställer proposition")
    sent = client.post(page("verification_send", meeting), {"paragraph": [paragraph.pk]})
    assert sent.url == page("verification_detail", Verification.objects.get())


def test_signing_through_the_page_ends_in_a_stamp(login, verification, signers):
    url = page("verification_sign", verification)
    form = {"password": PASSWORD, "sha256": verification.document.sha256}

    for user in signers.by_role().values():
        assert login(user).post(url, form).status_code == 302
        assert login(user).post(url, form).status_code == 409

    verification.refresh_from_db()
    assert verification.stamp is not None


def test_a_wrong_password_is_told_on_the_page(login, verification, verifier):
    response = login(verifier).post(
        page("verification_sign", verification),
        {"password": "fel", "sha256": verification.document.sha256},
    )

    assert response.status_code == 422
    assert "Lösenordet stämmer inte. Inget har skrivits under." in response.content.decode()


@pytest.mark.parametrize(
    ("came_from", "is_shown"), [("http://testserver/x/", True), ("https://elsewhere.se/", False)]
)
def test_a_page_of_a_refusal_leads_back(login, paragraph, secretary, came_from, is_shown):
    response = login(secretary).post(
        page("paragraph_strike", paragraph), {"version": 99}, headers={"Referer": came_from}
    )

    assert response.status_code == 409
    assert ('href="/x/"' in response.content.decode()) == is_shown


def test_a_refused_motion_keeps_its_text(login, paragraph, secretary, presiding):
    client, form = login(secretary), {"mover": presiding.person_id, "token": "0123456789ab"}
    client.post(page("motion_add", paragraph), {**form, "text": "En punkt."})

    response = client.post(page("motion_add", paragraph), {**form, "text": "En annan punkt."})

    assert response.status_code == 409
    assert ">En annan punkt.</textarea>" in response.content.decode()


def test_declining_is_shown_to_the_secretary(login, verification, verifier, secretary, paragraph):
    login(verifier).post(
        page("verification_decline", verification), {"comment": "Fel ledamot i punkt 6."}
    )

    html = login(secretary).get(page("paragraph_edit", paragraph)).content.decode()
    assert "Fel ledamot i punkt 6." in html


def test_a_comment_to_an_answer_already_given_stands_on_the_page(login, verification, verifier):
    client, url = login(verifier), page("verification_decline", verification)
    sign = {"password": PASSWORD, "sha256": verification.document.sha256}
    client.post(page("verification_sign", verification), sign)

    response = client.post(url, {"comment": "Fel ledamot i punkt 6."})

    assert response.status_code == 409
    assert response.context["comment"] == "Fel ledamot i punkt 6."


def test_an_error_does_not_hide_that_somebody_was_first(login, meeting, secretary):
    typed = {"version": meeting.version, "held_on": "i går"}
    Meeting.objects.update(version=7)

    html = login(secretary).post(page("meeting_detail", meeting), typed).content.decode()

    assert f'name="version" value="{meeting.version}"' in html


def test_paragraph_page_says_who_signed_and_how(login, verified, paragraph, reader):
    html = login(reader).get(page("paragraph_detail", paragraph)).content.decode()

    assert "Justerad elektroniskt (enkel elektronisk underskrift)" in html
    assert "Paragrafen är justerad" in html
    assert verified.stamp.sha256 in html
    assert factories.ADDITION in html


def test_reading_uses_the_sealed_record_only(login, verified, paragraph, reader, presiding):
    presiding.person.name = "Nytt Namn"
    presiding.person.save()
    paragraph.dialogue.committee.short_name = "Annat namn"
    paragraph.dialogue.committee.save()

    html = login(reader).get(page("paragraph_detail", paragraph)).content.decode()

    assert "Ordförande Presiding yrkar på följande tillägg" in html
    assert "Nytt Namn" not in html.partition('class="page"')[2]
    assert "Presiding" in html


def test_export_is_a_package_with_sums_that_hold(login, verified, paragraph, registrar):
    response = login(registrar).post(page("paragraph_export", paragraph))

    data = response.content
    package = zipfile.ZipFile(io.BytesIO(data))
    sums = dict(
        reversed(line.split("  "))
        for line in package.read("checksums.sha256").decode().splitlines()
    )
    assert {name: sha256(package.read(name)).hexdigest() for name in sums} == sums
    assert sha256(package.read("protokollsdel.pdf")).hexdigest() == verified.stamp.sha256
    assert json.loads(package.read("innehall.json"))["paragraphs"][0]["number"] == 58
    assert json.loads(package.read("manifest.json"))["paragraph"] == 58
    assert Export.objects.get().sha256 == sha256(data).hexdigest()


# Forged and strange.


@pytest.mark.parametrize("mover", ["", "0", "99999999", "abc", "1e9"])
def test_a_forged_mover_is_not_found(login, paragraph, secretary, mover):
    response = login(secretary).post(
        page("motion_add", paragraph), {"mover": mover, "text": "Text."}
    )

    assert response.status_code == 404


def test_a_mover_of_another_region_is_not_found(login, paragraph, secretary, stranger):
    response = login(secretary).post(
        page("motion_add", paragraph), {"mover": stranger.person_id, "text": "Text."}
    )

    assert response.status_code == 404


def test_a_dialogue_of_another_region_gets_no_paragraph(login, meeting, secretary, other_org):
    theirs = factories.make_dialogue(
        make_body(other_org, "rs"), make_body(other_org, "au"), make_body(other_org, "dn")
    )

    response = login(secretary).post(page("paragraph_create", meeting), {"dialogue": theirs.pk})

    assert response.status_code == 404
    assert Paragraph.objects.count() == 0


def test_another_meetings_paragraph_is_not_sent_along(
    login, paragraph, working_committee, signers, secretary
):
    other = factories.make_meeting(working_committee, signers)

    response = login(secretary).post(
        page("verification_send", other), {"paragraph": [paragraph.pk]}
    )

    assert response.status_code == 422
    assert Verification.objects.count() == 0


@pytest.mark.parametrize("number", ["abc", "0", "-3", "2147483648", "9" * 30, "５８"])
def test_a_strange_number_makes_no_paragraph_and_is_told(login, meeting, secretary, number):
    answer = login(secretary).post(
        page("paragraph_create", meeting), {"dialogue": "", "number": number}, follow=True
    )

    assert "Skriv paragrafens nummer som ett heltal" in answer.content.decode()
    assert list(Paragraph.objects.values_list("number", flat=True)) == []


# Rounds.


def test_round_shows_what_is_not_handed_over(login, dialogue, member):
    html = login(member).get(page("round_detail", dialogue.round)).content.decode()

    assert "ej inlämnat" in html
    assert "senast 2026-03-12" in html


def test_round_shows_a_committee_its_own_row_alone(login, dialogue, outsider, reader, org):
    factories.make_dialogue(
        dialogue.round.board, dialogue.receiving_body, make_body(org, "x", short_name="DN X"), "d2"
    )

    assert login(outsider).get(page("round_detail", dialogue.round)).status_code == 404
    assert "DN X" not in login(reader).get(page("round_detail", dialogue.round)).content.decode()


def test_round_shows_a_signing_chief_the_proposal_that_waits(login, proposal, chief):
    html = login(chief).get(page("round_detail", proposal.dialogue.round)).content.decode()

    assert "DN Regionservice" in html
    assert "Utkast" in html


@pytest.mark.parametrize("count", [1, 30])
def test_round_costs_the_same_for_any_number_of_committees(
    login, org, board, working_committee, member, count, django_assert_num_queries
):
    for number in range(count):
        body = make_body(org, f"dn-{number}", short_name=f"DN {number}")
        dialogue = factories.make_dialogue(board, working_committee, body, f"d-{number}")
        factories.make_proposal(dialogue)
    client = login(member)

    with django_assert_num_queries(9):
        response = client.get(page("round_detail", Dialogue.objects.first().round))

    assert response.content.decode().count("ej inlämnat") == count


def test_meeting_is_created_by_the_secretary(login, org, working_committee, secretary, presiding):
    other = make_user(org, "other", roles={Role.MEMBER: working_committee})
    response = login(secretary).post(
        reverse("dialogues:meeting_list"),
        {
            "held_on": "2026-03-24", "presiding": presiding.person_id,
            "secretary": secretary.person_id, "verifier": other.person_id,
        },
    )  # fmt: skip

    assert response.url == page("meeting_detail", Meeting.objects.get())


def test_attendance_has_the_chair_first(login, meeting, presiding, verifier, secretary):
    form = {
        "version": meeting.version,
        "held_on": "2026-03-10",
        "presiding": presiding.person_id,
        "secretary": secretary.person_id,
        "verifier": verifier.person_id,
        f"service-{secretary.person_id}": "other",
        f"service-{presiding.person_id}": "chair",
        f"service-{verifier.person_id}": "member",
    }

    response = login(secretary).post(page("meeting_detail", meeting), form)

    assert response.status_code == 302
    present = meeting.attendances.order_by("position").values_list("person", flat=True)
    assert list(present) == [presiding.person_id, verifier.person_id, secretary.person_id]


WRITTEN = "Nämnden ska återkomma i maj."


def test_a_text_for_a_closed_row_comes_back_with_the_reason(login, secretary, paragraph):
    factories.send(paragraph, secretary)
    url = reverse("dialogues:paragraph_edit", args=[paragraph.pk])

    answer = login(secretary).post(url, {"version": 1, "matter": WRITTEN})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Paragrafen är utsänd för justering och kan inte ändras." in html
    assert f"\n{WRITTEN}</textarea>" in html
    assert "se hur det står nu" in html
    assert "försök igen" not in html
