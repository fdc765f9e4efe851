"""Which template prints a block: its kind says."""

from django import template

from reports.blocks.base import Block
from reports.blocks.kinds import template_of

register = template.Library()


@register.filter
def printed_by(block: Block) -> str:
    return template_of(block)
