from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.http import AppRequest
from governance.policy import policy
from governance.queries import demo_accounts


@login_not_required
@policy("public")
@require_http_methods(["GET", "POST"])
def login(request: AppRequest) -> HttpResponseBase:
    view = auth_views.LoginView.as_view(
        template_name="governance/login.html",
        redirect_authenticated_user=True,
        extra_context={"demo_accounts": demo_accounts()},
    )
    return view(request)


@policy("everyone logged in")
@require_POST
def logout(request: AppRequest) -> HttpResponseBase:
    return auth_views.LogoutView.as_view()(request)


@login_not_required
@policy("public")
@require_GET
def accessibility(request: AppRequest) -> HttpResponse:
    return render(request, "governance/accessibility.html")


@login_not_required
@policy("public")
@require_GET
def health(_request: AppRequest) -> HttpResponse:
    """Answers when the web server and the database do; asked by compose's health check."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
