from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from documents import jobs, tasks
from documents.queries import bytes_of, document_for
from documents.rules import takes_long
from governance.http import AppRequest
from governance.policy import policy

READER = "whoever may read the row that owns the document"


@policy(READER)
@require_GET
@vary_on_headers("HX-Request")
def document_progress(request: AppRequest, document_id: int) -> HttpResponse:
    """Where the printing stands; the page asks again until the answer has no trigger."""
    document = document_for(request.user, document_id)
    context = {
        "document": document,
        "is_slow": takes_long(requested_at=document.requested_at, now=timezone.now()),
        "announce": bool(request.htmx) and not document.is_unfinished,
    }
    if not request.htmx:
        return render(request, "documents/document_progress.html", context)
    response = render(request, "documents/progress_box.html#state", context)
    if document.is_ready:
        response["HX-Trigger"] = "document-ready"
    response["Cache-Control"] = "no-store"
    return response


@policy(READER)
@require_GET
def document_download(request: AppRequest, document_id: int) -> HttpResponse:
    document = document_for(request.user, document_id)
    response = HttpResponse(bytes_of(document), content_type="application/pdf")
    attached = "visa" not in request.GET
    response["Content-Disposition"] = str(content_disposition_header(attached, document.filename))
    response["Cache-Control"] = "no-store"
    return response


@policy(READER)
@require_POST
def document_retry(request: AppRequest, document_id: int) -> HttpResponse:
    document = document_for(request.user, document_id)
    jobs.retry(document, by=request.user, now=timezone.now())
    tasks.ring(document)
    if not request.htmx:
        return redirect("documents:document_progress", document_id=document.pk)
    return render(
        request,
        "documents/progress_box.html#state",
        {"document": document, "is_slow": False, "announce": True},
    )
