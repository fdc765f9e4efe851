from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from governance.http import AppRequest
from governance.policy import policy
from rounds.models import RoundState
from rounds.queries.states import get_round_state_for
from targets.outcomes.actions.outcomes import record_grid
from targets.outcomes.forms.entry import answered, answered_page, sent_keys, status_of, typed_in
from targets.outcomes.queries.entry_page import entry_answer, entry_count, entry_page
from targets.outcomes.queries.frame import entry_frame

GRID = "targets/entry_grid.html"
ANSWER = "targets/entry_grid.html#answer"


@policy("controller of the body writes; head of administration, chair and reader of it read")
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def entry_grid(request: AppRequest, pk: int) -> HttpResponse:
    write = request.method == "POST"
    state = get_round_state_for(request.user, pk, request.today, write=write)
    if write:
        return _saved(request, state)
    only_missing = "saknade" in request.GET
    page = entry_page(request.user, state, request.today, only_missing=only_missing)
    return render(request, GRID, {"page": page, "failed": 0})


def _saved(request: AppRequest, state: RoundState) -> HttpResponse:
    """Answer a save: the changed rows to the script, a redirect or the page to a plain form."""
    body, period = state.body, state.reporting_round.period
    typed = typed_in(request.POST, is_partial=bool(request.htmx))
    keys = sent_keys(typed)
    frame = entry_frame(body=body, period=period, indicators={key.indicator for key in keys})
    answers = record_grid(frame=frame, typed=typed, by=request.user, today=request.today)
    failed = sum(refusal is not None for refusal in answers.values())
    if request.htmx:
        rows = answered(entry_answer(frame, keys), answers)
        context = {"rows": rows, "count": entry_count(body, period)}
        # Without the request: a fragment has no menu, and a save should not gather one.
        return HttpResponse(render_to_string(ANSWER, context), status=status_of(answers))
    if not failed:
        messages.success(request, "Alla ändringar är sparade.")
        return redirect("targets:entry_grid", state.pk)
    page = answered_page(entry_page(request.user, state, request.today), answers)
    return render(request, GRID, {"page": page, "failed": failed}, status=status_of(answers))
