"""What goes on into the next plan year, and what its rows are called there. Pure."""

import re
from collections.abc import Collection
from datetime import date

from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Nature

ENDED = {AssignmentStatus.DONE.value, AssignmentStatus.CANCELLED.value}
GOES_ON = {ActivityStatus.ONGOING.value, ActivityStatus.DONE_CONTINUES.value}


def node_continues(
    *, nature: Nature, is_multi_year: bool, status: str, counts_as: Attainment
) -> bool:
    """Whether a node is proposed for the next year, from the last that was reported of it.

    An assignment goes on unless it is wholly done or cancelled: "årets del har genomförts" says
    that more years remain (domain.md 2.3). A goal goes on unless it was achieved and is not
    multi-year. A heading goes on only with what stands beneath it.
    """
    if nature == Nature.HEADING:
        return False
    if nature == Nature.ASSIGNMENT:
        return status not in ENDED
    return is_multi_year or counts_as != Attainment.ACHIEVED


def activity_continues(status: str) -> bool:
    """ "Pågår" and "Genomförd och fortsätter" go on; what is only planned is chosen by hand."""
    return status in GOES_ON


def key_of_next(key: str, year: int, taken: Collection[str] = ()) -> str:
    """plan-2025 becomes plan-2026; a key without the year gets the next one at its end."""
    renamed = re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), key)
    renamed = renamed if renamed != key else f"{key}-{year + 1}"
    return renamed if renamed not in taken else f"{renamed}-ny"


def name_of_next(name: str, year: int) -> str:
    """Verksamhetsplan 2025 becomes Verksamhetsplan 2026."""
    renamed = re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), name)
    return renamed if renamed != name else f"{name} {year + 1}"


def ends_later(ends_on: date | None, year: int) -> date | None:
    """The day an activity ends, where it still lies ahead of the old year."""
    return ends_on if ends_on and ends_on.year > year else None
