from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogues import permissions
from dialogues.board_dialogues.pages import require
from dialogues.board_dialogues.queries.dialogues import get_dialogue_for
from dialogues.board_dialogues.views import OFFICE
from dialogues.meetings.queries.meeting_list import persons_of
from dialogues.proposals.actions.proposals import (
    approve_proposal,
    create_proposal,
    print_proposal,
    reopen_proposal,
    save_proposal,
    send_proposal,
)
from dialogues.proposals.forms import ProposalForm, chiefs_of, moved, points_of
from dialogues.proposals.pages import chief_rows, proposal_page, typed_chief_rows
from dialogues.proposals.queries.proposals import get_proposal_for
from dialogues.proposals.queries.texts import phrases_for
from dialogues.proposals.rules import Point
from documents.tasks import ring
from governance.http import AppRequest, seen_number
from governance.models import Person
from governance.policy import policy
from governance.rules import Refusal

# Proposal.


@policy(OFFICE)
@require_POST
def proposal_create(request: AppRequest, pk: int) -> HttpResponse:
    dialogue = get_dialogue_for(request.user, pk, request.today, write=True)
    proposal = create_proposal(dialogue=dialogue, by=request.user, today=request.today)
    return redirect("dialogues:proposal_edit", proposal.pk)


@policy("case officer, the named chiefs, secretary and registrar; members when it is sent out")
@require_GET
def proposal_detail(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today)
    page = proposal_page(proposal, request.user, request.today)
    return render(request, "dialogues/proposal_detail.html", {"page": page})


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def proposal_edit(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today, write=True)
    phrases = phrases_for(proposal.dialogue)
    form = ProposalForm(request.POST or None, instance=proposal)
    points = [Point(key=row.key, text=row.text) for row in proposal.points.all()]
    chiefs = chief_rows(proposal)
    error, status = "", 200
    if request.method == "POST":
        body = proposal.dialogue.receiving_body
        points = moved(points_of(request.POST), request.POST.get("do", ""), phrases)
        named = chiefs_of(request.POST, body)
        chiefs = typed_chief_rows(named)
        error, status = _save_proposal(request, form, points, named)
        if not error:
            to = "proposal_edit" if request.POST.get("do") else "proposal_detail"
            return redirect(f"dialogues:{to}", pk)
    context = {
        "proposal": proposal, "form": form, "points": points, "phrases": phrases,
        "chiefs": chiefs, "persons": persons_of(proposal.dialogue.receiving_body),
        "error": error, "seen": request.POST.get("version", proposal.version),
    }  # fmt: skip
    return render(request, "dialogues/proposal_edit.html", context, status=status)


def _save_proposal(
    request: AppRequest,
    form: ProposalForm,
    points: list[Point],
    chiefs: list[tuple[Person, str, bool]],
) -> tuple[str, int]:
    """The reason and status of a save that did not happen; ("", 200) when it did."""
    if not form.is_valid():
        return "Det finns fel i formuläret. Rätta dem och spara igen.", 422
    try:
        save_proposal(
            proposal=get_proposal_for(request.user, form.instance.pk, request.today, write=True),
            values=form.cleaned_data,
            points=points,
            chiefs=chiefs,
            by=request.user,
            seen=seen_number(request.POST),
        )
    except Refusal as refusal:
        return refusal.message, refusal.status
    messages.success(request, "Beslutsförslaget är sparat.")
    return "", 200


@policy("the chiefs named on the proposal")
@require_POST
def proposal_approve(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today)
    require(permissions.is_chief(request.user, proposal))
    seen = seen_number(request.POST)
    approve_proposal(proposal=proposal, by=request.user, seen=seen)
    messages.success(request, "Du har godkänt beslutsförslaget.")
    return redirect("dialogues:proposal_detail", pk)


@policy(OFFICE)
@require_POST
def proposal_reopen(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    reopen_proposal(proposal=proposal, by=request.user, seen=seen)
    messages.success(
        request, "Beslutsförslaget är öppnat. Cheferna godkänner igen när det är klart."
    )
    return redirect("dialogues:proposal_edit", pk)


@policy(OFFICE)
@require_POST
def proposal_send(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    send_proposal(proposal=proposal, by=request.user, today=request.today, seen=seen)
    if proposal.document is not None:
        ring(proposal.document)
    messages.success(request, "Beslutsförslaget är utsänt. PDF:en skapas nu.")
    return redirect("dialogues:proposal_detail", pk)


@policy(OFFICE)
@require_POST
def proposal_pdf(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today, write=True)
    print_proposal(proposal=proposal, by=request.user)
    if proposal.document is not None:
        ring(proposal.document)
    return redirect("dialogues:proposal_detail", pk)
