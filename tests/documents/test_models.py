"""What the database itself refuses."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from documents.enums import Kind, State
from documents.models import Document, DocumentAttachment, SealedRecord
from tests.documents import factories

NOW = timezone.now()


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "other"},
        {"page_format": "a3"},
        {"state": "other"},
        {"state": State.READY},
        {"state": State.READY, "sha256": "a" * 64, "size": None, "finished_at": NOW},
        {"sha256": "a" * 64},
        {"state": State.FAILED},
        {"error": "fel"},
        {"state": State.RUNNING},
        {"lease_until": NOW},
        {"kind": Kind.STAMP},
        {"progress": 101},
        {"attempt": 9},
    ],
)
def test_incoherent_row_is_refused(org, secretary, values):
    document = factories.request(org, secretary)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"state": State.READY, "sha256": "a" * 64, "size": 1, "finished_at": NOW},
        {"state": State.FAILED, "error": "fel"},
        {"state": State.RUNNING, "lease_until": NOW},
        {"progress": 100},
    ],
)
def test_coherent_row_is_taken(org, secretary, values):
    document = factories.request(org, secretary)

    assert Document.objects.filter(pk=document.pk).update(**values) == 1


def refused(sql, *parameters):
    with (
        pytest.raises(DatabaseError, match=r"uppsikt: \w+ is sealed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)


def truncation_refused(table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(f"TRUNCATE {table} CASCADE")


COLUMNS = "id, content, content_sha256, unstamped_sha256, stamped_sha256, certificate_sha256, sealed_at, document_id"


def test_sealed_record_cannot_be_changed_deleted_or_replaced(org, secretary):
    record = SealedRecord.objects.get(document=factories.stamped(org, secretary))

    refused("UPDATE documents_sealedrecord SET content = %s", b"annat")
    refused("UPDATE documents_sealedrecord SET document_id = document_id + 1")
    refused("DELETE FROM documents_sealedrecord WHERE id = %s", record.pk)
    copy = f"INTO documents_sealedrecord ({COLUMNS}) SELECT {COLUMNS} FROM documents_sealedrecord"  # noqa: S608
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE {copy}")
    else:
        refused(f"INSERT {copy} ON CONFLICT (id) DO UPDATE SET content = ''")
        truncation_refused("documents_sealedrecord")


def test_finished_document_cannot_be_changed_deleted_or_replaced(org, secretary):
    document = factories.ready(org, secretary)

    refused("UPDATE documents_document SET sha256 = %s WHERE id = %s", "b" * 64, document.pk)
    refused("UPDATE documents_document SET html = '' WHERE id = %s", document.pk)
    refused("UPDATE documents_document SET state = 'queued' WHERE id = %s", document.pk)
    refused("DELETE FROM documents_document WHERE id = %s", document.pk)
    if connection.vendor == "postgresql":
        truncation_refused("documents_document")


def test_attachment_cannot_be_moved_into_or_out_of_a_finished_document(org, secretary):
    unfinished = factories.request(org, secretary)
    loose = DocumentAttachment.objects.create(
        document=unfinished, name="a.json", description="A", data=b"{}"
    )
    other = factories.request(org, secretary)
    inside = DocumentAttachment.objects.create(
        document=other, name="b.json", description="B", data=b"{}"
    )
    finished = factories.make(other)

    move = "UPDATE documents_documentattachment SET document_id = %s WHERE id = %s"
    refused(move, finished.pk, loose.pk)
    refused(move, unfinished.pk, inside.pk)
    refused("DELETE FROM documents_documentattachment WHERE id = %s", inside.pk)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        DocumentAttachment.objects.create(
            document=finished, name="c.json", description="C", data=b"{}"
        )
