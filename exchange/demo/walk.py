"""The demo's whole walk, by the right persons on the right day, through the apps' own actions.

From the outcome typed by the controller to the exported protocol part; a real worker prints.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import documents.queries
from dialogues.board_dialogues.queries.dialogues import dialogues_of, get_dialogue_for
from dialogues.board_dialogues.queries.rounds import rounds_for
from dialogues.enums import DispatchWay, MotionOutcome, SignerRole
from dialogues.meetings.actions import add_motion, create_paragraph, save_paragraph, settle_motion
from dialogues.meetings.queries.meeting_list import meetings_for
from dialogues.meetings.queries.meetings import get_paragraph_for
from dialogues.proposals.actions.proposals import approve_proposal, send_proposal
from dialogues.proposals.queries.proposals import get_proposal_for
from dialogues.verification.actions.dispatch import dispatch_extract, export_paragraph
from dialogues.verification.actions.verification import send_for_verification, sign
from dialogues.verification.queries.protocol import verification_of
from dialogues.verification.queries.verification import get_verification_to_sign
from documents.enums import State
from figures.actions import record
from figures.rules.grid import Typed
from figures.rules.key import CellKey, Key
from governance.models import Body, User, today_of
from governance.queries import DEMO_PASSWORD, root_unit
from governance.rules import Refusal
from reports.clearance.actions import approve_report, receive_version, submit_report
from reports.clearance.printing import order_version_pdf
from reports.clearance.queries.versions import get_version_for
from reports.composing.queries import pack_for, report_by_key
from rounds.actions.hand_in import decide, hand_in
from rounds.enums import APPROVE
from rounds.models import RoundState
from targets.outcomes.grids import OutcomeGrid
from targets.outcomes.queries.entry import VALUE
from targets.outcomes.queries.figures import indicator_by_key

ORGANISATION = "region-halland"
WAIT = 120.0
TICK = 0.1
ADDITIONS = (
    (
        "Regionstyrelsens arbetsutskott noterar driftnämndens goda resultat i arbetsmiljöarbetet 2025, "
        "samt positiva resultat i medarbetarindikatorerna."
    ),
    (
        "Regionstyrelsens arbetsutskott noterar driftnämndens arbete med samordnad robust försörjning, "
        "civil beredskap, Framtidens sjukhusstruktur och Framtidens måltidsförsörjning."
    ),
)
SIGNERS = {
    "sekreterare": SignerRole.SECRETARY,
    "au-ordforande": SignerRole.PRESIDING,
    "justerare": SignerRole.VERIFIER,
}
Ring = Callable[[int], None]


class WalkStopped(Refusal):
    """The walk cannot go on; says why."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One file of the walk."""

    filename: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Walker:
    """Who walks where, on which day; ``ring`` tells the worker of a document."""

    body: Body
    today: date
    ring: Ring

    def user(self, username: str) -> User:
        return User.objects.select_related("person").get(username=username, is_demo=True)

    def printed(self, document_id: int) -> bytes:
        """Ring, wait for the worker, read. Raises WalkStopped when it fails or nobody prints."""
        self.ring(document_id)
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            status = documents.queries.document_status(document_id)
            if status.state == State.READY:
                return documents.queries.bytes_of(documents.queries.document(document_id))
            if status.state == State.FAILED:
                raise WalkStopped(f"Utskriften {document_id} misslyckades: {status.error}")
            time.sleep(TICK)
        raise WalkStopped(
            f"Utskriften {document_id} blev inte klar inom {WAIT:.0f} s. Är arbetaren igång?"
        )


def walk(ring: Ring) -> Iterator[Paper]:
    """Every step of the walk, each paper as soon as it is printed.

    Raises WalkStopped where there is no demo, or it has been walked already.
    """
    body = Body.objects.filter(
        organisation__key=ORGANISATION, key="dnrgs", organisation__demo_today__isnull=False
    ).first()
    if body is None or not User.objects.filter(is_demo=True).exists():
        raise WalkStopped("Demon är inte inläst i den här databasen.")
    real = body.organisation.demo_today
    if real is None:
        raise WalkStopped("Demon saknar dagens datum.")
    walker = Walker(body=body, today=today_of(body.organisation, real), ring=ring)
    hand_in_the_outcomes(walker)
    yield Paper(filename="dialogunderlag.pdf", data=clear_the_pack(walker))
    yield Paper(filename="beslutsforslag.pdf", data=send_the_proposal(walker))
    paragraph_id = write_the_paragraph(walker)
    yield Paper(filename="protokollsdel.pdf", data=verify(walker, paragraph_id))
    yield Paper(filename="protokollsutdrag.pdf", data=dispatch(walker, paragraph_id))
    yield Paper(filename="protokollspaket.zip", data=export(walker, paragraph_id))


def hand_in_the_outcomes(walker: Walker) -> None:
    """Step 1: the controller types 6,94 for sick leave, helår 2025, and hands in; the head approves."""
    indicator = indicator_by_key(walker.body.organisation_id, "sjukfranvaro-r12")
    if indicator is None:
        raise WalkStopped("Indikatorn sjukfranvaro-r12 saknas.")
    state = RoundState.objects.get(body=walker.body, reporting_round__period__key="helar-2025")
    key = Key(what=indicator.pk, unit=root_unit(walker.body).pk)
    typed = Typed(cell=CellKey(row=key, column=VALUE), text="6,94", was="")
    by = walker.user("controller")
    answers = record(OutcomeGrid(state), [typed], by=by, today=walker.today)
    if refusal := answers[typed]:
        raise WalkStopped(refusal.message)
    kept = hand_in(state=state, by=by, today=walker.today, seen=state.version)
    state.refresh_from_db()
    decide(
        state=state,
        act=APPROVE,
        by=walker.user("forvaltningschef"),
        today=walker.today,
        seen=state.version,
        shown=kept.sha256,
    )


