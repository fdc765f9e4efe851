"""The tables of the ground."""

from governance.declarations import Act, Facts, Open, Place, Table, Task
from governance.guards import Guard
from governance.models import (
    AuditEntry,
    Body,
    BodyName,
    Mandate,
    Organisation,
    Period,
    Person,
    Scale,
    ScaleLevel,
    SecrecyMark,
    SecrecyPart,
    Unit,
    UnitName,
    User,
)
from governance.permissions import COMMITTEE_MARKS, OFFICE_MARKS, sees_content
from governance.queries import due_marks, marks_to_review, names_that_disagree

GROUND = "who, where and when"
WORDS = "the organisation's words"

TABLES = (
    Table(
        Organisation,
        file=Facts("organisations", "A region: the owner of everything below."),
        secret=Open(GROUND),
    ),
    Table(
        Person,
        "organisation",
        Facts("persons", "An official or an elected member; an account is something else."),
        secret=Open(GROUND),
    ),
    Table(
        Body,
        "organisation",
        Facts("bodies", "A council, board, committee or working committee."),
        body="",
        secret=Open(GROUND),
        after_load=names_that_disagree,
    ),
    Table(
        BodyName,
        "body",
        Facts("names", "What it was called between two days; today's name stands in the body."),
        secret=Open(GROUND),
        after_load=names_that_disagree,
    ),
    Table(
        Unit,
        "body",
        Facts(
            "units",
            "A part of the body's administration; one, without parent, is the whole.",
            order=("key",),
        ),
        secret=Open(GROUND),
        after_load=names_that_disagree,
    ),
    Table(
        UnitName,
        "unit",
        Facts("names", "What it was called between two days; today's name stands in the unit."),
        secret=Open(GROUND),
        after_load=names_that_disagree,
    ),
    Table(
        Mandate,
        "body",
        Facts("mandates", "A role a person holds in the body between two days."),
        secret=Open(GROUND),
    ),
    Table(
        Period,
        "organisation",
        Facts(
            "periods",
            "A span of days that outcomes hang on, and the one it is compared with.",
            order=("starts_on", "ends_on", "key"),
        ),
        secret=Open(GROUND),
    ),
    Table(
        Scale,
        "organisation",
        Facts("scales", "The organisation's words for lights, control results or goal attainment."),
        secret=Open(WORDS),
    ),
    Table(
        ScaleLevel,
        "scale",
        Facts("levels", "One step of the scale, with its tone."),
        secret=Open(WORDS),
    ),
    Table(
        User,
        file=Act("an account and its password; made by an administrator"),
        outside="a login; reaches it through its person, and one without a person sees none",
        secret=Open("a login"),
    ),
    Table(
        AuditEntry,
        file=Act("the history of acts"),
        outside="carries organisation_id without a key, so that nothing blocks it",
        guard=Guard(table="governance_auditentry", insert_only=True),
        secret=Open("hidden with the row it tells of"),
    ),
    Table(
        SecrecyMark,
        "body",
        Act("marking is an act"),
        secret=Open("tells the place and the ground, never what stands there"),
    ),
    Table(
        SecrecyPart,
        "mark",
        Act("what was taken out of a row"),
        secret=Open("read by those whom its mark names"),
    ),
)

DECLARES = (
    *TABLES,
    Task(
        waiting=marks_to_review,
        rows=due_marks,
        told=dict.fromkeys(
            (
                *((role, False) for role in COMMITTEE_MARKS),
                *((role, True) for role in OFFICE_MARKS),
            ),
            ("Sekretessmarkeringar att ompröva, en månad före den dag som är satt.",),
        ),
    ),
    Place(
        label="Sekretess",
        url_name="governance:secrecy_list",
        position=110,
        opens=sees_content,
        under=("governance:secrecy_",),
    ),
)
