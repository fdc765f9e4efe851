from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from economy.grids import AmountGrid
from economy.queries import chosen, economy_table, get_body_for, reported_periods
from governance.http import AppRequest
from governance.policy import policy
from rounds.grids import grid_export_view, grid_import_view, grid_view


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def overview(request: AppRequest, pk: int) -> HttpResponse:
    body = get_body_for(request.user, pk, request.today)
    periods = reported_periods(body)
    period = chosen(periods, request.GET.get("period", ""))
    table = economy_table(body=body, period=period) if period else None
    context = {"body": body, "periods": periods, "period": period, "table": table}
    return render(request, "economy/overview.html", context)


@policy("controller of the body writes; head of administration, chair and reader of it read")
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def entry_grid(request: AppRequest, pk: int) -> HttpResponse:
    return grid_view(request, pk, AmountGrid)


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def grid_export(request: AppRequest, pk: int) -> HttpResponse:
    return grid_export_view(request, pk, AmountGrid)


@policy("controller of the body")
@require_http_methods(["GET", "POST"])
def grid_import(request: AppRequest, pk: int) -> HttpResponse:
    return grid_import_view(request, pk, AmountGrid)
