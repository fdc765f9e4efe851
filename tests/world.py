"""A small complete world: the demo's region and a twin beside it, taken along the walk's steps
through the actions, without a worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

import documents.actions
import documents.jobs
import documents.tasks
from dialogues.enums import DispatchWay, MotionOutcome
from dialogues.meetings.actions import add_motion, create_paragraph, save_paragraph, settle_motion
from dialogues.models import Dialogue, Meeting, Paragraph, Proposal, Verification
from dialogues.permissions import signer_role
from dialogues.proposals.actions import proposals
from dialogues.proposals.actions.proposals import approve_proposal
from dialogues.verification.actions import verification as verification_actions
from dialogues.verification.actions.dispatch import dispatch_extract
from dialogues.verification.actions.verification import sign
from documents import files
from documents.enums import Kind, PageFormat, State
from documents.models import Document, Event
from exchange.demo.actions import DEMO_ACCOUNTS
from exchange.governance_file.actions import load
from governance.actions import LegalGround, mark_secret
from governance.models import Body, Organisation, Period, Person, SecrecyMark, User
from governance.queries import root_unit
from internal_control.models import ControlArea, ControlPlan
from reports.clearance.actions import approve_report, print_version, receive_version, submit_report
from reports.composing.queries import pack_for
from reports.models import Report, ReportVersion
from rounds.actions.reminders import order_reminders
from rounds.enums import RoundStateName
from rounds.models import Reminder, RoundState
from targets.assessments.actions.assessments import judge_goal, report_status
from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Nature
from targets.models import Evidence, Indicator, Plan
from targets.outcomes.actions.evidence import add_evidence
from targets.plans.actions.plans import add_activity, add_goal
from tests.architecture.house import ROOT
from tests.factories import PASSWORD, keep, make_body, make_period, make_round_state
from tests.targets.factories import (
    make_indicator,
    make_level,
    make_outcome,
    make_place,
    make_plan,
)
from tests.targets.saving import record_outcome

DEMO = ROOT / "demo" / "halland-regionservice-2026.yaml"
TODAY = date(2026, 3, 10)
TWIN = ("region-annan", "Region Annan", "annan-")


@dataclass(frozen=True, kw_only=True)
class World:
    organisation: Organisation
    users: dict[str, User]

    def body(self, key: str) -> Body:
        return Body.objects.get(organisation=self.organisation, key=key)


def make_world(folder: Path, *, key: str, name: str, prefix: str) -> World:
    """The demo's facts under another key and name, with an account per role."""
    text = DEMO.read_text()
    text = text.replace("key: region-halland", f"key: {key}").replace("Region Halland", name)
    path = folder / f"{key}.yaml"
    path.write_text(text)
    load([path])
    organisation = Organisation.objects.get(key=key)
    return World(organisation=organisation, users=make_users(organisation, prefix))


def make_users(organisation: Organisation, prefix: str) -> dict[str, User]:
    persons = {one.key: one for one in Person.objects.filter(organisation=organisation)}
    users = {
        account: User.objects.create_user(
            username=prefix + account, password=PASSWORD, person=persons[key]
        )
        for account, key in DEMO_ACCOUNTS["region-halland"].items()
        if key in persons  # the demo's other files have persons of their own
    }
    administrator = users["systemadministrator"]
    administrator.is_system_administrator = True
    administrator.save(update_fields=["is_system_administrator"])
    return users


def read_again(world: World) -> World:
    """The same rows as objects that no earlier test has touched."""
    found = User.objects.in_bulk([user.pk for user in world.users.values()])
    return World(
        organisation=Organisation.objects.get(pk=world.organisation.pk),
        users={account: found[user.pk] for account, user in world.users.items()},
    )


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside leaves no trace, so that one world serves many attempts."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def finish_job(document: Document, data: bytes = b"") -> None:
    """What the worker does, without printing: claim, store, finish, seal."""
    claim = documents.jobs.claim(Document, document.pk, "tests", timezone.now())
    assert claim is not None
    data = data or f"%PDF-1.7 {document.pk} {document.title}".encode()
    document.refresh_from_db()
    seal = None
    if document.kind != Kind.RENDER:
        seal = documents.actions.Seal(
            content=bytes(document.content or b""),
            unstamped_sha256=files.sha256_of(data + b"-"),
            certificate_sha256="0" * 64,
        )
    documents.actions.finish_document(
        claim, sha256=files.store(data), size=len(data), now=timezone.now(), seal=seal
    )
    document.refresh_from_db()


