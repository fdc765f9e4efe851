"""Points, motions and attendance as they stand, and the decision they come to."""

from django.db.models import QuerySet

from dialogues.enums import MotionOutcome
from dialogues.meetings.rules import Difference, Motion, derive_decision, difference, motions_sha256
from dialogues.models import Attendance, FloorMotion, Meeting, Paragraph, Proposal
from dialogues.proposals.rules import Point


def main_proposal(paragraph: Paragraph) -> list[Point]:
    return [Point(key=row.key, text=row.text) for row in paragraph.points.all()]


def motions_of(paragraph: Paragraph) -> list[Motion]:
    presiding = paragraph.meeting.presiding_id
    return [
        Motion(
            key=row.key,
            text=row.text,
            mover=str(row.mover),
            outcome=MotionOutcome(row.outcome),
            by_presiding=row.mover_id == presiding,
        )
        for row in paragraph.motions.select_related("mover")
    ]


def motions_sha256_of(paragraph: Paragraph) -> str:
    """The motions as they stand, for the order of questions."""
    return motions_sha256(presiding=str(paragraph.meeting.presiding), motions=motions_of(paragraph))


def decision_of(paragraph: Paragraph) -> list[Point]:
    """Derived, never stored: the main proposal and the carried motions."""
    return derive_decision(points=main_proposal(paragraph), motions=motions_of(paragraph))


def difference_of(paragraph: Paragraph) -> list[Difference]:
    """What the meeting made of the proposal, by the points' stable ids."""
    proposed = main_proposal(paragraph)
    if paragraph.dialogue is not None:
        proposal = Proposal.objects.filter(dialogue=paragraph.dialogue).first()
        if proposal is not None:
            proposed = [Point(key=p.key, text=p.text) for p in proposal.points.all()]
    return difference(proposed=proposed, decided=decision_of(paragraph))


def attendances(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.select_related("person")


def floor_motions(paragraph: Paragraph) -> QuerySet[FloorMotion]:
    return paragraph.motions.select_related("mover")
