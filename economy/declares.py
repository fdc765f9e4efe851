"""The tables of the economy."""

from economy.models import Amount, Line, Scope
from governance.declarations import Table

TABLES = (
    Table(Scope, organisation="body__organisation", body="body"),
    Table(Line, organisation="body__organisation", body="body"),
    Table(Amount, organisation="line__body__organisation", body="line__body"),
)

DECLARES = TABLES
