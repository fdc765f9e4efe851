from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.queries import kept_file
from figures.rules.grid import GridCell, GridColumn
from governance.http import AppRequest, seen_number
from governance.policy import policy
from governance.rules import Invalid, Refusal
from rounds.queries.states import with_siblings
from targets.outcomes.actions.details import record_details, restore
from targets.outcomes.actions.evidence import add_evidence, remove_evidence
from targets.outcomes.forms.details import DetailsForm, EvidenceForm
from targets.outcomes.grids import OutcomeGrid
from targets.outcomes.queries.addresses import Address, get_outcome_for, get_row_for
from targets.outcomes.queries.outcome_page import get_evidence_for, outcome_page
from targets.outcomes.rules.evidence import SUFFIXES

READERS = "controller, head of administration, chair and reader of the body"
WRITER = "controller of the body"


@policy(READERS)
@require_GET
def outcome_detail(request: AppRequest, pk: int) -> HttpResponse:
    return _page(request, get_outcome_for(request.user, pk, request.today))


@policy(f"{WRITER} writes; {READERS} read")
@require_http_methods(["GET", "POST"])
def outcome_row(request: AppRequest, pk: int, row: str) -> HttpResponse:
    """A value by its row in the entry grid, also before anything is known of it."""
    write = request.method == "POST"
    address = get_row_for(request.user, pk, row, request.today, write=write)
    return _saved(request, address) if write else _page(request, address)


def _page(
    request: AppRequest,
    address: Address,
    *,
    form: DetailsForm | None = None,
    upload: EvidenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = outcome_page(request.user, address, request.today)
    context = {
        "page": page,
        "address": address,
        "asked": _asked(request, address) if page.is_open else (),
        "form": form or DetailsForm(page=page, today=request.today),
        "upload": upload or EvidenceForm(),
        "wrong": (upload if upload else form) if status != 200 else None,  # noqa: PLR2004 -- HTTP
    }
    return render(request, "targets/outcome_detail.html", context, status=status)


def _asked(request: AppRequest, address: Address) -> list[tuple[GridColumn, GridCell]]:
    """The row's unusual values, as the grid asks of them."""
    assert address.state is not None  # noqa: S101 -- the page is open
    source = OutcomeGrid(*with_siblings(request.user, address.state.pk, request.today))
    row = next(row for row in source.rows({address.key}) if row.key == address.key)
    cells = zip(source.columns, row.cells, strict=True)
    return [(column, cell) for column, cell in cells if cell.unusual]


def _saved(request: AppRequest, address: Address) -> HttpResponse:
    page = outcome_page(request.user, address, request.today)
    form = DetailsForm(request.POST, page=page, today=request.today)
    if not form.is_valid():
        return _page(request, address, form=form, status=422)
    try:
        outcome = record_details(
            **address.named,
            details=form.details,
            compute="compute" in request.POST,
            seen=seen_number(request.POST),
            by=request.user,
            today=request.today,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _page(request, address, form=form, status=refusal.status)
    messages.success(request, "Uppgifterna är sparade.")
    return _back(address, outcome.pk if outcome else None)


def _back(address: Address, pk: int | None) -> HttpResponse:
    if pk is not None:
        return redirect("targets:outcome_detail", pk)
    assert address.state is not None  # noqa: S101 -- a row is reached by its state
    return redirect("targets:outcome_row", address.state.pk, address.key)


@policy(WRITER)
@require_POST
def outcome_restore(request: AppRequest, pk: int) -> HttpResponse:
    address = get_outcome_for(request.user, pk, request.today, write=True)
    assert address.outcome is not None  # noqa: S101 -- it was found by its row
    restored = restore(
        outcome=address.outcome,
        change=seen_number(request.POST, "entry"),
        seen=seen_number(request.POST),
        by=request.user,
        today=request.today,
    )
    messages.success(request, f"{restored} är återställt.")
    return redirect("targets:outcome_detail", pk)


@policy(WRITER)
@require_POST
def evidence_add(request: AppRequest, pk: int, row: str) -> HttpResponse:
    address = get_row_for(request.user, pk, row, request.today, write=True)
    upload = EvidenceForm(request.POST, request.FILES)
    if not upload.is_valid():
        return _page(request, address, upload=upload, status=422)
    try:
        evidence = add_evidence(
            **address.named,
            name=upload.filename,
            data=upload.data_read,
            by=request.user,
            today=request.today,
            now=timezone.now(),
        )
    except Invalid as refusal:
        upload.add_error("file", refusal.message)
        return _page(request, address, upload=upload, status=refusal.status)
    messages.success(request, f"{evidence.name} är tillagd.")
    return _back(address, evidence.outcome_id)


@policy(READERS)
@require_GET
def evidence_download(request: AppRequest, pk: int) -> HttpResponse:
    evidence = get_evidence_for(request.user, pk, request.today)
    data = kept_file(evidence.sha256, SUFFIXES[evidence.content_type])
    response = HttpResponse(data, content_type=evidence.content_type)
    response["Content-Disposition"] = str(content_disposition_header(True, evidence.name))  # noqa: FBT003 -- attached
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@policy(WRITER)
@require_POST
def evidence_remove(request: AppRequest, pk: int) -> HttpResponse:
    evidence = get_evidence_for(request.user, pk, request.today, write=True)
    outcome_pk, name = evidence.outcome_id, evidence.name
    remove_evidence(evidence=evidence, by=request.user, today=request.today)
    messages.success(request, f"{name} är borttagen.")
    return redirect("targets:outcome_detail", outcome_pk)
