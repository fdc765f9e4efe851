"""What each person has to do, gathered from the floors below, and the thread of a paragraph."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, QuerySet, Value
from django.http import Http404
from django.urls import reverse

from dialogues.meetings.queries.decision import decision_of
from dialogues.meetings.queries.meetings import get_paragraph_for
from dialogues.verification.queries.protocol import is_verified, pinned_pack
from dialogues.verification.queries.verified import verified_paragraphs
from governance.declarations import Figures, Task, declared
from governance.enums import ChangeKind, Role
from governance.history import HistoryEntry, history_of_rows
from governance.models import User
from governance.permissions import held_roles, reading_bodies
from governance.rules import FigureRef, FiguresPage, OpenTask
from reports.blocks.base import Block
from reports.blocks.content import figure_refs
from reports.clearance.queries.versions import version_page
from rounds.enums import WITH_THE_CONTROLLER
from rounds.models import RoundState
from rounds.queries.states import entry_address, states_of
from targets.enums import PART
from targets.outcomes.queries.figures import held_back_now
from targets.outcomes.queries.missing import missing_outcomes

OUTCOME = "targets.Outcome"
VALUE = frozenset({"value", "number", "text"})  # as written here, and by a governance file


def waiting_for(user: User, today: date) -> tuple[list[OpenTask], list["Verified"]]:
    """Everything that waits for the user, in no particular order, and what was lately verified.

    What stands at all is asked first, in one query.
    """
    if user.person is None or user.is_system_administrator:
        return [], []
    tasks = declared(Task)
    rows = [task.rows(user, today) if task.rows else None for task in tasks]
    *stands, is_verified = _stand(user, [*rows, verified_paragraphs(user, today)])
    waiting = [
        one
        for task, stand in zip(tasks, stands, strict=True)
        if stand
        for one in task.waiting(user, today)
    ]
    return waiting, recently_verified(user, today) if is_verified else []


def _stand(user: User, asked: Iterable[QuerySet[Any] | None]) -> Sequence[bool]:
    """Which of them have a row; true where none is asked for."""
    columns = [Value(1) if each is None else Exists(each) for each in asked]
    stand: Sequence[bool] = User.objects.filter(pk=user.pk).values_list(*columns).get()
    return stand


@dataclass(frozen=True, kw_only=True)
class RoundOverview:
    """A body's reporting round with how many outcomes are still missing; None where none are asked
    for. ``url`` is where the controller begins."""

    state: RoundState
    missing: int | None
    url: str
    is_mine: bool

    @property
    def is_open(self) -> bool:
        return self.state.state in WITH_THE_CONTROLLER


def bodies_where(user: User, today: date, *roles: Role) -> set[int]:
    """Ids of the bodies where the user holds one of the roles today."""
    wanted = {role.value for role in roles}
    return {body for body, role in held_roles(user, today) if role in wanted}


def round_lines(user: User, today: date) -> list[RoundOverview]:
    """The reporting rounds of the user's committees, soonest due first."""
    states = states_of(reading_bodies(user, today))
    missing = missing_outcomes(states) if states else {}
    mine = bodies_where(user, today, Role.CONTROLLER)
    return [
        RoundOverview(
            state=state,
            missing=missing[state.pk] if state.reporting_round.asks(PART) else None,
            url=entry_address(state),
            is_mine=state.body_id in mine,
        )
        for state in states
    ]


def sources(user: User, today: date) -> list[FiguresPage]:
    """Where the figures of the user's committees stand: plans, internal control, economy."""
    return [
        page
        for kind in declared(Figures)
        for page in kind.pages(reading_bodies(user, today, *kind.roles))
    ]


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A verified paragraph the user may read, and where its thread lies."""

    name: str
    body: str
    held_on: date
    url: str
    thread_url: str


def recently_verified(user: User, today: date) -> list[Verified]:
    """The newest three: from there one walks back to the figures."""
    newest = verified_paragraphs(user, today).select_related(None).select_related("meeting__body")
    return [
        Verified(
            name=str(paragraph),
            body=paragraph.meeting.body.short_name,
            held_on=paragraph.meeting.held_on,
            url=reverse("dialogues:paragraph_detail", args=[paragraph.pk]),
            thread_url=reverse("desk:thread", args=[paragraph.pk]),
        )
        for paragraph in newest[:3]
    ]


@dataclass(frozen=True, kw_only=True)
class Strand:
    """One figure of the pack: what was printed, the row behind it, who typed it, its history."""

    place: str
    printed: str
    ref: FigureRef
    is_changed: bool
    entries: Sequence[HistoryEntry]

    @property
    def author(self) -> str:
        return self.entries[0].actor if self.entries else ""


@dataclass(frozen=True, kw_only=True)
class StrandGroup:
    """The figures of one block, under the heading of its section."""

    title: str
    shows: str
    strands: Sequence[Strand]


@dataclass(frozen=True, kw_only=True)
class PackSide:
    """The pack version at the thread's other end."""

    version_id: int
    name: str
    number: int
    approved_by: str
    approved_on: date
    sha256: str
    groups: Sequence[StrandGroup]


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The one thread: paragraph, decision, the pack version it rests on, every figure's row."""

    paragraph_id: int
    number: int
    year: int
    heading: str
    body: str
    decision: Sequence[str]
    pack: PackSide | None


