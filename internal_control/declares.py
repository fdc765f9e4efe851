"""The tables of internal control."""

from governance.declarations import Facts, Figures, Open, Secret, Table
from internal_control import queries
from internal_control.models import ControlArea, ControlPlan, ControlResult, RemainingAction
from internal_control.queries import PART
from rounds.contributions import Contribution, blocked_by_nothing
from rounds.queries.states import handed_in

TABLES = (
    Table(
        ControlPlan,
        "body",
        Facts("control_plans", "The body's internal control plan of one year."),
        secret=Open("a year's name; what it holds is marked"),
    ),
    Table(
        ControlArea,
        "plan",
        Facts("areas", "An area of control, with the question it asks."),
        secret=Secret("Kontrollområde", ("name", "question")),
    ),
    Table(
        ControlResult,
        "area",
        Facts("results", "Was the control performed, did the object pass, at one period."),
        frozen=handed_in(PART),
        secret=Secret("Resultat", ("note", "comment", "performed", "level")),
    ),
    Table(
        RemainingAction,
        "area",
        Facts("remaining_actions", "What is left to do."),
        secret=Secret("Återstående åtgärd", ("text",)),
    ),
)

CONTRIBUTION = Contribution(
    name=PART,
    label="Intern kontroll",
    noun="resultat",
    lacks=queries.lacks,
    blocks=blocked_by_nothing,
    is_empty=queries.has_no_results,
    rows=queries.handed_in_rows,
    address=queries.address,
    snapshot=queries.snapshot,
    withhold=queries.withhold,
)

DECLARES = (*TABLES, CONTRIBUTION, Figures(queries.plan_pages))
