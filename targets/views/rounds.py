from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.tasks import ring
from governance.actions import change_round_state
from governance.http import AppRequest
from governance.models import Organisation, RoundState
from governance.policy import policy
from governance.rules import Invalid
from targets import actions, forms, queries

OFFICE = "case officer of the board or its working committee"
FOLLOWERS = f"{OFFICE}; controller, head of administration, chair and reader of a body in the round"


@policy(f"everyone logged in; {OFFICE} sees every round, others those of their own committees")
@require_GET
def round_list(request: AppRequest) -> HttpResponse:
    context = {
        "rounds": queries.round_rows(request.user, request.today),
        "leads": queries.leads_rounds(request.user, request.today),
    }
    return render(request, "targets/round_list.html", context)


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def round_create(request: AppRequest) -> HttpResponse:
    organisation = queries.organisation_led_by(request.user, request.today)
    bodies = queries.reporting_bodies(organisation, request.today)
    data = request.POST if request.method == "POST" else None
    form = forms.OpenRoundForm(data, organisation=organisation, bodies=bodies)
    if form.is_valid():
        opened = _opened(form, organisation, request)
        if opened is not None:
            return redirect("targets:round_detail", opened)
    status = 422 if form.errors else 200
    return render(request, "targets/round_create.html", {"form": form}, status=status)


def _opened(
    form: forms.OpenRoundForm, organisation: Organisation, request: AppRequest
) -> int | None:
    """The number of the round opened, or None with the reason in the form."""
    cleaned = form.cleaned_data
    try:
        opened = actions.open_round(
            organisation=organisation,
            period=form.chosen_period,
            name=cleaned["name"],
            cut_off_on=cleaned["cut_off_on"],
            due_on=cleaned["due_on"],
            bodies=cleaned["bodies"],
            by=request.user,
        )
    except Invalid as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, f"{opened.name} är öppen för rapportering.")
    return opened.pk


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def round_edit(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today, lead=True)
    bodies = queries.reporting_bodies(found.period.organisation, request.today)
    data = request.POST if request.method == "POST" else None
    form = forms.EditRoundForm(data, reporting_round=found, bodies=bodies)
    if form.is_valid():
        try:
            actions.change_round(reporting_round=found, **form.cleaned_data, by=request.user)
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Ändringarna är sparade.")
            return redirect("targets:round_detail", pk)
    context = {"form": form, "round": found}
    return render(request, "targets/round_edit.html", context, status=422 if form.errors else 200)


@policy(FOLLOWERS)
@require_GET
def round_detail(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today)
    only_waiting = request.GET.get("visa") == "ej-inlamnat"
    page = queries.round_page(request.user, found, request.today, only_waiting=only_waiting)
    log = queries.reminder_log(found) if page.leads else []
    return render(request, "targets/round_detail.html", {"page": page, "log": log})


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def round_remind(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today, lead=True)
    now = timezone.now()
    if request.method == "GET":
        page = queries.reminder_page(request.user, found, today=request.today, now=now)
        return render(request, "targets/round_remind.html", {"page": page})
    with transaction.atomic():
        ordered = actions.order_reminders(
            reporting_round=found,
            persons=forms.chosen_persons(request.POST, "person"),
            again=forms.chosen_persons(request.POST, "again"),
            by=request.user,
            today=request.today,
            now=now,
        )
        for one in ordered:
            ring(one.mail)
    names = ", ".join(one.person.name for one in ordered)
    messages.success(request, f"Påminnelse skickas till {names}.")
    return redirect("targets:round_detail", pk)


@policy(OFFICE)
@require_POST
def reminder_retry(request: AppRequest, pk: int) -> HttpResponse:
    reminder = queries.get_reminder_for(request.user, pk, request.today)
    with transaction.atomic():
        actions.retry_reminder(reminder=reminder, by=request.user, now=timezone.now())
        ring(reminder.mail)
    messages.success(request, f"Påminnelsen till {reminder.person.name} skickas igen.")
    return redirect("targets:round_detail", reminder.reporting_round_id)


@policy(OFFICE)
@require_POST
def round_lock(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today, lead=True)
    only_approved = request.POST.get("which") != "all"
    locked = actions.lock_round(
        reporting_round=found, only_approved=only_approved, by=request.user, today=request.today
    )
    words = "1 nämnd är låst." if locked == 1 else f"{locked} nämnder är låsta."
    messages.success(request, words)
    return redirect("targets:round_detail", pk)


@policy(FOLLOWERS)
@require_GET
def round_state(request: AppRequest, pk: int) -> HttpResponse:
    state = queries.get_state_for(request.user, pk, request.today)
    page = queries.state_page(request.user, state, request.today)
    return render(request, "targets/round_state.html", {"page": page})


@policy(f"head of administration of the body approves and returns; {OFFICE} locks and reopens")
@require_POST
def round_change(request: AppRequest, pk: int) -> HttpResponse:
    to = forms.wanted_state(request.POST)
    state = queries.get_state_for(request.user, pk, request.today, to=to)
    seen, reason = forms.decided(request.POST)
    change_round_state(
        state=state, to=to, by=request.user, today=request.today, seen=seen, reason=reason
    )
    _tell(request, state)
    return redirect("targets:round_state", pk)


def _tell(request: AppRequest, state: RoundState) -> None:
    """Say what happened; a period that another round still locks is not open to anyone."""
    page = queries.state_page(request.user, state, request.today)
    if page.is_open_but_locked:
        messages.warning(
            request, f"{page.round.name} är öppen igen, men utfallen är inte det. {page.lock}"
        )
    else:
        messages.success(request, f"{page.body.short_name}: {page.steps[0].word.lower()}.")
