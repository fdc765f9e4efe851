"""What every template prints, on screen and on paper, passes here."""

from typing import Any

from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template
from django.utils.safestring import SafeString, mark_safe

from governance.rules import kept_together


class KeptTogether(Template):
    """A page whose numbers keep their units, and whose days their months."""

    def render(
        self, context: dict[str, Any] | None = None, request: HttpRequest | None = None
    ) -> SafeString:
        return mark_safe(kept_together(super().render(context, request)))  # noqa: S308 -- spaces alone


class Templates(DjangoTemplates):
    def get_template(self, template_name: str) -> Template:
        found = super().get_template(template_name)
        return KeptTogether(found.template, self) if ".html" in template_name else found
