from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from governance.http import AppRequest, posted, required_number, status_of
from governance.policy import policy
from reports.fetching.actions import fetch
from reports.fetching.forms import FetchForm
from reports.fetching.queries import fetch_page, get_fetching_for


@policy("controller of the body fetches; head of administration, chair and reader of it read")
@require_http_methods(["GET", "POST"])
def fetched_list(request: AppRequest, pk: int) -> HttpResponse:
    """The fetched outcomes beside their origins, and a new one to choose: first shown, then taken."""
    write = request.method == "POST"
    state = get_fetching_for(request.user, pk, request.today, write=write)
    given = request.POST if write else request.GET
    indicator, source = given.get("indicator", ""), given.get("source", "")

    def save() -> HttpResponse:
        told = fetch(
            state=state,
            indicator=indicator,
            source=source,
            seen=required_number(request.POST),
            by=request.user,
            today=request.today,
        )
        messages.success(request, told)
        return redirect("reports:fetched_list", pk)

    answer = posted(request, save)
    if isinstance(answer, HttpResponse):
        return answer
    page = fetch_page(request.user, state, request.today, indicator=indicator, source=source)
    context = {"page": page, "form": FetchForm(page), "refusal": answer}
    return render(request, "reports/fetched_list.html", context, status=status_of(answer))
