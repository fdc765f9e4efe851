"""The reports that wait for whom, for Att göra."""

from datetime import date

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from governance.enums import Role
from governance.models import User
from governance.permissions import roles_held
from reports.enums import WITH_THE_CONTROLLER
from reports.models import ApprovalStep, Report


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
