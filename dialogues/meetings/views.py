from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from dialogues import permissions
from dialogues.board_dialogues.pages import choice
from dialogues.board_dialogues.queries.dialogues import get_dialogue_for
from dialogues.board_dialogues.views import SECRETARY
from dialogues.enums import MotionOutcome, Service
from dialogues.meetings.actions import (
    add_motion,
    create_meeting,
    create_paragraph,
    save_meeting,
    save_paragraph,
    settle_motion,
    strike_paragraph,
)
from dialogues.meetings.forms import MeetingForm, ParagraphForm, present_of
from dialogues.meetings.pages import (
    bodies_with_secretary,
    drafted_question_order,
    get_motion_for,
    meeting_page,
    person_in,
    writing_page,
)
from dialogues.meetings.queries.decision import motions_sha256_of
from dialogues.meetings.queries.meeting_list import meetings_for
from dialogues.meetings.queries.meetings import get_meeting_for, get_paragraph_for
from dialogues.models import Meeting, Paragraph
from dialogues.proposals.pages import candidates
from dialogues.states import PARAGRAPH
from documents.queries import receipt
from governance.http import (
    AppRequest,
    StoredForm,
    Theirs,
    autosaved,
    form_stands,
    is_question,
    lock_told,
    number_of,
    posted,
    seen_number,
    status_of,
    token_of,
    told,
    tried,
    version_to_carry,
)
from governance.permissions import require
from governance.policy import policy
from governance.rules import Refusal

# Meeting and paragraph.


@policy("secretary of a working committee")
@require_http_methods(["GET", "POST"])
def meeting_list(request: AppRequest) -> HttpResponse:
    bodies = bodies_with_secretary(request.user, request.today)
    require(permissions.opens_meetings(request.user, request.today) and bool(bodies))
    form = MeetingForm(request.POST or None, body=bodies[0], initial={"held_on": request.today})
    token = token_of(request.POST)

    def save() -> HttpResponse:
        names = ("held_on", "presiding", "secretary", "verifier")
        named = {name: form.cleaned_data[name] for name in names}
        meeting = create_meeting(body=bodies[0], token=token, by=request.user, **named)
        return redirect("dialogues:meeting_detail", meeting.pk)

    answer = posted(request, save, form)
    if isinstance(answer, HttpResponse):
        return answer
    meetings = meetings_for(request.user, request.today)
    context = {"meetings": meetings, "form": form, "token": token, "refusal": answer}
    return render(request, "dialogues/meeting_list.html", context, status=status_of(answer))


@policy(SECRETARY)
@require_http_methods(["GET", "POST"])
def meeting_detail(request: AppRequest, pk: int) -> HttpResponse:
    meeting = get_meeting_for(request.user, pk, request.today)
    form = MeetingForm(request.POST or None, instance=meeting, body=meeting.body)

    def save() -> HttpResponse:
        save_meeting(
            meeting=get_meeting_for(request.user, pk, request.today),
            values=form.cleaned_data,
            present=present_of(request.POST, candidates(meeting)),
            by=request.user,
            seen=seen_number(request.POST),
        )
        messages.success(request, "Sammanträdet är sparat.")
        return redirect("dialogues:meeting_detail", pk)

    answer = posted(request, save, form)
    if isinstance(answer, HttpResponse):
        return answer
    return meeting_shown(request, meeting, form, answer, typed=request.POST)


