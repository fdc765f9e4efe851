"""What the database itself refuses to change (wall 15)."""

from governance.guards import Guard

READY = (
    "EXISTS (SELECT 1 FROM documents_document owner "
    "WHERE owner.id = {row}.document_id AND owner.state = 'ready')"
)

GUARDS = (
    Guard(table="documents_document", sealed="{row}.state = 'ready'", may_become=True),
    Guard(table="documents_documentattachment", sealed=READY),
    Guard(table="documents_sealedrecord", insert_only=True),
    Guard(table="documents_mail", sealed="{row}.state = 'ready'", may_become=True),
)
