"""The tables of the ground."""

from governance.declarations import Table
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
    Table(Organisation, organisation=""),
    Table(Person, organisation="organisation"),
    Table(Body, organisation="organisation", body=""),
    Table(Unit, organisation="body__organisation", body="body"),
    Table(Mandate, organisation="body__organisation", body="body"),
    Table(Period, organisation="organisation"),
    Table(Scale, organisation="organisation"),
    Table(ScaleLevel, organisation="scale__organisation"),
    Table(
        User, outside="a login; reaches it through its person, and one without a person sees none"
    ),
    Table(AuditEntry, outside="carries organisation_id without a key, so that nothing blocks it"),
)

DECLARES = TABLES
