"""Telling on the page that a figure has changed since it was approved."""

from collections.abc import Container, Iterable

from django import template

from governance.rules import FigureRef

register = template.Library()


@register.filter
def touched_by(sources: Iterable[FigureRef], changed: Container[FigureRef]) -> bool:
    """True when any of the rows has another version now."""
    return any(source in changed for source in sources)
