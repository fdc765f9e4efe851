"""The typed request that every view takes, the numbers a form sends, and saving what was typed."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.db.models import Model
from django.forms import BaseForm, ChoiceField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from governance.history import HistoryEntry, history_of
from governance.models import User
from governance.rules import Invalid, Refusal, Stale, whole_number, word_difference
from governance.writing import new_token

T = TypeVar("T")
TOKEN = re.compile("[0-9a-f]{12}")


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


def token_of(data: QueryDict) -> str:
    """What the form was drawn with, so that the same form sent twice makes one row."""
    given = data.get("token", "")
    return given if TOKEN.fullmatch(given) else new_token()


def page_behind(request: HttpRequest) -> str:
    """The page of ours that an act was done from; "" where the browser does not say."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return ""
    path = urlsplit(page)._replace(scheme="", netloc="").geturl()
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def typed_texts(request: HttpRequest) -> list[str]:
    """The texts of a form that could not be taken, to be copied from the page that says so: what
    people write has blanks, what a form carries has none. A password is nobody's to show."""
    return [
        text
        for name, texts in request.POST.lists()
        if "password" not in name
        for text in texts
        if re.search(r"\S\s+\S", text)
    ]


def tried(save: Callable[[], T], *forms: BaseForm) -> T | Refusal:
    """Do what the form asks for: its result, or the reason why not, for the page to tell beside what
    was typed. An invalid form says why by itself."""
    if not all([form.is_valid() for form in forms]):  # noqa: C419 -- each says its errors
        return Invalid("")
    try:
        return save()
    except Refusal as refusal:
        return refusal


def posted(
    request: HttpRequest, save: Callable[[], HttpResponse], *forms: BaseForm
) -> HttpResponse | Refusal | None:
    """What ``save`` answers to a form that was sent, or why it could not be done; None for a page
    that is only read."""
    return tried(save, *forms) if request.method == "POST" else None


def status_of(refusal: Refusal | None) -> int:
    """The status of a page that tells this refusal, or none."""
    return refusal.status if refusal else 200


def version_to_carry(data: QueryDict, now: int, refusal: Refusal | None) -> int:
    """The version a form is drawn with: what was posted, but after a conflict, or before anything
    was posted, the one that stands: to save again is then a choice."""
    return now if refusal is None or isinstance(refusal, Stale) else seen_number(data)


def is_question(request: AppRequest) -> bool:
    """A window that is come back to asks, with an empty post, whether it may still be written in."""
    return bool(request.htmx) and not request.POST


def lock_told(lock: str) -> HttpResponse:
    """The answer to it: why not, or "" where it may."""
    return HttpResponse(lock, status=409 if lock else 200)


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """A field of a form that saves itself, by its name or id: what stands now, and what was typed;
    where it is a choice, in the words of its ``options``."""

    name: str
    label: str
    text: str
    typed: str
    options: Mapping[object, object] = field(default_factory=dict)

    @property
    def difference(self) -> list[tuple[str, str]]:
        text, typed = (str(self.options.get(each, each)) for each in (self.text, self.typed))
        return word_difference(text, typed)


@dataclass(frozen=True, kw_only=True)
class StoredForm:
    """What stands after a save that somebody was before: the version, who and when by the history,
    and the fields that are not as they were typed."""

    version: int
    theirs: Iterable[Theirs]
    last: HistoryEntry | None = None

    @property
    def words(self) -> str:
        if self.last is None:
            return "Texten har ändrats i ett annat fönster, medan du skrev."
        at = timezone.localtime(self.last.at)
        return f"{self.last.actor} ändrade texten kl. {at:%H.%M}, medan du skrev."


def autosaved(
    request: AppRequest,
    saved: int | Refusal,
    standing: Callable[[], StoredForm],
    *forms: BaseForm,
) -> HttpResponse:
    """The answer to the script of a form that saves itself: its version, or why it is not saved;
    the fields keep what was typed. Where somebody was first, with both texts to choose between."""
    if not isinstance(saved, Refusal):
        return HttpResponse(render_to_string("components/saved_text.html", {"version": saved}))
    if isinstance(saved, Stale):
        stands = standing()
        if stands.version != seen_number(request.POST):
            theirs = [each for each in stands.theirs if _plain(each.text) != _plain(each.typed)]
            context = {"standing": stands, "theirs": theirs}
            # Without the request: a fragment has no menu, and a save should not gather one.
            html = render_to_string("components/conflict.html", context)
            return HttpResponse(html, status=saved.status)
    words = saved.message
    if not isinstance(saved, Invalid | Stale):
        words += " Kopiera det du skrev om du vill ha det kvar."
    words = words or " ".join(
        f"{form.fields[name].label}: {error}"
        for form in forms
        for name, errors in form.errors.items()
        for error in errors
    )
    return HttpResponse(format_html("<span>{}</span>", words), status=saved.status)


def told(
    request: AppRequest,
    answer: HttpResponse | Refusal | None,
    standing: Callable[[], StoredForm],
    form: BaseForm,
) -> HttpResponse | Refusal | None:
    """What a posted form came to; to the script of one that saves itself a refusal is an answer."""
    if isinstance(answer, Refusal) and request.htmx:
        return autosaved(request, answer, standing, form)
    return answer


def form_stands(form: BaseForm, row: Model) -> StoredForm:
    """The row, read again, beside what was typed in a form with fields named as its columns."""
    row.refresh_from_db()
    theirs = [
        Theirs(
            name=name,
            label=str(form[name].label),
            text=str(getattr(row, name)),
            typed=form.data.get(name, ""),
            options=dict(each.choices) if isinstance(each, ChoiceField) else {},  # type: ignore[arg-type]  # pairs
        )
        for name, each in form.fields.items()
        if not each.widget.is_hidden
    ]
    last = next((entry for entry in history_of(row) if entry.field), None)
    return StoredForm(version=row.version, theirs=theirs, last=last)  # type: ignore[attr-defined]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")
