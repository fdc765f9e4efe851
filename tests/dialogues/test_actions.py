"""What each act does and when it is refused, in Swedish."""

import threading
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, connections

from dialogues.enums import DispatchWay, MotionOutcome, ParagraphState, Service, SignerRole
from dialogues.meetings.actions import (
    add_motion,
    create_meeting,
    create_paragraph,
    save_meeting,
    save_paragraph,
    settle_motion,
    strike_paragraph,
)
from dialogues.meetings.queries.decision import decision_of
from dialogues.models import Meeting, NumberSeries, Paragraph, Proposal, Signature
from dialogues.proposals.actions.proposals import (
    approve_proposal,
    create_proposal,
    save_proposal,
    send_proposal,
)
from dialogues.proposals.rules import NotAllowedNow, Point, Unfilled
from dialogues.verification.actions.dispatch import dispatch_extract, export_paragraph
from dialogues.verification.actions.verification import decline
from dialogues.verification.queries.protocol import paragraph_content
from dialogues.verification.rules import WrongPassword, decode
from documents.models import Event
from documents.queries import sealed_record, told_of_event
from governance.history import history_of
from governance.models import AuditEntry
from governance.rules import Invalid, Refusal, Stale
from governance.states import WrongState
from tests.dialogues import factories
from tests.factories import TODAY

ROLES = list(SignerRole)


def fresh(row):
    row.refresh_from_db()
    return row


# Proposal.


def test_proposal_begins_with_the_writers_name_and_the_committees(dialogue, case_officer):
    proposal = create_proposal(dialogue=dialogue, by=case_officer, today=TODAY)

    assert proposal.author_name == case_officer.person.name
    assert proposal.addressee == dialogue.round.board.name
    assert "dnrgs" in proposal.title


def test_a_second_proposal_is_refused(proposal, case_officer):
    with pytest.raises(NotAllowedNow, match="Det finns redan"):
        create_proposal(dialogue=proposal.dialogue, by=case_officer, today=TODAY)


def save(proposal, by, points, *, seen=None, chiefs=(), withdraws=False):
    save_proposal(
        proposal=proposal,
        values={"title": "Ny rubrik"},
        points=points,
        chiefs=list(chiefs),
        by=by,
        seen=seen or proposal.version,
        withdraws=withdraws,
    )


def test_points_keep_their_ids_when_they_are_reordered(proposal, case_officer):
    points = [Point(key=key, text=text) for key, text in reversed(factories.POINTS)]

    save(proposal, case_officer, points)

    assert list(proposal.points.values_list("key", flat=True)) == ["grunduppdrag", "anteckna"]
    assert fresh(proposal).title == "Ny rubrik"


def test_a_stale_save_changes_nothing(proposal, case_officer):
    with pytest.raises(Stale):
        save(proposal, case_officer, [], seen=7)

    assert proposal.points.count() == 2
    assert fresh(proposal).title == "Nämndsdialog våren 2026"


def test_chiefs_approve_their_own_and_the_last_one_makes_it_approved(
    dialogue, chief, head, case_officer
):
    proposal = factories.make_proposal(dialogue, [chief, head])

    approve_proposal(proposal=proposal, by=chief, seen=proposal.version)
    assert fresh(proposal).state == "draft"
    with pytest.raises(NotAllowedNow, match="redan godkänt"):
        approve_proposal(proposal=proposal, by=chief, seen=proposal.version)
    with pytest.raises(NotAllowedNow, match="undertecknare"):
        approve_proposal(proposal=proposal, by=case_officer, seen=proposal.version)
    approve_proposal(proposal=proposal, by=head, seen=proposal.version)

    assert fresh(proposal).state == "approved"
    assert [str(row) for row in AuditEntry.objects.filter(field="state", new="approved")] != []


def test_a_change_takes_back_the_approvals_given(dialogue, chief, head, case_officer):
    proposal = factories.make_proposal(dialogue, [chief, head])
    approve_proposal(proposal=proposal, by=chief, seen=proposal.version)

    points = [Point(key="ny", text="Ny punkt.")]
    chiefs = [(chief.person, "Direktör", False), (head.person, "Ekonomidirektör", True)]
    with pytest.raises(Invalid, match="är godkänt av Chief"):
        save(proposal, case_officer, points, chiefs=chiefs)
    assert fresh(proposal).chiefs.exclude(approved_at=None).count() == 1
    save(proposal, case_officer, points, chiefs=chiefs, withdraws=True)

    assert proposal.chiefs.exclude(approved_at=None).count() == 0
    assert [str(row) for row in proposal.chiefs.all()] == ["Direktör", "Tf. ekonomidirektör"]


