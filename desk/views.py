from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.queries import recently_verified, roles_held, round_lines, sources, tasks_for, thread_for
from desk.rules import expected_words, lead_words, to_do
from governance.http import AppRequest
from governance.policy import policy


@policy("everyone logged in, each their own")
@require_GET
def todo(request: AppRequest) -> HttpResponse:
    listed = to_do(tasks_for(request.user, request.today), request.today)
    held = roles_held(request.user, request.today)
    context = {
        "todo": listed,
        "lead": lead_words(listed),
        "expected": expected_words((one.role, one.board) for one in held),
        "verified": recently_verified(request.user, request.today),
        "is_administrator": request.user.is_system_administrator,
    }
    return render(request, "desk/todo.html", context)


@policy("everyone logged in; lists the rounds and plans of the committees where they have a role")
@require_GET
def reporting(request: AppRequest) -> HttpResponse:
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
