"""The tables of internal control."""

from governance.declarations import Table
from internal_control import queries
from internal_control.models import ControlArea, ControlPlan, ControlResult, RemainingAction
from rounds.contributions import Contribution, blocked_by_nothing, lacks_nothing

TABLES = (
    Table(ControlPlan, organisation="body__organisation", body="body"),
    Table(ControlArea, organisation="plan__body__organisation", body="plan__body"),
    Table(ControlResult, organisation="area__plan__body__organisation", body="area__plan__body"),
    Table(RemainingAction, organisation="area__plan__body__organisation", body="area__plan__body"),
)

# Nothing can be typed here yet, so nothing can be missing and nothing blocks.
CONTRIBUTION = Contribution(
    name="internal_control",
    label="Intern kontroll",
    noun="resultat",
    lacks=lacks_nothing,
    blocks=blocked_by_nothing,
    is_empty=queries.has_no_results,
    rows=queries.handed_in_rows,
    address=queries.address,
    snapshot=queries.snapshot,
)

DECLARES = (*TABLES, CONTRIBUTION)
