"""The details of one value: text in, clean values out."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from documents.uploads import UploadField
from figures.enums import ValueScope
from figures.rules.numbers import read_number
from figures.rules.words import read_comment
from governance.fields import WholeNumberField, day_field
from governance.rules import Invalid, decimals_of
from targets.indicators.rules.value_range import limits_of
from targets.outcomes.queries.outcome_page import OutcomePage
from targets.outcomes.rules.details import (
    OF_THE_UNITS,
    Contradiction,
    Details,
    check_details,
    detail_text,
)
from targets.outcomes.rules.evidence import MAX_BYTES, UnfitFile, file_type

AS_TEXT = ("numerator", "denominator", "restated_number")


class AmountField(forms.CharField):
    """A number as Swedes write it; empty is None."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: object) -> Decimal | None:
        text = super().clean(value)
        try:
            return read_number(text, unit_label="") if text else None
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from None


class DetailsForm(forms.Form):
    all_optional = True  # said once, not at each field
    numerator = AmountField(label="Täljare", required=False, max_length=30)
    denominator = AmountField(label="Nämnare", required=False, max_length=30)
    group_size = WholeNumberField(
        label="Gruppens storlek",
        required=False,
        min_value=0,
        help_text="Antal personer bakom värdet.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    scope = forms.ChoiceField(label="Omfattning", choices=ValueScope.choices)
    measured_on = day_field("Mätt", "Dagen värdet mättes, om den är känd.")
    is_carried_forward = forms.BooleanField(
        label="Värdet kommer från en tidigare mätning", required=False
    )
    is_stated = forms.BooleanField(
        label="Uppgivet värde: återgivet som det lämnades, utan känt underlag", required=False
    )
    source = forms.CharField(label="Källa", required=False, max_length=200)
    comment = forms.CharField(
        label="Kommentar",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    restated_number = AmountField(
        label="Omräknat jämförelsevärde",
        required=False,
        max_length=30,
        help_text="Föregående periods värde, när det har räknats om.",
    )
    restated_note = forms.CharField(label="Skäl till omräkningen", required=False, max_length=200)

    def __init__(self, data: Any = None, *, page: OutcomePage, today: date) -> None:
        self.page, self.today = page, today
        self.details = page.details
        super().__init__(data, initial=_initial(page.details))
        if page.address.indicator.hides_small_groups:
            self.fields["group_size"].help_text += " Tio eller färre redovisas inte."
        if page.is_rolled_up:
            for name in OF_THE_UNITS:
                del self.fields[name]

    def clean_comment(self) -> str:
        try:
            return read_comment(self.cleaned_data["comment"])
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from None

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or self.cleaned_data)
        if self.errors:
            return cleaned
        restated: Decimal | None = cleaned["restated_number"]
        cleaned["restated_decimals"] = None if restated is None else decimals_of(restated)
        cleaned["scope"] = ValueScope(cleaned["scope"])
        self.details = Details(**{**vars(self.page.details), **cleaned})
        try:
            check_details(
                self.details,
                limits=limits_of(self.page.address.indicator),
                today=self.today,
            )
        except Contradiction as refusal:
            for name, problem in refusal.problems.items():
                self.add_error(name if name in self.fields else None, problem)
        return cleaned


def _initial(details: Details) -> dict[str, Any]:
    return {**vars(details), **{name: detail_text(details, name) for name in AS_TEXT}}


class EvidenceForm(forms.Form):
    """One file; what it is follows from its bytes."""

    file = UploadField(
        most_bytes=MAX_BYTES,
        label="Fil",
        help_text="PDF, bild (PNG eller JPEG) eller Excel, högst 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.xlsx"}),
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        try:
            self.data_read = file.read()
            self.filename = file.name or ""
            file_type(self.data_read)
        except UnfitFile as refusal:
            raise forms.ValidationError(refusal.message) from None
        return file
