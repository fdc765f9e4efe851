"""The verified paragraphs a user may read."""

from datetime import date

from django.db.models import Q, QuerySet

from dialogues.enums import ParagraphState
from dialogues.meetings.queries.meetings import all_paragraphs
from dialogues.models import Paragraph
from dialogues.permissions import of_the_board, signed_by
from governance.models import User
from governance.permissions import held_roles
from governance.queries import closed_ids
from governance.rules import WITHHELD


def listed_paragraphs(user: User, today: date) -> list[Paragraph]:
    """As they are listed: of one that a mark closes its number and place alone, to its readers
    too, for to read it is noted."""
    found = list(verified_paragraphs(user, today))
    closed = set(closed_ids(Paragraph._meta.label))
    for paragraph in found:
        if paragraph.pk in closed:
            paragraph.heading = WITHHELD
    return found


def verified_paragraphs(user: User, today: date) -> QuerySet[Paragraph]:
    """Verified paragraphs the user may read, newest first."""
    bodies = {body for body, _role in held_roles(user, today)}
    organisation = user.person.organisation_id if user.person else None
    return (
        all_paragraphs()
        .filter(
            of_the_board(user, today, "meeting__body")
            | Q(dialogue__committee__in=bodies)
            | signed_by(user),
            state=ParagraphState.VERIFIED,
            meeting__body__organisation=organisation,
        )
        .order_by("-year", "-number")
    )
