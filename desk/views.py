from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from desk import workbooks
from desk.forms import OverviewForm, asked, next_step, query, switches
from desk.overview.queries.detail import committee_page_for, figure_page_for
from desk.overview.queries.tables import overview_for
from desk.permissions import opens_reporting
from desk.queries import round_lines, sources, thread_for, waiting_for
from desk.rules import expected_words, lead_words, to_do
from documents.actions import mark_read
from documents.queries import deliveries_of
from governance.declarations import Task, declared
from governance.http import AppRequest
from governance.permissions import find, roles_held, row_for, sees_content
from governance.policy import policy

SHOWN = 100
BOARD = "everyone with a role in the board or its working committee"
HANDED_IN = f"{BOARD}, of what the committee has handed in"


@policy("everyone logged in, each their own")
@require_GET
def todo(request: AppRequest) -> HttpResponse:
    waiting, verified = waiting_for(request.user, request.today)
    listed = to_do(waiting, request.today)
    held = roles_held(request.user, request.today)
    context = {
        "todo": listed,
        "lead": lead_words(listed),
        "expected": expected_words(
            [task.told for task in declared(Task)], {(one.role, one.board) for one in held}
        ),
        "verified": verified,
        "is_administrator": request.user.is_system_administrator,
    }
    return render(request, "desk/todo.html", context)


@policy("everyone logged in, each their own")
@require_GET
def event_list(request: AppRequest) -> HttpResponse:
    find(sees_content(request.user, request.today))
    deliveries = deliveries_of(request.user)
    context = {
        "deliveries": deliveries[:SHOWN],
        "unread": deliveries.filter(read_at=None).exists(),
    }
    return render(request, "desk/event_list.html", context)


@policy("everyone logged in, each their own")
@require_POST
def events_read(request: AppRequest) -> HttpResponse:
    mark_read(deliveries_of(request.user), now=timezone.now())
    return redirect("desk:event_list")


@policy("whoever was told")
@require_POST
def event_open(request: AppRequest, pk: int) -> HttpResponse:
    """Read, and on to the matter, which asks itself who may open it now."""
    delivery = row_for(deliveries_of(request.user), pk)
    mark_read(
        deliveries_of(request.user).filter(event__about=delivery.event.about), now=timezone.now()
    )
    return redirect(delivery.event.about)


@policy("everyone logged in; lists the rounds and plans of the committees where they have a role")
@require_GET
def reporting(request: AppRequest) -> HttpResponse:
    find(opens_reporting(request.user, request.today))
    context = {
        "rounds": round_lines(request.user, request.today),
        "sources": sources(request.user, request.today),
    }
    return render(request, "desk/reporting.html", context)


@policy("whoever may read the verified paragraph; later changes the committee's own people alone")
@require_GET
def thread(request: AppRequest, pk: int) -> HttpResponse:
    found = thread_for(request.user, pk, request.today)
    return render(request, "desk/thread.html", {"thread": found})


@policy(HANDED_IN)
@require_GET
def overview(request: AppRequest) -> HttpResponse:
    page = overview_for(request.user, asked(request.GET), request.today)
    context = {
        "page": page,
        "form": OverviewForm(page),
        "switches": switches(page),
        "query": query(page),
        "next_step": next_step(page),
    }
    return render(request, "desk/overview.html", context)


@policy(HANDED_IN)
@require_GET
def overview_workbook(request: AppRequest) -> HttpResponse:
    page = overview_for(request.user, asked(request.GET), request.today)
    data = workbooks.of_overview(page, request.today)
    return HttpResponse(
        data,
        content_type=workbooks.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{workbooks.filename(page)}"'},
    )


@policy(HANDED_IN)
@require_GET
@vary_on_headers("HX-Request")
def overview_committee(request: AppRequest, period_id: int, body_id: int) -> HttpResponse:
    found = committee_page_for(
        request.user,
        period_id=period_id,
        body_id=body_id,
        area=request.GET.get("omrade"),
        today=request.today,
    )
    template = "desk/overview_committee.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#detail"
    return render(request, template, {"found": found, "area": request.GET.get("omrade", "")})


@policy(HANDED_IN)
@require_GET
@vary_on_headers("HX-Request")
def overview_figure(
    request: AppRequest, period_id: int, body_id: int, indicator_id: int
) -> HttpResponse:
    found = figure_page_for(
        request.user,
        period_id=period_id,
        body_id=body_id,
        indicator_id=indicator_id,
        today=request.today,
    )
    template = "desk/overview_figure.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#detail"
    return render(request, template, {"found": found})
