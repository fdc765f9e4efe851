"""The tables of the ground."""

from governance.declarations import Act, Facts, Table
from governance.guards import Guard
from governance.models import (
    AuditEntry,
    Body,
    Mandate,
    Organisation,
    Period,
    Person,
    Scale,
    ScaleLevel,
    Unit,
    User,
)

TABLES = (
    Table(Organisation, file=Facts("organisations", "A region: the owner of everything below.")),
    Table(
        Person,
        "organisation",
        Facts("persons", "An official or an elected member; an account is something else."),
    ),
    Table(
        Body,
        "organisation",
        Facts("bodies", "A council, board, committee or working committee."),
        body="",
    ),
    Table(
        Unit,
        "body",
        Facts("units", "A part of the body's administration; one, without parent, is the whole."),
    ),
    Table(
        Mandate, "body", Facts("mandates", "A role a person holds in the body between two days.")
    ),
    Table(
        Period,
        "organisation",
        Facts(
            "periods",
            "A span of days that outcomes hang on, and the one it is compared with.",
            order=("starts_on", "ends_on", "key"),
        ),
    ),
    Table(
        Scale,
        "organisation",
        Facts("scales", "The organisation's words for lights, control results or goal attainment."),
    ),
    Table(ScaleLevel, "scale", Facts("levels", "One step of the scale, with its tone.")),
    Table(
        User,
        file=Act("an account and its password; made by an administrator"),
        outside="a login; reaches it through its person, and one without a person sees none",
    ),
    Table(
        AuditEntry,
        file=Act("the history of acts"),
        outside="carries organisation_id without a key, so that nothing blocks it",
        guard=Guard(table="governance_auditentry", insert_only=True),
    ),
)

DECLARES = TABLES
