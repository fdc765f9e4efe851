"""What leaves the house: the stamped extract and the registrar's package."""

import dataclasses
from datetime import date
from hashlib import sha256

from dialogues.enums import DispatchWay
from dialogues.models import Dispatch, Export, Paragraph
from dialogues.proposals.actions.rows import at_noon
from dialogues.proposals.rules import NotAllowedNow
from dialogues.verification.printing import extract_html, package
from dialogues.verification.queries.protocol import sealed_content, verification_of
from dialogues.verification.rules import ProtocolContent, decode, encode
from documents.actions import request_pdf
from documents.enums import PageFormat
from documents.queries import bytes_of, sealed_record
from governance.locks import exclusive
from governance.models import Body, User
from governance.queries import mark_in_force, refuse_closed
from governance.refusals import atomic
from governance.rules import Closed
from governance.writing import add


def _refuse_closed(paragraph: Paragraph) -> None:
    """An extract made after the mark would be of none; held as the mark holds it."""
    exclusive(Paragraph.objects.filter(pk=paragraph.pk))
    verification = verification_of(paragraph)
    if verification is not None and (mark := mark_in_force(verification)) is not None:
        raise Closed(f"Protokollet är sekretessmarkerat ({mark.ground}) och expedieras inte.")


@atomic()
def dispatch_extract(
    *, paragraph: Paragraph, receiver: Body, way: DispatchWay, by: User, today: date
) -> Dispatch:
    """Order the stamped extract from what was sealed, and note receiver, day and way."""
    content = sealed_content(paragraph)
    if content is None:
        raise NotAllowedNow("Paragrafen är inte justerad och stämplad än.")
    _refuse_closed(paragraph)
    if receiver.organisation_id != paragraph.meeting.body.organisation_id:
        raise NotAllowedNow("Mottagaren hör inte till organisationen.")
    mine = next(p for p in content.paragraphs if p.id == paragraph.pk)
    dispatch = Dispatch(
        paragraph=paragraph,
        receiver=receiver,
        dispatched_on=today,
        way=way,
        by=str(by),
        extract=request_pdf(
            organisation=paragraph.meeting.body.organisation,
            html=extract_html(content, paragraph_id=paragraph.pk),
            page_format=PageFormat.A4,
            css=["protocol.css"],
            title=f"Protokollsutdrag {content.body} {content.held_on}, § {mine.number}",
            filename=f"Protokollsutdrag § {mine.number} {content.held_on}.pdf",
            created_at=at_noon(content.held_on),
            by=by,
            content=encode(dataclasses.replace(content, paragraphs=[mine])),
            stamp=True,
        ),
    )
    return add(dispatch, by=by, told={"dispatched": ("", receiver.name)}, about=paragraph)


@atomic()
def export_paragraph(*, paragraph: Paragraph, by: User, today: date) -> bytes:
    """The package of a verified paragraph, built from the sealed record; marks it registered."""
    verification = verification_of(paragraph)
    record = sealed_record(verification.stamp) if verification and verification.stamp else None
    if verification is None or verification.stamp is None or record is None:
        raise NotAllowedNow("Paragrafen är inte justerad och stämplad än.")
    refuse_closed(by, verification)
    files = {
        "protokollsdel.pdf": bytes_of(verification.stamp),
        "innehall.json": bytes(record.content),
    }
    for dispatch in paragraph.dispatches.select_related("extract", "receiver"):
        if dispatch.extract.is_ready:
            files[f"protokollsutdrag-{dispatch.receiver.key}.pdf"] = bytes_of(dispatch.extract)
    content = decode(bytes(record.content))
    data = package(files, _manifest(content, paragraph))
    export = Export(
        paragraph=paragraph, exported_on=today, by=str(by), sha256=sha256(data).hexdigest()
    )
    add(export, by=by, told={"exported": ("", today)}, about=paragraph)
    return data


def _manifest(content: ProtocolContent, paragraph: Paragraph) -> dict[str, object]:
    return {
        "format": "uppsikt-protokollspaket",
        "format_version": 1,
        "organisation": content.organisation,
        "body": content.body,
        "held_on": content.held_on.isoformat(),
        "paragraph": paragraph.number,
        "year": paragraph.year,
        "heading": paragraph.heading,
        "diary_number": paragraph.diary_number,
        "signatures": [
            {"name": row.name, "role": row.role, "at": row.at.isoformat(), "method": row.method}
            for row in content.signatures
        ],
        "stamp": "PAdES-B-B, elektronisk stämpel",
    }
