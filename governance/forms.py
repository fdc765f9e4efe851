"""Between the page of a secrecy mark and its actions."""

from django import forms
from django.http import QueryDict

from governance.actions import LegalGround
from governance.fields import RowsField, WholeNumberField, day_field, offer_rows
from governance.models import Body, Person
from governance.queries import named_readers

LAW = "offentlighets- och sekretesslagen"
MOST_CHAPTERS = 99


class ReviewForm(forms.Form):
    review_on = day_field("Omprövas senast", "Då påminns ni i Att göra.", required=True)


class SecrecyForm(ReviewForm):
    """The ground as data, why, who reads and when that is tried anew."""

    chapter = WholeNumberField(label="Kapitel", min_value=1, max_value=MOST_CHAPTERS)
    section = forms.CharField(
        label="Paragraf", max_length=10, help_text="Till exempel 8 eller 2 a."
    )
    law = forms.CharField(label="Lag", max_length=120, initial=LAW)
    reason = forms.CharField(
        label="Skäl",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Varför uppgiften omfattas. Skriv inte själva uppgiften här.",
    )
    readers = RowsField(
        label="Får läsa uppgiften",
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Bara de som väljs här. Räkna in dig själv om du ska läsa den.",
    )
    field_order = ("chapter", "section", "law", "reason", "review_on", "readers")

    def __init__(self, data: QueryDict | None, *, body: Body) -> None:
        super().__init__(data)
        offer_rows(self, "readers", named_readers(body))

    @property
    def ground(self) -> LegalGround:
        named = {name: self.cleaned_data[name] for name in ("law", "chapter", "section")}
        return LegalGround(**named)
