"""The reports that wait for whom, for Att göra and for those who are told."""

from datetime import date

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from governance.enums import Role
from governance.models import User
from governance.permissions import roles_held
from governance.queries import holders, holders_at_the_board
from reports.enums import WITH_THE_CONTROLLER, Access
from reports.models import ApprovalStep, Report
from reports.permissions import access_to_versions


def controllers_told(report: Report, today: date) -> set[int]:
    return holders([report.body_id], Role.CONTROLLER, today)


def turn_told(report: Report, today: date) -> set[int]:
    """Those whose turn it is in the chain; nobody when it has been sent back meanwhile."""
    step = ApprovalStep.objects.filter(
        template=report.template_id, position=report.current_step or 0
    ).first()
    return holders([report.body_id], Role(step.role), today) if step else set()


def receivers_told(report: Report, today: date) -> set[int]:
    """Those at the board who receive what was handed over, and its controllers."""
    officers = holders_at_the_board(report.body.organisation_id, Role.CASE_OFFICER, today)
    receive = {
        user.person_id
        for user in User.objects.filter(person__in=officers).select_related("person__organisation")
        if access_to_versions(user, report, today) == Access.RECEIVE and user.person_id
    }
    return receive | controllers_told(report, today)


def waiting_reports(user: User, today: date) -> QuerySet[Report]:
    """What the user is to write or clear now, in any of the bodies where the role is held; ``turn``
    is the role that it waits for."""
    steps = ApprovalStep.objects.filter(
        template=OuterRef("template"), position=OuterRef("current_step")
    )
    turn = Case(
        When(state__in=WITH_THE_CONTROLLER, then=Value(Role.CONTROLLER.value)),
        default=Subquery(steps.values("role")[:1]),
    )
    mine = Q(pk__in=())
    for each in roles_held(user, today):
        mine |= Q(body=each.body_id, turn=each.role.value)
    return Report.objects.annotate(turn=turn).filter(mine)
