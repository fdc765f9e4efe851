"""The tables of the economy."""

from economy import queries
from economy.enums import PART
from economy.models import Amount, Line, Scope
from economy.rules import lost_by
from governance.declarations import Facts, Figures, Secret, Table
from rounds.contributions import Contribution, blocked_by_nothing
from rounds.queries.states import handed_in

TABLES = (
    Table(
        Scope,
        "body",
        Facts("scopes", "What a figure covers, with mark and footnote."),
        secret=Secret("Omfattning", ("name", "short_name", "footnote"), stays=("mark",)),
    ),
    Table(
        Line,
        "body",
        Facts("lines", "A line of the body's economy."),
        secret=Secret("Rad", ("name",)),
    ),
    Table(
        Amount,
        "line",
        Facts(
            "amounts",
            "Kronor exactly, or per cent, missing without a value; stated when its base is unknown.",
            acts={"is_confirmed": "somebody's word that an unusual value is right"},
        ),
        frozen=handed_in(PART),
        replaces=lost_by,
        secret=Secret("Belopp", ("note", "value", "is_not_applicable", "is_stated")),
    ),
)

CONTRIBUTION = Contribution(
    name=PART,
    label="Ekonomi",
    noun="belopp",
    lacks=queries.lacks,
    blocks=blocked_by_nothing,
    is_empty=queries.has_no_amounts,
    rows=queries.handed_in_rows,
    address=queries.address,
    snapshot=queries.snapshot,
    withhold=queries.withhold,
)

DECLARES = (*TABLES, CONTRIBUTION, Figures(queries.economy_pages))
