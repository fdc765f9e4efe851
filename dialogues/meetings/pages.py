"""What the pages of a meeting and of a paragraph being written show, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404

from dialogues.enums import VerificationState
from dialogues.meetings import rules as decision_rules
from dialogues.meetings.queries import meeting_list
from dialogues.meetings.queries.decision import (
    attendances,
    decision_of,
    difference_of,
    floor_motions,
    motions_of,
    motions_sha256_of,
)
from dialogues.meetings.queries.meeting_list import dialogues_without_paragraph
from dialogues.meetings.queries.meetings import get_paragraph_for
from dialogues.meetings.rules import Difference, PointChange, question_order
from dialogues.models import Dialogue, FloorMotion, Meeting, Paragraph, Verification
from dialogues.proposals.pages import candidates
from dialogues.proposals.rules import Point
from dialogues.states import PARAGRAPH
from dialogues.verification.queries.protocol import verification_of
from dialogues.verification.rules import ParagraphContent
from governance.models import Body, Person, User
from governance.permissions import held_roles, row_for
from governance.rules import verification_due
from governance.writing import new_token

# Meeting and paragraph.


def bodies_with_secretary(user: User, today: date) -> list[Body]:
    ids = {body for body, role in held_roles(user, today) if role == "secretary"}
    return list(Body.objects.filter(pk__in=ids).select_related("organisation").order_by("name"))


@dataclass(frozen=True, kw_only=True)
class AttendanceRow:
    person: Person
    service: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage:
    meeting: Meeting
    rows: Sequence[AttendanceRow]
    paragraphs: Sequence[Paragraph]
    verifications: Sequence[Verification]
    open_dialogues: Sequence[Dialogue]
    next_number: int
    is_locked: bool
    due_on: date
    token: str = field(default_factory=new_token)

    @property
    def drafts(self) -> list[Paragraph]:
        """What may be sent for verification."""
        return [p for p in self.paragraphs if PARAGRAPH.allows("send", p.state)]


def meeting_page(meeting: Meeting, typed: Mapping[str, str]) -> MeetingPage:
    """The meeting with who took part, as typed where a save was refused."""
    noted = {row.person_id: row.service for row in meeting.attendances.all()}
    persons = candidates(meeting)
    if typed:
        noted = {person.pk: typed.get(f"service-{person.pk}", "") for person in persons}
    verifications = list(meeting.verifications.all())
    return MeetingPage(
        meeting=meeting,
        rows=[AttendanceRow(person=person, service=noted.get(person.pk, "")) for person in persons],
        paragraphs=list(meeting.paragraphs.all()),
        verifications=verifications,
        open_dialogues=list(dialogues_without_paragraph(meeting.body)),
        next_number=meeting_list.next_number(meeting.body, meeting.held_on.year),
        is_locked=any(v.state != VerificationState.DECLINED for v in verifications),
        due_on=verification_due(meeting.held_on),
    )


@dataclass(frozen=True, kw_only=True)
class WritingPage:
    """The secretary's desk for one paragraph."""

    paragraph: Paragraph
    motions: Sequence[FloorMotion]
    decision: Sequence[Point]
    difference: Sequence["DifferenceLine"]
    movers: Sequence[Person]
    declined: str
    is_order_old: bool
    token: str = field(default_factory=new_token)

    @property
    def buttons(self) -> Mapping[str, str]:
        return PARAGRAPH.buttons(self.paragraph.state)


@dataclass(frozen=True, kw_only=True)
class DifferenceLine:
    """One line of the difference, with its change in words."""

    line: Difference

    @property
    def words(self) -> str:
        return {
            PointChange.KEPT: "Oförändrad",
            PointChange.ADDED: "Tillagd vid sammanträdet",
            PointChange.REMOVED: "Utgår",
            PointChange.REWORDED: "Ändrad",
        }[self.line.change]

    @property
    def is_added(self) -> bool:
        return self.line.change == PointChange.ADDED

    @property
    def is_removed(self) -> bool:
        return self.line.change == PointChange.REMOVED

    @property
    def is_reworded(self) -> bool:
        return self.line.change == PointChange.REWORDED


def difference_lines(paragraph: Paragraph) -> list[DifferenceLine]:
    return [DifferenceLine(line=line) for line in difference_of(paragraph)]


def written_difference(text: ParagraphContent) -> list[DifferenceLine]:
    """The same from what was sent for signing or sealed: nothing later can change it."""
    lines = decision_rules.difference(proposed=text.proposed, decided=text.decision)
    return [DifferenceLine(line=line) for line in lines]


def writing_page(paragraph: Paragraph) -> WritingPage:
    verification = verification_of(paragraph)
    declined = ""
    if verification is not None and verification.state == VerificationState.DECLINED:
        answer = verification.signatures.filter(is_declined=True).select_related("person").first()
        declined = f"{answer.person}: {answer.comment}" if answer else ""
    return WritingPage(
        paragraph=paragraph,
        motions=list(floor_motions(paragraph)),
        decision=decision_of(paragraph),
        difference=difference_lines(paragraph),
        movers=[row.person for row in attendances(paragraph.meeting) if row.serves],
        declined=declined,
        is_order_old=bool(paragraph.question_order.strip())
        and paragraph.motions_sha256 != motions_sha256_of(paragraph),
    )


def drafted_question_order(paragraph: Paragraph) -> str:
    body = paragraph.meeting.body
    return question_order(
        presiding=str(paragraph.meeting.presiding),
        body="arbetsutskottet" if body.kind == "working_committee" else body.definite,
        motions=motions_of(paragraph),
    )


def person_in(body: Body, pk: int) -> Person:
    """A person of the body's organisation; 404 for a forged id."""
    found = Person.objects.filter(pk=pk, organisation=body.organisation_id).first()
    if found is None:
        raise Http404
    return found


def get_motion_for(user: User, pk: int, today: date) -> FloorMotion:
    motion = row_for(FloorMotion.objects.all(), pk)
    motion.paragraph = get_paragraph_for(user, motion.paragraph_id, today, write=True)
    return motion
