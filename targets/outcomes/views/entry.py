from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from governance.http import AppRequest
from governance.policy import policy
from rounds.grids import grid_export_view, grid_import_view, grid_view
from targets.outcomes.grids import OutcomeGrid


@policy("controller of the body writes; head of administration, chair and reader of it read")
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def entry_grid(request: AppRequest, pk: int) -> HttpResponse:
    return grid_view(request, pk, OutcomeGrid)


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def grid_export(request: AppRequest, pk: int) -> HttpResponse:
    return grid_export_view(request, pk, OutcomeGrid)


@policy("controller of the body")
@require_http_methods(["GET", "POST"])
def grid_import(request: AppRequest, pk: int) -> HttpResponse:
    return grid_import_view(request, pk, OutcomeGrid)
