"""What was handed in, as those outside the committee read it: kept bytes, never live rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from governance.models import Body
from rounds.contributions import Contribution, asked_of
from rounds.enums import RoundStateName
from rounds.models import HandIn, ReportingRound, RoundState
from rounds.rules.hand_in import Occasion

ENVELOPE = msgspec.json.Decoder(dict[str, msgspec.Raw])


def enveloped(reporting_round: ReportingRound, body: Body) -> bytes:
    """All parts that the round asks for, as they stand now; the same facts give the same bytes."""
    parts = {
        each.name: msgspec.Raw(each.snapshot(body, reporting_round.period))
        for each in asked_of(reporting_round)
    }
    return msgspec.json.encode(parts, order="deterministic")


def parts_of(content: bytes) -> dict[str, bytes]:
    """The snapshot of each part."""
    return {name: bytes(raw) for name, raw in ENVELOPE.decode(content).items()}


def newest(state: RoundState) -> HandIn | None:
    """What the body handed in last: what is approved or sent back."""
    return state.hand_ins.order_by("-pk").first()


def outward(state: RoundState) -> HandIn | None:
    """What those outside the committee read: the newest, unless it was sent back."""
    found = newest(state)
    return found.replaces if found and state.state == RoundStateName.RETURNED else found


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What those outside may read of one body and period, and where it stands in each round."""

    occasions: tuple[Occasion, ...] = ()
    parts: Mapping[str, bytes] = field(default_factory=dict)

    def part(self, name: str) -> bytes | None:
        return self.parts.get(name)


def kept_of(bodies: Collection[int], periods: Iterable[int]) -> Mapping[tuple[int, int], Kept]:
    """By (body, period), also those without a round; three queries for any number."""
    states = list(
        RoundState.objects.filter(body__in=bodies, reporting_round__period__in=list(periods))
        .select_related("reporting_round")
        .order_by("id")
    )
    read = _outward_ids(states)
    contents = HandIn.objects.in_bulk(list(read.values())) if read else {}
    occasions: dict[tuple[int, int], list[Occasion]] = defaultdict(list)
    found: dict[tuple[int, int], list[HandIn]] = defaultdict(list)
    for state in states:
        where = state.body_id, state.reporting_round.period_id
        occasions[where].append(_occasion(state, is_kept=state.pk in read))
        if state.pk in read:
            found[where].append(contents[read[state.pk]])
    kept: dict[tuple[int, int], Kept] = defaultdict(Kept)
    for where, known in occasions.items():
        kept[where] = Kept(occasions=tuple(known), parts=_newest_parts(found[where]))
    return kept


def _outward_ids(states: Iterable[RoundState]) -> dict[int, int]:
    """The hand-in that is read of each state that has one, as ``outward`` tells it."""
    by_id = {state.pk: state for state in states}
    read: dict[int, int | None] = {}
    rows = HandIn.objects.filter(state__in=list(by_id)).order_by("pk")
    for pk, state, replaces in rows.values_list("pk", "state_id", "replaces_id"):
        read[state] = replaces if by_id[state].state == RoundStateName.RETURNED else pk
    return {state: pk for state, pk in read.items() if pk is not None}


def _occasion(state: RoundState, *, is_kept: bool) -> Occasion:
    return Occasion(
        state=RoundStateName(state.state),
        changed_on=state.changed_on,
        due_on=state.reporting_round.due_on,
        is_kept=is_kept,
    )


def _newest_parts(found: Iterable[HandIn]) -> dict[str, bytes]:
    """Each part as it was handed in last, whichever of the period's rounds asked for it."""
    parts: dict[str, bytes] = {}
    for hand_in in sorted(found, key=lambda each: each.pk):
        parts |= parts_of(bytes(hand_in.content))
    return parts


def outward_parts(states: Collection[RoundState]) -> dict[int, Mapping[str, bytes]]:
    """What those outside read of each state, by state; two queries for any number."""
    read = _outward_ids(states) if states else {}
    contents = HandIn.objects.in_bulk(list(read.values())) if read else {}
    return {state: parts_of(bytes(contents[pk].content)) for state, pk in read.items()}


def lacked_in(part: Contribution, snapshots: Mapping[str, bytes]) -> str | None:
    """What was missing when the part was handed in; None of a draft."""
    if part.name not in snapshots:
        return None
    missing = sum(row.is_missing for row in part.rows(snapshots[part.name]))
    return f"{missing} {part.noun}" if missing else ""
