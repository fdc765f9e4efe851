"""The acts of dialogue, proposal, meeting, paragraph, signing and dispatch."""

from dialogues.enums import ParagraphState, SignerRole, VerificationState
from dialogues.models import (
    Dialogue,
    FloorMotion,
    Meeting,
    Paragraph,
    Proposal,
    SigningChief,
    Verification,
    VerificationParagraph,
)
from dialogues.proposals.actions.proposals import approve_proposal
from dialogues.verification.actions.verification import sign
from dialogues.verification.queries.protocol import protocol_content
from dialogues.verification.rules import encode
from tests import factories, world
from tests.concurrency.table import Act, Cross, Times
from tests.world import World

OFFICER, SECRETARY = "handlaggare", "sekreterare"


# How far the world has come.


def approved(w: World) -> None:
    """The proposal, by each of its chiefs."""
    for chief in world.proposal_of(w).chiefs.order_by("position"):
        proposal = world.proposal_of(w)
        approve_proposal(proposal=proposal, by=chief.person.user, seen=proposal.version)


def one_chief_left(w: World) -> None:
    chief = world.proposal_of(w).chiefs.get(person=w.users["ekonomidirektor"].person)
    proposal = world.proposal_of(w)
    approve_proposal(proposal=proposal, by=chief.person.user, seen=proposal.version)


def written(w: World) -> None:
    world.write_paragraph(w)


def being_signed(w: World) -> None:
    world.send_for_verification(w, world.write_paragraph(w))


def one_signature_left(w: World) -> None:
    being_signed(w)
    verification = world.verification_of(w)
    for role, account in (
        (SignerRole.SECRETARY, SECRETARY),
        (SignerRole.PRESIDING, "au-ordforande"),
    ):
        sign(
            verification=verification,
            role=role,
            password=factories.PASSWORD,
            read_sha256=verification.document.sha256,
            by=w.users[account],
        )


def verified(w: World) -> None:
    being_signed(w)
    world.sign_all(w, world.verification_of(w))


# At which row, and with what.


def dialogue_without_proposal(_w: World) -> Dialogue:
    return Dialogue.objects.get(committee__key="dn-narsjukvard")


def motion_of(w: World) -> FloorMotion:
    return world.paragraph_of(w).motions.get()


def version_of(find):
    return lambda w: {"version": find(w).version}


def whole_proposal(w: World) -> dict[str, object]:
    proposal: Proposal = world.proposal_of(w)
    points = list(proposal.points.all())
    chiefs = list(proposal.chiefs.all())
    texts = (
        "unit", "author_name", "author_title", "diary_number", "addressee", "consequences",
        "financial_consequences", "appendix_label", "delivered_to",
    )  # fmt: skip
    return {
        **{name: getattr(proposal, name) for name in texts},
        "title": "En annan rubrik",
        "summary": "En annan sammanfattning.",
        "dated_on": proposal.dated_on.isoformat(),
        "point-key": [point.key for point in points],
        "point-text": [point.text + " Tillagt." for point in points],
        "chief-person": [chief.person_id for chief in chiefs],
        "chief-title": [chief.title for chief in chiefs],
        "version": proposal.version,
    }


def new_meeting(w: World) -> dict[str, object]:
    meeting = world.meeting_of(w)
    return {
        "held_on": "2026-04-14",
        "presiding": meeting.presiding_id,
        "secretary": meeting.secretary_id,
        "verifier": meeting.verifier_id,
        "token": "0123456789ab",
    }


def whole_meeting(w: World) -> dict[str, object]:
    meeting: Meeting = world.meeting_of(w)
    return {
        "held_on": meeting.held_on.isoformat(),
        "place": "Sessionssalen",
        "time_span": "kl. 09.00–11.30",
        "presiding": meeting.presiding_id,
        "secretary": meeting.secretary_id,
        "verifier": meeting.verifier_id,
        f"service-{meeting.presiding_id}": "chair",
        f"service-{meeting.verifier_id}": "member",
        "version": meeting.version,
    }


def whole_paragraph(w: World) -> dict[str, object]:
    paragraph = world.paragraph_of(w)
    texts = ("diary_number", "question_order", "supporting_documents", "dispatched_to")
    return {
        **{name: getattr(paragraph, name) for name in texts},
        "heading": "En annan rubrik",
        "matter": "Ärendet, skrivet på nytt.",
        "version": paragraph.version,
    }


