from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogues import permissions
from dialogues.board_dialogues.queries.dialogues import get_dialogue_for
from dialogues.board_dialogues.views import OFFICE
from dialogues.meetings.queries.meeting_list import persons_of
from dialogues.models import Proposal
from dialogues.proposals.actions.proposals import (
    approvals_told,
    approve_proposal,
    create_proposal,
    print_proposal,
    reopen_proposal,
    save_proposal,
    send_proposal,
)
from dialogues.proposals.forms import ProposalForm, chiefs_of, moved, new_key, points_of
from dialogues.proposals.pages import chief_rows, proposal_page, typed_chief_rows
from dialogues.proposals.queries.proposals import get_proposal_for
from dialogues.proposals.queries.texts import phrases_for
from dialogues.proposals.rules import Point
from dialogues.states import PROPOSAL
from documents.queries import receipt
from documents.tasks import ring
from governance.http import (
    AppRequest,
    StoredForm,
    Theirs,
    autosaved,
    form_stands,
    is_question,
    lock_told,
    posted,
    seen_number,
    status_of,
    told,
    version_to_carry,
)
from governance.models import Person
from governance.permissions import require
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
    approved = approvals_told(proposal)
    if is_question(request):
        return lock_told(PROPOSAL.lock("change", proposal.state) or approved)
    phrases = phrases_for(proposal.dialogue)
    form = ProposalForm(request.POST or None, instance=proposal)
    points = [Point(key=row.key, text=row.text) for row in proposal.points.all()]
    chiefs = chief_rows(proposal)
    do = request.POST.get("do", "")
    if request.method == "POST":
        points = moved(points_of(request.POST), do, phrases)
        named = chiefs_of(request.POST, proposal.dialogue.receiving_body)
        chiefs = typed_chief_rows(named)

    def save() -> HttpResponse:
        fresh = get_proposal_for(request.user, pk, request.today, write=True)
        save_proposal(
            proposal=fresh,
            values=form.cleaned_data,
            points=points,
            chiefs=named,
            by=request.user,
            seen=seen_number(request.POST),
            withdraws="withdraws" in request.POST,
        )
        if request.htmx:
            return autosaved(request, fresh.version, stands)
        messages.success(request, "Beslutsförslaget är sparat.")
        return redirect(f"dialogues:proposal_{'edit' if do else 'detail'}", pk)

    def stands() -> StoredForm:
        fresh = get_proposal_for(request.user, pk, request.today, write=True)
        return proposal_stands(form, fresh, points, named)

    answer = told(request, posted(request, save, form), stands, form)
    if isinstance(answer, HttpResponse):
        return answer
    context = {
        "new_key": new_key(), "proposal": proposal, "form": form, "points": points, "phrases": phrases,
        "approved": approved, "chiefs": chiefs, "persons": persons_of(proposal.dialogue.receiving_body),
        "refusal": answer, "version": version_to_carry(request.POST, proposal.version, answer),
    }  # fmt: skip
    return render(request, "dialogues/proposal_edit.html", context, status=status_of(answer))


def _tell(request: AppRequest, proposal: Proposal, act: str) -> None:
    told = receipt(proposal, PROPOSAL, act, by=request.user, today=request.today)
    messages.success(request, told)


OTHER_ROWS = (
    "Någon annan har ändrat beslutspunkterna eller undertecknarna, medan du skrev. Öppna sidan på "
    "nytt. Det du skrev och som inte är sparat läggs fram där."
)


def proposal_stands(
    form: ProposalForm,
    proposal: Proposal,
    points: Sequence[Point],
    chiefs: Sequence[tuple[Person, str, bool]],
) -> StoredForm:
    """The texts as they stand. Other points or chiefs than were typed are nothing to choose words
    in: raises a refusal that says to open the page anew."""
    typed = {point.key: point.text for point in points}
    stored = list(proposal.points.all())
    keys = [row.key for row in stored]
    signing = [(row.person, row.title, row.is_acting) for row in proposal.chiefs.all()]
    if keys != [key for key in typed if key in keys] or signing != list(chiefs):
        raise Refusal(OTHER_ROWS)
    written = [
        Theirs(name=f"point-{row.key}", label=f"Punkt {n}", text=row.text, typed=typed[row.key])
        for n, row in enumerate(stored, start=1)
    ]
    standing = form_stands(form, proposal)
    return replace(standing, theirs=[*standing.theirs, *written])


@policy("the chiefs named on the proposal")
@require_POST
def proposal_approve(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today)
    require(permissions.is_chief(request.user, proposal))
    seen = seen_number(request.POST)
    act = approve_proposal(proposal=proposal, by=request.user, seen=seen)
    _tell(request, proposal, act)
    return redirect("dialogues:proposal_detail", pk)


@policy(OFFICE)
@require_POST
def proposal_reopen(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    reopen_proposal(proposal=proposal, by=request.user, seen=seen)
    _tell(request, proposal, "reopen")
    return redirect("dialogues:proposal_edit", pk)


@policy(OFFICE)
@require_POST
def proposal_send(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    send_proposal(proposal=proposal, by=request.user, today=request.today, seen=seen)
    if proposal.document is not None:
        ring(proposal.document)
    _tell(request, proposal, "send")
    return redirect("dialogues:proposal_detail", pk)


@policy(OFFICE)
@require_POST
def proposal_pdf(request: AppRequest, pk: int) -> HttpResponse:
    proposal = get_proposal_for(request.user, pk, request.today, write=True)
    print_proposal(proposal=proposal, by=request.user)
    if proposal.document is not None:
        ring(proposal.document)
    return redirect("dialogues:proposal_detail", pk)
