from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from economy.queries import chosen, economy_table, get_body_for, reported_periods
from governance.http import AppRequest
from governance.policy import policy


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def overview(request: AppRequest, pk: int) -> HttpResponse:
    body = get_body_for(request.user, pk, request.today)
    periods = reported_periods(body)
    period = chosen(periods, request.GET.get("period", ""))
    table = economy_table(body=body, period=period) if period else None
    context = {"body": body, "periods": periods, "period": period, "table": table}
    return render(request, "economy/overview.html", context)
