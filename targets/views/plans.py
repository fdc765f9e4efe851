from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from governance.http import AppRequest
from governance.policy import policy
from targets.queries import get_plan_for, goal_table


@policy("everyone with a role in the body")
@require_GET
def plan_detail(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today)
    context = {"plan": plan, "body": plan.body, "table": goal_table(plan)}
    return render(request, "targets/plan_detail.html", context)
