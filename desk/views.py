from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from governance.http import AppRequest
from governance.policy import policy


@policy("everyone logged in")
@require_GET
def todo(request: AppRequest) -> HttpResponse:
    return render(request, "desk/todo.html")
