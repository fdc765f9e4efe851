"""The tables of dialogues, meetings and verified paragraphs."""

from datetime import date

from dialogues import permissions
from dialogues.board_dialogues.queries.packs_waiting import packs_to_receive, packs_to_write
from dialogues.board_dialogues.queries.waiting import (
    archive_told,
    chiefs_told,
    minutes_told,
    named_chiefs_told,
    officers_told,
    proposals_to_approve,
    proposals_to_write,
    registrar_work,
    secretary_told,
    secretary_work,
    signers_told,
    unapproved,
    unsigned,
    verifications_to_sign,
)
from dialogues.enums import ParagraphState
from dialogues.meetings.rules import motion_field
from dialogues.models import (
    Attendance,
    Dialogue,
    DialogueRound,
    Dispatch,
    Export,
    FloorMotion,
    Meeting,
    NumberSeries,
    Paragraph,
    ParagraphPoint,
    Phrase,
    Proposal,
    ProposalPoint,
    Signature,
    SigningChief,
    Verification,
    VerificationParagraph,
)
from dialogues.proposals.queries.proposals import get_proposal_for
from dialogues.proposals.rules import point_field
from dialogues.verification.queries.protocol import kept_with
from dialogues.verification.queries.verification import get_verification_for
from documents.declarations import Telling
from governance.declarations import Act, Facts, Keeps, Open, Place, Secret, Table, Task
from governance.enums import Role
from governance.guards import Guard
from governance.models import User
from governance.permissions import everyone, sees_content
from reports.clearance.queries.waiting import waiting_reports

VERIFIED = "v.verified_at IS NOT NULL"
OF_PARAGRAPH = (
    "EXISTS (SELECT 1 FROM dialogues_verificationparagraph i "  # noqa: S608 -- our own names
    "JOIN dialogues_verification v ON v.id = i.verification_id "
    "WHERE i.paragraph_id = {row}.%s AND " + VERIFIED + ")"
)
OF_VERIFICATION = (
    "EXISTS (SELECT 1 FROM dialogues_verification v "  # noqa: S608 -- our own names
    "WHERE v.id = {row}.verification_id AND " + VERIFIED + ")"
)
OF_MEETING = (
    "EXISTS (SELECT 1 FROM dialogues_verification v "  # noqa: S608 -- our own names
    "WHERE v.meeting_id = {row}.%s AND " + VERIFIED + ")"
)

READ = "Dialogunderlag att läsa inför dialogen, när nämnderna har överlämnat dem."

SIGNED = "what was signed: closed whole by a mark on a paragraph of it"


def proposal_is_seen(user: User, row: Proposal | ProposalPoint, today: date) -> bool:
    proposal = row.proposal if isinstance(row, ProposalPoint) else row
    return permissions.may_read_proposal(user, proposal, today)


def paragraph_is_seen(
    user: User, row: Paragraph | ParagraphPoint | FloorMotion, today: date
) -> bool:
    paragraph = row if isinstance(row, Paragraph) else row.paragraph
    return permissions.may_read_paragraph(user, paragraph, today)


def paragraph_waits(row: Paragraph | ParagraphPoint | FloorMotion) -> str:
    paragraph = row if isinstance(row, Paragraph) else row.paragraph
    if paragraph.state != ParagraphState.SENT:
        return ""
    return "Paragrafen är utsänd för justering. Avböj justeringen först, eller vänta tills den är klar."