def of_the_dialogue(w: World) -> dict[str, object]:
    return {"dialogue": Dialogue.objects.get(committee=w.body("dnrgs")).pk, "number": ""}


def another_matter(_w: World) -> dict[str, object]:
    return {"dialogue": "", "number": "", "token": "0123456789ab"}


def new_motion(w: World) -> dict[str, object]:
    return {
        "mover": world.meeting_of(w).presiding_id,
        "text": "att uppmana nämnden",
        "token": "0123456789ab",
    }


def rejected(w: World) -> dict[str, object]:
    return {"outcome": "rejected", "version": motion_of(w).version}


def chosen(w: World) -> dict[str, object]:
    return {"paragraph": [world.paragraph_of(w).pk]}


def signature(w: World) -> dict[str, object]:
    return {
        "password": factories.PASSWORD,
        "sha256": world.verification_of(w).document.sha256,
    }


def dispatching(w: World) -> dict[str, object]:
    return {"receiver": w.body("dnrgs").pk, "way": "email"}


ACTS = (
    Act(name="dialogues:proposal_create", by=OFFICER, at=dialogue_without_proposal),
    Act(name="dialogues:proposal_edit", by=OFFICER, at=world.proposal_of, data=whole_proposal),
    Act(
        name="dialogues:proposal_approve",
        by="regiondirektor",
        at=world.proposal_of,
        data=version_of(world.proposal_of),
    ),
    Act(
        name="dialogues:proposal_approve",
        label="by the last chief",
        stage=one_chief_left,
        by="regiondirektor",
        at=world.proposal_of,
        data=version_of(world.proposal_of),
    ),
    Act(
        name="dialogues:proposal_reopen",
        stage=approved,
        by=OFFICER,
        at=world.proposal_of,
        data=version_of(world.proposal_of),
    ),
    Act(
        name="dialogues:proposal_send",
        stage=approved,
        by=OFFICER,
        at=world.proposal_of,
        data=version_of(world.proposal_of),
    ),
    Act(
        name="dialogues:proposal_pdf",
        by=OFFICER,
        at=world.proposal_of,
        times=Times.SAME,
        why="the same draft is printed once, whoever asks",
    ),
    Act(name="dialogues:meeting_list", by=SECRETARY, data=new_meeting),
    Act(name="dialogues:meeting_detail", by=SECRETARY, at=world.meeting_of, data=whole_meeting),
    Act(
        name="dialogues:paragraph_create",
        label="of a dialogue",
        by=SECRETARY,
        at=world.meeting_of,
        data=of_the_dialogue,
    ),
    Act(
        name="dialogues:paragraph_create",
        label="of another matter",
        by=SECRETARY,
        at=world.meeting_of,
        data=another_matter,
    ),
    Act(
        name="dialogues:paragraph_edit",
        stage=written,
        by=SECRETARY,
        at=world.paragraph_of,
        data=whole_paragraph,
    ),
    Act(
        name="dialogues:motion_add",
        stage=written,
        by=SECRETARY,
        at=world.paragraph_of,
        data=new_motion,
    ),
    Act(name="dialogues:motion_settle", stage=written, by=SECRETARY, at=motion_of, data=rejected),
    Act(
        name="dialogues:paragraph_strike",
        stage=written,
        by=SECRETARY,
        at=world.paragraph_of,
        data=version_of(world.paragraph_of),
    ),
    Act(
        name="dialogues:verification_send",
        stage=written,
        by=SECRETARY,
        at=world.meeting_of,
        data=chosen,
    ),
    Act(
        name="dialogues:verification_sign",
        stage=being_signed,
        by="justerare",
        at=world.verification_of,
        data=signature,
    ),
    Act(
        name="dialogues:verification_sign",
        label="the last of three",
        stage=one_signature_left,
        by="justerare",
        at=world.verification_of,
        data=signature,
    ),
    Act(
        name="dialogues:verification_decline",
        stage=being_signed,
        by="justerare",
        at=world.verification_of,
        data=lambda _w: {"comment": "Fel namn på yrkanden."},
    ),
    Act(
        name="dialogues:paragraph_dispatch",
        stage=verified,
        by=SECRETARY,
        at=world.paragraph_of,
        data=dispatching,
    ),
    Act(
        name="dialogues:paragraph_export",
        stage=verified,
        by="registrator",
        at=world.paragraph_of,
        times=Times.EACH,
        why="the registrar may take the package out again; each time is a row",
    ),
)


