"""An order of questions holds for the motions it was written for: after a change it is confirmed
or drafted anew before the paragraph is sent, else it may say the opposite of the decision."""

import pytest

from dialogues.enums import MotionOutcome, ParagraphState
from dialogues.meetings.actions import add_motion, save_meeting, save_paragraph, settle_motion
from dialogues.meetings.rules import Motion, motions_sha256
from dialogues.models import Verification
from dialogues.proposals.rules import Unfilled
from dialogues.verification.actions.verification import send_for_verification
from governance.history import history_of
from tests.dialogues.factories import ORDER
from tests.dialogues.test_views import page


def settle(paragraph, outcome, by):
    motion = paragraph.motions.get()
    settle_motion(motion=motion, outcome=outcome, by=by, seen=motion.version)
    paragraph.refresh_from_db()


def send(paragraph, by):
    return send_for_verification(meeting=paragraph.meeting, paragraphs=[paragraph], by=by)


def test_an_order_from_before_the_outcome_is_not_sent(paragraph, secretary):
    settle(paragraph, MotionOutcome.REJECTED, secretary)

    with pytest.raises(Unfilled, match="sedan propositionsordningen skrevs"):
        send(paragraph, secretary)

    paragraph.refresh_from_db()
    assert paragraph.state == ParagraphState.DRAFT
    assert not Verification.objects.exists()


def test_a_new_motion_asks_for_the_order_again(paragraph, presiding, secretary):
    motion = add_motion(
        paragraph=paragraph, mover=presiding.person, text="Ännu en punkt.", by=secretary
    )
    settle_motion(motion=motion, outcome=MotionOutcome.WITHDRAWN, by=secretary, seen=motion.version)

    with pytest.raises(Unfilled, match="sedan propositionsordningen skrevs"):
        send(paragraph, secretary)


def test_another_presiding_chair_asks_for_the_order_again(meeting, paragraph, verifier, secretary):
    values = {"presiding": verifier.person, "secretary": secretary.person}
    values["verifier"] = meeting.presiding
    save_meeting(meeting=meeting, values=values, present=[], by=secretary, seen=meeting.version)

    with pytest.raises(Unfilled, match="sedan propositionsordningen skrevs"):
        send(paragraph, secretary)


@pytest.mark.parametrize("do", ["confirm-order", "draft-order"])
def test_the_page_says_so_with_two_buttons_and_either_lets_it_go(login, paragraph, secretary, do):
    settle(paragraph, MotionOutcome.REJECTED, secretary)
    client = login(secretary)
    html = client.get(page("paragraph_edit", paragraph)).content.decode()
    assert "Yrkandena har ändrats sedan propositionsordningen skrevs." in html
    assert 'value="confirm-order"' in html
    assert html.count('value="draft-order"') == 1

    fields = {"version": paragraph.version, "heading": paragraph.heading, "question_order": ORDER}
    client.post(page("paragraph_edit", paragraph), {**fields, "do": do})

    paragraph.refresh_from_db()
    assert (paragraph.question_order == ORDER) == (do == "confirm-order")
    html = client.get(page("paragraph_edit", paragraph)).content.decode()
    assert "Yrkandena har ändrats" not in html
    assert send(paragraph, secretary).items.get().paragraph == paragraph


def test_saving_other_texts_does_not_confirm_the_order(paragraph, secretary):
    settle(paragraph, MotionOutcome.REJECTED, secretary)
    save_paragraph(
        paragraph=paragraph,
        values={"heading": "Annan rubrik", "question_order": ORDER},
        by=secretary,
        seen=paragraph.version,
    )

    with pytest.raises(Unfilled, match="sedan propositionsordningen skrevs"):
        send(paragraph, secretary)


def test_a_confirmation_stands_in_the_history(paragraph, secretary):
    settle(paragraph, MotionOutcome.REJECTED, secretary)
    save_paragraph(
        paragraph=paragraph, values={}, confirms_order=True, by=secretary, seen=paragraph.version
    )

    newest = history_of(paragraph)[0]
    assert (newest.field, newest.new) == ("", "propositionsordningen bekräftad")


def test_the_same_counts_with_other_outcomes_are_another_basis():
    def of(*outcomes):
        motions = [
            Motion(key=f"y{n}", text="x", mover="A", outcome=outcome)
            for n, outcome in enumerate(outcomes)
        ]
        return motions_sha256(presiding="A", motions=motions)

    carried, rejected = MotionOutcome.CARRIED, MotionOutcome.REJECTED
    assert of(carried, rejected) == of(carried, rejected)
    assert of(carried, rejected) != of(rejected, carried)


def test_who_sends_with_an_old_order_is_told_where_to_mend_it(login, paragraph, secretary):
    settle(paragraph, MotionOutcome.REJECTED, secretary)

    response = login(secretary).post(
        page("verification_send", paragraph.meeting), {"paragraph": [paragraph.pk]}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "sedan propositionsordningen skrevs" in html
    assert f'href="{page("paragraph_edit", paragraph)}"' in html
