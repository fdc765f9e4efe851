"""The tables of internal control."""

from governance.declarations import Facts, Table
from governance.queries import is_handed_in
from internal_control.models import ControlArea, ControlPlan, ControlResult, RemainingAction

TABLES = (
    Table(
        ControlPlan, "body", Facts("control_plans", "The body's internal control plan of one year.")
    ),
    Table(ControlArea, "plan", Facts("areas", "An area of control, with the question it asks.")),
    Table(
        ControlResult,
        "area",
        Facts("results", "Did the object pass, at one period."),
        frozen=is_handed_in,
    ),
    Table(RemainingAction, "area", Facts("remaining_actions", "What is left to do.")),
)

DECLARES = TABLES
