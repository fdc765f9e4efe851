"""The plan: read as a tree by the committee, changed and carried on by its controller."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from governance.http import AppRequest, number_of, numbers_of
from governance.policy import policy
from targets.plans.actions.plans import move, remove
from targets.plans.actions.rollover import open_next_year
from targets.plans.queries.plan_page import plan_page
from targets.plans.queries.plans import get_plan_for, row_of_plan
from targets.plans.queries.rollover import next_year

CONTROLLER = "controller of the body"


@policy("everyone with a role in the body; what is reported, its follow-up roles alone")
@require_GET
@vary_on_headers("HX-Request")
def plan_detail(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today)
    period_id = number_of(request.GET, "period")
    page = plan_page(request.user, plan, request.today, period_id=period_id)
    template = "targets/plan_detail.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#plan"
    return render(request, template, {"page": page})


@policy(CONTROLLER)
@require_GET
def plan_edit(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    page = plan_page(request.user, plan, request.today)
    return render(request, "targets/plan_edit.html", {"page": page})


@policy(CONTROLLER)
@require_POST
def plan_move(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    name = request.POST.get("row", "")
    row = row_of_plan(plan, name)
    move(row=row, up=request.POST.get("to") == "up", by=request.user)
    return redirect(f"{reverse('targets:plan_edit', args=[pk])}#{name}")


@policy(CONTROLLER)
@require_POST
def plan_remove(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    row = row_of_plan(plan, request.POST.get("row", ""))
    removed = remove(row=row, by=request.user)
    messages.success(request, f"”{removed}” är borttagen ur planen.")
    return redirect("targets:plan_edit", pk)


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def plan_open_next(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    if request.method == "POST":
        new = open_next_year(
            plan=plan,
            goals=numbers_of(request.POST, "goal"),
            places=numbers_of(request.POST, "place"),
            activities=numbers_of(request.POST, "activity"),
            by=request.user,
        )
        messages.success(request, f"{new.name} är öppnad.")
        return redirect("targets:plan_edit", new.pk)
    return render(request, "targets/plan_open_next.html", {"next": next_year(plan)})