def test_a_proposal_with_an_unfilled_field_is_not_approved(proposal, chief):
    proposal.points.filter(key="anteckna").update(text="{organ} antecknar.")

    with pytest.raises(Unfilled, match="inte ifylld"):
        approve_proposal(proposal=proposal, by=chief, seen=proposal.version)


def test_a_draft_is_not_sent_out(proposal, case_officer):
    with pytest.raises(WrongState, match="är utkast och kan inte sändas ut"):
        send_proposal(proposal=proposal, by=case_officer, today=TODAY, seen=1)


def test_a_sent_proposal_is_printed_and_closed(proposal, chief, case_officer):
    approve_proposal(proposal=proposal, by=chief, seen=proposal.version)
    send_proposal(proposal=proposal, by=case_officer, today=TODAY, seen=fresh(proposal).version)

    assert (proposal.state, proposal.sent_on) == ("sent", TODAY)
    assert "Förslag till beslut" in proposal.document.html
    assert "(lämnas in senare)" not in proposal.document.html  # no appendix is named
    with pytest.raises(WrongState, match="utsänt och kan inte ändras"):
        save(proposal, case_officer, [])


# Meeting and paragraph.


def test_presiding_secretary_and_verifier_are_three_persons(meeting, secretary):
    values = {
        "presiding": meeting.presiding,
        "secretary": meeting.secretary,
        "verifier": meeting.presiding,
    }

    with pytest.raises(Unfilled, match="tre olika personer"):
        save_meeting(meeting=meeting, values=values, present=[], by=secretary, seen=1)


def test_attendance_is_written_in_order(meeting, secretary, presiding, verifier):
    present = [(verifier.person, Service.MEMBER), (presiding.person, Service.CHAIR)]

    named = {name: getattr(meeting, name) for name in ("presiding", "secretary", "verifier")}
    save_meeting(meeting=meeting, values=named, present=present, by=secretary, seen=1)

    rows = meeting.attendances.order_by("position").values_list("person", "service")
    assert list(rows) == [(verifier.person_id, "member"), (presiding.person_id, "chair")]


def test_paragraph_copies_the_points_with_their_ids(paragraph, proposal):
    assert list(paragraph.points.values_list("key", "text")) == list(factories.POINTS)
    assert (paragraph.number, paragraph.year) == (58, 2026)


def test_a_given_number_leaves_the_series_alone(meeting, secretary):
    given = create_paragraph(meeting=meeting, dialogue=None, given_number=112, by=secretary)
    next_one = create_paragraph(meeting=meeting, dialogue=None, given_number=None, by=secretary)

    assert (given.number, given.is_number_given) == (112, True)
    assert next_one.number == 58
    with pytest.raises(NotAllowedNow, match="§ 112 finns redan"):
        create_paragraph(meeting=meeting, dialogue=None, given_number=112, by=secretary)


def test_the_series_goes_on_past_a_given_number(meeting, secretary):
    numbers = [
        create_paragraph(meeting=meeting, dialogue=None, given_number=given, by=secretary).number
        for given in (58, None, None)
    ]

    assert numbers == [58, 59, 60]


def test_a_second_paragraph_for_the_dialogue_is_refused_until_the_first_is_struck(
    paragraph, dialogue, secretary
):
    with pytest.raises(Refusal, match="redan en paragraf"):
        create_paragraph(
            meeting=paragraph.meeting, dialogue=dialogue, given_number=None, by=secretary
        )
    strike_paragraph(paragraph=paragraph, by=secretary, seen=paragraph.version)
    again = create_paragraph(
        meeting=paragraph.meeting, dialogue=dialogue, given_number=None, by=secretary
    )

    assert again.number == 59
    assert Paragraph.objects.filter(number=58, state="struck").count() == 1


@pytest.fixture
def committed(guarded_db, tmp_path, monkeypatch):
    """A database that threads can share: SQLite's test database lives in memory, so it is copied
    to a file for as long as the block lasts."""

    @contextmanager
    def shared():
        with monkeypatch.context() as patched:
            if connection.vendor == "sqlite":
                copy = tmp_path / "copy.sqlite3"
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM INTO %s", [str(copy)])
                patched.setitem(connections.settings["default"], "NAME", str(copy))
            yield

    return shared


def in_threads(work, count):
    """Run the work in as many threads at once; their answers and faults."""
    answers = []

    def one():
        try:
            answers.append(work())
        except Exception as error:  # the test tells
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_twenty_paragraphs_at_once_get_twenty_numbers_in_a_row(committed, meeting, secretary):
    def write():
        paragraph = create_paragraph(
            meeting=meeting, dialogue=None, given_number=None, by=secretary
        )
        return paragraph.number

    with committed():
        numbers = in_threads(write, 20)
        last = in_threads(lambda: NumberSeries.objects.get().last, 1)

    assert sorted(numbers) == list(range(58, 78))
    assert last == [77]


