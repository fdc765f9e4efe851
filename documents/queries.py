"""Reads: where a printing stands, its bytes, what was sealed, and who is told of an act."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from documents import files
from documents.declarations import Telling
from documents.enums import State
from documents.models import Delivery, Document, Event, Mail, SealedRecord
from documents.permissions import may_read
from documents.rules import MAIL_SILENCE, SKEW, NotFinished, told_words
from governance.declarations import declared
from governance.models import Organisation, User, today_of
from governance.permissions import row_for
from governance.queries import refuse_closed
from governance.rules import OpenTask
from governance.states import StateTable


@dataclass(frozen=True, kw_only=True)
class Status:
    state: State
    step: str
    progress: int
    error: str


def document_status(pk: int) -> Status:
    """Where the printing stands, from the row alone."""
    state, step, progress, error = Document.objects.values_list(
        "state", "step", "progress", "error"
    ).get(pk=pk)
    return Status(state=State(state), step=step, progress=progress, error=error)


def document(pk: int) -> Document:
    """The row without any check of who asks: for upper apps that have checked."""
    return Document.objects.get(pk=pk)


def document_for(user: User, pk: int) -> Document:
    """The document when its owner lets the user read it; else 404, as if it were not there."""
    rows = Document.objects.select_related("organisation")
    found = row_for(rows, pk, lambda row: may_read(user, row))
    refuse_closed(user, found)
    return found


def bytes_of(document: Document) -> bytes:
    """The finished file, checked against its hash. Raises CorruptFile, MissingFile, NotFinished."""
    if not document.is_ready:
        raise NotFinished("Dokumentet är inte färdigt ännu.")
    return files.read(document.sha256)


def kept_file(sha256: str, suffix: str) -> bytes:
    """A file an upper app keeps, checked against its hash. Raises CorruptFile, MissingFile."""
    return files.read(sha256, suffix)


def sealed_record(document: Document) -> SealedRecord | None:
    return SealedRecord.objects.filter(document=document).first()


def sealed_by_hash(sha256: str, organisation: Organisation) -> SealedRecord | None:
    return (
        SealedRecord.objects.filter(stamped_sha256=sha256, document__organisation=organisation)
        .select_related("document")
        .order_by("id")
        .first()
    )


def document_by_hash(sha256: str, organisation: Organisation) -> Document | None:
    """The first finished document of the organisation with these very bytes."""
    return (
        Document.objects.filter(sha256=sha256, state=State.READY, organisation=organisation)
        .order_by("id")
        .first()
    )


# Who is told of an act.


def telling_of(label: str, act: str) -> Telling | None:
    """None for an act that nobody waits for."""
    found = (each for each in declared(Telling) if each.model._meta.label == label)
    return next((each for each in found if each.act == act), None)


def told_of_act(telling: Telling, row: models.Model, *, by: User, today: date) -> list[User]:
    """Those whom the act waits for now and who may open its page; never who did it."""
    users = User.objects.filter(person__in=set(telling.to(row, today)), is_active=True)
    found = users.exclude(pk=by.pk).select_related("person__organisation")
    return [
        user
        for user in found.order_by("person__name", "pk")
        if _may_open(telling, user, row.pk, today)
    ]


def _may_open(telling: Telling, user: User, pk: int, today: date) -> bool:
    try:
        telling.opens(user, pk, today)
    except (Http404, PermissionDenied):
        return False
    return True


def told_of_event(event: Event) -> list[User]:
    telling = telling_of(event.row_label, event.act)
    row = apps.get_model(event.row_label)._default_manager.filter(pk=event.row_id).first()
    if telling is None or row is None:
        return []
    today = today_of(event.organisation, timezone.localdate())
    return told_of_act(telling, row, by=event.requested_by, today=today)


def told_before(row: models.Model) -> set[int]:
    """Ids of the persons who have been told of the row."""
    found = Delivery.objects.filter(event__row_label=row._meta.label, event__row_id=row.pk)
    return set(found.values_list("person_id", flat=True))


def is_still_told(mail: Mail) -> bool:
    """A mail of an event goes to who may still open its page; a reminder was asked for by name."""
    delivery = Delivery.objects.filter(mail=mail).select_related("event__organisation").first()
    if delivery is None:
        return True
    return any(user.person_id == delivery.person_id for user in told_of_event(delivery.event))


def mailed_lately(about: str, persons: Collection[int], now: datetime) -> set[int]:
    """Those who have had a mail of the matter within the hour, or are about to have it."""
    since = (now - MAIL_SILENCE, now + SKEW)
    found = Delivery.objects.filter(
        event__about=about, person__in=persons, mail__requested_at__range=since
    )
    return set(found.exclude(mail__state=State.FAILED).values_list("person_id", flat=True))


def usable_address(address: str) -> str:
    """The address when mail can be sent to it, else ""; a file may have brought anything."""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def receipt(row: models.Model, table: StateTable, act: str, *, by: User, today: date) -> str:
    """The one line that answers an act: what happened, to whom it went, what comes next."""
    telling = telling_of(row._meta.label, act)
    parts = [f"{table.done(act)}."]
    if telling is not None:
        names = [str(user) for user in told_of_act(telling, row, by=by, today=today)]
        parts.append(told_words(names))
    return " ".join([*parts, table.named(act).then])


def deliveries_of(user: User) -> QuerySet[Delivery]:
    """What the user has been told, newest first."""
    return Delivery.objects.filter(person=user.person_id).select_related(
        "event__body", "event__requested_by__person"
    )


def unread_of_user() -> Subquery:
    """How many the user has not read, as a column of the user."""
    unread = Delivery.objects.filter(person=OuterRef("person"), read_at=None).order_by()
    return Subquery(unread.values("person").annotate(number=Count("pk")).values("number"))


# Printings that failed.


def failed_of(user: User, _today: date) -> QuerySet[Document]:
    """Printings the user ordered that failed and wait for another try."""
    return Document.objects.filter(requested_by=user, state=State.FAILED)


def failed_printings(user: User, today: date) -> Iterator[OpenTask]:
    """The newest first."""
    for job in failed_of(user, today).defer("html", "content").order_by("-id")[:20]:
        yield OpenTask(
            what="Gör om en utskrift som misslyckades",
            body=job.title,
            occasion="",
            url_name="documents:document_progress",
            pk=job.pk,
            button="Gör om",
            detail=job.error,
            is_fault=True,
        )
