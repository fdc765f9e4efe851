from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from economy.queries import economy_table, get_body_for, reported_periods
from governance.http import AppRequest
from governance.policy import policy


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def overview(request: AppRequest, pk: int) -> HttpResponse:
    body = get_body_for(request.user, pk, request.today)
    tables = [economy_table(body=body, period=period) for period in reported_periods(body)]
    return render(request, "economy/overview.html", {"body": body, "tables": tables})
