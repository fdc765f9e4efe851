"""The forms with which a controller writes the plan."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from governance.http import (
    AppRequest,
    number_of,
    seen_number,
    status_of,
    token_of,
    tried,
    version_to_carry,
)
from governance.policy import policy
from governance.rules import Stale
from targets.assessments.queries.goal_page import get_activity_for, get_goal_for
from targets.enums import Concept
from targets.models import Activity, Goal, Plan
from targets.plans.actions.plans import (
    add_activity,
    add_area,
    add_goal,
    change_activity,
    change_goal,
    plan_indicator,
    rename_area,
)
from targets.plans.forms.planning import ActivityForm, AreaForm, GoalForm, PlaceForm
from targets.plans.queries.plan_page import plan_lock
from targets.plans.queries.plans import get_area_for, get_plan_for
from targets.plans.queries.words import words_for_plan

CONTROLLER = "controller of the body"


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def plan_area_add(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    form = AreaForm(request.POST or None)

    def save() -> None:
        token = token_of(request.POST)
        add_area(plan=plan, name=form.cleaned_data["name"], by=request.user, token=token)

    title = words_for_plan(plan)[Concept.FOCUS_AREA]
    return _page(request, plan, form, save, title=title, verb="Lägg till")


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def plan_area_edit(request: AppRequest, pk: int) -> HttpResponse:
    area = get_area_for(request.user, pk, request.today)
    form = AreaForm(request.POST or None, initial={"name": area.name})
    was = request.POST.get("was", area.name)

    def save() -> None:
        rename_area(area=area, name=form.cleaned_data["name"], was=was, by=request.user)

    title = f"Byt namn på {area.name}"
    return _page(request, area.plan, form, save, title=title, verb="Spara", was=(was, area.name))


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def goal_add(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    initial = {"placement": request.GET.get("under", "")}
    form = GoalForm(request.POST or None, plan=plan, initial=initial)

    def save() -> None:
        token = token_of(request.POST)
        add_goal(plan=plan, values=form.values, upper=form.upper, by=request.user, token=token)

    return _page(request, plan, form, save, title="Nytt mål eller uppdrag", verb="Lägg till")


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def goal_edit(request: AppRequest, pk: int) -> HttpResponse:
    goal = get_goal_for(request.user, pk, request.today, write=True)
    form = GoalForm(request.POST or None, plan=goal.plan, instance=goal)
    seen = seen_number(request.POST)

    def save() -> None:
        change_goal(goal=goal, values=form.values, upper=form.upper, seen=seen, by=request.user)

    return _page(
        request, goal.plan, form, save, title=f"Redigera {goal.level.name.lower()}",
        verb="Spara", row=goal,
    )  # fmt: skip


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def plan_indicator_add(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    initial = {"goal": number_of(request.GET, "goal")}
    form = PlaceForm(request.POST or None, plan=plan, initial=initial)

    def save() -> None:
        plan_indicator(plan=plan, by=request.user, **form.cleaned_data)

    title = f"{words_for_plan(plan)[Concept.INDICATOR]} i planen"
    return _page(request, plan, form, save, title=title, verb="Lägg till")


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def activity_add(request: AppRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, request.today, write=True)
    initial = {"holder": request.GET.get("under", "")}
    form = ActivityForm(request.POST or None, plan=plan, initial=initial)

    def save() -> None:
        token = token_of(request.POST)
        add_activity(plan=plan, values=form.values, by=request.user, token=token)

    return _page(request, plan, form, save, title="Ny aktivitet", verb="Lägg till")


@policy(CONTROLLER)
@require_http_methods(["GET", "POST"])
def activity_edit(request: AppRequest, pk: int) -> HttpResponse:
    activity = get_activity_for(request.user, pk, request.today, write=True)
    form = ActivityForm(request.POST or None, plan=activity.plan, instance=activity)
    seen = seen_number(request.POST)

    def save() -> None:
        change_activity(activity=activity, values=form.values, seen=seen, by=request.user)

    return _page(
        request, activity.plan, form, save, title="Redigera aktivitet", verb="Spara", row=activity
    )


def _page(
    request: AppRequest,
    plan: Plan,
    form: django_forms.BaseForm,
    save: Callable[[], None],
    *,
    title: str,
    verb: str,
    row: Goal | Activity | None = None,
    was: tuple[str, str] = ("", ""),
) -> HttpResponse:
    """The form, or the plan when it is saved. A conflict shows what stands now beside what was
    typed, and carries the version that stands, so that saving again is a choice."""
    refusal = None
    if request.method == "POST":
        refusal = tried(save, form)
        if refusal is None:
            messages.success(request, "Sparat.")
            return redirect("targets:plan_edit", plan.pk)
        if row is not None:
            row.refresh_from_db(fields=["version"])
    context = {
        "plan": plan, "form": form, "title": title, "verb": verb, "row": row,
        "refusal": refusal, "token": token_of(request.POST),
        "version": version_to_carry(request.POST, row.version if row else 0, refusal),
        "was": was[isinstance(refusal, Stale)], "lock": plan_lock(plan),
    }  # fmt: skip
    return render(request, "targets/plan_form.html", context, status=status_of(refusal))
