"""Between the pages' fields and the actions: text in, clean values out."""

from targets.forms.details import DetailsForm, EvidenceForm
from targets.forms.entry import (
    answered,
    answered_page,
    sent_keys,
    status_of,
    typed_in,
)
from targets.forms.indicators import (
    CategoriesForm,
    DefinitionForm,
    IndicatorForm,
    SearchForm,
    sought,
    targets_of,
    typed_target,
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
)

__all__ = [
    "ActivityForm",
    "AreaForm",
    "CategoriesForm",
    "DefinitionForm",
    "DetailsForm",
    "EvidenceForm",
    "GoalForm",
    "IndicatorForm",
    "JudgementForm",
    "PlaceForm",
    "SearchForm",
    "StatusForm",
    "answered",
    "answered_page",
    "form_of_activity",
    "form_of_goal",
    "sent_keys",
    "sought",
    "status_of",
    "targets_of",
    "typed_in",
    "typed_target",
]