def thread_for(user: User, paragraph_id: int, today: date) -> Thread:
    """The thread of a verified paragraph, as far as the user may follow it."""
    paragraph = get_paragraph_for(user, paragraph_id, today)
    if not is_verified(paragraph):
        raise Http404
    version_id = pinned_pack(paragraph)
    return Thread(
        paragraph_id=paragraph.pk,
        number=paragraph.number,
        year=paragraph.year,
        heading=paragraph.heading,
        body=paragraph.meeting.body.name,
        decision=[point.text for point in decision_of(paragraph)],
        pack=pack_side(user, version_id, today) if version_id else None,
    )


def pack_side(user: User, version_id: int, today: date) -> PackSide:
    page = version_page(user, version_id, today)
    version = page.version
    refs = [ref for _place, ref in figure_refs(page.content)]
    # What happened to a row before the hand-over belongs to the figure; what the committee has
    # done since is seen by the committee's own people alone.
    until = None if page.report.body_id in bodies_where(user, today, *Role) else version.approved_at
    histories = histories_of(refs, until=until)
    return PackSide(
        version_id=version.pk,
        name=page.report.name,
        number=version.number,
        approved_by=version.approved_by,
        approved_on=version.approved_on,
        sha256=version.content_sha256,
        groups=[
            StrandGroup(
                title=section.heading,
                shows=" · ".join(filter(None, (block.title, block.shows))),
                strands=strands,
            )
            for section in page.content.sections
            for block in section.blocks
            if (strands := strands_of(block, page.changed, histories))
        ],
    )


def strands_of(
    block: Block,
    changed: Container[FigureRef],
    histories: Mapping[FigureRef, Sequence[HistoryEntry]],
) -> list[Strand]:
    printed = {name.replace(",", ""): text for name, text in block.facts()}
    return [
        Strand(
            place=name,
            printed=printed.get(name.replace(",", ""), ""),
            ref=ref,
            is_changed=ref in changed,
            entries=histories[ref],
        )
        for name, ref in block.refs()
        if ref is not None
    ]


def histories_of(
    refs: Iterable[FigureRef], *, until: datetime | None
) -> dict[FigureRef, list[HistoryEntry]]:
    """Each row's history, newest first, read per kind of row; up to an instant, what stood then."""
    by_row: dict[tuple[str, int], list[HistoryEntry]] = defaultdict(list)
    ids: dict[str, set[int]] = defaultdict(set)
    wanted = list(refs)
    for ref in wanted:
        ids[ref.model].add(ref.id)
    for model, rows in ids.items():
        found = entries_of(model, rows)
        for entry in found if until is None else standing_at(found, until):
            by_row[entry.row].append(entry)
    return {ref: by_row[ref.model, ref.id] for ref in wanted}


def standing_at(entries: Iterable[HistoryEntry], until: datetime) -> Iterator[HistoryEntry]:
    """Who made each field what it was then. What was tried before is the committee's own."""
    told = set()
    for entry in entries:
        if entry.stamped_at <= until and (entry.row, entry.field) not in told:
            told.add((entry.row, entry.field))
            yield replace(entry, old="")


def entries_of(model: str, ids: set[int]) -> Iterable[HistoryEntry]:
    """What is told of the rows; of an outcome the value alone, and not what a small group hides."""
    if model != OUTCOME:
        return history_of_rows([(model, pk) for pk in ids], is_open=True)
    hidden = held_back_now(ids)
    told = history_of_rows([(model, pk) for pk in ids - hidden], shown=VALUE)
    kept = history_of_rows([(model, pk) for pk in ids & hidden])
    return [entry for entry in (*told, *kept) if entry.field in VALUE or is_loading(entry)]


def is_loading(entry: HistoryEntry) -> bool:
    """That a governance file made the row, which tells who stands behind its value."""
    return entry.field == "" and entry.kind == ChangeKind.LOADED
