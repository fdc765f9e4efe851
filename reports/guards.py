"""What the database itself refuses to change (wall 15): approved content and acts of clearance."""

from governance.guards import Guard

GUARDS = (
    Guard(table="reports_reportversion", insert_only=True),
    Guard(table="reports_clearanceact", insert_only=True),
)
