"""The fields of a form that every app draws alike: a day, and rows or words to choose among."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from governance.rules import parse_swedish, whole_number

# Text, not the browser's own control: that one speaks the browser's language and has its order of
# day and month. Django's Swedish forms would read 03/04/2026 as 4 March.
DAY = forms.DateInput(attrs={"placeholder": "åååå-mm-dd", "autocomplete": "off"}, format="%Y-%m-%d")
DAYS_READ = ("%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d.%m.%Y")


class WholeNumberField(forms.IntegerField):
    """A whole number as Swedes write it: Django takes the digits of any script."""

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            number = parse_swedish(str(value))
        except ValueError:
            number = Decimal("NaN")
        if "%" in str(value) or not number.is_finite() or number != number.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(number)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Ticked rows; a number too large for any row is no choice of ours: SQLite cannot be asked."""

    def clean(self, value: list[str] | None) -> models.QuerySet[models.Model]:
        for each in value or ():
            if not whole_number(each):
                words = self.error_messages["invalid_pk_value"]
                raise ValidationError(words, code="invalid_pk_value", params={"pk": each})
        return super().clean(value)


def day_field(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=DAY,
        help_text=help_text,
        input_formats=DAYS_READ,
        error_messages={"invalid": "Skriv dagen som år-månad-dag, till exempel 2026-03-12."},
    )


def offer_rows(
    form: forms.BaseForm,
    name: str,
    rows: Any,  # a queryset of whatever the field chooses among
    label: Callable[[Any], str] | None = None,
    empty: str | None = None,
) -> None:
    """Let a field choose among these rows alone: another committee's are not found."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- a field of rows
    field.queryset = rows
    if label is not None:
        field.label_from_instance = label  # type: ignore[assignment]  # Django's own hook
    if empty is not None:
        field.empty_label = empty
    elif field.empty_label:
        field.empty_label = "Välj"  # never Django's row of dashes


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let a field choose among these (value, words), in groups or not."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- a field of choices
    field.choices = list(choices)
