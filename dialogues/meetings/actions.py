"""The meeting and its paragraphs, until they are sent for verification."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import F, Max

from dialogues.enums import MotionKind, MotionOutcome, Service, VerificationState
from dialogues.meetings.queries.decision import motions_sha256_of
from dialogues.meetings.rules import motion_field
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
from dialogues.proposals.actions.rows import match_rows
from dialogues.proposals.rules import NotAllowedNow, Unfilled
from dialogues.states import PARAGRAPH
from governance.history import record
from governance.locks import exclusive
from governance.models import Body, Person, User
from governance.refusals import atomic
from governance.states import move
from governance.writing import add, add_all, differing_of, ensure, new_token, told_of, update

LAST_NUMBER = 99_999  # of a body in a year
PARAGRAPH_FIELDS = (
    "heading",
    "diary_number",
    "question_order",
    "matter",
    "supporting_documents",
    "dispatched_to",
)
CONFIRMED = "propositionsordningen bekräftad"


@atomic()
def create_meeting(
    *,
    body: Body,
    held_on: date,
    presiding: Person,
    secretary: Person,
    verifier: Person,
    by: User,
    token: str = "",
) -> Meeting:
    """``token`` is what the form was drawn with: the same form sent twice makes one meeting."""
    _require_three(presiding, secretary, verifier)
    meeting = add(
        Meeting(
            body=body,
            key=f"{body.key}-{held_on}-{token or new_token()}",
            held_on=held_on,
            presiding=presiding,
            secretary=secretary,
            verifier=verifier,
        ),
        by=by,
        told={"held_on": ("", held_on)},
    )
    chair = Attendance(meeting=meeting, person=presiding, service=Service.CHAIR, position=1)
    add(chair, by=by, told={}, about=meeting)
    return meeting


@atomic()
def save_meeting(
    *,
    meeting: Meeting,
    values: Mapping[str, object],
    present: Sequence[tuple[Person, Service]],
    by: User,
    seen: int,
) -> None:
    """Who presides, who keeps the minutes, who verifies, and who took part."""
    exclusive(Meeting.objects.filter(pk=meeting.pk))
    _require_not_under_verification(meeting)
    _require_three(*(values.get(name) for name in ("presiding", "secretary", "verifier")))
    differing = differing_of(meeting, values)
    told, before = told_of(meeting, differing), _in_words(meeting)
    update(meeting, differing, seen=seen)
    match_rows(
        {row.person: row for row in meeting.attendances.select_related("person")},
        {
            person: {"service": service.value, "position": position}
            for position, (person, service) in enumerate(present, start=1)
        },
        lambda person: Attendance(meeting=meeting, person=person),
        about=meeting,
        by=by,
    )
    after = _in_words(meeting)
    if before != after:
        told["attendance"] = (before, after)
    record(row=meeting, told=told, by=by)


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


@atomic()
def take_number(*, body: Body, year: int) -> int:
    """The next paragraph number: raise the counter first, then read it (wall 16)."""
    return _raised(body, year, by=1).last


def _raised(body: Body, year: int, *, by: int) -> NumberSeries:
    """The write comes first: whoever else wants a number in the series waits for this one."""
    series = ensure(NumberSeries, body=body, year=year)
    update(series, {"last": F("last") + by})
    series.refresh_from_db()
    return series


def _is_taken(body: Body, year: int, number: int) -> bool:
    return Paragraph.objects.filter(meeting__body=body, year=year, number=number).exists()


def _take_free_number(body: Body, year: int) -> int:
    """The series goes on past a number that was given by another system."""
    number = take_number(body=body, year=year)
    while _is_taken(body, year, number):
        number = take_number(body=body, year=year)
    return number


def _give_number(body: Body, year: int, number: int) -> int:
    _raised(body, year, by=0)
    if _is_taken(body, year, number):
        raise NotAllowedNow(f"§ {number} finns redan {year}. Ange ett annat nummer.")
    return number


@atomic()
def create_paragraph(
    *,
    meeting: Meeting,
    dialogue: Dialogue | None,
    given_number: int | None,
    by: User,
    token: str = "",
) -> Paragraph:
    """A numbered paragraph; a dialogue's points are copied with their ids as the main proposal.

    Also when other paragraphs of the meeting are out for verification: each part has its own. A
    dialogue's second one is refused by the database, another matter's by the form's ``token``.
    """
    body, year = meeting.body, meeting.held_on.year
    if dialogue is not None and dialogue.receiving_body_id != body.pk:
        raise NotAllowedNow("Dialogen hör till ett annat organ.")
    if given_number is not None and not 1 <= given_number <= LAST_NUMBER:
        raise Unfilled("Skriv paragrafens nummer som ett heltal, eller lämna fältet tomt.")
    number = (
        _take_free_number(body, year)
        if given_number is None
        else _give_number(body, year, given_number)
    )
    proposal = Proposal.objects.filter(dialogue=dialogue).first() if dialogue else None
    paragraph = add(
        Paragraph(
            meeting=meeting,
            dialogue=dialogue,
            key=f"paragraf-{year}-{token or number}",
            number=number,
            year=year,
            is_number_given=given_number is not None,
            heading=_heading(dialogue),
            diary_number=dialogue.diary_number if dialogue else "",
            matter=proposal.summary if proposal else "",
            supporting_documents=_supporting(proposal),
            dispatched_to=proposal.delivered_to if proposal else "",
        ),
        by=by,
        told={"number": ("", number)},
    )
    points = list(proposal.points.all()) if proposal else []
    copies = [
        ParagraphPoint(paragraph=paragraph, key=p.key, position=p.position, text=p.text)
        for p in points
    ]
    add_all(copies, by=by, told={})
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


@atomic()
def save_paragraph(
    *,
    paragraph: Paragraph,
    values: Mapping[str, object],
    by: User,
    seen: int,
    confirms_order: bool = False,
) -> None:
    """The texts. An order of questions that is written first, or confirmed, holds for the motions as
    they stand: every act upon a motion raises the paragraph's version, so the writer has seen them.
    Typing in an order that is older than the motions confirms nothing."""
    wanted = {name: values[name] for name in PARAGRAPH_FIELDS if name in values}
    differing = differing_of(paragraph, wanted)
    told = told_of(paragraph, differing)
    motions = motions_sha256_of(paragraph)
    is_first = "question_order" in differing and not paragraph.question_order.strip()
    if is_first or confirms_order:
        differing["motions_sha256"] = motions
    if "question_order" not in differing and confirms_order:
        told[""] = ("", CONFIRMED)
    move(paragraph, PARAGRAPH, "change", by=by, seen=seen, values=differing, told=told)


@atomic()
def add_motion(
    *, paragraph: Paragraph, mover: Person, text: str, by: User, token: str = ""
) -> FloorMotion:
    """An additional motion moved at the table."""
    if not text.strip():
        raise Unfilled("Skriv yrkandets text.")
    move(paragraph, PARAGRAPH, "change", by=by)
    last: int | None = paragraph.motions.aggregate(last=Max("position"))["last"]
    motion = FloorMotion(
        paragraph=paragraph,
        key=f"yrkande-{token or new_token()}",
        mover=mover,
        kind=MotionKind.ADDITION,
        text=text.strip(),
        position=(last or 0) + 1,
    )
    return add(
        motion, by=by, told={motion_field(motion.position): ("", motion.text)}, about=paragraph
    )


@atomic()
def settle_motion(*, motion: FloorMotion, outcome: MotionOutcome, by: User, seen: int) -> None:
    """Carried, rejected or withdrawn; until it is verified the secretary may mend it."""
    paragraph, old = motion.paragraph, motion.outcome
    move(paragraph, PARAGRAPH, "change", by=by)
    update(motion, {"outcome": outcome}, seen=seen)
    record(row=paragraph, told={motion_field(motion.position): (old, outcome)}, by=by)


@atomic()
def strike_paragraph(*, paragraph: Paragraph, by: User, seen: int) -> None:
    """A numbered paragraph is struck, never deleted: its number stays used (wall 16)."""
    move(paragraph, PARAGRAPH, "strike", by=by, seen=seen)
