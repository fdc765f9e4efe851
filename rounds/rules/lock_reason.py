"""Why a period cannot be written, in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

CLOSED = "Låst: perioden är avslutad. Regionkontoret kan öppna den igen."


@dataclass(frozen=True, kw_only=True)
class Lock:
    """One reporting round that has left the controller's hands, in words."""

    word: str
    on: date | None
    by: str


def lock_reason(locks: Iterable[Lock]) -> str:
    """ "Låst: inlämnad 2026-02-10 av Karin Lund." from the first lock; empty when none."""
    lock = next(iter(locks), None)
    if lock is None:
        return ""
    when = f" {lock.on.isoformat()}" if lock.on else ""
    who = f" av {lock.by}" if lock.by else ""
    word = lock.word.lower()
    if word == "låst" and not when and not who:
        return CLOSED
    return f"Låst{when}{who}." if word == "låst" else f"Låst: {word}{when}{who}."


def return_reason(*, on: date | None, by: str, reason: str) -> str:
    """ "Skickad tillbaka 2026-02-11 av Karin Lund: Kommentera ..." """
    when = f" {on.isoformat()}" if on else ""
    who = f" av {by}" if by else ""
    return f"Skickad tillbaka{when}{who}: {reason}" if reason else f"Skickad tillbaka{when}{who}."
