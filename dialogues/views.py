from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogues import actions, forms, pages, permissions, queries, rules
from dialogues.enums import DispatchWay, MotionOutcome, Service
from dialogues.states import PARAGRAPH
from documents.rules import ReadingBusy
from documents.tasks import ring
from documents.verification import verify_pdf
from governance.http import AppRequest, numbers_of, seen_number
from governance.models import Person
from governance.policy import policy
from governance.rules import Refusal

OFFICE = "case officer of the receiving board"
SECRETARY = "secretary of the meeting's body"
SIGNERS = "the meeting's secretary, its presiding chair and the appointed verifier"


def status_of(form: BaseForm) -> int:
    """422 when what was typed does not hold; a form that nobody has sent does."""
    return 422 if form.errors else 200


# Rounds and dialogues.


@policy("everyone logged in; each sees the rounds of the own bodies")
@require_GET
def round_list(request: AppRequest) -> HttpResponse:
    context = {"rounds": queries.rounds_for(request.user, request.today)}
    return render(request, "dialogues/round_list.html", context)


@policy("the board's people and those of a committee that takes part")
@require_GET
def round_detail(request: AppRequest, pk: int) -> HttpResponse:
    found = queries.get_round_for(request.user, pk, request.today)
    rows = queries.round_rows(found, request.user, request.today)
    return render(request, "dialogues/round_detail.html", {"round": found, "rows": rows})


@policy("the board's people, the committee's people and the proposal's chiefs")
@require_GET
def dialogue_detail(request: AppRequest, pk: int) -> HttpResponse:
    dialogue = queries.get_dialogue_for(request.user, pk, request.today)
    page = pages.dialogue_page(dialogue, request.user, request.today)
    return render(request, "dialogues/dialogue_detail.html", {"page": page})


# Proposal.


@policy(OFFICE)
@require_POST
def proposal_create(request: AppRequest, pk: int) -> HttpResponse:
    dialogue = queries.get_dialogue_for(request.user, pk, request.today, write=True)
    proposal = actions.create_proposal(dialogue=dialogue, by=request.user, today=request.today)
    return redirect("dialogues:proposal_edit", proposal.pk)


@policy("case officer, the named chiefs, secretary and registrar; members when it is sent out")
@require_GET
def proposal_detail(request: AppRequest, pk: int) -> HttpResponse:
    proposal = queries.get_proposal_for(request.user, pk, request.today)
    page = pages.proposal_page(proposal, request.user, request.today)
    return render(request, "dialogues/proposal_detail.html", {"page": page})


@policy(OFFICE)
@require_http_methods(["GET", "POST"])
def proposal_edit(request: AppRequest, pk: int) -> HttpResponse:
    proposal = queries.get_proposal_for(request.user, pk, request.today, write=True)
    phrases = queries.phrases_for(proposal.dialogue)
    form = forms.ProposalForm(request.POST or None, instance=proposal)
    points = [rules.Point(key=row.key, text=row.text) for row in proposal.points.all()]
    chiefs = pages.chief_rows(proposal)
    error, status = "", 200
    if request.method == "POST":
        body = proposal.dialogue.receiving_body
        points = forms.moved(forms.points_of(request.POST), request.POST.get("do", ""), phrases)
        named = forms.chiefs_of(request.POST, body)
        chiefs = pages.typed_chief_rows(named)
        error, status = _save_proposal(request, form, points, named)
        if not error:
            to = "proposal_edit" if request.POST.get("do") else "proposal_detail"
            return redirect(f"dialogues:{to}", pk)
    context = {
        "proposal": proposal, "form": form, "points": points, "phrases": phrases,
        "chiefs": chiefs, "persons": queries.persons_of(proposal.dialogue.receiving_body),
        "error": error, "seen": request.POST.get("version", proposal.version),
    }  # fmt: skip
    return render(request, "dialogues/proposal_edit.html", context, status=status)