def clear_the_pack(walker: Walker) -> bytes:
    """Steps 2-4: submitted, approved by the head and the committee's chair, handed over."""
    report = report_by_key(walker.body, "dialogunderlag-varen-2026")
    if report is None:
        raise WalkStopped("Dialogunderlaget saknas.")
    controller = walker.user("controller")
    submit_report(report=report, seen=report.version, by=controller, today=walker.today)
    for username in ("forvaltningschef", "ordforande"):
        user = walker.user(username)
        page = pack_for(user, report.pk, walker.today)
        version = approve_report(
            report=page.report,
            step=page.report.current_step or 0,
            sha256=page.sha256,
            shown=page.shown,
            by=user,
            today=walker.today,
        )
    if version is None:
        raise WalkStopped("Underlaget blev inte överlämnat.")
    office = walker.user("handlaggare")
    received, _access = get_version_for(office, version.pk, walker.today, receive=True)
    receive_version(version=received, by=office, today=walker.today)
    return walker.printed(order_version_pdf(version=received, by=controller))


def send_the_proposal(walker: Walker) -> bytes:
    """Step 5: the signing chiefs approve, the case officer sends out; the version is pinned."""
    office = walker.user("handlaggare")
    dialogue = get_dialogue_for(office, dialogue_id(walker, office), walker.today)
    pk = dialogue.proposal.pk
    for username in ("regiondirektor", "ekonomidirektor"):
        chief = walker.user(username)
        proposal = get_proposal_for(chief, pk, walker.today)
        approve_proposal(proposal=proposal, by=chief, seen=proposal.version)
    proposal = get_proposal_for(office, pk, walker.today, write=True)
    send_proposal(proposal=proposal, by=office, today=walker.today, seen=proposal.version)
    if proposal.document is None:
        raise WalkStopped("Beslutsförslaget blev inte beställt.")
    return walker.printed(proposal.document.pk)


def dialogue_id(walker: Walker, user: User) -> int:
    for found in rounds_for(user, walker.today):
        for dialogue in dialogues_of(found):
            if dialogue.committee_id == walker.body.pk:
                return dialogue.pk
    raise WalkStopped("Dialogen saknas.")


def write_the_paragraph(walker: Walker) -> int:
    """Step 6: § 58 with the presiding chair's two additions and the order of questions."""
    secretary = walker.user("sekreterare")
    chair = walker.user("au-ordforande").person
    meeting = meetings_for(secretary, walker.today)[0]
    if chair is None:
        raise WalkStopped("Ordföranden saknas.")
    paragraph = create_paragraph(
        meeting=meeting,
        dialogue=get_dialogue_for(secretary, dialogue_id(walker, secretary), walker.today),
        given_number=None,
        by=secretary,
    )
    for text in ADDITIONS:
        motion = add_motion(paragraph=paragraph, mover=chair, text=text, by=secretary)
        settle_motion(
            motion=motion, outcome=MotionOutcome.CARRIED, by=secretary, seen=motion.version
        )
    save_paragraph(
        paragraph=paragraph,
        values={
            "question_order": (
                f"Ordförande {chair} ställer proposition på liggande förslag samt sina egna "
                "tilläggsyrkanden och finner att arbetsutskottet beslutar enligt dessa."
            ),
            "supporting_documents": (
                "Nämnddialog driftnämnden Regionservice våren 2026\nDialogunderlag DNRGS 260310"
            ),
        },
        by=secretary,
        seen=paragraph.version,
    )
    return paragraph.pk


def verify(walker: Walker, paragraph_id: int) -> bytes:
    """Step 7: secretary, presiding chair and verifier sign what was printed; the worker stamps."""
    secretary = walker.user("sekreterare")
    paragraph = get_paragraph_for(secretary, paragraph_id, walker.today)
    sent = send_for_verification(meeting=paragraph.meeting, paragraphs=[paragraph], by=secretary)
    walker.printed(sent.document.pk)
    for username, role in SIGNERS.items():
        user = walker.user(username)
        verification, _role = get_verification_to_sign(user, sent.pk, walker.today)
        sign(
            verification=verification,
            role=role,
            password=DEMO_PASSWORD,
            read_sha256=verification.document.sha256,
            by=user,
        )
    sealed = verification_of(paragraph)
    if sealed is None or sealed.stamp is None:
        raise WalkStopped("Protokollsdelen blev inte stämplad.")
    return walker.printed(sealed.stamp.pk)


def dispatch(walker: Walker, paragraph_id: int) -> bytes:
    """Step 8: the stamped extract goes to the committee."""
    secretary = walker.user("sekreterare")
    sent = dispatch_extract(
        paragraph=get_paragraph_for(secretary, paragraph_id, walker.today),
        receiver=walker.body,
        way=DispatchWay.SYSTEM,
        by=secretary,
        today=walker.today,
    )
    return walker.printed(sent.extract.pk)


def export(walker: Walker, paragraph_id: int) -> bytes:
    """Step 8: the registrar takes the package out."""
    registrar = walker.user("registrator")
    paragraph = get_paragraph_for(registrar, paragraph_id, walker.today, export=True)
    return export_paragraph(paragraph=paragraph, by=registrar, today=walker.today)
