"""The tables of printed and kept files."""

from documents.models import Document, DocumentAttachment, SealedRecord
from governance.declarations import Table
from governance.guards import Guard

READY = (
    "EXISTS (SELECT 1 FROM documents_document owner "
    "WHERE owner.id = {row}.document_id AND owner.state = 'ready')"
)

TABLES = (
    Table(
        Document,
        organisation="organisation",
        guard=Guard(table="documents_document", sealed="{row}.state = 'ready'", may_become=True),
    ),
    Table(
        DocumentAttachment,
        organisation="document__organisation",
        guard=Guard(table="documents_documentattachment", sealed=READY),
    ),
    Table(
        SealedRecord,
        organisation="document__organisation",
        guard=Guard(table="documents_sealedrecord", insert_only=True),
    ),
)

DECLARES = TABLES
