"""The entry grid out to Excel and back: nothing is written until the preview is saved."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from exchange.entry_workbook.forms import GridForm
from exchange.entry_workbook.grid import grid_workbook, preview
from figures.workbook import CONTENT_TYPE
from governance.http import AppRequest
from governance.policy import policy
from governance.rules import Refusal
from rounds.queries.states import get_round_state_for
from targets.outcomes.queries.entry_page import entry_page
from targets.outcomes.queries.frame import entry_frame


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def grid_export(request: AppRequest, pk: int) -> HttpResponse:
    state = get_round_state_for(request.user, pk, request.today)
    page = entry_page(request.user, state, request.today)
    name = f"utfall-{state.body.key}-{page.period.key}.xlsx"
    return HttpResponse(
        grid_workbook(page),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@policy("controller of the body")
@require_http_methods(["GET", "POST"])
def grid_import(request: AppRequest, pk: int) -> HttpResponse:
    """Shows what a file would change; the preview's form saves through the grid."""
    state = get_round_state_for(request.user, pk, request.today, write=True)
    page = entry_page(request.user, state, request.today)
    form = GridForm(request.POST or None, request.FILES or None)
    found, status = None, 422
    if page.is_open and form.is_valid():
        frame = entry_frame(body=page.body, period=page.period)
        try:
            found = preview(form.cleaned_data["file"].read(), page, frame, by=request.user)
        except Refusal as refusal:
            form.add_error("file", refusal.message)
            status = refusal.status
    status = 200 if request.method == "GET" or found else status
    context = {"page": page, "form": form, "found": found}
    return render(request, "exchange/grid_import.html", context, status=status)
