"""The file that is read against the grid."""

from django import forms

from documents.uploads import UploadField

MOST_BYTES = 5 * 1024 * 1024


class GridForm(forms.Form):
    file = UploadField(
        most_bytes=MOST_BYTES,
        label="Ifyllt utfallsark",
        help_text="Det ark som du har hämtat här, i Excel-format (.xlsx), högst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
