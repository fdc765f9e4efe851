from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dialogues.board_dialogues.pages import dialogue_page
from dialogues.board_dialogues.queries.dialogues import get_dialogue_for, get_round_for
from dialogues.board_dialogues.queries.rounds import round_rows, rounds_for
from governance.http import AppRequest
from governance.permissions import find, sees_content
from governance.policy import policy

OFFICE = "case officer of the receiving board"
SECRETARY = "secretary of the meeting's body"
SIGNERS = "the meeting's secretary, its presiding chair and the appointed verifier"

# Rounds and dialogues.


@policy("everyone who may see content; each sees the rounds of the own bodies")
@require_GET
def round_list(request: AppRequest) -> HttpResponse:
    find(sees_content(request.user, request.today))
    context = {"rounds": rounds_for(request.user, request.today)}
    return render(request, "dialogues/round_list.html", context)


@policy("the board's people and those of a committee that takes part")
@require_GET
def round_detail(request: AppRequest, pk: int) -> HttpResponse:
    found = get_round_for(request.user, pk, request.today)
    rows = round_rows(found, request.user, request.today)
    return render(request, "dialogues/round_detail.html", {"round": found, "rows": rows})


@policy("the board's people, the committee's people and the proposal's chiefs")
@require_GET
def dialogue_detail(request: AppRequest, pk: int) -> HttpResponse:
    dialogue = get_dialogue_for(request.user, pk, request.today)
    page = dialogue_page(dialogue, request.user, request.today)
    return render(request, "dialogues/dialogue_detail.html", {"page": page})
