"""The tables of the economy."""

from economy import queries
from economy.models import Amount, Line, Scope
from governance.declarations import Table
from rounds.contributions import Contribution, blocked_by_nothing, lacks_nothing

TABLES = (
    Table(Scope, organisation="body__organisation", body="body"),
    Table(Line, organisation="body__organisation", body="body"),
    Table(Amount, organisation="line__body__organisation", body="line__body"),
)

# Nothing can be typed here yet, so nothing can be missing and nothing blocks.
CONTRIBUTION = Contribution(
    name="economy",
    label="Ekonomi",
    noun="belopp",
    lacks=lacks_nothing,
    blocks=blocked_by_nothing,
    is_empty=queries.has_no_amounts,
    rows=queries.handed_in_rows,
    address=queries.address,
    snapshot=queries.snapshot,
)

DECLARES = (*TABLES, CONTRIBUTION)
