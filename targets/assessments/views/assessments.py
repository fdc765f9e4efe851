"""Goals, assignments and activities: where they stand at a period, and their history."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.http import AppRequest, number_of, seen_number, tried
from governance.models import Period
from governance.policy import policy
from governance.rules import Refusal, Stale
from targets.assessments.actions.assessments import (
    judge_goal,
    report_activity,
    report_assignment,
    restore_text,
)
from targets.assessments.queries.goal_page import (
    ActivityPage,
    GoalPage,
    activity_page,
    get_activity_for,
    get_goal_for,
    goal_page,
    period_of_plan,
)
from targets.assessments.queries.text_history import entry_of, history_page
from targets.enums import Attainment
from targets.models import Activity, Goal
from targets.plans.forms.planning import JudgementForm, StatusForm, form_of_activity, form_of_goal

READERS = "everyone with a role in the body; what is reported, its follow-up roles alone"
CONTROLLER = "controller of the body"


@policy(READERS)
@require_GET
def goal_detail(request: AppRequest, pk: int) -> HttpResponse:
    goal = get_goal_for(request.user, pk, request.today)
    asked = number_of(request.GET, "period")
    page = goal_page(request.user, goal, request.today, asked=asked)
    return _goal(request, page, form_of_goal(page))


@policy(CONTROLLER)
@require_POST
def assignment_report(request: AppRequest, pk: int, period_pk: int) -> HttpResponse:
    goal = get_goal_for(request.user, pk, request.today, write=True)
    period = period_of_plan(goal.plan, period_pk)
    page = goal_page(request.user, goal, request.today, asked=period.pk)
    form = StatusForm(request.POST, choices=page.at.choices)

    def save() -> None:
        report_assignment(
            goal=goal, period=period, status=form.assignment_status,
            comment=form.cleaned_data["comment"], seen=seen_number(request.POST),
            by=request.user, today=request.today,
        )  # fmt: skip

    return _answer_goal(request, goal, period, form, tried(form, save))


@policy(CONTROLLER)
@require_POST
def goal_judge(request: AppRequest, pk: int, period_pk: int) -> HttpResponse:
    goal = get_goal_for(request.user, pk, request.today, write=True)
    period = period_of_plan(goal.plan, period_pk)
    page = goal_page(request.user, goal, request.today, asked=period.pk)
    form = JudgementForm(request.POST, choices=page.at.choices)

    def save() -> None:
        judge_goal(
            goal=goal, period=period, result=Attainment(form.cleaned_data["result"]),
            reason=form.cleaned_data["reason"], comment=form.cleaned_data["comment"],
            proposal=Attainment(form.cleaned_data["proposal"]),
            seen=seen_number(request.POST), by=request.user, today=request.today,
        )  # fmt: skip

    return _answer_goal(request, goal, period, form, tried(form, save))


def _answer_goal(
    request: AppRequest,
    goal: Goal,
    period: Period,
    form: StatusForm | JudgementForm,
    refusal: Refusal | None,
) -> HttpResponse:
    if refusal is None:
        messages.success(request, f"Sparat för {period.name}.")
        return redirect(f"{reverse('targets:goal_detail', args=[goal.pk])}?period={period.pk}")
    page = goal_page(request.user, goal, request.today, asked=period.pk)
    return _goal(request, page, form, refusal)


def _goal(
    request: AppRequest,
    page: GoalPage,
    form: StatusForm | JudgementForm | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "at": page.at,
        "form": form,
        **_refused(request, page.version, refusal),
    }
    status = refusal.status if refusal else 200
    return render(request, "targets/goal_detail.html", context, status=status)


def _refused(request: AppRequest, now: int, refusal: Refusal | None) -> dict[str, object]:
    """What a form says of a save that did not happen. After a conflict it carries the version
    that stands, so that saving again is a choice."""
    posted = seen_number(request.POST)
    keeps = refusal is not None and not isinstance(refusal, Stale)
    return {
        "refusal": refusal,
        "version": posted if keeps else now,
    }


@policy(READERS)
@require_GET
def activity_detail(request: AppRequest, pk: int) -> HttpResponse:
    activity = get_activity_for(request.user, pk, request.today)
    asked = number_of(request.GET, "period")
    page = activity_page(request.user, activity, request.today, asked=asked)
    return _activity(request, page, form_of_activity(page))


@policy(CONTROLLER)
@require_POST
def activity_report(request: AppRequest, pk: int, period_pk: int) -> HttpResponse:
    activity = get_activity_for(request.user, pk, request.today, write=True)
    period = period_of_plan(activity.plan, period_pk)
    page = activity_page(request.user, activity, request.today, asked=period.pk)
    form = StatusForm(request.POST, choices=page.at.choices)

    def save() -> None:
        report_activity(
            activity=activity, period=period, status=form.activity_status,
            comment=form.cleaned_data["comment"], seen=seen_number(request.POST),
            by=request.user, today=request.today,
        )  # fmt: skip

    refusal = tried(form, save)
    if refusal is None:
        messages.success(request, f"Sparat för {period.name}.")
        address = reverse("targets:activity_detail", args=[activity.pk])
        return redirect(f"{address}?period={period.pk}")
    page = activity_page(request.user, activity, request.today, asked=period.pk)
    return _activity(request, page, form, refusal)


def _activity(
    request: AppRequest,
    page: ActivityPage,
    form: StatusForm | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "at": page.at,
        "form": form,
        **_refused(request, page.version, refusal),
    }
    status = refusal.status if refusal else 200
    return render(request, "targets/activity_detail.html", context, status=status)


@policy("controller, head of administration, chair and reader of the body; controller restores")
@require_http_methods(["GET", "POST"])
def goal_history(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    goal = get_goal_for(request.user, pk, request.today, write=write)
    return _history(request, goal, "targets:goal_history")


@policy("controller, head of administration, chair and reader of the body; controller restores")
@require_http_methods(["GET", "POST"])
def activity_history(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    activity = get_activity_for(request.user, pk, request.today, write=write)
    return _history(request, activity, "targets:activity_history")


def _history(request: AppRequest, row: Goal | Activity, name: str) -> HttpResponse:
    if request.method == "POST":
        found = entry_of(row, seen_number(request.POST, "entry"))
        if found is None:
            raise Http404
        entry, about = found
        restore_text(row=about, entry=entry, by=request.user, today=request.today)
        messages.success(request, "Den tidigare texten är tillbaka.")
        return redirect(name, row.pk)
    page = history_page(request.user, row, request.today)
    return render(request, "targets/plan_history.html", {"page": page})