TABLES = (
    Table(
        Phrase,
        "organisation",
        Facts("phrases", "A standard sentence with the committee's name as a field."),
        secret=Open("the organisation's words"),
    ),
    Table(
        DialogueRound,
        "board",
        Facts(
            "dialogue_rounds",
            "The board's occasion for dialogues; it has no period.",
            order=("opens_on", "key"),
        ),
        secret=Open("an occasion"),
    ),
    Table(
        Dialogue,
        "round",
        Facts(
            "dialogues",
            "One committee's dialogue, with its days and its pack.",
            order=("held_on", "key"),
            within={"pack": "governance.Organisation"},
        ),
        body="receiving_body",
        secret=Open("who meets when; its pack, proposal and paragraphs are marked"),
    ),
    Table(
        Proposal,
        "dialogue",
        Facts(
            "proposal",
            "The decision proposal; one per dialogue.",
            acts={
                "appendix_version": "pinned when the proposal goes out",
                "state": "approving and sending are acts",
                "sent_on": "the day of an act",
                "document": "a job",
            },
        ),
        frozen=permissions.proposal_is_frozen,
        secret=Secret(
            "Beslutsförslag",
            ("title", "summary", "consequences", "financial_consequences", "appendix_label"),
            stays=(
                "unit",
                "author_name",
                "author_title",
                "diary_number",
                "addressee",
                "delivered_to",
            ),
            is_seen=proposal_is_seen,
        ),
    ),
    Table(
        ProposalPoint,
        "proposal",
        Facts("points", "A proposed point; its key is its stable id up to the decision."),
        secret=Secret(
            "Punkt i beslutsförslag",
            ("text",),
            is_seen=proposal_is_seen,
            told=lambda row: point_field(row.key),
        ),
    ),
    Table(
        SigningChief,
        "proposal",
        Facts(
            "chiefs",
            "A chief who signs the proposal.",
            acts={"approved_at": "an approval", "approved_by": "an approval"},
        ),
        secret=Open("who signs"),
    ),
    Table(
        NumberSeries,
        "body",
        Facts(
            "number_series",
            "The paragraph numbers of a year: the last one taken when the series began here.",
            initial=("last",),
        ),
    ),
    Table(
        Meeting,
        "body",
        Facts("meetings", "A meeting of the body, with those who sign.", order=("held_on", "key")),
        guard=Guard(table="dialogues_meeting", sealed=OF_MEETING % "id"),
        frozen=permissions.meeting_is_frozen,
        secret=Open("when, where and who"),
    ),
    Table(
        Attendance,
        "meeting",
        Facts("attendances", "Who took part, and as what."),
        guard=Guard(table="dialogues_attendance", sealed=OF_MEETING % "meeting_id"),
    ),
    Table(
        Paragraph,
        "meeting",
        Facts(
            "paragraphs",
            "A paragraph of the meeting's protocol.",
            acts={
                "state": "sending and verifying are acts",
                "motions_sha256": "confirming the order of questions is an act",
            },
            order=("number", "key"),
            within={"dialogue": "governance.Organisation"},
        ),
        guard=Guard(table="dialogues_paragraph", sealed=OF_PARAGRAPH % "id"),
        frozen=permissions.paragraph_is_frozen,
        secret=Secret(
            "Paragraf",
            ("heading", "matter", "question_order", "supporting_documents"),
            stays=("diary_number", "motions_sha256", "dispatched_to"),
            is_seen=paragraph_is_seen,
            waits=paragraph_waits,
        ),
    ),
    Table(
        ParagraphPoint,
        "paragraph",
        Facts("points", "A point of the main proposal as it lay at the meeting."),
        guard=Guard(table="dialogues_paragraphpoint", sealed=OF_PARAGRAPH % "paragraph_id"),
        secret=Secret("Beslutspunkt", ("text",), is_seen=paragraph_is_seen, waits=paragraph_waits),
    ),
    Table(
        FloorMotion,
        "paragraph",
        Facts("motions", "A motion from the floor, and what became of it."),
        guard=Guard(table="dialogues_floormotion", sealed=OF_PARAGRAPH % "paragraph_id"),
        secret=Secret(
            "Yrkande",
            ("text",),
            is_seen=paragraph_is_seen,
            waits=paragraph_waits,
            told=lambda row: motion_field(row.position),
        ),
    ),
    Table(
        Verification,
        "meeting",
        Act("sending for signature, on stored bytes"),
        guard=Guard(
            table="dialogues_verification", sealed="{row}.verified_at IS NOT NULL", may_become=True
        ),
        secret=Open(SIGNED),
    ),
    Table(
        VerificationParagraph,
        "verification",
        Act("a part of it"),
        guard=Guard(table="dialogues_verificationparagraph", sealed=OF_VERIFICATION),
    ),
    Table(
        Signature,
        "verification",
        Act("a signature"),
        guard=Guard(table="dialogues_signature", sealed=OF_VERIFICATION),
        secret=Open(SIGNED),
    ),
    Table(Dispatch, "paragraph", Act("a dispatch"), secret=Open("to whom and when")),
    Table(Export, "paragraph", Act("an export"), secret=Open("that it was taken out")),
)

