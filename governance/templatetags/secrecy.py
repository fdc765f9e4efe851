"""The way from a row on a page to its secrecy mark, for those who may set one."""

from typing import Any

from django import template

from governance.models import Body
from governance.permissions import marks_secrecy

register = template.Library()


@register.inclusion_tag("governance/_secrecy_link.html", takes_context=True)
def secrecy(
    context: template.Context, label: str, pk: int | None, body: Body | None, of: str = ""
) -> dict[str, Any]:
    """A link for the row ("targets.Goal", 12) of the body; ``of`` says which row where a page has
    several, and makes it a plain link."""
    request = context["request"]
    may = (
        pk is not None
        and body is not None
        and marks_secrecy(request.user, body, label, request.today)
    )
    return {"row": f"{label}-{pk}" if may else "", "of": of}
