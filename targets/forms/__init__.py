"""Between the pages' fields and the actions: text in, clean values out."""

from targets.forms.details import DetailsForm, EvidenceForm, history_entry
from targets.forms.entry import (
    answered,
    answered_page,
    seen_version,
    sent_keys,
    status_of,
    typed_in,
)
from targets.forms.planning import (
    ActivityForm,
    AreaForm,
    GoalForm,
    JudgementForm,
    PlaceForm,
    StatusForm,
    form_of_activity,
    form_of_goal,
    number_of,
    numbers_of,
    tried,
)
from targets.forms.rounds import (
    EditRoundForm,
    OpenRoundForm,
    chosen_persons,
    decided,
    wanted_state,
)

__all__ = [
    "ActivityForm",
    "AreaForm",
    "DetailsForm",
    "EditRoundForm",
    "EvidenceForm",
    "GoalForm",
    "JudgementForm",
    "OpenRoundForm",
    "PlaceForm",
    "StatusForm",
    "answered",
    "answered_page",
    "chosen_persons",
    "decided",
    "form_of_activity",
    "form_of_goal",
    "history_entry",
    "number_of",
    "numbers_of",
    "seen_version",
    "sent_keys",
    "status_of",
    "tried",
    "typed_in",
    "wanted_state",
]
