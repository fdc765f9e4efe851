"""The tables of dialogues, meetings and verified paragraphs."""

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
from governance.declarations import Table
from governance.guards import Guard

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

TABLES = (
    Table(Phrase, organisation="organisation"),
    Table(DialogueRound, organisation="board__organisation", body="board"),
    Table(Dialogue, organisation="round__board__organisation", body="receiving_body"),
    Table(
        Proposal,
        organisation="dialogue__round__board__organisation",
        body="dialogue__receiving_body",
    ),
    Table(
        ProposalPoint,
        organisation="proposal__dialogue__round__board__organisation",
        body="proposal__dialogue__receiving_body",
    ),
    Table(
        SigningChief,
        organisation="proposal__dialogue__round__board__organisation",
        body="proposal__dialogue__receiving_body",
    ),
    Table(NumberSeries, organisation="body__organisation", body="body"),
    Table(
        Meeting,
        organisation="body__organisation",
        body="body",
        guard=Guard(table="dialogues_meeting", sealed=OF_MEETING % "id"),
    ),
    Table(
        Attendance,
        organisation="meeting__body__organisation",
        body="meeting__body",
        guard=Guard(table="dialogues_attendance", sealed=OF_MEETING % "meeting_id"),
    ),
    Table(
        Paragraph,
        organisation="meeting__body__organisation",
        body="meeting__body",
        guard=Guard(table="dialogues_paragraph", sealed=OF_PARAGRAPH % "id"),
    ),
    Table(
        ParagraphPoint,
        organisation="paragraph__meeting__body__organisation",
        body="paragraph__meeting__body",
        guard=Guard(table="dialogues_paragraphpoint", sealed=OF_PARAGRAPH % "paragraph_id"),
    ),
    Table(
        FloorMotion,
        organisation="paragraph__meeting__body__organisation",
        body="paragraph__meeting__body",
        guard=Guard(table="dialogues_floormotion", sealed=OF_PARAGRAPH % "paragraph_id"),
    ),
    Table(
        Verification,
        organisation="meeting__body__organisation",
        body="meeting__body",
        guard=Guard(
            table="dialogues_verification", sealed="{row}.verified_at IS NOT NULL", may_become=True
        ),
    ),
    Table(
        VerificationParagraph,
        organisation="verification__meeting__body__organisation",
        body="verification__meeting__body",
        guard=Guard(table="dialogues_verificationparagraph", sealed=OF_VERIFICATION),
    ),
    Table(
        Signature,
        organisation="verification__meeting__body__organisation",
        body="verification__meeting__body",
        guard=Guard(table="dialogues_signature", sealed=OF_VERIFICATION),
    ),
    Table(
        Dispatch,
        organisation="paragraph__meeting__body__organisation",
        body="paragraph__meeting__body",
    ),
    Table(
        Export,
        organisation="paragraph__meeting__body__organisation",
        body="paragraph__meeting__body",
    ),
)

DECLARES = TABLES
