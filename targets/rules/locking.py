"""Who was first, and why a period cannot be written. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from governance.rules import Stale


class StaleOutcome(Stale):
    """Somebody else wrote the value first; both values go with the refusal."""

    def __init__(
        self, *, typed: str, theirs: str, version: int, was: str, who: str, at: datetime | None
    ) -> None:
        self.typed, self.theirs, self.version = typed.strip(), theirs, version
        super().__init__(
            f"{_what_happened(theirs=theirs, was=was, who=who, at=at)} "
            f"Du skrev {self.typed or 'inget värde'}."
        )


class StaleComment(Stale):
    """Somebody else changed the comment first; both texts go with the refusal."""

    def __init__(self, *, typed: str, theirs: str, who: str, at: datetime | None) -> None:
        self.typed, self.theirs = typed, theirs
        changed = "tog bort kommentaren" if not theirs else "ändrade kommentaren"
        said = f" till ”{theirs}”" if theirs else ""
        happened = (
            f"Kommentaren har ändrats{said} sedan du öppnade sidan."
            if at is None
            else f"{who} {changed}{said} kl. {at:%H.%M}."
        )
        super().__init__(f"{happened} Du skrev {f'”{typed}”' if typed else 'ingen kommentar'}.")


def _what_happened(*, theirs: str, was: str, who: str, at: datetime | None) -> str:
    """``at`` is a local instant; without one nobody is named."""
    if at is None:
        return f"Värdet har ändrats till {theirs or 'tomt'} sedan du öppnade sidan."
    clock = f"kl. {at:%H.%M}"
    if not theirs:
        return f"{who} tog bort {was} {clock}."
    return (
        f"{who} ändrade {was} till {theirs} {clock}." if was else f"{who} skrev {theirs} {clock}."
    )


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
    return f"Låst{when}{who}." if word == "låst" else f"Låst: {word}{when}{who}."


def return_reason(*, on: date | None, by: str, reason: str) -> str:
    """ "Skickad tillbaka 2026-02-11 av Karin Lund: Kommentera ..." """
    when = f" {on.isoformat()}" if on else ""
    who = f" av {by}" if by else ""
    return f"Skickad tillbaka{when}{who}: {reason}" if reason else f"Skickad tillbaka{when}{who}."
