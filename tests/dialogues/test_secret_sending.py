"""What is approved, sent and signed is what stands in the rows, marked or not (wall 23)."""

from datetime import date, timedelta

import pytest

from dialogues.enums import SignerRole
from dialogues.models import FloorMotion, ParagraphPoint, ProposalPoint
from dialogues.proposals.actions.proposals import approve_proposal, send_proposal
from dialogues.verification.actions.verification import decline
from governance.actions import LegalGround, lift_mark, mark_secret
from governance.rules import Refusal, Withheld
from tests.dialogues import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
GROUND = LegalGround(law="offentlighets- och sekretesslagen", chapter=18, section="13")


def marked(row, by):
    return mark_secret(
        row=row,
        ground=GROUND,
        reason="Prövas.",
        review_on=TODAY + timedelta(days=300),
        readers=[by.person],
        by=by,
        today=TODAY,
    )


@pytest.mark.parametrize("model", [None, ParagraphPoint, FloorMotion])
def test_nothing_marked_is_sent_for_signature(paragraph, secretary, model):
    row = model.objects.filter(paragraph=paragraph).first() if model else paragraph
    mark = marked(row, secretary)
    paragraph.refresh_from_db()

    with pytest.raises(Withheld, match="har sekretessmarkerade uppgifter"):
        factories.send(paragraph, secretary)

    lift_mark(mark=mark, seen=mark.version, by=secretary, today=TODAY)
    paragraph.refresh_from_db()
    assert factories.send(paragraph, secretary).pk


def test_what_is_out_for_signature_is_not_marked(verification, paragraph, secretary):
    with pytest.raises(Refusal, match="utsänd för justering"):
        marked(paragraph, secretary)

    decline(
        verification=verification,
        role=SignerRole.SECRETARY,
        comment="Sekretess ska prövas.",
        by=secretary,
    )
    paragraph.refresh_from_db()

    assert marked(paragraph, secretary).pk


def test_nothing_marked_is_approved_or_sent(proposal, chief, case_officer):
    mark = marked(ProposalPoint.objects.filter(proposal=proposal).first(), case_officer)

    with pytest.raises(Withheld, match="har sekretessmarkerade uppgifter"):
        approve_proposal(proposal=proposal, by=chief, seen=proposal.version)

    lift_mark(mark=mark, seen=mark.version, by=case_officer, today=TODAY)
    proposal.refresh_from_db()
    approve_proposal(proposal=proposal, by=chief, seen=proposal.version)
    proposal.refresh_from_db()
    marked(ProposalPoint.objects.filter(proposal=proposal).last(), case_officer)
    proposal.refresh_from_db()
    with pytest.raises(Withheld, match="har sekretessmarkerade uppgifter"):
        send_proposal(proposal=proposal, by=case_officer, today=TODAY, seen=proposal.version)
