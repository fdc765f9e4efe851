from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

import documents.queries
from documents import tasks
from governance.http import (
    AppRequest,
    StoredForm,
    Theirs,
    autosaved,
    is_question,
    lock_told,
    required_number,
    status_of,
    tried,
)
from governance.permissions import find
from governance.policy import policy
from governance.rules import Refusal
from reports.clearance import printing
from reports.clearance.actions import (
    approve_report,
    return_report,
    save_comment,
    send_comments,
    start_new_version,
    submit_report,
)
from reports.composing.actions import save_section_text
from reports.composing.queries import (
    get_report_for,
    get_report_to_clear,
    get_section_for,
    last_change,
    pack_for,
    packs_of,
    version_instead,
)
from reports.models import PrivateNote, Report, Section, SectionComment
from reports.permissions import opens_packs
from reports.states import table_for

WRITER = "controller of the body"
CHAIN = "those of the approval chain, in the body"
DRAFT_READER = "controller of the body; those of the approval chain once submitted"


@policy("everyone with a role in the body")
@require_GET
def pack_list(request: AppRequest) -> HttpResponse:
    find(opens_packs(request.user, request.today))
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
        "typed": typed or {},
    }
    return render(request, "reports/pack_detail.html", context, status=status_of(refusal))


def _answer(
    request: AppRequest, report: Report, act: str, refusal: Refusal | None, **typed: object
) -> HttpResponse:
    """The pack after an act, with its receipt; where it was refused, with the reason and what was
    typed."""
    if refusal is not None:
        return _page(request, report.pk, refusal=refusal, typed=typed)
    tell_done(request, report, act)
    return redirect("reports:pack_detail", report_id=report.pk)


def tell_done(request: AppRequest, report: Report, act: str) -> None:
    told = documents.queries.receipt(
        report, table_for(report.template.called), act, by=request.user, today=request.today
    )
    messages.success(request, told)


@policy(WRITER)
@require_POST
def section_save(request: AppRequest, section_id: int) -> HttpResponse:
    section = get_section_for(request.user, section_id, request.today)
    if is_question(request):
        return lock_told(
            table_for(section.report.template.called).lock("write", section.report.state)
        )
    seen, text = required_number(request.POST), request.POST.get("text", "")

    def save() -> int:
        save_section_text(section=section, text=text, seen=seen, by=request.user)
        return section.version

    saved = tried(save)
    if request.htmx:
        return autosaved(request, saved, partial(section_stands, section, text))
    return _section_answer(request, section, saved, section=section.pk, text=text)


def section_stands(section: Section, typed: str) -> StoredForm:
    section.refresh_from_db()
    return StoredForm(
        version=section.version,
        theirs=[Theirs(name="text", label=section.heading, text=section.text, typed=typed)],
        last=last_change(section),
    )


def own_text_stands(row: SectionComment | PrivateNote, typed: str) -> StoredForm:
    """A text that only its author writes, here in another window."""
    theirs = Theirs(name="text", label="Din text", text=row.text, typed=typed)
    return StoredForm(version=row.version, theirs=[theirs])


def _section_answer(
    request: AppRequest, row: Section, saved: int | Refusal, **typed: object
) -> HttpResponse:
    if isinstance(saved, Refusal):
        return _page(request, row.report_id, refusal=saved, typed=typed)
    return redirect(f"{reverse('reports:pack_detail', args=[row.report_id])}#avsnitt-{row.key}")


@policy(WRITER)
@require_GET
def section_preview(request: AppRequest, section_id: int) -> HttpResponse:
    """The section's slides as they stand, asked for when a text has been left."""
    section = get_section_for(request.user, section_id, request.today)
    page = pack_for(request.user, section.report_id, request.today)
    shown = next(s for s in page.sections if s.row.pk == section.pk)
    context = {"section": shown.content, "content": page.content, "changed": {}}
    return render(request, "reports/_slide.html", context)


@policy(CHAIN)
@require_POST
def section_comment(request: AppRequest, section_id: int) -> HttpResponse:
    section = get_section_for(request.user, section_id, request.today, clear=True)
    if is_question(request):
        return lock_told(
            table_for(section.report.template.called).lock("comment", section.report.state)
        )
    seen, text = required_number(request.POST), request.POST.get("text", "")
    saved = tried(
        lambda: save_comment(section=section, text=text, seen=seen, by=request.user).version
    )
    if request.htmx:
        own = section.comments.filter(author=request.user, sent_at=None)
        return autosaved(request, saved, lambda: own_text_stands(own.get(), text))
    return _section_answer(request, section, saved, commented=section.pk, text=text)


@policy(WRITER)
@require_POST
def pack_submit(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_for(request.user, report_id, request.today, write=True)
    seen = required_number(request.POST)
    submit = partial(submit_report, report=report, seen=seen, by=request.user, today=request.today)
    return _answer(request, report, "submit", tried(submit))


@policy(CHAIN)
@require_POST
def pack_approve(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_to_clear(request.user, report_id, request.today)
    approve = partial(
        approve_report,
        report=report,
        step=required_number(request.POST, "step"),
        sha256=request.POST.get("sha256", ""),
        shown=request.POST.get("shown", ""),
        by=request.user,
        today=request.today,
    )
    version = tried(approve)
    if version is None or isinstance(version, Refusal):
        return _answer(request, report, "endorse", version)
    tell_done(request, report, "approve")
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
    give_back = partial(
        return_report,
        report=report,
        step=required_number(request.POST, "step"),
        comment=comment,
        by=request.user,
        today=request.today,
    )
    return _answer(request, report, "return", tried(give_back), comment=comment)


@policy(CHAIN)
@require_POST
def pack_send_comments(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_to_clear(request.user, report_id, request.today)

    sent = tried(partial(send_comments, report=report, by=request.user))
    if isinstance(sent, Refusal):
        return _page(request, report_id, refusal=sent)
    messages.success(
        request, f"Kommentarerna är skickade. Controllern läser dem i {report.template.called}."
    )
    return redirect("reports:pack_detail", report_id=report_id)


@policy(WRITER)
@require_POST
def pack_new_version(request: AppRequest, report_id: int) -> HttpResponse:
    report = get_report_for(request.user, report_id, request.today, write=True)
    start = partial(start_new_version, report=report, by=request.user, today=request.today)
    return _answer(request, report, "start", tried(start))


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
