from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from dialogues.enums import Service
from dialogues.meetings.actions import PARAGRAPH_FIELDS
from dialogues.models import Meeting, Paragraph
from dialogues.proposals.forms import WIDE
from governance.fields import DAY, offer_rows
from governance.models import Body, Person


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    class Meta:
        model = Meeting
        fields = ("held_on", "place", "time_span", "presiding", "secretary", "verifier")
        labels = {
            "presiding": "Ordförande vid sammanträdet",
            "secretary": "Sekreterare",
            "verifier": "Justerare",
        }
        help_texts = {
            "time_span": "Till exempel kl. 09.00–11.30.",
            "verifier": "Utses av mötet. Ordföranden och justeraren får inte vara samma person.",
        }
        widgets = {"held_on": DAY}

    def __init__(self, *args: object, body: Body, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        persons = Person.objects.filter(organisation=body.organisation_id).order_by("name")
        for name in ("presiding", "secretary", "verifier"):
            offer_rows(self, name, persons)


def present_of(data: QueryDict, persons: Sequence[Person]) -> list[tuple[Person, Service]]:
    """Who took part and how: the chair first, those who were only present last."""
    present = [
        (person, Service(chosen))
        for person in persons
        if (chosen := data.get(f"service-{person.pk}", "")) in Service.values
    ]
    return sorted(present, key=lambda one: list(Service).index(one[1]))


class ParagraphForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    class Meta:
        model = Paragraph
        fields = PARAGRAPH_FIELDS
        widgets = {
            "question_order": forms.Textarea(WIDE),
            "matter": forms.Textarea({"rows": 6}),
            "supporting_documents": forms.Textarea({"rows": 3}),
            "dispatched_to": forms.Textarea({"rows": 2}),
        }
        help_texts = {
            "question_order": "I vilken ordning ordföranden ställde frågorna, och vad som blev beslutet.",
            "supporting_documents": "En handling per rad.",
            "dispatched_to": "En mottagare per rad.",
        }
