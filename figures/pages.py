"""A grid shown and saved; each floor's own view says which one and who may."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from figures.actions import foresee, record
from figures.forms import VALUE, SheetForm, answered, status_of, typed_in, undo_fields
from figures.grid import GridPage, GridSource
from figures.reading import preview
from figures.workbook import CONTENT_TYPE
from figures.workbooks import grid_workbook
from governance.http import AppRequest, is_question, lock_told
from governance.rules import Refusal

ANSWER = "figures/grid.html#answer"
FORESEEN = "figures/grid.html#foreseen"
IMPORT = "figures/grid_import.html"
ASKED = "asked-"
KEPT = "read_in"
MOST_LEFT = 200
MOST_KEPT = 2000  # fields: every request reads its session


def saved(
    request: AppRequest, source: GridSource, page_of: Callable[[], GridPage], template: str
) -> HttpResponse:
    """Answer a save, or what it would do: the changed rows to the script, a redirect or the page to a plain form."""
    if is_question(request):
        return lock_told(source.locked())
    typed = typed_in(request.POST, source, is_partial=bool(request.htmx))
    if request.htmx and "preview" in request.POST:
        return HttpResponse(render_to_string(FORESEEN, {"foreseen": foresee(source, typed)}))
    answers = record(source, typed, by=request.user, today=request.today)
    failed = sum(refusal is not None for refusal in answers.values())
    if request.htmx:
        groups = answered(source.groups({each.cell.row for each in typed}), answers)
        context = {"rows": [row for group in groups for row in group.rows], "source": source}
        # Without the request: a fragment has no menu, and a save should not gather one.
        return HttpResponse(render_to_string(ANSWER, context), status=status_of(answers))
    page = page_of()
    if not failed:
        messages.success(request, "Alla ändringar är sparade.")
        return redirect(page.addresses.save)
    page = page.with_groups(answered(page.groups, answers))
    return render(request, template, {"page": page, "failed": failed}, status=status_of(answers))


def exported(page: GridPage) -> HttpResponse:
    name = f"{page.source.file_word}-{page.body.key}-{page.source.period.key}.xlsx"
    return HttpResponse(
        grid_workbook(page),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def imported(request: AppRequest, page: GridPage) -> HttpResponse:
    """Shows what a file would change; nothing is written until the preview's form comes back here,
    and what it wrote can be undone from the receipt."""
    if any(name.startswith(VALUE) for name in request.POST):
        return _read_in(request, page)
    form = SheetForm(request.POST or None, request.FILES or None)
    found, status = None, 422
    if page.is_open and form.is_valid():
        try:
            found = preview(form.cleaned_data["file"].read(), page, by=request.user)
        except Refusal as refusal:
            form.add_error("file", refusal.message)
            status = refusal.status
    status = 200 if request.method == "GET" or found else status
    kept = _kept(request, page)
    context = {"page": page, "form": form, "found": found, "receipt": kept, "is_kept": bool(kept)}
    return render(request, IMPORT, context, status=status)


def _keep(request: AppRequest, page: GridPage, receipt: dict[str, Any]) -> None:
    """The latest file's undo is reached from the import's page as long as the session lasts."""
    is_kept = not receipt["is_undo"] and 0 < len(receipt["undo"]) <= MOST_KEPT
    request.session[KEPT] = {page.addresses.import_: receipt} if is_kept else {}


def _kept(request: AppRequest, page: GridPage) -> dict[str, Any] | None:
    if request.method != "GET" or not page.is_open:
        return None
    kept: dict[str, dict[str, Any]] = request.session.get(KEPT, {})
    return kept.get(page.addresses.import_)


def _read_in(request: AppRequest, page: GridPage) -> HttpResponse:
    typed = typed_in(request.POST, page.source, is_partial=False)
    answers = record(page.source, typed, by=request.user, today=request.today)
    taken = [each.cell for each, refusal in answers.items() if refusal is None]
    rows = {row.key: row for row in page.source.rows({cell.row for cell in taken})}
    names = {row.key: row.full_name for row in page.rows}
    answered_to = {str(each.cell) for each in typed}
    asked = (
        text
        for name, text in request.POST.items()
        if name.startswith(ASKED) and name.removeprefix(ASKED) not in answered_to
    )
    receipt = {
        "count": len(taken),
        "is_undo": any(each.is_undo for each in typed),
        "undo": undo_fields(page, rows, taken),
        "refused": [(names[each.cell.row], why.message) for each, why in answers.items() if why],
        "left": [*request.POST.getlist("left"), *asked][:MOST_LEFT],
    }
    _keep(request, page, receipt)
    context = {"page": page, "form": SheetForm(), "receipt": receipt}
    return render(request, IMPORT, context, status=status_of(answers))
