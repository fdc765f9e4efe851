from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from governance.http import (
    AppRequest,
    autosaved,
    is_question,
    lock_told,
    required_number,
    status_of,
    tried,
)
from governance.policy import policy
from governance.rules import Refusal
from reports.clearance import printing
from reports.clearance.actions import receive_version, request_completion, save_note
from reports.clearance.queries.versions import get_version_for, version_page
from reports.composing.views.packs import own_text_stands, print_answer, tell_done
from reports.models import ReportVersion

READER = "roles of the body, and those whom the dialogue gives the handed-over version"
RECEIVER = "case officer of the receiving board"


@policy(READER)
@require_GET
def version_detail(request: AppRequest, version_id: int) -> HttpResponse:
    return _page(request, version_id)


def _page(
    request: AppRequest,
    version_id: int,
    *,
    refusal: Refusal | None = None,
    typed: dict[str, object] | None = None,
) -> HttpResponse:
    page = version_page(request.user, version_id, request.today)
    context = {
        "page": page,
        "version": page.version,
        "report": page.report,
        "content": page.content,
        "changed": page.changed,
        "refusal": refusal,
        "typed": typed or {},
    }
    return render(request, "reports/version_detail.html", context, status=status_of(refusal))


def _answer(
    request: AppRequest, version: ReportVersion, act: str, refusal: Refusal | None, **typed: object
) -> HttpResponse:
    """The version after an act, with its receipt; where it was refused, with the reason and what
    was typed."""
    if refusal is not None:
        return _page(request, version.pk, refusal=refusal, typed=typed)
    tell_done(request, version.report, act)
    return redirect("reports:version_detail", version_id=version.pk)


@policy(RECEIVER)
@require_POST
def version_receive(request: AppRequest, version_id: int) -> HttpResponse:
    version, _access = get_version_for(request.user, version_id, request.today, receive=True)
    receive = partial(receive_version, version=version, by=request.user, today=request.today)
    return _answer(request, version, "receive", tried(receive))


@policy(RECEIVER)
@require_POST
def version_request_completion(request: AppRequest, version_id: int) -> HttpResponse:
    version, _access = get_version_for(request.user, version_id, request.today, receive=True)
    reason = request.POST.get("reason", "")
    ask = partial(
        request_completion, version=version, reason=reason, by=request.user, today=request.today
    )
    return _answer(request, version, "complete", tried(ask), reason=reason)


@policy(READER + "; each sees and writes their own")
@require_POST
def version_note(request: AppRequest, version_id: int) -> HttpResponse:
    version, _access = get_version_for(request.user, version_id, request.today)
    if is_question(request):
        return lock_told("")
    seen, text = required_number(request.POST), request.POST.get("text", "")
    saved = tried(lambda: save_note(version=version, text=text, seen=seen, by=request.user).version)
    if request.htmx:
        own = version.notes.filter(author=request.user)
        return autosaved(request, saved, lambda: own_text_stands(own.get(), text))
    if isinstance(saved, Refusal):
        return _page(request, version_id, refusal=saved, typed={"note": text})
    return redirect(f"{reverse('reports:version_detail', args=[version_id])}#anteckning")


@policy(READER)
@require_POST
@vary_on_headers("HX-Request")
def version_pdf(request: AppRequest, version_id: int) -> HttpResponse:
    """The frozen version's PDF: ordered once, whoever asks first."""
    version, _access = get_version_for(request.user, version_id, request.today)
    document_id = printing.order_version_pdf(version=version, by=request.user)
    back = reverse("reports:version_detail", args=[version_id])
    return print_answer(request, document_id, back=back)
