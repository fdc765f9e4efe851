from collections.abc import Sequence

from django import forms

from dialogues.enums import DispatchWay
from documents.enums import Finding
from documents.rules import LARGEST_UPLOAD, SUMMARY
from documents.uploads import UploadField
from governance.fields import offer_rows
from governance.models import Body


class DispatchForm(forms.Form):
    receiver = forms.ModelChoiceField(Body.objects.none(), label="Mottagare", empty_label=None)
    way = forms.ChoiceField(choices=DispatchWay.choices, label="Sätt")

    def __init__(self, *args: object, receivers: Sequence[Body], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        rows = Body.objects.filter(pk__in=[body.pk for body in receivers])
        offer_rows(self, "receiver", rows)


class UploadForm(forms.Form):
    file = UploadField(
        most_bytes=LARGEST_UPLOAD,
        label="PDF-fil",
        help_text="Protokollsutdraget eller protokollet som du vill kontrollera. Filen sparas inte.",
        error_messages={
            "required": "Välj en fil att kontrollera.",
            "empty": "Filen är tom. Välj en annan fil.",
            "too_large": SUMMARY[Finding.TOO_LARGE],
        },
    )
