"""Meetings and paragraphs: fetching and permission are one act."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from dialogues import permissions
from dialogues.models import Meeting, Paragraph
from governance.models import User
from governance.permissions import same_organisation


def all_paragraphs() -> QuerySet[Paragraph]:
    return Paragraph.objects.select_related(
        "meeting__body__organisation",
        "meeting__body__parent",
        "meeting__presiding",
        "meeting__secretary",
        "meeting__verifier",
        "dialogue__committee",
        "dialogue__receiving_body",
        "dialogue__round",
    )


def get_meeting_for(user: User, pk: int, today: date) -> Meeting:
    """The meeting, for its body's secretary; 403 for the others of the board."""
    found = (
        Meeting.objects.select_related(
            "body__organisation", "body__parent", "presiding", "secretary", "verifier"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None or not same_organisation(user, found.body.organisation_id):
        raise Http404
    if not permissions.is_secretary(user, found.body, today):
        raise PermissionDenied if permissions.is_of_the_board(user, found.body, today) else Http404
    return found


def get_paragraph_for(
    user: User, pk: int, today: date, *, write: bool = False, export: bool = False
) -> Paragraph:
    """A paragraph the user may read; with write the secretary's, with export the registrar's."""
    found = all_paragraphs().filter(pk=pk).first()
    if found is None or not permissions.may_read_paragraph(user, found, today):
        raise Http404
    body = found.meeting.body
    if write and not permissions.is_secretary(user, body, today):
        raise PermissionDenied
    if export and not permissions.is_registrar(user, body, today):
        raise PermissionDenied
    return found