# What must hold when two have been crossed.


def what_is_sent_is_what_stands(w: World) -> None:
    """Nothing was typed into what was fixed: its bytes say what the rows say."""
    for verification in Verification.objects.filter(state=VerificationState.SENT):
        rows = [item.paragraph for item in verification.items.all()]
        meeting = Meeting.objects.get(pk=verification.meeting_id)
        assert encode(protocol_content(meeting, rows)) == bytes(verification.content)
        assert {row.state for row in rows} == {ParagraphState.SENT}
    assert VerificationParagraph.objects.count() == Verification.objects.count()


def signed_or_declined(w: World) -> None:
    """Either answer stands; declined is declined, with the paragraph back as a draft."""
    verification = world.verification_of(w)
    answers = list(verification.signatures.values_list("is_declined", flat=True))
    paragraph = world.paragraph_of(w)
    if verification.state == VerificationState.DECLINED:
        assert answers.count(True) == 1
        assert paragraph.state == ParagraphState.DRAFT
        assert not verification.items.get().is_open
    else:
        assert True not in answers
        assert paragraph.state in (ParagraphState.SENT, ParagraphState.VERIFIED)
        assert verification.items.get().is_open


def struck_or_sent(w: World) -> None:
    paragraph = world.paragraph_of(w)
    if paragraph.state == ParagraphState.STRUCK:
        assert not Verification.objects.exists()
    else:
        what_is_sent_is_what_stands(w)


def approved_as_it_stands(w: World) -> None:
    """An approval given to another text does not stand."""
    proposal = world.proposal_of(w)
    given = SigningChief.objects.filter(proposal=proposal).exclude(approved_at=None)
    if proposal.title == "En annan rubrik":
        assert not given.exists()
        assert proposal.state == "draft"
    else:
        assert given.exists()


def one_paragraph_each(_w: World) -> None:
    """Of dialogue and other matter, whoever was first: numbers in a row, none used twice."""
    numbers = sorted(Paragraph.objects.values_list("number", flat=True))
    assert len(numbers) == 2
    assert numbers[1] == numbers[0] + 1


def named(name: str, label: str = "") -> Act:
    return next(act for act in ACTS if act.name == f"dialogues:{name}" and act.label == label)


SEND = named("verification_send")
CROSSES = (
    Cross(
        label="a paragraph is edited and sent",
        acts=(named("paragraph_edit"), SEND),
        holds=what_is_sent_is_what_stands,
    ),
    Cross(
        label="a motion is moved and the paragraph sent",
        acts=(named("motion_add"), SEND),
        holds=what_is_sent_is_what_stands,
    ),
    Cross(
        label="a motion is settled and the paragraph sent",
        acts=(named("motion_settle"), SEND),
        holds=what_is_sent_is_what_stands,
    ),
    Cross(
        label="the meeting is edited and a paragraph sent",
        acts=(
            Act(
                name="dialogues:meeting_detail",
                stage=written,
                by=SECRETARY,
                at=world.meeting_of,
                data=whole_meeting,
            ),
            SEND,
        ),
        holds=what_is_sent_is_what_stands,
    ),
    Cross(
        label="a paragraph is struck and sent",
        acts=(named("paragraph_strike"), SEND),
        holds=struck_or_sent,
    ),
    Cross(
        label="signed and declined",
        acts=(
            named("verification_sign", "the last of three"),
            Act(
                name="dialogues:verification_decline",
                stage=one_signature_left,
                by="justerare",
                at=world.verification_of,
                data=lambda _w: {"comment": "Fel namn på yrkanden."},
            ),
        ),
        holds=signed_or_declined,
    ),
    Cross(
        label="signed by one and declined by another",
        acts=(
            Act(
                name="dialogues:verification_sign",
                stage=being_signed,
                by=SECRETARY,
                at=world.verification_of,
                data=signature,
            ),
            named("verification_decline"),
        ),
        holds=signed_or_declined,
    ),
    Cross(
        label="a proposal is edited and approved",
        acts=(named("proposal_edit"), named("proposal_approve")),
        holds=approved_as_it_stands,
    ),
    Cross(
        label="two paragraphs take a number",
        acts=(
            named("paragraph_create", "of a dialogue"),
            named("paragraph_create", "of another matter"),
        ),
        holds=one_paragraph_each,
    ),
)