def fail_a_job(world: World, *, by: str) -> Document:
    """A printing of the draft that did not come about."""
    document = documents.actions.request_pdf(
        organisation=world.organisation,
        html="<p>Utkast</p>",
        page_format=PageFormat.A4,
        css=[],
        title="Utkastet",
        filename="utkast.pdf",
        created_at=timezone.now(),
        by=world.users[by],
    )
    claim = documents.jobs.claim(Document, document.pk, "tests", timezone.now())
    assert claim is not None
    documents.jobs.fail(claim, error="Mallen saknas.")
    return document


def report_outcome(world: World, text: str = "6,94", *, seen: int = 0) -> None:
    body = world.body("dnrgs")
    record_outcome(
        indicator=Indicator.objects.get(organisation=world.organisation, key="sjukfranvaro-r12"),
        unit=root_unit(body),
        period=Period.objects.get(organisation=world.organisation, key="helar-2025"),
        text=text,
        seen=seen,
        by=world.users["controller"],
        today=TODAY,
    )


def pack_of(world: World) -> Report:
    return Report.objects.get(body=world.body("dnrgs"), key="dialogunderlag-varen-2026")


def submit_pack(world: World) -> None:
    report = pack_of(world)
    submit_report(report=report, seen=report.version, by=world.users["controller"], today=TODAY)


def approve_pack(world: World, account: str) -> None:
    """Approve as the page does: the sha256 and the content that were shown."""
    user, report = world.users[account], pack_of(world)
    page = pack_for(user, report.pk, TODAY)
    assert report.current_step is not None
    approve_report(
        report=report,
        step=report.current_step,
        sha256=page.sha256,
        shown=page.shown,
        by=user,
        today=TODAY,
    )


def hand_over_pack(world: World) -> ReportVersion:
    """The committee's own work, from the figure typed to the version frozen and printed."""
    report_outcome(world)
    submit_pack(world)
    approve_pack(world, "forvaltningschef")
    approve_pack(world, "ordforande")
    version = ReportVersion.objects.get(report=pack_of(world))
    by = world.users["ordforande"]
    print_version(version=version, html="<p>Underlag</p>", css=[], by=by)
    version.handling.refresh_from_db()
    finish_job(version.handling.document)
    return version


def send_proposal(world: World) -> Proposal:
    proposal = Proposal.objects.get(dialogue__committee=world.body("dnrgs"))
    for chief in proposal.chiefs.order_by("position"):
        proposal.refresh_from_db()
        approve_proposal(proposal=proposal, by=chief.person.user, seen=proposal.version)
    proposal.refresh_from_db()
    officer = world.users["handlaggare"]
    proposals.send_proposal(proposal=proposal, by=officer, today=TODAY, seen=proposal.version)
    finish_job(proposal.document)
    return proposal


def write_paragraph(world: World) -> Paragraph:
    secretary = world.users["sekreterare"]
    meeting = meeting_of(world)
    dialogue = Dialogue.objects.get(committee=world.body("dnrgs"))
    paragraph = create_paragraph(
        meeting=meeting, dialogue=dialogue, given_number=None, by=secretary
    )
    motion = add_motion(
        paragraph=paragraph,
        mover=meeting.presiding,
        text="att överlämna § till nämnden",
        by=secretary,
    )
    settle_motion(motion=motion, outcome=MotionOutcome.CARRIED, by=secretary, seen=motion.version)
    save_paragraph(
        paragraph=paragraph,
        values={"question_order": "Ordföranden ställer frågan och finner att utskottet bifaller."},
        by=secretary,
        seen=paragraph.version,
    )
    return paragraph


def send_for_verification(world: World, paragraph: Paragraph) -> Verification:
    verification = verification_actions.send_for_verification(
        meeting=paragraph.meeting, paragraphs=[paragraph], by=world.users["sekreterare"]
    )
    finish_job(verification.document)
    return verification


def sign_all(world: World, verification: Verification) -> None:
    for account in ("sekreterare", "au-ordforande", "justerare"):
        user = world.users[account]
        role = signer_role(user, verification.meeting)
        assert role is not None
        sign(
            verification=verification,
            role=role,
            password=PASSWORD,
            read_sha256=verification.document.sha256,
            by=user,
        )
    verification.refresh_from_db()
    finish_job(verification.stamp)


def dispatch(world: World, paragraph: Paragraph) -> None:
    paragraph.refresh_from_db()
    dispatched = dispatch_extract(
        paragraph=paragraph,
        receiver=world.body("dnrgs"),
        way=DispatchWay.EMAIL,
        by=world.users["sekreterare"],
        today=TODAY,
    )
    finish_job(dispatched.extract)


def tell_everybody() -> None:
    """What the worker does with the acts that wait for somebody."""
    for event in Event.objects.filter(state=State.QUEUED).order_by("pk"):
        documents.tasks.run_job("documents.Event", event.pk)


