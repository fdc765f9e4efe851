"""What the page of a board dialogue shows, gathered once, so that the template only prints."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from dialogues import permissions
from dialogues.meetings.queries.meeting_list import open_paragraphs
from dialogues.models import Dialogue, Paragraph, Proposal
from governance.models import Person, User
from reports.clearance.queries.versions import HandedOver, report_status

E = TypeVar("E", bound=Enum)


def choice(kind: type[E], text: str | None) -> E:
    """A member of the enumeration from a field; 404 for what no form of ours sends."""
    try:
        return kind(text)
    except ValueError:
        raise Http404 from None


@dataclass(frozen=True, kw_only=True)
class DialoguePage:
    dialogue: Dialogue
    pack: HandedOver | None
    proposal: Proposal | None
    paragraph: Paragraph | None
    may_write_proposal: bool


def dialogue_page(dialogue: Dialogue, user: User, today: date) -> DialoguePage:
    proposal = Proposal.objects.filter(dialogue=dialogue).first()
    paragraphs = open_paragraphs(dialogue)
    readable = [p for p in paragraphs if permissions.may_read_paragraph(user, p, today)]
    status = report_status([dialogue.pack_id] if dialogue.pack_id else [])
    readable_proposal = proposal and permissions.may_read_proposal(user, proposal, today)
    return DialoguePage(
        dialogue=dialogue,
        pack=status.get(dialogue.pack_id or 0),
        proposal=proposal if readable_proposal else None,
        paragraph=readable[-1] if readable else None,
        may_write_proposal=proposal is None
        and permissions.is_case_officer(user, dialogue.receiving_body, today),
    )


def person_of(user: User) -> Person:
    if user.person is None:
        raise PermissionDenied
    return user.person