def meeting_shown(
    request: AppRequest,
    meeting: Meeting,
    form: MeetingForm,
    refusal: Refusal | None,
    typed: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """The meeting; where an act was refused, with the reason. ``typed`` is its own form's."""
    context = {
        "page": meeting_page(meeting, typed=typed), "form": form, "services": Service.choices,
        "refusal": refusal, "number": request.POST.get("number", ""),
        "version": version_to_carry(request.POST, meeting.version, refusal if typed else None),
    }  # fmt: skip
    return render(request, "dialogues/meeting_detail.html", context, status=status_of(refusal))


def meeting_refused(request: AppRequest, pk: int, refusal: Refusal) -> HttpResponse:
    """The meeting's page after another act than its own form's was refused."""
    meeting = get_meeting_for(request.user, pk, request.today)
    form = MeetingForm(instance=meeting, body=meeting.body)
    return meeting_shown(request, meeting, form, refusal)


@policy(SECRETARY)
@require_POST
def paragraph_create(request: AppRequest, pk: int) -> HttpResponse:
    meeting = get_meeting_for(request.user, pk, request.today)
    dialogue_id = seen_number(request.POST, "dialogue")
    dialogue = None
    if dialogue_id:
        dialogue = get_dialogue_for(request.user, dialogue_id, request.today)
    create = partial(
        create_paragraph,
        meeting=meeting,
        dialogue=dialogue,
        given_number=number_of(request.POST, "number"),
        token=token_of(request.POST),
        by=request.user,
    )
    made = tried(create)
    if isinstance(made, Refusal):
        return meeting_refused(request, pk, made)
    return redirect("dialogues:paragraph_edit", made.pk)


@policy(SECRETARY)
@require_http_methods(["GET", "POST"])
def paragraph_edit(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = get_paragraph_for(request.user, pk, request.today, write=True)
    closed = _closed(request, paragraph)
    if closed is not None:
        return closed
    form = ParagraphForm(request.POST or None, instance=paragraph)

    def save() -> HttpResponse:
        fresh = get_paragraph_for(request.user, pk, request.today, write=True)
        values, do = dict(form.cleaned_data), request.POST.get("do", "")
        if do == "draft-order":
            values["question_order"] = drafted_question_order(fresh)
        save_paragraph(
            paragraph=fresh,
            values=values,
            confirms_order=do in ("draft-order", "confirm-order"),
            by=request.user,
            seen=seen_number(request.POST),
        )
        if request.htmx:
            return autosaved(request, fresh.version, stands)
        messages.success(request, f"§ {paragraph.number} är sparad.")
        return redirect("dialogues:paragraph_edit", pk)

    def stands() -> StoredForm:
        return paragraph_stands(form, paragraph, request.POST.get("motions", ""))

    answer = told(request, posted(request, save, form), stands, form)
    if isinstance(answer, HttpResponse):
        return answer
    version = version_to_carry(request.POST, paragraph.version, answer)
    return _paragraph_shown(request, paragraph, form, answer, version)


def _closed(request: AppRequest, paragraph: Paragraph) -> HttpResponse | None:
    """What stands instead of the form once the paragraph may not be written; a script is told when it
    saves."""
    if is_question(request):
        return lock_told(PARAGRAPH.lock("change", paragraph.state))
    if request.htmx or PARAGRAPH.allows("change", paragraph.state):
        return None
    if request.method == "GET":
        return redirect("dialogues:paragraph_detail", paragraph.pk)
    raise PARAGRAPH.refusal("change", paragraph.state)


def paragraph_stands(form: ParagraphForm, paragraph: Paragraph, seen_motions: str) -> StoredForm:
    """The texts as they stand. An order of questions that is written holds for the motions that its
    writer saw: others have to be seen first."""
    standing = form_stands(form, paragraph)
    motions = motions_sha256_of(paragraph)
    order = next(each for each in standing.theirs if each.name == "question_order")
    if order.text == order.typed or motions == seen_motions:
        return standing
    label = "Yrkandena har ändrats. Öppna sidan på nytt i en egen flik och läs dem först"
    moved = Theirs(
        name="motions",
        label=label,
        text=motions,
        typed=seen_motions,
        options={motions: "", seen_motions: ""},
    )
    return replace(standing, theirs=[*standing.theirs, moved])


def _paragraph_shown(
    request: AppRequest,
    paragraph: Paragraph,
    form: ParagraphForm,
    refusal: Refusal | None,
    version: int,
) -> HttpResponse:
    context = {
        "page": writing_page(paragraph), "form": form, "motions": motions_sha256_of(paragraph), "outcomes": MotionOutcome.choices,
        "refusal": refusal, "version": version, "text": request.POST.get("text", ""),
    }  # fmt: skip
    return render(request, "dialogues/paragraph_edit.html", context, status=status_of(refusal))


@policy(SECRETARY)
@require_POST
def motion_add(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = get_paragraph_for(request.user, pk, request.today, write=True)
    mover = person_in(paragraph.meeting.body, seen_number(request.POST, "mover"))
    move = partial(
        add_motion,
        paragraph=paragraph,
        mover=mover,
        text=request.POST.get("text", ""),
        token=token_of(request.POST),
        by=request.user,
    )
    made = tried(move)
    if not isinstance(made, Refusal):
        return redirect("dialogues:paragraph_edit", pk)
    stands = get_paragraph_for(request.user, pk, request.today, write=True)
    if not PARAGRAPH.allows("change", stands.state):
        raise made
    form = ParagraphForm(instance=stands)
    return _paragraph_shown(request, stands, form, made, stands.version)


@policy(SECRETARY)
@require_POST
def motion_settle(request: AppRequest, pk: int) -> HttpResponse:
    motion = get_motion_for(request.user, pk, request.today)
    outcome = choice(MotionOutcome, request.POST.get("outcome"))
    seen = seen_number(request.POST)
    settle_motion(motion=motion, outcome=outcome, by=request.user, seen=seen)
    return redirect("dialogues:paragraph_edit", motion.paragraph_id)


@policy(SECRETARY)
@require_POST
def paragraph_strike(request: AppRequest, pk: int) -> HttpResponse:
    paragraph = get_paragraph_for(request.user, pk, request.today, write=True)
    seen = seen_number(request.POST)
    strike_paragraph(paragraph=paragraph, by=request.user, seen=seen)
    told = receipt(paragraph, PARAGRAPH, "strike", by=request.user, today=request.today)
    messages.success(request, told)
    return redirect("dialogues:meeting_detail", paragraph.meeting_id)