TASKS = (
    Task(
        waiting=packs_to_write,
        rows=waiting_reports,
        told={
            (Role.CONTROLLER, False): (
                "Rapporter att skriva och lämna in, och de som har skickats tillbaka.",
            ),
            (Role.HEAD_OF_ADMINISTRATION, False): (
                "Rapporter att granska, när controllern har lämnat in dem.",
            ),
            (Role.CHAIR, False): (
                "Rapporter att granska och godkänna, när förvaltningschefen har godkänt dem.",
            ),
        },
    ),
    Task(
        waiting=packs_to_receive,
        told={
            (Role.CHAIR, True): (READ,),
            (Role.MEMBER, True): (READ,),
            (Role.CASE_OFFICER, True): (
                "Dialogunderlag att ta emot eller begära komplettering av.",
            ),
        },
    ),
    Task(
        waiting=proposals_to_approve,
        rows=unapproved,
        told={
            (Role.OVERSEER, True): (
                "Beslutsförslag att godkänna, när handläggaren har skickat dem till dig.",
            ),
        },
    ),
    Task(
        waiting=verifications_to_sign,
        rows=unsigned,
        told={
            (Role.CHAIR, True): ("Protokoll att justera och skriva under.",),
            (Role.MEMBER, True): ("Protokoll att justera, när du är utsedd till justerare.",),
        },
    ),
    Task(
        waiting=proposals_to_write,
        told={
            (Role.CASE_OFFICER, True): ("Beslutsförslag att skriva, ett för varje nämndsdialog.",),
        },
    ),
    Task(
        waiting=secretary_work,
        told={
            (Role.SECRETARY, True): (
                "Sammanträden att protokollföra, och paragrafer att skicka till justering.",
                "Justerade paragrafer att expediera.",
            ),
        },
    ),
    Task(
        waiting=registrar_work,
        told={(Role.REGISTRAR, True): ("Justerade paragrafer att exportera och diarieföra.",)},
    ),
)
TELLINGS = (
    *(
        Telling(
            model=Proposal,
            act=act,
            url_name="dialogues:proposal_detail",
            to=to,
            opens=get_proposal_for,
            body="dialogue__committee",
        )
        for act, to in (
            ("change", named_chiefs_told),
            ("endorse", chiefs_told),
            ("approve", officers_told),
            ("send", secretary_told),
        )
    ),
    *(
        Telling(
            model=Verification,
            act=act,
            url_name="dialogues:verification_detail",
            to=to,
            opens=get_verification_for,
        )
        for act, to in (
            ("send", signers_told),
            ("decline", minutes_told),
            ("verify", archive_told),
        )
    ),
)
PLACES = (
    Place(
        label="Nämndsdialoger",
        url_name="dialogues:round_list",
        position=70,
        opens=sees_content,
        under=("dialogues:", "reports:"),
    ),
    Place(
        label="Sammanträden",
        url_name="dialogues:meeting_list",
        position=80,
        opens=permissions.opens_meetings,
        under=("dialogues:meeting_", "dialogues:motion_", "dialogues:paragraph_edit"),
    ),
    Place(
        label="Protokoll",
        url_name="dialogues:paragraph_list",
        position=90,
        opens=sees_content,
        under=("desk:thread", "dialogues:paragraph_", "dialogues:verification_"),
    ),
    Place(
        label="Kontrollera utdrag",
        url_name="dialogues:verify_upload",
        position=100,
        opens=everyone,
        under=("dialogues:verify_",),
    ),
)

DECLARES = (Keeps(holding=kept_with), *TABLES, *TASKS, *TELLINGS, *PLACES)