def _save_proposal(
    request: AppRequest,
    form: forms.ProposalForm,
    points: list[rules.Point],
    chiefs: list[tuple[Person, str, bool]],
) -> tuple[str, int]:
    """The reason and status of a save that did not happen; ("", 200) when it did."""
    if not form.is_valid():
        return "Det finns fel i formuläret. Rätta dem och spara igen.", 422
    try:
        actions.save_proposal(
            proposal=queries.get_proposal_for(
                request.user, form.instance.pk, request.today, write=True
            ),
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
    proposal = queries.get_proposal_for(request.user, pk, request.today)
    pages.require(permissions.is_chief(request.user, proposal))
    seen = seen_number(request.POST)
    actions.approve_proposal(proposal=proposal, by=request.user, seen=seen)
    messages.success(request, "Du har godkänt beslutsförslaget.")
    return redirect("dialogues:proposal_detail", pk)


@policy(OFFICE)
@require_POST
def proposal_reopen(request: AppRequest, pk: int) -> HttpResponse:
    proposal = queries.get_proposal_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    actions.reopen_proposal(proposal=proposal, by=request.user, seen=seen)
    messages.success(
        request, "Beslutsförslaget är öppnat. Cheferna godkänner igen när det är klart."
    )
    return redirect("dialogues:proposal_edit", pk)


@policy(OFFICE)
@require_POST
def proposal_send(request: AppRequest, pk: int) -> HttpResponse:
    proposal = queries.get_proposal_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    actions.send_proposal(proposal=proposal, by=request.user, today=request.today, seen=seen)
    if proposal.document is not None:
        ring(proposal.document)
    messages.success(request, "Beslutsförslaget är utsänt. PDF:en skapas nu.")
    return redirect("dialogues:proposal_detail", pk)


@policy(OFFICE)
@require_POST
def proposal_pdf(request: AppRequest, pk: int) -> HttpResponse:
    proposal = queries.get_proposal_for(request.user, pk, request.today, write=True)
    actions.print_proposal(proposal=proposal, by=request.user)
    if proposal.document is not None:
        ring(proposal.document)
    return redirect("dialogues:proposal_detail", pk)


# Meeting and paragraph.


@policy("secretary of a working committee")
@require_http_methods(["GET", "POST"])
def meeting_list(request: AppRequest) -> HttpResponse:
    bodies = pages.bodies_with_secretary(request.user, request.today)
    pages.require(permissions.opens_meetings(request.user, request.today) and bool(bodies))
    form = forms.MeetingForm(
        request.POST or None, body=bodies[0], initial={"held_on": request.today}
    )
    token, status = forms.token_of(request.POST), status_of(form)
    if request.method == "POST" and form.is_valid():
        named = {
            name: form.cleaned_data[name]
            for name in ("held_on", "presiding", "secretary", "verifier")
        }
        try:
            meeting = actions.create_meeting(body=bodies[0], token=token, by=request.user, **named)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            return redirect("dialogues:meeting_detail", meeting.pk)
    meetings = queries.meetings_for(request.user, request.today)
    context = {"meetings": meetings, "form": form, "token": token}
    return render(request, "dialogues/meeting_list.html", context, status=status)


@policy(SECRETARY)
@require_http_methods(["GET", "POST"])
def meeting_detail(request: AppRequest, pk: int) -> HttpResponse:
    meeting = queries.get_meeting_for(request.user, pk, request.today)
    form = forms.MeetingForm(request.POST or None, instance=meeting, body=meeting.body)
    status = status_of(form)
    if request.method == "POST" and form.is_valid():
        persons = pages.candidates(meeting)
        try:
            actions.save_meeting(
                meeting=queries.get_meeting_for(request.user, pk, request.today),
                values=form.cleaned_data,
                present=forms.present_of(request.POST, persons),
                by=request.user,
                seen=seen_number(request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, "Sammanträdet är sparat.")
            return redirect("dialogues:meeting_detail", pk)
    page = pages.meeting_page(meeting, typed=request.POST)
    context = {"page": page, "form": form, "services": Service.choices}
    return render(request, "dialogues/meeting_detail.html", context, status=status)


@policy(SECRETARY)
@require_POST
def paragraph_create(request: AppRequest, pk: int) -> HttpResponse:
    meeting = queries.get_meeting_for(request.user, pk, request.today)
    dialogue_id = seen_number(request.POST, "dialogue")
    dialogue = None
    if dialogue_id:
        dialogue = queries.get_dialogue_for(request.user, dialogue_id, request.today)
    paragraph = actions.create_paragraph(
        meeting=meeting,
        dialogue=dialogue,
        given_number=seen_number(request.POST, "number") or None,
        token=forms.token_of(request.POST),
        by=request.user,
    )
    return redirect("dialogues:paragraph_edit", paragraph.pk)


@policy("everyone logged in; each sees the verified paragraphs of the own bodies")
@require_GET
def paragraph_list(request: AppRequest) -> HttpResponse:
    context = {"paragraphs": queries.verified_paragraphs(request.user, request.today)}
    return render(request, "dialogues/paragraph_list.html", context)


@policy("verified: the board's and the committee's people; before: secretary and signers")
@require_GET
def paragraph_detail(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = queries.get_paragraph_for(request.user, pk, request.today)
    page = pages.paragraph_page(paragraph, request.user, request.today)
    form = forms.DispatchForm(receivers=page.receivers)
    return render(request, "dialogues/paragraph_detail.html", {"page": page, "form": form})


@policy(SECRETARY)
@require_http_methods(["GET", "POST"])
def paragraph_edit(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = queries.get_paragraph_for(request.user, pk, request.today, write=True)
    if not PARAGRAPH.allows("change", paragraph.state):
        return redirect("dialogues:paragraph_detail", pk)
    form = forms.ParagraphForm(request.POST or None, instance=paragraph)
    status = status_of(form)
    if request.method == "POST" and form.is_valid():
        fresh = queries.get_paragraph_for(request.user, pk, request.today, write=True)
        values = dict(form.cleaned_data)
        do = request.POST.get("do", "")
        if do == "draft-order":
            values["question_order"] = pages.drafted_question_order(fresh)
        try:
            actions.save_paragraph(
                paragraph=fresh,
                values=values,
                confirms_order=do in ("draft-order", "confirm-order"),
                by=request.user,
                seen=seen_number(request.POST),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, f"§ {paragraph.number} är sparad.")
            return redirect("dialogues:paragraph_edit", pk)
    page = pages.writing_page(paragraph)
    context = {"page": page, "form": form, "outcomes": MotionOutcome.choices}
    return render(request, "dialogues/paragraph_edit.html", context, status=status)


@policy(SECRETARY)
@require_POST
def motion_add(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = queries.get_paragraph_for(request.user, pk, request.today, write=True)
    mover = pages.person_in(paragraph.meeting.body, seen_number(request.POST, "mover"))
    actions.add_motion(
        paragraph=paragraph,
        mover=mover,
        text=request.POST.get("text", ""),
        token=forms.token_of(request.POST),
        by=request.user,
    )
    return redirect("dialogues:paragraph_edit", pk)


@policy(SECRETARY)
@require_POST
def motion_settle(request: AppRequest, pk: int) -> HttpResponse:
    motion = pages.get_motion_for(request.user, pk, request.today)
    outcome = pages.choice(MotionOutcome, request.POST.get("outcome"))
    seen = seen_number(request.POST)
    actions.settle_motion(motion=motion, outcome=outcome, by=request.user, seen=seen)
    return redirect("dialogues:paragraph_edit", motion.paragraph_id)


@policy(SECRETARY)
@require_POST
def paragraph_strike(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = queries.get_paragraph_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    actions.strike_paragraph(paragraph=paragraph, by=request.user, seen=seen)
    messages.success(request, f"§ {paragraph.number} är struken. Numret används inte igen.")
    return redirect("dialogues:meeting_detail", paragraph.meeting_id)


# Verification.


@policy(SECRETARY)
@require_POST
def verification_send(request: AppRequest, pk: int) -> HttpResponse:
    meeting = queries.get_meeting_for(request.user, pk, request.today)
    chosen = numbers_of(request.POST, "paragraph")
    verification = actions.send_for_verification(
        meeting=meeting,
        paragraphs=[p for p in meeting.paragraphs.all() if p.pk in chosen],
        by=request.user,
    )
    ring(verification.document)
    messages.success(request, "Protokollet är utsänt för justering.")
    return redirect("dialogues:verification_detail", verification.pk)


@policy("secretary and the three who sign; when verified those who read the paragraphs")
@require_GET
def verification_detail(request: AppRequest, pk: int) -> HttpResponse:
    return _verification(request, pk, None)


def _verification(request: AppRequest, pk: int, refusal: Refusal | None) -> HttpResponse:
    """The page, with the reason when an answer was refused."""
    verification, role = queries.get_verification_for(request.user, pk, request.today)
    page = pages.verification_page(verification, role, request.user, request.today)
    context = {"page": page, "error": refusal.message if refusal else ""}
    status = refusal.status if refusal else 200
    return render(request, "dialogues/verification_detail.html", context, status=status)


@policy(SIGNERS)
@require_POST
def verification_sign(request: AppRequest, pk: int) -> HttpResponse:
    verification, role = queries.get_verification_for(request.user, pk, request.today, sign=True)
    try:
        actions.sign(
            verification=verification,
            role=pages.named(role),
            password=request.POST.get("password", ""),
            read_sha256=request.POST.get("sha256", ""),
            by=request.user,
        )
    except Refusal as refusal:
        return _verification(request, pk, refusal)
    verification, role = queries.get_verification_for(request.user, pk, request.today)
    if verification.stamp is not None:
        ring(verification.stamp)
    messages.success(request, "Du har justerat och skrivit under.")
    return redirect("dialogues:verification_detail", pk)


@policy(SIGNERS)
@require_POST
def verification_decline(request: AppRequest, pk: int) -> HttpResponse:
    verification, role = queries.get_verification_for(request.user, pk, request.today, sign=True)
    comment = request.POST.get("comment", "")
    try:
        actions.decline(
            verification=verification, role=pages.named(role), comment=comment, by=request.user
        )
    except Refusal as refusal:
        return _verification(request, pk, refusal)
    messages.success(request, "Du har avböjt. Sekreteraren ser din kommentar.")
    return redirect("dialogues:verification_detail", pk)


# Dispatch, export, checking a file.


@policy(SECRETARY)
@require_POST
def paragraph_dispatch(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = queries.get_paragraph_for(request.user, pk, request.today, write=True)
    dispatch = actions.dispatch_extract(
        paragraph=paragraph,
        receiver=pages.receiver_of(paragraph, seen_number(request.POST, "receiver")),
        way=pages.choice(DispatchWay, request.POST.get("way")),
        by=request.user,
        today=request.today,
    )
    ring(dispatch.extract)
    messages.success(request, f"§ {paragraph.number} är expedierad till {dispatch.receiver}.")
    return redirect("dialogues:paragraph_detail", pk)


@policy("registrar of the board")
@require_POST
def paragraph_export(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = queries.get_paragraph_for(request.user, pk, request.today, export=True)
    data = actions.export_paragraph(paragraph=paragraph, by=request.user, today=request.today)
    response = HttpResponse(data, content_type="application/zip")
    name = f"protokoll-{paragraph.year}-{paragraph.number}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@policy("everyone logged in")
@require_http_methods(["GET", "POST"])
def verify_upload(request: AppRequest) -> HttpResponse:
    """Checks a file; nothing of it is stored."""
    expected = pages.expected_paragraph(request.user, request.GET.get("paragraf"), request.today)
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    checked = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            person = pages.person_of(request.user)
            data = form.cleaned_data["file"].read()
            try:
                report = verify_pdf(data, person.organisation, by=person)
            except ReadingBusy as refusal:
                form.add_error("file", refusal.message)
                status = refusal.status
            else:
                checked = pages.checked_file(report, expected)
                status = 200
    context = {"form": form, "checked": checked, "expected": expected}
    return render(request, "dialogues/verify_upload.html", context, status=status)
