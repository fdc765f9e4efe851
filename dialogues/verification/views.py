from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogues.board_dialogues.pages import choice, person_of
from dialogues.board_dialogues.views import SECRETARY, SIGNERS
from dialogues.enums import DispatchWay
from dialogues.meetings.queries.meetings import get_meeting_for, get_paragraph_for
from dialogues.meetings.views import meeting_refused
from dialogues.models import Verification
from dialogues.states import PARAGRAPH, VERIFICATION
from dialogues.verification.actions.dispatch import dispatch_extract, export_paragraph
from dialogues.verification.actions.verification import decline, send_for_verification, sign
from dialogues.verification.forms import DispatchForm, UploadForm
from dialogues.verification.pages import (
    CheckedFile,
    checked_file,
    expected_paragraph,
    paragraph_page,
    receiver_of,
    verification_page,
)
from dialogues.verification.queries.verification import (
    get_verification_for,
    get_verification_to_sign,
)
from dialogues.verification.queries.verified import listed_paragraphs
from documents.queries import receipt
from documents.tasks import ring
from documents.verification import verify_pdf
from governance.http import AppRequest, numbers_of, seen_number, status_of, tried
from governance.permissions import find, sees_content
from governance.policy import policy
from governance.rules import Refusal
from governance.states import StateTable


@policy("everyone logged in; each sees the verified paragraphs of the own bodies")
@require_GET
def paragraph_list(request: AppRequest) -> HttpResponse:
    find(sees_content(request.user, request.today))
    context = {"paragraphs": listed_paragraphs(request.user, request.today)}
    return render(request, "dialogues/paragraph_list.html", context)


@policy("verified: the board's and the committee's people; before: secretary and signers")
@require_GET
def paragraph_detail(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = get_paragraph_for(request.user, pk, request.today)
    page = paragraph_page(paragraph, request.user, request.today)
    form = DispatchForm(receivers=page.receivers)
    return render(request, "dialogues/paragraph_detail.html", {"page": page, "form": form})


# Verification.


@policy(SECRETARY)
@require_POST
def verification_send(request: AppRequest, pk: int) -> HttpResponse:
    meeting = get_meeting_for(request.user, pk, request.today)
    chosen = numbers_of(request.POST, "paragraph")
    send = partial(
        send_for_verification,
        meeting=meeting,
        paragraphs=[p for p in meeting.paragraphs.all() if p.pk in chosen],
        by=request.user,
    )
    verification = tried(send)
    if isinstance(verification, Refusal):
        return meeting_refused(request, pk, verification)
    ring(verification.document)
    _tell(request, verification, PARAGRAPH, "send")
    return redirect("dialogues:verification_detail", verification.pk)


def _tell(request: AppRequest, verification: Verification, table: StateTable, act: str) -> None:
    told = receipt(verification, table, act, by=request.user, today=request.today)
    messages.success(request, told)


@policy("secretary and the three who sign; when verified those who read the paragraphs")
@require_GET
def verification_detail(request: AppRequest, pk: int) -> HttpResponse:
    return _verification(request, pk, None)


def _verification(
    request: AppRequest, pk: int, refusal: Refusal | None, comment: str = ""
) -> HttpResponse:
    """The page, with the reason when an answer was refused, and the comment that was typed."""
    verification, role = get_verification_for(request.user, pk, request.today)
    page = verification_page(verification, role, request.user, request.today)
    context = {"page": page, "refusal": refusal, "comment": comment}
    return render(request, "dialogues/verification_detail.html", context, status=status_of(refusal))


@policy(SIGNERS)
@require_POST
def verification_sign(request: AppRequest, pk: int) -> HttpResponse:
    verification, role = get_verification_to_sign(request.user, pk, request.today)

    def save() -> HttpResponse:
        sign(
            verification=verification,
            role=role,
            password=request.POST.get("password", ""),
            read_sha256=request.POST.get("sha256", ""),
            by=request.user,
        )
        signed, _role = get_verification_for(request.user, pk, request.today)
        if signed.stamp is not None:
            ring(signed.stamp)
        act = "sign" if signed.stamp is None else "verify"
        _tell(request, signed, VERIFICATION, act)
        return redirect("dialogues:verification_detail", pk)

    answer = tried(save)
    return _verification(request, pk, answer) if isinstance(answer, Refusal) else answer


@policy(SIGNERS)
@require_POST
def verification_decline(request: AppRequest, pk: int) -> HttpResponse:
    verification, role = get_verification_to_sign(request.user, pk, request.today)
    comment = request.POST.get("comment", "")

    def save() -> HttpResponse:
        decline(verification=verification, role=role, comment=comment, by=request.user)
        _tell(request, verification, VERIFICATION, "decline")
        return redirect("dialogues:verification_detail", pk)

    answer = tried(save)
    if isinstance(answer, Refusal):
        return _verification(request, pk, answer, comment=comment)
    return answer


# Dispatch, export, checking a file.


@policy(SECRETARY)
@require_POST
def paragraph_dispatch(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = get_paragraph_for(request.user, pk, request.today, write=True)
    dispatch = dispatch_extract(
        paragraph=paragraph,
        receiver=receiver_of(paragraph, seen_number(request.POST, "receiver")),
        way=choice(DispatchWay, request.POST.get("way")),
        by=request.user,
        today=request.today,
    )
    ring(dispatch.extract)
    words = f"§ {paragraph.number} är expedierad till {dispatch.receiver}. Utdraget stämplas nu."
    messages.success(request, words)
    return redirect("dialogues:paragraph_detail", pk)


@policy("registrar of the board")
@require_POST
def paragraph_export(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = get_paragraph_for(request.user, pk, request.today, export=True)
    data = export_paragraph(paragraph=paragraph, by=request.user, today=request.today)
    response = HttpResponse(data, content_type="application/zip")
    name = f"protokoll-{paragraph.year}-{paragraph.number}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@policy("everyone logged in")
@require_http_methods(["GET", "POST"])
def verify_upload(request: AppRequest) -> HttpResponse:
    """Checks a file; nothing of it is stored."""
    expected = expected_paragraph(request.user, request.GET.get("paragraf"), request.today)
    form = UploadForm(request.POST or None, request.FILES or None)

    def check() -> CheckedFile:
        person = person_of(request.user)
        report = verify_pdf(form.cleaned_data["file"].read(), person.organisation, by=person)
        return checked_file(report, expected)

    answer = tried(check, form) if request.method == "POST" else None
    refusal = answer if isinstance(answer, Refusal) else None
    checked = None if refusal else answer
    context = {"form": form, "checked": checked, "expected": expected, "refusal": refusal}
    return render(request, "dialogues/verify_upload.html", context, status=status_of(refusal))
