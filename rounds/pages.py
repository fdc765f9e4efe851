"""One body in one round: where it stands, what it handed in, and who may take it further."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from governance.history import HistoryEntry, history_of
from governance.models import Body, Period, User
from governance.permissions import can_read_figures
from rounds.contributions import HandedInRow, Hindrance, asked_of
from rounds.enums import (
    APPROVE,
    HAND_IN,
    HANDED_IN,
    LOCK,
    REOPEN,
    RETURN,
    WITH_THE_CONTROLLER,
    RoundStateName,
)
from rounds.models import HandIn, ReportingRound, RoundState
from rounds.permissions import can_change_round, can_record
from rounds.queries.hand_ins import lacked_in, newest, outward, read_parts
from rounds.queries.states import TONES, is_late, lock_of, word_of
from rounds.rules.approving import counted, worst_first
from rounds.rules.days import last_day_words
from rounds.rules.hand_in import REOPENED
from rounds.states import ROUND


@dataclass(frozen=True, kw_only=True)
class StateStep:
    """One change of a body's state: when, by whom, to what and why."""

    at: datetime
    who: str
    word: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """An act the reader may take, with the dialog that asks for it."""

    act: str
    button: str
    title: str
    text: str
    color: str
    reason_label: str


DECISIONS = {
    APPROVE: (
        "Godkänn uppgifterna?",
        "De är nämndens godkända uppgifter. De låses sedan av regionkontoret.",
        "accent",
        "",
    ),
    RETURN: (
        "Skicka tillbaka uppgifterna?",
        "Controllern kan ändra dem igen och lämnar in på nytt.",
        "danger",
        "Vad behöver ändras?",
    ),
    LOCK: ("Lås uppgifterna?", "", "accent", ""),
    REOPEN: (
        "Öppna perioden igen?",
        (
            "Controllern kan ändra uppgifterna. Utanför nämnden läses det som var inlämnat tills "
            "det lämnas in på nytt. Godkända underlag ändras inte, men visar att värdet är ändrat "
            "efter godkännandet. Skälet loggas."
        ),
        "danger",
        "Varför öppnas perioden igen?",
    ),
}
LOCKS_APPROVED = "Godkända uppgifter låses. De kan öppnas igen, med ett skäl som loggas."
LOCKS_AS_THEY_ARE = (
    "Uppgifterna är inte godkända av nämndens förvaltningschef. De låses som de är och kan öppnas "
    "igen, med ett skäl som loggas."
)


@dataclass(frozen=True, kw_only=True)
class PartPage:
    """One part of what is asked for: what it lacks, where it is written, what was handed in."""

    label: str
    lacks: str | None
    hindrances: tuple[Hindrance, ...]
    url: str
    rows: tuple[HandedInRow, ...]

    @property
    def counted(self) -> str:
        return counted(self.rows)


@dataclass(frozen=True, kw_only=True)
class StatePage:
    """One body in one round: where it stands, what has happened and what the reader may do."""

    state: RoundState
    body: Body
    round: ReportingRound
    period: Period
    word: str
    tone: str
    due_words: str
    is_late: bool
    reason: str
    reason_title: str
    lock: str
    parts: tuple[PartPage, ...]
    sha256: str
    steps: tuple[StateStep, ...]
    decisions: tuple[Decision, ...]
    may_hand_in: bool

    @property
    def is_open_but_locked(self) -> bool:
        """Another round of the same period has locked its figures (wall 4)."""
        return self.state.state == RoundStateName.OPEN and self.lock != ""


def state_page(user: User, state: RoundState, today: date) -> StatePage:
    own = can_read_figures(user, state.body, today)
    reporting_round = state.reporting_round
    is_internal = state.state == RoundStateName.RETURNED and not own
    may_hand_in = ROUND.allows(HAND_IN, state.state) and can_record(user, state.body, today)
    read = newest(state) if own else outward(state)
    return StatePage(
        state=state,
        body=state.body,
        round=reporting_round,
        period=reporting_round.period,
        word=word_of(state, is_kept=read is not None),
        tone=TONES[RoundStateName(state.state)],
        due_words=last_day_words(
            reporting_round.due_on, today, is_waiting=state.state not in HANDED_IN
        ),
        is_late=is_late(state, today),
        reason="" if is_internal else state.reason,
        reason_title=_reason_title(state),
        lock=_locks(state),
        parts=tuple(_parts(state, read, own=own)),
        sha256=read.sha256 if read else "",
        steps=tuple(steps_of(history_of(state), own=own)),
        decisions=tuple(_decisions(user, state, today)),
        may_hand_in=may_hand_in,
    )


def _reason_title(state: RoundState) -> str:
    word = REOPENED if state.state == RoundStateName.OPEN else state.get_state_display()
    return f"{word} {state.changed_on}:"


def _locks(state: RoundState) -> str:
    """The first reason why a part that the round asks for cannot be written."""
    found = (
        lock_of(state.reporting_round.period, state.body, part.name)
        for part in asked_of(state.reporting_round)
    )
    return next(filter(None, found), "")


def _parts(state: RoundState, read: HandIn | None, *, own: bool) -> Iterator[PartPage]:
    """What the body's own people know of each part, and what others read of it."""
    snapshots = read_parts(read, state.body) if read else {}
    is_draft = state.state in WITH_THE_CONTROLLER
    for part in asked_of(state.reporting_round):
        rows = tuple(part.rows(snapshots[part.name])) if part.name in snapshots else ()
        shows_rows = not (own and is_draft)
        lacks = part.lacks([state])[state.pk] if own else lacked_in(part, snapshots)
        yield PartPage(
            label=part.label,
            lacks=lacks,
            hindrances=tuple(part.blocks(state)) if own and is_draft else (),
            url=part.address(state) if own else "",
            rows=worst_first(rows) if shows_rows else (),
        )


def _decisions(user: User, state: RoundState, today: date) -> Iterator[Decision]:
    for act in ROUND.possible(state.state):
        if act.name not in DECISIONS or not can_change_round(user, state, act.name, today):
            continue
        title, text, color, reason_label = DECISIONS[act.name]
        if act.name == LOCK:
            is_approved = state.state == RoundStateName.APPROVED
            text = LOCKS_APPROVED if is_approved else LOCKS_AS_THEY_ARE
        yield Decision(
            act=act.name,
            button=act.button,
            title=title,
            text=text,
            color=color,
            reason_label=reason_label,
        )


def steps_of(entries: Iterable[HistoryEntry], *, own: bool) -> list[StateStep]:
    """The changes of state, newest first, each with the reason written just after it.

    Why something was sent back within the committee is told to its ``own`` people alone.
    """
    steps: list[StateStep] = []
    reason = ""
    for entry in entries:
        if entry.field == "reason":
            reason = entry.new
        elif entry.field == "state":
            to = RoundStateName(entry.new)
            shown = own or to != RoundStateName.RETURNED
            word = REOPENED if to == RoundStateName.OPEN else str(to.label)
            steps.append(
                StateStep(at=entry.at, who=entry.actor, word=word, reason=reason if shown else "")
            )
            reason = ""
    return steps
