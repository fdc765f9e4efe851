from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

import documents.queries
from documents import tasks
from governance.http import AppRequest, required_number
from governance.policy import policy
from governance.rules import Refusal, Stale
from reports.clearance import printing
from reports.clearance.actions import (
    approve_report,
    return_report,
    save_comment,
    send_comments,
    start_new_version,
    submit_report,
)
from reports.clearance.rules import Changed
from reports.composing.actions import save_section_text
from reports.composing.queries import (
    get_report_for,
    get_report_to_clear,
    get_section_for,
    pack_for,
    packs_of,
    version_instead,
)

WRITER = "controller of the body"
CHAIN = "those of the approval chain, in the body"
DRAFT_READER = "controller of the body; those of the approval chain once submitted"


@policy("everyone with a role in the body")
@require_GET
def pack_list(request: AppRequest) -> HttpResponse:
    context = {"packs": packs_of(request.user, request.today)}
    return render(request, "reports/pack_list.html", context)


@policy(DRAFT_READER + "; others are sent to the version that was handed over")
@require_GET
def pack_detail(request: AppRequest, report_id: int) -> HttpResponse:
    version = version_instead(request.user, report_id, request.today)
    if version is not None:
        return redirect("reports:version_detail", version_id=version.pk)
    return _page(request, report_id)


def _page(
    request: AppRequest,
    report_id: int,
    *,
    refusal: Refusal | None = None,
    typed: dict[str, object] | None = None,
) -> HttpResponse:
    page = pack_for(request.user, report_id, request.today)
    context = {
        "page": page,
        "report": page.report,
        "content": page.content,
        "changed": {},
        "refusal": refusal,
        "differences": refusal.differences if isinstance(refusal, Changed) else (),
        "typed": typed or {},
    }
    status = refusal.status if refusal else 200
    return render(request, "reports/pack_detail.html", context, status=status)


def saved(version: int) -> HttpResponse:
    """The answer of an autosaved text."""
    now = timezone.localtime()
    return HttpResponse(
        format_html('<span data-version="{}">Sparat kl. {}.</span>', version, f"{now:%H.%M}")
    )


def not_saved(refusal: Refusal, theirs: str = "") -> HttpResponse:
    """The answer when it was not: why, with the other text; the field keeps what was typed."""
    words = format_html("{}", refusal.message)
    if theirs:
        words = format_html(
            "{} Din text står kvar i rutan. I underlaget står nu: ”{}”", words, theirs
        )
    return HttpResponse(format_html("<span>{}</span>", words), status=refusal.status)


@policy(WRITER)
@require_POST
def section_save(request: AppRequest, section_id: int) -> HttpResponse:
    section = get_section_for(request.user, section_id, request.today)
    seen, text = required_number(request.POST), request.POST.get("text", "")
    stored = section.text
    try:
        save_section_text(section=section, text=text, seen=seen, by=request.user)
    except Refusal as refusal:
        if request.htmx:
            return not_saved(refusal, stored if isinstance(refusal, Stale) else "")
        typed = {"section": section.pk, "text": text}
        return _page(request, section.report_id, refusal=refusal, typed=typed)
    if request.htmx:
        return saved(section.version)
    return redirect(_anchor(section.report_id, section.key))


@policy(WRITER)
@require_GET
def section_preview(request: AppRequest, section_id: int) -> HttpResponse:
    """The section's slides as they stand, asked for when a text has been left."""
    section = get_section_for(request.user, section_id, request.today)
    page = pack_for(request.user, section.report_id, request.today)
    shown = next(s for s in page.sections if s.row.pk == section.pk)
    context = {"section": shown.content, "content": page.content, "changed": {}}
    return render(request, "reports/_slide.html", context)


def _anchor(report_id: int, key: str) -> str:
    return reverse("reports:pack_detail", args=[report_id]) + f"#avsnitt-{key}"


@policy(CHAIN)
@require_POST
def section_comment(request: AppRequest, section_id: int) -> HttpResponse:
    section = get_section_for(request.user, section_id, request.today, clear=True)
    seen, text = required_number(request.POST), request.POST.get("text", "")
    try:
        comment = save_comment(section=section, text=text, seen=seen, by=request.user)
    except Refusal as refusal:
        if request.htmx:
            return not_saved(refusal)
        return _page(request, section.report_id, refusal=refusal)
    if request.htmx:
        return saved(comment.version)
    return redirect(_anchor(section.report_id, section.key))


@policy(WRITER)
@require_POST
def pack_submit(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_for(request.user, report_id, request.today, write=True)
    seen = required_number(request.POST)
    try:
        submit_report(report=report, seen=seen, by=request.user, today=request.today)
    except Refusal as refusal:
        return _page(request, report_id, refusal=refusal)
    return redirect("reports:pack_detail", report_id=report_id)


@policy(CHAIN)
@require_POST
def pack_approve(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_to_clear(request.user, report_id, request.today)
    try:
        version = approve_report(
            report=report,
            step=required_number(request.POST, "step"),
            sha256=request.POST.get("sha256", ""),
            shown=request.POST.get("shown", ""),
            by=request.user,
            today=request.today,
        )
    except Refusal as refusal:
        return _page(request, report_id, refusal=refusal)
    if version is None:
        return redirect("reports:pack_detail", report_id=report_id)
    ring(printing.order_version_pdf(version=version, by=request.user))
    return redirect("reports:version_detail", version_id=version.pk)


def ring(document_id: int) -> None:
    """Tell a worker that there is something to print."""
    document = documents.queries.document(document_id)
    if document.is_unfinished:
        tasks.ring(document)


@policy(CHAIN)
@require_POST
def pack_return(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_to_clear(request.user, report_id, request.today)
    comment = request.POST.get("comment", "")
    try:
        return_report(
            report=report,
            step=required_number(request.POST, "step"),
            comment=comment,
            by=request.user,
            today=request.today,
        )
    except Refusal as refusal:
        return _page(request, report_id, refusal=refusal, typed={"comment": comment})
    return redirect("reports:pack_detail", report_id=report_id)


@policy(CHAIN)
@require_POST
def pack_send_comments(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_to_clear(request.user, report_id, request.today)
    try:
        send_comments(report=report, by=request.user)
    except Refusal as refusal:
        return _page(request, report_id, refusal=refusal)
    return redirect("reports:pack_detail", report_id=report_id)


@policy(WRITER)
@require_POST
def pack_new_version(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_for(request.user, report_id, request.today, write=True)
    try:
        start_new_version(report=report, by=request.user, today=request.today)
    except Refusal as refusal:
        return _page(request, report_id, refusal=refusal)
    return redirect("reports:pack_detail", report_id=report_id)


@policy(DRAFT_READER)
@require_POST
@vary_on_headers("HX-Request")
def pack_pdf(request: AppRequest, report_id: int) -> HttpResponse:
    """Order a PDF of the draft; the box that answers asks the server until it is ready."""
    report = get_report_for(request.user, report_id, request.today)
    draft = printing.order_draft_pdf(report=report, by=request.user)
    return print_answer(
        request, draft.document_id, back=reverse("reports:pack_detail", args=[report_id])
    )


def print_answer(request: AppRequest, document_id: int, *, back: str) -> HttpResponse:
    ring(document_id)
    if not request.htmx:
        return redirect(f"{back}#pdf")
    document = documents.queries.document(document_id)
    context = {"document": document, "is_slow": False, "announce": False}
    return render(request, "documents/progress_box.html", context)
