"""The tables of internal control."""

from governance.declarations import Table
from internal_control.models import ControlArea, ControlPlan, ControlResult, RemainingAction

TABLES = (
    Table(ControlPlan, organisation="body__organisation", body="body"),
    Table(ControlArea, organisation="plan__body__organisation", body="plan__body"),
    Table(ControlResult, organisation="area__plan__body__organisation", body="area__plan__body"),
    Table(RemainingAction, organisation="area__plan__body__organisation", body="area__plan__body"),
)

DECLARES = TABLES