def test_the_same_signature_twice_at_once_is_given_once(
    guarded_db, committed, verification, secretary
):
    def click():
        try:
            factories.sign(verification, SignerRole.SECRETARY, secretary)
        except Refusal:
            return "refused"
        return "signed"

    with committed():
        answers = in_threads(click, 4)

    assert sorted(answers) == ["refused", "refused", "refused", "signed"]


@pytest.mark.parametrize("outcome", [MotionOutcome.REJECTED, MotionOutcome.WITHDRAWN])
def test_a_motion_that_is_not_carried_leaves_no_point(paragraph, secretary, outcome):
    motion = paragraph.motions.get()
    settle_motion(motion=motion, outcome=outcome, by=secretary, seen=fresh(motion).version)

    decided = [point.key for point in decision_of(paragraph)]
    written = [row.outcome for row in paragraph_content(paragraph).motions]
    assert decided == [key for key, _text in factories.POINTS]
    assert written == (["Avslaget"] if outcome == MotionOutcome.REJECTED else [])


def test_hostile_text_is_printed_as_text(paragraph, secretary):
    save_paragraph(
        paragraph=paragraph,
        values={"matter": "<img src=file:///etc/passwd> & <script>1</script>"},
        by=secretary,
        seen=fresh(paragraph).version,
    )

    html = factories.send(paragraph, secretary).document.html

    assert "&lt;img src=file:///etc/passwd&gt; &amp; &lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html


# Verification.


def test_an_unsettled_motion_stops_the_sending(paragraph, presiding, secretary):
    add_motion(paragraph=paragraph, mover=presiding.person, text="Ett till.", by=secretary)

    with pytest.raises(Unfilled, match="ange utgången"):
        factories.send(paragraph, secretary)


def test_sent_paragraph_and_attendance_are_closed(verification, paragraph, secretary):
    paragraph.refresh_from_db()

    with pytest.raises(WrongState, match="är utsänd för justering och kan inte ändras"):
        save_paragraph(paragraph=paragraph, values={}, by=secretary, seen=1)
    with pytest.raises(NotAllowedNow, match="Vilka som deltog"):
        save_meeting(meeting=paragraph.meeting, values={}, present=[], by=secretary, seen=1)


def test_nobody_signs_before_the_file_can_be_read(paragraph, secretary):
    verification = factories.send(paragraph, secretary, printed=False)

    with pytest.raises(NotAllowedNow, match="håller på att skapas"):
        factories.sign(verification, SignerRole.SECRETARY, secretary)


def test_the_wrong_password_signs_nothing(verification, secretary):
    with pytest.raises(WrongPassword, match="Lösenordet stämmer inte"):
        factories.sign(verification, SignerRole.SECRETARY, secretary, password="gissning")

    assert Signature.objects.count() == 0


def test_another_file_than_the_one_read_is_not_signed(verification, secretary):
    with pytest.raises(NotAllowedNow, match="inte det som ska justeras"):
        factories.sign(verification, SignerRole.SECRETARY, secretary, read_sha256="0" * 64)


def test_a_second_click_is_refused(verification, secretary):
    factories.sign(verification, SignerRole.SECRETARY, secretary)

    with pytest.raises(Refusal, match="redan svarat"):
        factories.sign(verification, SignerRole.SECRETARY, secretary)
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_any_order_of_signing_ends_in_one_stamp(verification, signers, order):
    for index in order:
        assert fresh(verification).stamp is None
        factories.sign(verification, ROLES[index], signers.by_role()[ROLES[index]])

    verification.refresh_from_db()
    assert verification.state == "verified"
    assert verification.stamp.source == verification.document
    assert {row.document_sha256 for row in verification.signatures.all()} == {
        verification.document.sha256
    }
    assert Paragraph.objects.get().state == "verified"


def test_a_verified_part_takes_no_more_answers(verified, verifier):
    with pytest.raises(WrongState, match="är justerad"):
        factories.sign(verified, SignerRole.VERIFIER, verifier)
    with pytest.raises(WrongState, match="är justerad"):
        decline(verification=verified, role=SignerRole.VERIFIER, comment="Nej.", by=verifier)


def test_declining_says_why_and_gives_the_paragraph_back(
    verification, paragraph, secretary, verifier
):
    factories.sign(verification, SignerRole.SECRETARY, secretary)
    with pytest.raises(Invalid):
        decline(verification=verification, role=SignerRole.VERIFIER, comment=" ", by=verifier)
    decline(verification=verification, role=SignerRole.VERIFIER, comment="Fel dag.", by=verifier)

    assert fresh(paragraph).state == "draft"
    with pytest.raises(WrongState, match="är avböjd"):
        factories.sign(verification, SignerRole.VERIFIER, verifier)
    again = factories.send(paragraph, secretary)
    assert again.pk != verification.pk
    assert again.signatures.count() == 0


