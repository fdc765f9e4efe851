"""The tables of the economy."""

from economy import queries
from economy.models import Amount, Line, Scope
from governance.declarations import Facts, Figures, Table
from rounds.contributions import Contribution, blocked_by_nothing, lacks_nothing
from rounds.queries.states import handed_in

PART = "economy"
TABLES = (
    Table(Scope, "body", Facts("scopes", "What a figure covers, with mark and footnote.")),
    Table(Line, "body", Facts("lines", "A line of the body's economy.")),
    Table(
        Amount,
        "line",
        Facts("amounts", "Kronor exactly, or per cent; stated when its base is unknown."),
        frozen=handed_in(PART),
    ),
)

# Nothing can be typed here yet, so nothing can be missing and nothing blocks.
CONTRIBUTION = Contribution(
    name=PART,
    label="Ekonomi",
    noun="belopp",
    lacks=lacks_nothing,
    blocks=blocked_by_nothing,
    is_empty=queries.has_no_amounts,
    rows=queries.handed_in_rows,
    address=queries.address,
    snapshot=queries.snapshot,
)

DECLARES = (*TABLES, CONTRIBUTION, Figures(queries.economy_pages))