def walk(world: World) -> None:
    """From the figure typed to the extract dispatched; a failed printing is left beside."""
    version = hand_over_pack(world)
    receive_version(version=version, by=world.users["handlaggare"], today=TODAY)
    send_proposal(world)
    paragraph = write_paragraph(world)
    sign_all(world, send_for_verification(world, paragraph))
    dispatch(world, paragraph)
    tell_everybody()
    remind(world)
    prove_outcome(world)
    hand_in_the_hospital(world)
    report_the_chain(world)
    mark_an_area(world)


CANARY = "Reservkraften i kulvert 7 står olåst"


def mark_an_area(world: World) -> SecrecyMark:
    """An area of the committee's internal control that shows where it is vulnerable."""
    plan = ControlPlan.objects.filter(body=world.body("dnrgs")).order_by("year").last()
    area = ControlArea.objects.create(plan=plan, key="reservkraft", name=CANARY, position=90)
    return mark_secret(
        row=area,
        ground=LegalGround(law="offentlighets- och sekretesslagen", chapter=18, section="13"),
        reason="Visar var anläggningen är sårbar.",
        review_on=date(2027, 3, 10),
        readers=[world.users["ordforande"].person],
        by=world.users["controller"],
        today=TODAY,
    )


def report_the_chain(world: World) -> None:
    """A goal of 2025 judged, with an assignment and an activity reported beneath it."""
    body, by = world.body("dnrgs"), world.users["controller"]
    plan = Plan.objects.get(body=body, key="plan-2025")
    period = Period.objects.get(organisation=world.organisation, key="helar-2025")
    goal = add_goal(
        plan=plan,
        values={"level": make_level(world.organisation), "name": "Trygg service"},
        upper=[],
        by=by,
    )
    level = make_level(world.organisation, nature=Nature.ASSIGNMENT)
    assignment = add_goal(
        plan=plan,
        values={"level": level, "name": "Att öva krisledning", "number": "57", "parent": goal},
        upper=[],
        by=by,
    )
    activity = add_activity(
        plan=plan, values={"name": "Öva stabsmetodik", "goal": assignment}, by=by
    )
    at = {"period": period, "comment": "Övat två gånger.", "seen": 0, "by": by, "today": TODAY}
    report_status(row=assignment, status=AssignmentStatus.DONE, **at)
    report_status(row=activity, status=ActivityStatus.DONE, **at)
    judge_goal(goal=goal, result=Attainment.ACHIEVED, reason="", proposal=Attainment.ACHIEVED, **at)


def hand_in_the_hospital(world: World) -> None:
    """Another committee's period that the board may read, with one figure, as in the demo."""
    organisation = world.organisation
    body = make_body(organisation, "dnhs", short_name="DN Hallands sjukhus")
    period = make_period(organisation, 2021)
    state = make_round_state(period, body, RoundStateName.LOCKED)
    indicator = make_indicator(organisation, "lakarbesok", unit="antal", body=body)
    make_place(make_plan(body, 2021), indicator, target="minst 100")
    make_outcome(indicator, body, period, "104")
    keep(state)


def prove_outcome(world: World) -> Evidence:
    """The controller shows where the sick leave came from."""
    body = world.body("dnrgs")
    return add_evidence(
        indicator=Indicator.objects.get(organisation=world.organisation, key="sjukfranvaro-r12"),
        unit=root_unit(body),
        period=Period.objects.get(organisation=world.organisation, key="helar-2025"),
        name="Sjukfrånvaro 2025.pdf",
        data=b"%PDF-1.7 underlag",
        by=world.users["controller"],
        today=TODAY,
        now=timezone.now(),
    )


def remind(world: World) -> Reminder:
    """The office reminds the controller, who has not handed in the outcomes."""
    state = RoundState.objects.filter(body=world.body("dnrgs")).latest("pk")
    controller = world.users["controller"].person
    assert controller is not None
    controller.email = "controller@example.se"
    controller.save(update_fields=["email"])
    return order_reminders(
        reporting_round=state.reporting_round,
        persons=[controller.pk],
        by=world.users["handlaggare"],
        today=TODAY,
        now=timezone.now(),
    )[0]


def proposal_of(world: World) -> Proposal:
    return Proposal.objects.get(dialogue__committee=world.body("dnrgs"))


def meeting_of(world: World) -> Meeting:
    return Meeting.objects.get(body=world.body("rsau"), key="rsau-2026-03-10")


def paragraph_of(world: World) -> Paragraph:
    return Paragraph.objects.get(meeting=meeting_of(world))


def verification_of(world: World) -> Verification:
    return Verification.objects.get(meeting=meeting_of(world))
