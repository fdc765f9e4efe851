"""How numbers, days and times are printed; the rules live in governance.rules."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date

from governance.rules import swedish

register = template.Library()


@register.filter
def sv(value: Decimal | int | None, decimals: int | None = None) -> str:
    """A number as Swedish text; nothing for None."""
    return "" if value is None else swedish(Decimal(value), decimals)


@register.filter
def signed(value: Decimal | int | None, decimals: int | None = None) -> str:
    """As sv, with a plus on positive numbers."""
    return "" if value is None else swedish(Decimal(value), decimals, plus=True)


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-11-22"""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""


@register.filter
def longday(value: date | datetime | None) -> str:
    """22 november 2026"""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_date(value, "j F Y") if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """2026-11-22T14:32:05+01:00, for a machine"""
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """kl. 14.32"""
    return f"kl. {timezone.localtime(value):%H.%M}" if value else ""
