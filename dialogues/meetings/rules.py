"""From points and motions to a decision, and the order in which the questions are put. Pure.

Sources: kommunallagen (2017:725) 5:65-69 and 6:35; JO 3339-2013 (a verification may not change
what was decided); domain.md 1.1 and 1.3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

import msgspec

from dialogues.enums import MotionOutcome
from dialogues.proposals.rules import Point


def motion_field(position: int) -> str:
    """What the paragraph's history calls the motion."""
    return f"yrkande {position}"


class PointChange(Enum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True, kw_only=True)
class Motion:
    key: str
    text: str
    mover: str
    outcome: MotionOutcome
    by_presiding: bool = False


@dataclass(frozen=True, kw_only=True)
class Difference:
    change: PointChange
    key: str
    text: str
    was: str = ""


def derive_decision(*, points: Sequence[Point], motions: Sequence[Motion]) -> list[Point]:
    """The decision: the main proposal's points in their order, then each carried addition.

    A rejected, withdrawn or unsettled motion never leaves a point; ids survive (KL 5:67 p. 4).
    Raises ValueError when two carry the same id.
    """
    carried = [
        Point(key=motion.key, text=motion.text)
        for motion in motions
        if motion.outcome == MotionOutcome.CARRIED
    ]
    decided = [*points, *carried]
    if len({point.key for point in decided}) != len(decided):
        raise ValueError("two points have the same id")
    return decided


def difference(*, proposed: Sequence[Point], decided: Sequence[Point]) -> list[Difference]:
    """What became of each proposed point and which points came at the table, by id."""
    before = {point.key: point.text for point in proposed}
    after = {point.key for point in decided}
    lines = []
    for point in decided:
        was = before.get(point.key)
        if was is None:
            change = PointChange.ADDED
        else:
            change = PointChange.KEPT if was == point.text else PointChange.REWORDED
        lines.append(Difference(change=change, key=point.key, text=point.text, was=was or ""))
    lines += [
        Difference(change=PointChange.REMOVED, key=point.key, text=point.text, was=point.text)
        for point in proposed
        if point.key not in after
    ]
    return lines


def motions_as_written(motions: Iterable[Motion]) -> list[Motion]:
    """Yrkanden in the protocol: those put and not withdrawn, rejected ones too (KL 5:67 p. 1)."""
    return [motion for motion in motions if motion.outcome != MotionOutcome.WITHDRAWN]


def question_order(*, presiding: str, body: str, motions: Sequence[Motion]) -> str:
    """A draft of the order of questions; the secretary edits it (KL 5:67 p. 2).

    The main proposal first, additions last and each by its outcome. The person is named once
    and needs no gender: "sina egna tilläggsyrkanden".
    """
    written = motions_as_written(motions)
    carried = [motion for motion in written if motion.outcome == MotionOutcome.CARRIED]
    rejected = [motion for motion in written if motion.outcome == MotionOutcome.REJECTED]
    put = f"Ordförande {presiding} ställer proposition på liggande förslag"
    if not written:
        return f"{put} och finner att {body} beslutar enligt detta."
    own = all(motion.by_presiding for motion in written)
    one = len(written) == 1
    if own:
        put += " samt sitt eget tilläggsyrkande" if one else " samt sina egna tilläggsyrkanden"
    else:
        put += " samt tilläggsyrkandet" if one else " samt tilläggsyrkandena vart för sig"
    if not rejected:
        return f"{put} och finner att {body} beslutar enligt dessa."
    if not carried:
        return (
            f"{put} och finner att {body} beslutar enligt liggande förslag "
            f"och avslår {'yrkandet' if one else 'yrkandena'}."
        )
    return (
        f"{put} och finner att {body} beslutar enligt liggande förslag, "
        f"bifaller {len(carried)} och avslår {len(rejected)} av tilläggsyrkandena."
    )


def motions_sha256(*, presiding: str, motions: Iterable[Motion]) -> str:
    """What an order of questions was written for: who presided, each motion and what became of it.

    When it differs from what was kept with the order, the order may say the opposite of the
    decision and is confirmed or drafted anew.
    """
    facts = [presiding, *([motion.key, motion.outcome.value] for motion in motions)]
    return sha256(msgspec.json.encode(facts)).hexdigest()
