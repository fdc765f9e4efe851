"""The tables of the economy."""

from economy.models import Amount, Line, Scope
from governance.declarations import Facts, Table
from governance.queries import is_handed_in

TABLES = (
    Table(Scope, "body", Facts("scopes", "What a figure covers, with mark and footnote.")),
    Table(Line, "body", Facts("lines", "A line of the body's economy.")),
    Table(
        Amount,
        "line",
        Facts("amounts", "Kronor exactly, or per cent; stated when its base is unknown."),
        frozen=is_handed_in,
    ),
)

DECLARES = TABLES
