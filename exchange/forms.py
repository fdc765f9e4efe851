"""The file that is read against the grid."""

from django import forms


class GridForm(forms.Form):
    file = forms.FileField(
        label="Ifyllt utfallsark",
        help_text="Det ark som du har hämtat här, i Excel-format (.xlsx), högst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Välj en fil.", "empty": "Filen är tom."},
        max_length=255,
    )
