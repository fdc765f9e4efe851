from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from governance.http import AppRequest
from governance.policy import policy
from internal_control.queries import control_grid, get_plan_for, reported_periods


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def plan_detail(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today)
    grid = control_grid(body=plan.body, year=plan.year, periods=reported_periods(plan))
    return render(
        request,
        "internal_control/plan_detail.html",
        {"plan": plan, "body": plan.body, "grid": grid},
    )
