"""Between the pages' fields and the actions: text in, clean values out."""

from targets.forms.entry import answered, seen_version, status_of, typed_in
from targets.forms.rounds import (
    EditRoundForm,
    OpenRoundForm,
    chosen_persons,
    decided,
    wanted_state,
)

__all__ = [
    "EditRoundForm",
    "OpenRoundForm",
    "answered",
    "chosen_persons",
    "decided",
    "seen_version",
    "status_of",
    "typed_in",
    "wanted_state",
]
