"""The reports that wait for whom, for Att göra."""

from dataclasses import dataclass
from datetime import date

from governance.enums import Role
from governance.models import User
from governance.permissions import held_roles
from reports.clearance.queries.versions import live_reports
from reports.composing.queries import chain_of
from reports.models import (
    Report,
)


@dataclass(frozen=True, kw_only=True)
class WaitingReport:
    """A report that waits for one of the user's roles."""

    report: Report
    for_role: Role

    @property
    def is_review(self) -> bool:
        return self.for_role != Role.CONTROLLER


def waiting_for(user: User, today: date) -> list[WaitingReport]:
    """What the user is to write or clear now, in any of the bodies where the role is held."""
    held = held_roles(user, today)
    found = []
    for report in live_reports().filter(body_id__in={body_id for body_id, _role in held}):
        role = _turn(report)
        if role is not None and (report.body_id, role.value) in held:
            found.append(WaitingReport(report=report, for_role=role))
    return found


def _turn(report: Report) -> Role | None:
    """Whose turn it is; None when the report is approved."""
    if report.is_open:
        return Role.CONTROLLER
    return next((Role(s.role) for s in chain_of(report) if s.position == report.current_step), None)
