"""The tables of the rounds."""

from governance.declarations import Table
from governance.guards import Guard
from rounds.models import HandIn, Reminder, ReportingRound, RoundState

TABLES = (
    Table(ReportingRound, organisation="period__organisation"),
    Table(RoundState, organisation="reporting_round__period__organisation", body="body"),
    Table(
        HandIn,
        organisation="state__reporting_round__period__organisation",
        body="state__body",
        guard=Guard(table="rounds_handin", insert_only=True),
    ),
    Table(Reminder, organisation="person__organisation"),
)

DECLARES = TABLES
