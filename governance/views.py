from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.actions import keep_mark, lift_mark, mark_secret, read_withheld
from governance.forms import ReviewForm, SecrecyForm
from governance.http import (
    AppRequest,
    page_behind,
    posted,
    seen_number,
    status_of,
    typed_texts,
)
from governance.permissions import find, require, sees_content
from governance.policy import policy
from governance.queries import (
    demo_accounts,
    mark_for,
    mark_in_force,
    markable_for,
    marks_seen,
    withheld_content,
)

MARKERS = (
    "controller or head of administration of the committee, secretary or registrar of the board"
)


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


@policy("everyone logged in, of marks they set or read")
@require_GET
def secrecy_list(request: AppRequest) -> HttpResponse:
    find(sees_content(request.user, request.today))
    marks = marks_seen(request.user, request.today)
    return render(request, "governance/secrecy_list.html", {"marks": marks})


@policy(MARKERS)
@require_http_methods(["GET", "POST"])
def secrecy_mark(request: AppRequest, row: str) -> HttpResponse:
    """A row that is marked already leads to its mark."""
    found = markable_for(request.user, row, request.today)
    if request.method == "GET" and (mark := mark_in_force(found.row)):
        return redirect("governance:secrecy_detail", mark.pk)
    form = SecrecyForm(request.POST if request.method == "POST" else None, body=found.body)

    def save() -> HttpResponse:
        mark = mark_secret(
            row=found.row,
            ground=form.ground,
            reason=form.cleaned_data["reason"],
            review_on=form.cleaned_data["review_on"],
            readers=list(form.cleaned_data["readers"]),
            by=request.user,
            today=request.today,
        )
        messages.success(request, "Uppgiften är sekretessmarkerad och visas inte längre.")
        return redirect("governance:secrecy_detail", mark.pk)

    answer = posted(request, save, form)
    if isinstance(answer, HttpResponse):
        return answer
    context = {"form": form, "found": found, "refusal": answer}
    return render(request, "governance/secrecy_mark.html", context, status=status_of(answer))


@policy(f"{MARKERS}, and the persons named in the mark")
@require_http_methods(["GET", "POST"])
def secrecy_detail(request: AppRequest, pk: int) -> HttpResponse:
    page = mark_for(request.user, pk, request.today)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(page.may_lift)

    def save() -> HttpResponse:
        keep_mark(
            mark=page.mark,
            review_on=form.cleaned_data["review_on"],
            seen=seen_number(request.POST),
            by=request.user,
            today=request.today,
        )
        messages.success(request, "Markeringen står kvar.")
        return redirect("governance:secrecy_detail", pk)

    answer = posted(request, save, form)
    if isinstance(answer, HttpResponse):
        return answer
    context = {"page": page, "form": form, "refusal": answer}
    return render(request, "governance/secrecy_detail.html", context, status=status_of(answer))


@policy(MARKERS)
@require_POST
def secrecy_lift(request: AppRequest, pk: int) -> HttpResponse:
    page = mark_for(request.user, pk, request.today)
    require(page.may_lift)
    seen = seen_number(request.POST)
    lift_mark(mark=page.mark, seen=seen, by=request.user, today=request.today)
    messages.success(request, "Markeringen är hävd, och uppgiften visas igen.")
    return redirect("governance:secrecy_detail", pk)


@policy("the persons named in the mark")
@never_cache
@require_POST
def secrecy_read(request: AppRequest, pk: int) -> HttpResponse:
    """To read is an act: who read stands in the mark's history."""
    page = mark_for(request.user, pk, request.today)
    require(page.may_read)
    read_withheld(mark=page.mark, by=request.user)
    context = {"page": page, "rows": list(withheld_content(page.mark))}
    return render(request, "governance/secrecy_read.html", context)
