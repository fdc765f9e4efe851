"""The file that is read against the grid."""

from django import forms

from documents.uploads import UploadField
from exchange.grid import MAX_BYTES


class GridForm(forms.Form):
    file = UploadField(
        most_bytes=MAX_BYTES,
        label="Ifyllt utfallsark",
        help_text="Det ark som du har hämtat här, i Excel-format (.xlsx), högst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
