"""Lists: meetings, who may take part, and what waits for a paragraph."""

from datetime import date

from django.db.models import QuerySet

from dialogues.board_dialogues.queries.dialogues import all_dialogues
from dialogues.enums import ParagraphState
from dialogues.meetings.queries.meetings import all_paragraphs
from dialogues.models import Dialogue, Meeting, NumberSeries, Paragraph
from governance.models import Body, Person, User
from governance.permissions import held_roles


def meetings_for(user: User, today: date) -> list[Meeting]:
    """The meetings of the bodies where the user is secretary, newest first."""
    bodies = {body for body, role in held_roles(user, today) if role == "secretary"}
    return list(
        Meeting.objects.filter(body__in=bodies)
        .select_related("body")
        .prefetch_related("paragraphs", "verifications")
    )


def persons_of(body: Body) -> QuerySet[Person]:
    """Those who may attend: the organisation's persons, those with a mandate in the body first."""
    return Person.objects.filter(organisation=body.organisation_id).order_by("name")


def next_number(body: Body, year: int) -> int:
    """What the series would give; a hint, since only the write takes it."""
    series = NumberSeries.objects.filter(body=body, year=year).first()
    return series.last + 1 if series else 1


def dialogues_without_paragraph(body: Body) -> QuerySet[Dialogue]:
    return (
        all_dialogues()
        .filter(receiving_body=body)
        .exclude(paragraphs__state__in=[s for s in ParagraphState if s != ParagraphState.STRUCK])
    )


def open_paragraphs(dialogue: Dialogue) -> list[Paragraph]:
    """The dialogue's paragraphs that have not been struck, oldest first."""
    return list(
        all_paragraphs()
        .filter(dialogue=dialogue)
        .exclude(state=ParagraphState.STRUCK)
        .order_by("id")
    )
