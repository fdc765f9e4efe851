"""Meetings and paragraphs: fetching and permission are one act."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from dialogues import permissions
from dialogues.models import Meeting, Paragraph
from governance.models import User
from governance.permissions import require, row_for, same_organisation
from governance.queries import refuse_closed


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
    rows = Meeting.objects.select_related(
        "body__organisation", "body__parent", "presiding", "secretary", "verifier"
    )
    found = row_for(rows, pk, lambda row: same_organisation(user, row.body.organisation_id))
    if not permissions.is_secretary(user, found.body, today):
        raise PermissionDenied if permissions.is_of_the_board(user, found.body, today) else Http404
    return found


def get_paragraph_for(
    user: User, pk: int, today: date, *, write: bool = False, export: bool = False
) -> Paragraph:
    """A paragraph the user may read; with write the secretary's, with export the registrar's."""
    found = row_for(
        all_paragraphs(), pk, lambda row: permissions.may_read_paragraph(user, row, today)
    )
    body = found.meeting.body
    require(not write or permissions.is_secretary(user, body, today))
    require(not export or permissions.is_registrar(user, body, today))
    refuse_closed(user, found)
    return found
