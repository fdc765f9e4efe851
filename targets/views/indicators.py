from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from governance.http import AppRequest
from governance.policy import policy
from targets.queries import outcome_history_for


@policy("controller, head of administration, chair and reader of the body")
@require_GET
def indicator_history(request: AppRequest, pk: int) -> HttpResponse:
    found = outcome_history_for(request.user, pk, request.today)
    return render(request, "targets/indicator_history.html", {"found": found})
