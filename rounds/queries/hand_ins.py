"""What was handed in, as those outside the committee read it: kept bytes, never live rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import msgspec
from django.db.models import Exists, OuterRef

from figures.memo import each_remembered
from governance.declarations import declared
from governance.models import Body, Period
from governance.queries import Marked, marked_rows
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


def parts_of(content: bytes, marked: Marked = frozenset()) -> dict[str, bytes]:
    """The snapshot of each part, without what is marked secret since."""
    parts = {name: bytes(raw) for name, raw in ENVELOPE.decode(content).items()}
    if marked:
        for each in declared(Contribution):
            if each.name in parts:
                parts[each.name] = each.withhold(parts[each.name], marked)
    return parts


def read_parts(hand_in: HandIn, body: Body) -> dict[str, bytes]:
    return parts_of(bytes(hand_in.content), marked_rows([body.pk])[body.pk])


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
    """By (body, period), also those without a round; two queries for any number, and one for bytes
    that have not been read before."""
    states = list(
        RoundState.objects.filter(body__in=bodies, reporting_round__period__in=list(periods))
        .select_related("reporting_round")
        .order_by("id")
    )
    read = _outward(states)
    contents = _parts(list(read.values()))
    occasions: dict[tuple[int, int], list[Occasion]] = defaultdict(list)
    found: dict[tuple[int, int], list[Stored]] = defaultdict(list)
    for state in states:
        where = state.body_id, state.reporting_round.period_id
        occasions[where].append(_occasion(state, is_kept=state.pk in read))
        if state.pk in read:
            found[where].append(read[state.pk])
    kept: dict[tuple[int, int], Kept] = defaultdict(Kept)
    for where, known in occasions.items():
        parts: dict[str, bytes] = {}
        # Each part as it was handed in last, whichever of the period's rounds asked for it.
        for stored in sorted(found[where], key=lambda each: each[0]):
            parts |= contents[stored]
        kept[where] = Kept(occasions=tuple(known), parts=parts)
    return kept


def reported_periods(periods: Iterable[Period]) -> dict[int, bool]:
    """Of each period with a round, whether those outside read anything handed in for it."""
    read = HandIn.objects.filter(state__reporting_round__period=OuterRef("period")).exclude(
        state__state=RoundStateName.RETURNED, replaces=None
    )
    rounds = ReportingRound.objects.filter(period__in=[each.pk for each in periods])
    return dict(rounds.annotate(is_read=Exists(read)).values_list("period_id", "is_read"))


# A hand-in's id, the sha256 of its bytes and what of them is marked secret since.
Stored = tuple[int, str, Marked]


def _outward(states: Iterable[RoundState]) -> dict[int, Stored]:
    """The hand-in that is read of each state that has one, as ``outward`` tells it."""
    by_id = {state.pk: state for state in states}
    sha256s: dict[int, str] = {}
    read: dict[int, int | None] = {}
    rows = HandIn.objects.filter(state__in=list(by_id)).order_by("pk")
    for pk, state, replaces, sha256 in rows.values_list("pk", "state_id", "replaces_id", "sha256"):
        sha256s[pk] = sha256
        read[state] = replaces if by_id[state].state == RoundStateName.RETURNED else pk
    marked = marked_rows({state.body_id for state in by_id.values()}) if read else {}
    return {
        state: (pk, sha256s[pk], marked[by_id[state].body_id])
        for state, pk in read.items()
        if pk is not None
    }


@each_remembered("a hand-in's id and sha256, and what is marked; the row is insert-only", size=512)
def _parts(stored: Collection[Stored]) -> dict[Stored, Mapping[str, bytes]]:
    rows = HandIn.objects.filter(pk__in=[pk for pk, _sha256, _marked in stored])
    contents = {pk: bytes(content) for pk, content in rows.values_list("pk", "content")}
    return {each: parts_of(contents[each[0]], each[2]) for each in stored}


def _occasion(state: RoundState, *, is_kept: bool) -> Occasion:
    return Occasion(
        state=RoundStateName(state.state),
        changed_on=state.changed_on,
        due_on=state.reporting_round.due_on,
        is_kept=is_kept,
        reason=state.reason if state.state == RoundStateName.OPEN else "",
    )


def outward_parts(states: Collection[RoundState]) -> dict[int, Mapping[str, bytes]]:
    """What those outside read of each state, by state; as many queries as ``kept_of``."""
    read = _outward(states) if states else {}
    contents = _parts(list(read.values()))
    return {state: contents[stored] for state, stored in read.items()}


def lacked_in(part: Contribution, snapshots: Mapping[str, bytes]) -> str | None:
    """What was missing when the part was handed in; None of a draft."""
    if part.name not in snapshots:
        return None
    missing = sum(row.is_missing for row in part.rows(snapshots[part.name]))
    return f"{missing} {part.noun}" if missing else ""
