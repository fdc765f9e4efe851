"""The form field of an uploaded file: its size is checked before a byte of it is read."""

from typing import Any

from django import forms

MEGABYTE = 1024 * 1024


class UploadField(forms.FileField):
    """A file of at most ``most_bytes``."""

    widget = forms.FileInput

    def __init__(self, *, most_bytes: int, **options: Any) -> None:
        self.most_bytes = most_bytes
        messages = {
            "required": "Välj en fil.",
            "empty": "Filen är tom.",
            "too_large": f"Filen är större än {most_bytes // MEGABYTE} MB.",
            **options.pop("error_messages", {}),
        }
        super().__init__(error_messages=messages, **{"max_length": 255, **options})

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is not None and (file.size or 0) > self.most_bytes:
            raise forms.ValidationError(self.error_messages["too_large"], code="too_large")
        return file
