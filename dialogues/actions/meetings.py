"""The meeting and its paragraphs, until they are sent for verification."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from dialogues.actions.writing import note, write_fields
from dialogues.enums import MotionKind, MotionOutcome, ParagraphState, Service, VerificationState
from dialogues.models import (
    Attendance,
    Dialogue,
    FloorMotion,
    Meeting,
    NumberSeries,
    Paragraph,
    ParagraphPoint,
    Proposal,
)
from dialogues.rules import NotAllowedNow, Unfilled
from governance.actions import raise_version
from governance.models import Body, Person, User

PARAGRAPH_FIELDS = (
    "heading",
    "diary_number",
    "matter",
    "question_order",
    "supporting_documents",
    "dispatched_to",
)


@transaction.atomic
def create_meeting(
    *, body: Body, held_on: date, presiding: Person, secretary: Person, verifier: Person, by: User
) -> Meeting:
    _require_three(presiding, secretary, verifier)
    number = Meeting.objects.filter(body=body, held_on=held_on).count()
    key = f"{body.key}-{held_on}" + (f"-{number + 1}" if number else "")
    meeting = Meeting.objects.create(
        body=body,
        key=key,
        held_on=held_on,
        presiding=presiding,
        secretary=secretary,
        verifier=verifier,
    )
    Attendance.objects.create(meeting=meeting, person=presiding, service=Service.CHAIR, position=1)
    note(meeting, body, by=by, field="held_on", new=held_on)
    return meeting


@transaction.atomic
def save_meeting(
    *,
    meeting: Meeting,
    values: Mapping[str, object],
    present: Sequence[tuple[Person, Service]],
    by: User,
    seen: int,
) -> None:
    """Who presides, who keeps the minutes, who verifies, and who took part."""
    _require_not_under_verification(meeting)
    _require_three(*(values.get(name) for name in ("presiding", "secretary", "verifier")))
    raise_version(meeting, seen=seen)
    for name, value in values.items():
        if getattr(meeting, name) != value:
            note(meeting, meeting.body, by=by, field=name, old=getattr(meeting, name), new=value)
            setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
    before = _in_words(meeting)
    meeting.attendances.exclude(person__in=[person for person, _service in present]).delete()
    for position, (person, service) in enumerate(present, start=1):
        Attendance.objects.update_or_create(
            meeting=meeting,
            person=person,
            defaults={"service": service, "position": position},
        )
    after = _in_words(meeting)
    if before != after:
        note(meeting, meeting.body, by=by, field="attendance", old=before, new=after)


def _in_words(meeting: Meeting) -> str:
    """Who took part and as what, for the history."""
    rows = meeting.attendances.select_related("person").order_by("position", "id")
    return "; ".join(f"{row.person}, {row.get_service_display().lower()}" for row in rows)


def _require_three(*named: object) -> None:
    """Each signs once, as one thing (wall 14)."""
    if len(set(named)) != len(named):
        raise Unfilled("Ordförande, sekreterare och justerare ska vara tre olika personer.")


def _require_not_under_verification(meeting: Meeting) -> None:
    if meeting.verifications.exclude(state=VerificationState.DECLINED).exists():
        raise NotAllowedNow(
            "Protokollet är utsänt för justering. Vilka som deltog kan inte ändras nu."
        )


@transaction.atomic
def take_number(*, body: Body, year: int) -> int:
    """The next paragraph number: raise the counter first, then read it (wall 16)."""
    _raise_series(body, year, by=1)
    return NumberSeries.objects.get(body=body, year=year).last


def _raise_series(body: Body, year: int, *, by: int) -> None:
    """The write comes first: whoever else wants a number in the series waits for this one."""
    NumberSeries.objects.get_or_create(body=body, year=year)
    NumberSeries.objects.filter(body=body, year=year).update(last=F("last") + by)


def _is_taken(body: Body, year: int, number: int) -> bool:
    return Paragraph.objects.filter(meeting__body=body, year=year, number=number).exists()


def _take_free_number(body: Body, year: int) -> int:
    """The series goes on past a number that was given by another system."""
    number = take_number(body=body, year=year)
    while _is_taken(body, year, number):
        number = take_number(body=body, year=year)
    return number


@transaction.atomic
def create_paragraph(
    *, meeting: Meeting, dialogue: Dialogue | None, given_number: int | None, by: User
) -> Paragraph:
    """A numbered paragraph; a dialogue's points are copied with their ids as the main proposal.

    Also when other paragraphs of the meeting are out for verification: each part has its own.
    """
    year = meeting.held_on.year
    if dialogue is not None and dialogue.receiving_body_id != meeting.body_id:
        raise NotAllowedNow("Dialogen hör till ett annat organ.")
    open_states = [ParagraphState.DRAFT, ParagraphState.SENT, ParagraphState.VERIFIED]
    if (
        dialogue is not None
        and Paragraph.objects.filter(dialogue=dialogue, state__in=open_states).exists()
    ):
        raise NotAllowedNow("Det finns redan en paragraf för dialogen.")
    number = given_number
    if number is None:
        number = _take_free_number(meeting.body, year)
    else:
        _raise_series(meeting.body, year, by=0)
        if _is_taken(meeting.body, year, number):
            raise NotAllowedNow(f"§ {number} finns redan {year}. Ange ett annat nummer.")
    proposal = Proposal.objects.filter(dialogue=dialogue).first() if dialogue else None
    paragraph = Paragraph.objects.create(
        meeting=meeting,
        dialogue=dialogue,
        key=f"paragraf-{year}-{number}",
        number=number,
        year=year,
        is_number_given=given_number is not None,
        heading=_heading(dialogue),
        diary_number=dialogue.diary_number if dialogue else "",
        matter=proposal.summary if proposal else "",
        supporting_documents=_supporting(proposal),
        dispatched_to=proposal.delivered_to if proposal else "",
    )
    if proposal is not None:
        for point in proposal.points.all():
            ParagraphPoint.objects.create(
                paragraph=paragraph, key=point.key, position=point.position, text=point.text
            )
    note(paragraph, meeting.body, by=by, field="number", new=number)
    return paragraph


def _heading(dialogue: Dialogue | None) -> str:
    if dialogue is None:
        return "Nytt ärende"
    return f"Nämndsdialog med {dialogue.committee.short_name}, {dialogue.round.name.lower()}"[:200]


def _supporting(proposal: Proposal | None) -> str:
    if proposal is None:
        return ""
    lines = [f"Beslutsförslag {proposal.dated_on}: {proposal.title}"]
    if proposal.appendix_label:
        version = proposal.appendix_version
        lines.append(
            f"{proposal.appendix_label}, version {version.number}, godkänt {version.approved_on}"
            if version
            else proposal.appendix_label
        )
    return "\n".join(lines)


@transaction.atomic
def save_paragraph(
    *, paragraph: Paragraph, values: Mapping[str, object], by: User, seen: int
) -> None:
    require_paragraph_draft(paragraph)
    wanted = {name: values[name] for name in PARAGRAPH_FIELDS if name in values}
    write_fields(paragraph, paragraph.meeting.body, wanted, by=by, seen=seen)


def require_paragraph_draft(paragraph: Paragraph) -> None:
    if paragraph.state != ParagraphState.DRAFT:
        raise NotAllowedNow(
            f"§ {paragraph.number} är {paragraph.get_state_display().lower()} och kan inte ändras."
        )


@transaction.atomic
def add_motion(*, paragraph: Paragraph, mover: Person, text: str, by: User) -> FloorMotion:
    """An additional motion moved at the table."""
    require_paragraph_draft(paragraph)
    if not text.strip():
        raise Unfilled("Skriv yrkandets text.")
    count = paragraph.motions.count()
    motion = FloorMotion.objects.create(
        paragraph=paragraph,
        key=f"yrkande-{count + 1}",
        mover=mover,
        kind=MotionKind.ADDITION,
        text=text.strip(),
        position=count + 1,
    )
    note(paragraph, paragraph.meeting.body, by=by, field=motion.key, new=motion.text)
    return motion


@transaction.atomic
def settle_motion(*, motion: FloorMotion, outcome: MotionOutcome, by: User, seen: int) -> None:
    """Carried, rejected or withdrawn; until it is verified the secretary may mend it."""
    paragraph = motion.paragraph
    require_paragraph_draft(paragraph)
    raise_version(motion, seen=seen)
    old, motion.outcome = motion.outcome, outcome
    motion.save(update_fields=["outcome"])
    note(paragraph, paragraph.meeting.body, by=by, field=motion.key, old=old, new=outcome)


@transaction.atomic
def strike_paragraph(*, paragraph: Paragraph, by: User, seen: int) -> None:
    """A numbered paragraph is struck, never deleted: its number stays used (wall 16)."""
    require_paragraph_draft(paragraph)
    raise_version(paragraph, seen=seen)
    paragraph.state = ParagraphState.STRUCK
    paragraph.save(update_fields=["state"])
    note(paragraph, paragraph.meeting.body, by=by, field="state", old="draft", new=paragraph.state)
