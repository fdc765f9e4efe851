"""Who was first. Pure."""

from datetime import datetime

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
