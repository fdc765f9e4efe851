from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.queries import receipt
from documents.tasks import ring
from governance.http import AppRequest, numbers_of, posted, seen_number, status_of, tried
from governance.permissions import find, reading_bodies
from governance.policy import policy
from governance.refusals import atomic
from governance.rules import Refusal
from rounds import forms
from rounds.actions.hand_in import decide
from rounds.actions.hand_in import hand_in as take_in
from rounds.actions.reminders import order_reminders, retry_reminder
from rounds.actions.rounds import change_round, lock_round, open_round
from rounds.enums import HAND_IN, LOCK
from rounds.models import RoundState
from rounds.pages import state_page
from rounds.permissions import opens_rounds
from rounds.queries import reminders
from rounds.queries import rounds as queries
from rounds.queries.states import get_round_state_for, get_state_for
from rounds.states import ROUND

OFFICE = "case officer of the board or its working committee"
FOLLOWERS = f"{OFFICE}; controller, head of administration, chair and reader of a body in the round"


@policy(f"{OFFICE} sees every round, the people of a committee those of their own committees")
@require_GET
def round_list(request: AppRequest) -> HttpResponse:
    user, today = request.user, request.today
    find(opens_rounds(user, today) or bool(reading_bodies(user, today)))
    context = {
        "rounds": queries.round_rows(user, today),
        "leads": queries.leads_rounds(user, today),
    }
    return render(request, "rounds/round_list.html", context)


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def round_create(request: AppRequest) -> HttpResponse:
    organisation = queries.organisation_led_by(request.user, request.today)
    bodies = queries.reporting_bodies(organisation, request.today)
    data = request.POST if request.method == "POST" else None
    form = forms.OpenRoundForm(data, organisation=organisation, bodies=bodies)

    def save() -> HttpResponse:
        given = {name: form.cleaned_data[name] for name in forms.OF_ROUND}
        opened = open_round(
            organisation=organisation, period=form.chosen_period, **given, by=request.user
        )
        messages.success(request, f"{opened.name} är öppen för rapportering.")
        return redirect("rounds:round_detail", opened.pk)

    answer = posted(request, save, form)
    if isinstance(answer, HttpResponse):
        return answer
    context = {"form": form, "refusal": answer}
    return render(request, "rounds/round_create.html", context, status=status_of(answer))


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def round_edit(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today, lead=True)
    bodies = queries.reporting_bodies(found.period.organisation, request.today)
    data = request.POST if request.method == "POST" else None
    form = forms.EditRoundForm(data, reporting_round=found, bodies=bodies)

    def save() -> HttpResponse:
        change_round(reporting_round=found, **form.cleaned_data, by=request.user)
        messages.success(request, "Ändringarna är sparade.")
        return redirect("rounds:round_detail", pk)

    answer = posted(request, save, form)
    if isinstance(answer, HttpResponse):
        return answer
    context = {"form": form, "round": found, "refusal": answer}
    return render(request, "rounds/round_edit.html", context, status=status_of(answer))


@policy(FOLLOWERS)
@require_GET
def round_detail(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today)
    only_waiting = request.GET.get("visa") == "ej-inlamnat"
    page = queries.round_page(request.user, found, request.today, only_waiting=only_waiting)
    log = reminders.reminder_log(found) if page.leads else []
    return render(request, "rounds/round_detail.html", {"page": page, "log": log})


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def round_remind(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today, lead=True)
    now = timezone.now()
    if request.method == "GET":
        page = reminders.reminder_page(request.user, found, today=request.today, now=now)
        return render(request, "rounds/round_remind.html", {"page": page})
    with atomic():
        ordered = order_reminders(
            reporting_round=found,
            persons=numbers_of(request.POST, "person"),
            again=numbers_of(request.POST, "again"),
            by=request.user,
            today=request.today,
            now=now,
        )
        for one in ordered:
            ring(one.mail)
    names = ", ".join(one.person.name for one in ordered)
    messages.success(request, f"Påminnelse skickas till {names}.")
    return redirect("rounds:round_detail", pk)


@policy(OFFICE)
@require_POST
def reminder_retry(request: AppRequest, pk: int) -> HttpResponse:
    reminder = reminders.get_reminder_for(request.user, pk, request.today)
    with atomic():
        retry_reminder(reminder=reminder, by=request.user, now=timezone.now())
        ring(reminder.mail)
    messages.success(request, f"Påminnelsen till {reminder.person.name} skickas igen.")
    return redirect("rounds:round_detail", reminder.reporting_round_id)


@policy(OFFICE)
@require_POST
def round_lock(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today, lead=True)
    only_approved = request.POST.get("which") != "all"
    locked = lock_round(
        reporting_round=found, only_approved=only_approved, by=request.user, today=request.today
    )
    words = "1 nämnd är låst." if locked == 1 else f"{locked} nämnder är låsta."
    messages.success(request, f"{words} {ROUND.named(LOCK).then}")
    return redirect("rounds:round_detail", pk)


@policy(FOLLOWERS)
@require_GET
def round_state(request: AppRequest, pk: int) -> HttpResponse:
    return _state(request, pk, None)


def _state(request: AppRequest, pk: int, refusal: Refusal | None) -> HttpResponse:
    """The body's period, with what stands in the way of an act that was refused."""
    state = get_state_for(request.user, pk, request.today)
    page = state_page(request.user, state, request.today)
    context = {"page": page, "refusal": refusal, "reason": request.POST.get("reason", "")}
    return render(request, "rounds/round_state.html", context, status=status_of(refusal))


@policy("controller of the body")
@require_POST
def hand_in(request: AppRequest, pk: int) -> HttpResponse:
    state = get_round_state_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)

    def save() -> HttpResponse:
        taken = take_in(state=state, by=request.user, today=request.today, seen=seen)
        _tell(request, taken.state, HAND_IN)
        return redirect("rounds:round_state", pk)

    answer = tried(save)
    return _state(request, pk, answer) if isinstance(answer, Refusal) else answer


@policy(f"head of administration of the body approves and returns; {OFFICE} locks and reopens")
@require_POST
def round_change(request: AppRequest, pk: int) -> HttpResponse:
    act = forms.wanted_act(request.POST)
    state = get_state_for(request.user, pk, request.today, act=act)

    def save() -> HttpResponse:
        given = forms.given(request.POST)
        decided = decide(state=state, act=act, by=request.user, today=request.today, **given)
        _tell(request, decided, act)
        return redirect("rounds:round_state", pk)

    answer = tried(save)
    return _state(request, pk, answer) if isinstance(answer, Refusal) else answer


def _tell(request: AppRequest, state: RoundState, act: str) -> None:
    """Say what happened; a period that another round still locks is not open to anyone."""
    page = state_page(request.user, state, request.today)
    if page.is_open_but_locked:
        messages.warning(
            request, f"{page.round.name} är öppen igen, men uppgifterna är inte det. {page.lock}"
        )
    else:
        told = receipt(state, ROUND, act, by=request.user, today=request.today)
        messages.success(request, told)
