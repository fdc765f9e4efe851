"""Goals, assignments and activities: where they stand at a period, and their history."""

from django.contrib import messages
from django.db.models import Manager
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.http import (
    AppRequest,
    StoredForm,
    autosaved,
    form_stands,
    is_question,
    lock_told,
    number_of,
    seen_number,
    status_of,
    tried,
    version_to_carry,
)
from governance.models import Period
from governance.policy import policy
from governance.rules import Refusal
from targets.assessments.actions.assessments import judge_goal, report_status, restore_text
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
from targets.enums import ActivityStatus, AssignmentStatus, Attainment
from targets.models import Activity, ActivityReport, AssignmentReport, Goal, Judgement
from targets.plans.forms.planning import JudgementForm, ReportForm, StatusForm, form_of
from targets.plans.queries.chain import judged_as

Page = GoalPage | ActivityPage
Reports = Manager[AssignmentReport] | Manager[ActivityReport] | Manager[Judgement]
READERS = "everyone with a role in the body; what is reported, its follow-up roles alone"
CONTROLLER = "controller of the body"
HISTORY_READERS = (
    "controller, head of administration, chair and reader of the body; controller restores"
)


@policy(READERS)
@require_GET
def goal_detail(request: AppRequest, pk: int) -> HttpResponse:
    return _read(request, get_goal_for(request.user, pk, request.today))


@policy(READERS)
@require_GET
def activity_detail(request: AppRequest, pk: int) -> HttpResponse:
    return _read(request, get_activity_for(request.user, pk, request.today))


@policy(CONTROLLER)
@require_POST
def assignment_report(request: AppRequest, pk: int, period_pk: int) -> HttpResponse:
    goal = get_goal_for(request.user, pk, request.today, write=True)
    return _reported(request, goal, period_pk, goal.assignment_reports)


@policy(CONTROLLER)
@require_POST
def activity_report(request: AppRequest, pk: int, period_pk: int) -> HttpResponse:
    activity = get_activity_for(request.user, pk, request.today, write=True)
    return _reported(request, activity, period_pk, activity.reports)


def _reported(
    request: AppRequest, row: Goal | Activity, period_pk: int, reports: Reports
) -> HttpResponse:
    period = period_of_plan(row.plan, period_pk)
    at = _page(request, row, period.pk).at
    if is_question(request):
        return lock_told(at.period_lock)
    form = StatusForm(request.POST, choices=at.choices)
    statuses = AssignmentStatus if isinstance(row, Goal) else ActivityStatus

    def save() -> None:
        report_status(
            row=row, period=period, status=statuses(form.cleaned_data["status"]),
            comment=form.cleaned_data["comment"], seen=seen_number(request.POST),
            by=request.user, today=request.today,
        )  # fmt: skip

    return _answer(request, row, period, form, tried(save, form), reports)


@policy(CONTROLLER)
@require_POST
def goal_judge(request: AppRequest, pk: int, period_pk: int) -> HttpResponse:
    goal = get_goal_for(request.user, pk, request.today, write=True)
    period = period_of_plan(goal.plan, period_pk)
    at = _page(request, goal, period.pk).at
    if is_question(request):
        return lock_told(at.period_lock)
    form = JudgementForm(request.POST, choices=at.choices)

    def save() -> None:
        result, level = judged_as(goal.plan, form.cleaned_data["result"])
        judge_goal(
            goal=goal, period=period, result=result, level=level,
            reason=form.cleaned_data["reason"], comment=form.cleaned_data["comment"],
            proposal=Attainment(form.cleaned_data["proposal"]),
            seen=seen_number(request.POST), by=request.user, today=request.today,
            restates=not request.htmx,
        )  # fmt: skip

    return _answer(request, goal, period, form, tried(save, form), goal.judgements)


def _page(request: AppRequest, row: Goal | Activity, period_pk: int | None) -> Page:
    if isinstance(row, Goal):
        return goal_page(request.user, row, request.today, period_id=period_pk)
    return activity_page(request.user, row, request.today, period_id=period_pk)


def _read(request: AppRequest, row: Goal | Activity) -> HttpResponse:
    page = _page(request, row, number_of(request.GET, "period"))
    return _shown(request, page, form_of(page))


def _answer(
    request: AppRequest,
    row: Goal | Activity,
    period: Period,
    form: ReportForm,
    refusal: Refusal | None,
    reports: Reports,
) -> HttpResponse:
    """Where the row stands after a save; where it was refused, with the reason and what was
    typed."""
    if request.htmx:
        saved = refusal or reports.get(period=period).version
        return autosaved(request, saved, lambda: _stands(form, reports, period), form)
    if refusal is not None:
        return _shown(request, _page(request, row, period.pk), form, refusal)
    messages.success(request, f"Sparat för {period.name}.")
    name = f"targets:{row._meta.model_name}_detail"
    return redirect(f"{reverse(name, args=[row.pk])}?period={period.pk}")


def _stands(form: ReportForm, reports: Reports, period: Period) -> StoredForm:
    row = reports.filter(period=period).first()
    return StoredForm(version=0, theirs=()) if row is None else form_stands(form, row)


def _shown(
    request: AppRequest, page: Page, form: ReportForm | None, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "page": page, "at": page.at, "form": form, "refusal": refusal,
        "version": version_to_carry(request.POST, page.version, refusal),
    }  # fmt: skip
    is_goal = isinstance(page, GoalPage)
    template = "targets/goal_detail.html" if is_goal else "targets/activity_detail.html"
    return render(request, template, context, status=status_of(refusal))


@policy(HISTORY_READERS)
@require_http_methods(["GET", "POST"])
def goal_history(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    goal = get_goal_for(request.user, pk, request.today, write=write)
    return _history(request, goal)


@policy(HISTORY_READERS)
@require_http_methods(["GET", "POST"])
def activity_history(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    activity = get_activity_for(request.user, pk, request.today, write=write)
    return _history(request, activity)


def _history(request: AppRequest, row: Goal | Activity) -> HttpResponse:
    if request.method == "POST":
        found = entry_of(row, seen_number(request.POST, "entry"))
        if found is None:
            raise Http404
        entry, about = found
        restore_text(row=about, entry=entry, by=request.user, today=request.today)
        messages.success(request, "Den tidigare texten är tillbaka.")
        return redirect(f"targets:{row._meta.model_name}_history", row.pk)
    page = history_page(request.user, row, request.today)
    return render(request, "targets/plan_history.html", {"page": page})
