from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from governance.http import AppRequest
from governance.models import RoundState
from governance.policy import policy
from targets.actions import record_grid, submit_round
from targets.forms import answered, seen_version, status_of, typed_in
from targets.queries import (
    entry_page,
    get_round_state_for,
)

GRID = "targets/entry_grid.html"


@policy("controller of the body writes; head of administration, chair and reader of it read")
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def entry_grid(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    state = get_round_state_for(request.user, pk, request.today, write=write)
    if write:
        return _saved(request, state)
    page = entry_page(request.user, state, request.today)
    return render(request, GRID, {"page": page, "failed": 0})


def _saved(request: AppRequest, state: RoundState) -> HttpResponse:
    """Answer a save: the changed cells to the script, a redirect or the page to a plain form."""
    before = entry_page(request.user, state, request.today)
    typed = typed_in(request.POST, before.rows)
    answers = record_grid(state=state, typed=typed, by=request.user, today=request.today)
    status = status_of(answers)
    failed = sum(refusal is not None for refusal in answers.values())
    if not request.htmx and not failed:
        messages.success(request, "Alla ändringar är sparade.")
        return redirect("targets:entry_grid", state.pk)
    page = answered(entry_page(request.user, state, request.today), typed, answers)
    template = GRID
    if request.htmx:
        template += "#answer"
    context = {
        "page": page,
        "failed": failed,
        "sent": [row for row in page.rows if row.id in answers],
    }
    return render(request, template, context, status=status)


@policy("controller of the body")
@require_POST
def round_submit(request: AppRequest, pk: int) -> HttpResponse:
    state = get_round_state_for(request.user, pk, request.today, write=True)
    seen = seen_version(request.POST)
    submit_round(state=state, by=request.user, today=request.today, seen=seen)
    messages.success(request, f"{state.reporting_round.period.name} är inlämnad.")
    return redirect("targets:entry_grid", state.pk)
