"""The typed request that every view takes, the numbers a form sends, and saving what was typed."""

from collections.abc import Callable, Sequence
from datetime import date

from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from governance.models import User
from governance.rules import Invalid, Refusal, whole_number


class AppRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
    today: date


def number_of(data: QueryDict, name: str) -> int | None:
    """A row's number; None when it is not said, 0 when what is said is no number."""
    text = data.get(name, "")
    return whole_number(text) if text else None


def numbers_of(data: QueryDict, name: str) -> set[int]:
    """The ticked rows; what is no number names no row."""
    return {number for text in data.getlist(name) if (number := whole_number(text))}


def seen_number(data: QueryDict, name: str = "version") -> int:
    """The version, step or row that the form showed; 0, which none has, for anything else."""
    return whole_number(data.get(name, ""))


def required_number(data: QueryDict, name: str = "version") -> int:
    """As ``seen_number``, where nothing but a number is ever sent: 400 for a forged one."""
    number = seen_number(data, name)
    if not number and data.get(name) != "0":
        raise BadRequest(name)
    return number


def tried(forms: BaseForm | Sequence[BaseForm], save: Callable[[], object]) -> Refusal | None:
    """Save what was typed; the reason when it cannot be. An invalid form says why by itself."""
    each = [forms] if isinstance(forms, BaseForm) else forms
    if not all([form.is_valid() for form in each]):  # noqa: C419 -- each says its errors
        return Invalid("")
    try:
        save()
    except Refusal as refusal:
        return refusal
    return None