def test_lateness_never_stops_a_signature(verification, signers):
    verification.due_on = date(2020, 1, 1)
    verification.save(update_fields=["due_on"])

    factories.sign_all(verification, signers)

    assert fresh(verification).state == "verified"


# Dispatch and export.


def dispatch(paragraph, by):
    return dispatch_extract(
        paragraph=paragraph,
        receiver=paragraph.dialogue.committee,
        way=DispatchWay.EMAIL,
        by=by,
        today=TODAY,
    )


def test_nothing_is_dispatched_or_exported_before_the_stamp(
    verification, signers, paragraph, secretary, registrar
):
    factories.sign_all(verification, signers, stamped=False)

    with pytest.raises(NotAllowedNow, match="stämplad"):
        dispatch(paragraph, secretary)
    with pytest.raises(NotAllowedNow, match="stämplad"):
        export_paragraph(paragraph=paragraph, by=registrar, today=TODAY)


def test_extract_is_made_of_what_was_sealed(verified, paragraph, secretary):
    dispatched = dispatch(paragraph, secretary)

    sealed = decode(bytes(sealed_record(verified.stamp).content))
    extract = decode(bytes(dispatched.extract.content))
    assert extract.signatures == sealed.signatures
    assert len(sealed.signatures) == 3
    assert "Protokollsutdrag" in dispatched.extract.html
    assert factories.ADDITION in dispatched.extract.html
    assert dispatched.dispatched_on == TODAY


def test_dispatching_twice_to_one_receiver_is_refused(verified, paragraph, secretary):
    dispatch(paragraph, secretary)

    with pytest.raises(Refusal, match="redan expedierad"):
        dispatch(paragraph, secretary)


def test_nothing_is_sent_to_another_organisation(verified, paragraph, secretary, other_org):
    from tests.factories import make_body  # noqa: PLC0415 -- only here

    with pytest.raises(NotAllowedNow, match="hör inte till"):
        dispatch_extract(
            paragraph=paragraph,
            receiver=make_body(other_org),
            way=DispatchWay.EMAIL,
            by=secretary,
            today=TODAY,
        )


def test_everything_is_in_the_history(verified, paragraph, proposal):
    fields = set(AuditEntry.objects.values_list("field", flat=True))

    assert {"number", "yrkande 1", "state", "secretary", "presiding", "verifier"} <= fields
    assert Proposal.objects.count() == 1


def test_another_paragraph_is_written_while_one_is_out_for_verification(
    verification, meeting, secretary
):
    later = create_paragraph(meeting=meeting, dialogue=None, given_number=None, by=secretary)

    assert later.state == ParagraphState.DRAFT
    assert later.number > verification.items.get().paragraph.number


def test_nobody_signs_in_anothers_place(verification, presiding):
    verification.document.refresh_from_db()

    with pytest.raises(NotAllowedNow, match="inte utsedd som justerare"):
        factories.sign(verification, SignerRole.VERIFIER, presiding)

    assert not verification.signatures.exists()


def test_a_meeting_needs_three_persons_to_sign(working_committee, presiding, secretary):
    with pytest.raises(Unfilled, match="tre olika personer"):
        create_meeting(
            body=working_committee,
            held_on=TODAY,
            presiding=presiding.person,
            secretary=secretary.person,
            verifier=presiding.person,
            by=secretary,
        )

    assert not Meeting.objects.exists()


def test_attendance_history_names_who_took_part(meeting, secretary, presiding, verifier):
    values = {name: getattr(meeting, name) for name in ("presiding", "secretary", "verifier")}
    present = [(presiding.person, Service.CHAIR)]

    save_meeting(
        meeting=meeting, values=values, present=present, by=secretary, seen=meeting.version
    )

    entry = next(row for row in history_of(meeting, is_open=True) if row.field == "attendance")
    assert str(verifier.person) in entry.old
    assert entry.new == f"{presiding.person}, ordförande"


def test_a_chief_newly_named_on_the_draft_is_told_once(dialogue, chief, head, case_officer):
    proposal = factories.make_proposal(dialogue, [chief])
    points = [Point(key=key, text=text) for key, text in factories.POINTS]
    named = [(each.person, "Chef", False) for each in (chief, head)]

    for _twice in range(2):
        save(fresh(proposal), case_officer, points, chiefs=named)

    (event,) = Event.objects.filter(act="change")
    assert event.what == "Beslutsförslaget väntar på ditt godkännande"
    assert head in told_of_event(event)
