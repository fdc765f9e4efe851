"""Ordering a printing, a stamp or a mail, telling of an act, and keeping what a printing came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from documents import jobs
from documents.enums import Kind, PageFormat
from documents.files import sha256_of, store
from documents.jobs import Claim
from documents.models import (
    Delivery,
    Document,
    DocumentAttachment,
    Event,
    Mail,
    SealedRecord,
)
from documents.pdf import EmbeddedFile
from documents.queries import (
    deliveries_of,
    mailed_lately,
    telling_of,
    told_of_event,
    usable_address,
)
from documents.rules import MissingTemplate, NotFinished, letter_text, one_line, safe_filename
from governance.declarations import table_of, walk
from governance.locks import exclusive
from governance.models import Body, Organisation, Person, User, today_of
from governance.refusals import atomic
from governance.states import StateTable
from governance.writing import add, add_all, new_token, update_all

ORDERED = {"state": ("", "beställd")}


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What a stamping came to, for the sealed record."""

    content: bytes
    unstamped_sha256: str
    certificate_sha256: str


def keep_file(data: bytes, suffix: str) -> str:
    """Keep an upper app's file durably and return its hash; the caller writes the row after."""
    return store(data, suffix)


def html_of(template: str, context: Mapping[str, object]) -> str:
    """The HTML to print. Raises MissingTemplate instead of a fault nobody can read."""
    try:
        return render_to_string(template, dict(context))
    except TemplateDoesNotExist as error:
        raise MissingTemplate(
            f"Utskriften kan inte göras: mallen {error} saknas. Inget har ändrats. "
            "Kontakta den som sköter systemet."
        ) from error


@atomic()
def request_pdf(
    *,
    organisation: Organisation,
    html: str,
    page_format: PageFormat,
    css: Sequence[str],
    title: str,
    filename: str,
    created_at: datetime,
    by: User,
    attachments: Sequence[EmbeddedFile] = (),
    content: bytes | None = None,
    stamp: bool = False,
) -> Document:
    """Order a PDF of the HTML. The caller's view rings afterwards: documents.tasks.ring(document).

    `content` is embedded as content.json; `created_at` is the date the file states.
    """
    document = Document(
        organisation=organisation,
        kind=Kind.RENDER_AND_STAMP if stamp else Kind.RENDER,
        title=title[:200],
        filename=safe_filename(filename)[:200],
        page_format=page_format,
        html=html,
        css=list(css),
        content=content,
        created_stated_at=created_at,
        requested_by=by,
        requested_at=timezone.now(),
    )
    add(document, by=by, told=ORDERED)
    for attachment in attachments:
        row = DocumentAttachment(
            document=document,
            name=attachment.name,
            description=attachment.description,
            data=attachment.data,
        )
        add(row, by=by, told={"attachment": ("", row.name)}, about=document)
    return document


@atomic()
def request_stamp(
    *, source: Document, content: bytes, title: str, filename: str, by: User
) -> Document:
    """Order the electronic stamp on the very bytes of a finished document (wall 14)."""
    if not source.is_ready:
        raise NotFinished("Dokumentet är inte färdigt och kan inte stämplas ännu.")
    document = Document(
        organisation_id=source.organisation_id,
        kind=Kind.STAMP,
        title=title[:200],
        filename=safe_filename(filename)[:200],
        page_format=source.page_format,
        content=content,
        source=source,
        created_stated_at=source.created_stated_at,
        requested_by=by,
        requested_at=timezone.now(),
    )
    return add(document, by=by, told={"state": ("", "stämpel beställd")})


@atomic()
def request_mail(
    *,
    organisation: Organisation,
    to: str,
    subject: str,
    text: str,
    about: str,
    by: User,
    now: datetime,
) -> Mail:
    """Order a mail about the matter at the address ``about``. The caller's view rings afterwards."""
    mail = Mail(
        organisation=organisation,
        to=to,
        subject=one_line(subject)[:200],
        text=text,
        about=about,
        token=new_token(),
        requested_by=by,
        requested_at=now,
    )
    return add(mail, by=by, told=ORDERED)


def tell(row: models.Model, table: StateTable, act: str, *, by: User) -> None:
    """Let those know whom the act waits for; what its doer was told of the row is read by that.

    Called in its own transaction, after the move.

    No bell: the sweep finds the row, and with it whom to tell.
    """
    mark_read(
        deliveries_of(by).filter(event__row_label=row._meta.label, event__row_id=row.pk),
        now=timezone.now(),
    )
    telling = telling_of(row._meta.label, act)
    if telling is None:
        return
    owner = table_of(type(row))
    body_id = walk(row, telling.body) if telling.body else owner.body_of(row)
    body = Body.objects.select_related("organisation").get(pk=body_id or 0)
    matter = f" ({attrgetter(telling.name)(row)})" if telling.name else ""
    event = Event(
        organisation=body.organisation,
        row_label=row._meta.label,
        row_id=row.pk,
        act=act,
        what=f"{table.told(act)}{matter}"[:200],
        about=reverse(telling.url_name, args=[row.pk]),
        body=body,
        happened_on=today_of(body.organisation, timezone.localdate()),
        requested_by=by,
        requested_at=timezone.now(),
    )
    add(event, by=by, told={})  # the row's own history tells the act


@atomic()
def deliver(event: Event, claim: Claim, *, now: datetime) -> None:
    """To each whom the event waits for, once; by mail to who has had none of the matter this hour.

    One transaction with the job's end, so that a killed worker has told everybody or nobody. The
    persons are held, so that two events of one matter do not both write.
    """
    users = told_of_event(event)
    persons = [user.person_id for user in users if user.person_id]
    exclusive(Person.objects.filter(pk__in=persons))
    mailed = mailed_lately(event.about, persons, now)
    made = [
        Delivery(
            event=event,
            person=user.person,
            mail=None if user.person_id in mailed else _mail_of(event, user, now=now),
        )
        for user in users
    ]
    add_all(made, by=None, told={})
    jobs.finish(claim, now=now, told=f"till {len(made)} personer")


def _mail_of(event: Event, user: User, *, now: datetime) -> Mail | None:
    """What happened, whose it is and where it lies: never a figure, a text or a reason."""
    to = usable_address(user.person.email) if user.person else ""
    if not to:
        return None
    body = one_line(event.body.short_name)
    return request_mail(
        organisation=event.organisation,
        to=to,
        subject=f"{event.what}: {body}",
        text=letter_text(
            to=str(user),
            parts=[f"{event.what}.", f"Nämnd: {body}\n{urljoin(settings.SITE_URL, event.about)}"],
            signed=["Uppsikt", event.organisation.name],
        ),
        about=event.about,
        by=event.requested_by,
        now=now,
    )


def mark_read(deliveries: "QuerySet[Delivery]", *, now: datetime) -> None:
    """The reader's own: no history."""
    update_all(deliveries.filter(read_at=None), {"read_at": now})


@atomic()
def finish_document(
    claim: Claim, *, sha256: str, size: int, now: datetime, seal: Seal | None = None
) -> None:
    """The bytes are stored: the document is ready, once. Raises LostLease when no longer mine."""
    jobs.finish(claim, now=now, told=f"klar, sha256 {sha256}", sha256=sha256, size=size)
    if seal is not None:
        record = SealedRecord(
            document_id=claim.pk,
            content=seal.content,
            content_sha256=sha256_of(seal.content),
            unstamped_sha256=seal.unstamped_sha256,
            stamped_sha256=sha256,
            certificate_sha256=seal.certificate_sha256,
            sealed_at=now,
        )
        add(record, by=None, told={"": ("", "stämplad")}, now=now)
