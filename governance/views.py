from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.http import AppRequest, page_behind, typed_texts
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


@login_not_required
@policy("public")
@require_GET
@never_cache
def session(request: AppRequest) -> HttpResponse:
    """Whose session the browser has now, and what its forms are sent with: asked by a page that
    was opened in another one."""
    return JsonResponse({"account": str(request.user.pk or ""), "token": get_token(request)})


OUT_OF_DATE = (
    "Sidan är för gammal, eller inloggningen en annan än när den öppnades. Inget är sparat."
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's own
    if request.htmx:  # type: ignore[attr-defined]
        return JsonResponse({"words": OUT_OF_DATE, "stale": True}, status=403)
    back = page_behind(request)
    # A form of another site is not shown as if it were ours.
    texts = typed_texts(request) if back else []
    advice = "Öppna sidan på nytt och gör om det."
    context = {"message": OUT_OF_DATE, "advice": advice, "texts": texts, "back": back}
    return render(request, "governance/refusal.html", context, status=403)
