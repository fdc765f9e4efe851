"""The tables of printed and kept files."""

from documents.models import (
    Delivery,
    Document,
    DocumentAttachment,
    Event,
    Mail,
    SealedRecord,
    UploadTurn,
)
from documents.queries import failed_of, failed_printings
from governance.declarations import Act, Open, Table, Task
from governance.guards import Guard

READY = (
    "EXISTS (SELECT 1 FROM documents_document owner "
    "WHERE owner.id = {row}.document_id AND owner.state = 'ready')"
)

KEPT = "a kept file, closed with the row that it was printed of"

TABLES = (
    Table(
        Document,
        "organisation",
        Act("a job and stored bytes"),
        guard=Guard(table="documents_document", sealed="{row}.state = 'ready'", may_become=True),
        secret=Open(KEPT),
    ),
    Table(
        DocumentAttachment,
        "document",
        Act("stored bytes"),
        guard=Guard(table="documents_documentattachment", sealed=READY),
        secret=Open(KEPT),
    ),
    Table(
        SealedRecord,
        "document",
        Act("stamped bytes"),
        guard=Guard(table="documents_sealedrecord", insert_only=True),
        secret=Open(KEPT),
    ),
    Table(
        Mail,
        "organisation",
        Act("a job and what was sent"),
        guard=Guard(table="documents_mail", sealed="{row}.state = 'ready'", may_become=True),
        secret=Open("tells no figure, text or name of a matter"),
    ),
    Table(
        Event,
        "organisation",
        Act("that an act was told of"),
        secret=Open("tells no figure, text or name of a matter"),
        body="body",
    ),
    Table(Delivery, "event", Act("that a person was told")),
    Table(UploadTurn, "person", Act("a person's turn to have a file read")),
)

DECLARES = (*TABLES, Task(waiting=failed_printings, rows=failed_of))
