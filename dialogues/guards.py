"""What a finished verification seals, in the database itself (walls 14 and 15)."""

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

GUARDS = [
    Guard(table="dialogues_paragraph", sealed=OF_PARAGRAPH % "id"),
    Guard(table="dialogues_paragraphpoint", sealed=OF_PARAGRAPH % "paragraph_id"),
    Guard(table="dialogues_floormotion", sealed=OF_PARAGRAPH % "paragraph_id"),
    Guard(table="dialogues_meeting", sealed=OF_MEETING % "id"),
    Guard(table="dialogues_attendance", sealed=OF_MEETING % "meeting_id"),
    Guard(table="dialogues_verification", sealed="{row}.verified_at IS NOT NULL", may_become=True),
    Guard(table="dialogues_verificationparagraph", sealed=OF_VERIFICATION),
    Guard(table="dialogues_signature", sealed=OF_VERIFICATION),
]
