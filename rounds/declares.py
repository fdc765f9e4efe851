"""The tables of the rounds."""

from documents.declarations import Telling
from governance.declarations import Act, Facts, Keeps, Open, Place, Table, Task
from governance.enums import Role
from governance.guards import Guard
from rounds.actions.locks import hold_states
from rounds.enums import APPROVE, HAND_IN, REOPEN, RETURN
from rounds.models import HandIn, Reminder, ReportingRound, RoundState
from rounds.permissions import opens_rounds
from rounds.queries.states import get_state_for
from rounds.queries.waiting import controllers_told, heads_told, office_told, waiting_rounds

TABLES = (
    Table(
        ReportingRound,
        "period",
        Facts(
            "rounds",
            "A reporting occasion for the period; it asks for the parts named, or for all.",
            facts=("parts",),
            within={"previous": "governance.Organisation"},
        ),
        secret=Open("an occasion"),
    ),
    Table(
        RoundState,
        "reporting_round",
        Facts(
            "bodies",
            "A body that takes part in the round; it starts open, or locked for what is past.",
            acts={
                "changed_on": "set by the one who submits",
                "changed_by": "the same",
                "reason": "why it was returned or reopened, an act",
            },
            facts=("state",),
            initial=("state",),
            keep={"state": ("locked",)},
        ),
        body="body",
        secret=Open("where a body stands, and why"),
    ),
    Table(
        HandIn,
        "state",
        Act("what was handed in; of what came locked it is kept when it is loaded"),
        guard=Guard(table="rounds_handin", insert_only=True),
        secret=Open("kept bytes, read without what is marked"),
    ),
    Table(
        Reminder,
        "person",
        Act("that somebody was reminded"),
        secret=Open("that somebody was reminded"),
    ),
)

TASKS = (
    Task(
        waiting=waiting_rounds,
        told={
            (Role.HEAD_OF_ADMINISTRATION, False): (
                "Utfall att godkänna, när controllern har lämnat in dem.",
            ),
            (Role.CASE_OFFICER, True): (
                "Nämnder att påminna, när sista dag för utfallen har gått.",
                "Utfall som nämnder har lämnat in.",
            ),
        },
    ),
)
TELLINGS = tuple(
    Telling(
        model=RoundState,
        act=act,
        url_name="rounds:round_state",
        to=to,
        opens=get_state_for,
        name="reporting_round.period.name",
    )
    for act, to in (
        (HAND_IN, heads_told),
        (APPROVE, office_told),
        (RETURN, controllers_told),
        (REOPEN, controllers_told),
    )
)
PLACES = (
    Place(
        label="Rapporteringar",
        url_name="rounds:round_list",
        position=50,
        opens=opens_rounds,
        under=("rounds:",),
    ),
)

DECLARES = (Keeps(hold=hold_states), *TABLES, *TASKS, *TELLINGS, *PLACES)
