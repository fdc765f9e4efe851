"""Handing in, approving, sending back, locking and reopening: a body's walk through a round."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from documents.actions import tell
from governance import history
from governance.enums import ChangeKind
from governance.models import User
from governance.refusals import atomic
from governance.rules import Invalid, Stale
from governance.states import move
from governance.writing import add
from rounds.actions.locks import holding
from rounds.contributions import Hindrance, asked_of
from rounds.enums import APPROVE, HAND_IN, LOCK, WITH_THE_CONTROLLER
from rounds.models import HandIn, RoundState
from rounds.queries.hand_ins import enveloped, newest, outward
from rounds.states import ROUND


class Blocked(Invalid):
    """What must be mended before the body can hand in; ``hindrances`` says where."""

    def __init__(self, hindrances: Sequence[Hindrance]) -> None:
        self.hindrances = tuple(hindrances)
        super().__init__(" ".join(dict.fromkeys(each.words for each in hindrances)))


@atomic()
def hand_in(*, state: RoundState, by: User, today: date, seen: int) -> HandIn:
    """The controller hands in all parts that the round asks for; from then on they are locked.

    Raises Blocked, WrongState or Stale.
    """
    held = _held(state)
    replaces = outward(held)
    _take(held, HAND_IN, by=by, today=today, seen=seen)
    if hindrances := hindrances_of(held):
        raise Blocked(hindrances)
    return keep_figures(held, replaces=replaces, by=by, today=today)


def hindrances_of(state: RoundState) -> list[Hindrance]:
    return [each for part in asked_of(state.reporting_round) for each in part.blocks(state)]


@atomic()
def decide(
    *,
    state: RoundState,
    act: str,
    by: User,
    today: date,
    seen: int,
    reason: str = "",
    shown: str = "",
) -> RoundState:
    """Approve, send back, lock or reopen; ``shown`` is the sha256 of what the approver saw.

    A reason stands in the row until the next act and in the history for good. Raises WrongState,
    Invalid without a due reason, Stale when someone was first or something else was handed in.
    """
    held = _held(state)
    if act == APPROVE:
        _check_shown(held, shown)
    _decide(held, act, by=by, today=today, seen=seen, reason=reason)
    if act == APPROVE:
        told = {"sha256": ("", shown)}
        history.record(row=held, told=told, by=by, kind=ChangeKind.ACT)
    return held


def lock_all(states: Iterable[RoundState], *, by: User, today: date) -> None:
    """Lock states of one period that the caller holds."""
    for held in states:
        _decide(held, LOCK, by=by, today=today, seen=held.version)


def _held(state: RoundState) -> RoundState:
    return holding([state.body_id], state.reporting_round.period)[state.pk]


def _decide(
    held: RoundState, act: str, *, by: User, today: date, seen: int, reason: str = ""
) -> None:
    """A body that had not handed in is locked with its figures as they are: they are kept too."""
    keeps = act == LOCK and held.state in WITH_THE_CONTROLLER
    replaces = outward(held) if keeps else None
    _take(held, act, by=by, today=today, seen=seen, reason=reason)
    if keeps:
        keep_figures(held, replaces=replaces, by=by, today=today)


def _take(
    held: RoundState, act: str, *, by: User, today: date, seen: int, reason: str = ""
) -> None:
    values = {"changed_on": today, "changed_by": str(by), "reason": reason.strip()}
    move(held, ROUND, act, by=by, seen=seen, values=values, reason=reason)
    tell(held, ROUND, act, by=by)


def keep_figures(
    held: RoundState, *, replaces: HandIn | None, by: User | None, today: date | None
) -> HandIn:
    """The history tells the act itself."""
    content = enveloped(held.reporting_round, held.body)
    made = HandIn(
        state=held,
        replaces=replaces,
        made_on=today,
        made_by=str(by) if by else "",
        content=content,
        sha256=sha256(content).hexdigest(),
    )
    return add(made, by=by, told={})


def _check_shown(held: RoundState, shown: str) -> None:
    found = newest(held)
    if (found.sha256 if found else "") != shown:
        raise Stale(
            "Nämnden har lämnat in på nytt sedan du öppnade sidan. Läs det som är inlämnat nu "
            "och godkänn sedan."
        )


@atomic()
def keep_what_came_locked(organisations: Iterable[int]) -> int:
    """Keep the figures of bodies whose round a governance file has loaded as locked; how many."""
    states = RoundState.objects.filter(
        body__organisation__in=list(organisations),
        state=ROUND.named(LOCK).target,
        hand_ins=None,
    ).select_related("reporting_round__period", "body__organisation")
    found = list(states.order_by("pk"))
    for state in found:
        keep_figures(state, replaces=None, by=None, today=None)
    return len(found)
