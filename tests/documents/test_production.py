"""From the request to the stored bytes, as the worker does it."""

import json
import logging
from io import BytesIO

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone
from pypdf import PdfReader

from documents import files, jobs, production, queries, running, tasks
from documents.enums import State
from documents.models import Document, Mail
from documents.rules import LEASE, CorruptFile, NotFinished
from tests.documents import factories


def test_printed_document_is_stored_with_its_hash_and_content(org, secretary):
    document = factories.ready(org, secretary, content=factories.CONTENT)

    data = queries.bytes_of(document)
    reader = PdfReader(BytesIO(data))
    assert (document.progress, document.size, document.attempt) == (100, len(data), 1)
    assert document.sha256 == files.sha256_of(data)
    assert "Sjukfrånvaron är 6,94 procent" in reader.pages[0].extract_text()
    assert json.loads(reader.attachments["content.json"][0]) == {"paragraf": 58}
    assert queries.sealed_record(document) is None


def test_same_input_gives_the_same_bytes(org, secretary):
    first = factories.ready(org, secretary, content=factories.CONTENT)
    second = factories.ready(org, secretary, content=factories.CONTENT)
    other = factories.ready(org, secretary, html=factories.HTML.replace("6,94", "6,95"))

    assert first.sha256 == second.sha256
    assert first.sha256 != other.sha256


def test_stamp_extends_the_very_bytes_of_its_source(org, secretary):
    document = factories.stamped(org, secretary)

    source, stamped = queries.bytes_of(document.source), queries.bytes_of(document)
    record = queries.sealed_record(document)
    assert stamped.startswith(source)
    assert len(stamped) > len(source)
    assert bytes(record.content) == factories.CONTENT
    assert (record.unstamped_sha256, record.stamped_sha256) == (
        document.source.sha256,
        document.sha256,
    )
    assert record.content_sha256 == files.sha256_of(factories.CONTENT)
    assert queries.sealed_by_hash(document.sha256, org) == record


def test_render_and_stamp_in_one_job(org, secretary):
    document = factories.ready(org, secretary, content=factories.CONTENT, stamp=True)

    record = queries.sealed_record(document)
    assert bytes(record.content) == factories.CONTENT
    assert record.stamped_sha256 == document.sha256 != record.unstamped_sha256


def test_sealed_record_is_unknown_to_another_organisation(org, other_org, secretary):
    document = factories.stamped(org, secretary)

    assert queries.sealed_by_hash(document.sha256, other_org) is None
    assert queries.document_by_hash(document.sha256, other_org) is None


def test_missing_stamp_is_said_in_swedish(org, secretary, settings, tmp_path):
    settings.STAMP_DIR = tmp_path / "empty"

    document = factories.make(factories.request(org, secretary, stamp=True))

    assert document.state == State.FAILED
    assert "certifikat saknas" in document.error


def test_unexpected_fault_ends_on_the_row_and_in_the_log(org, secretary, caplog):
    document = factories.request(org, secretary)
    Document.objects.filter(pk=document.pk).update(css=["finns-inte.css"])

    factories.make(document)

    document.refresh_from_db()
    assert document.state == State.FAILED
    assert "UnknownAsset" in document.error
    assert str(document.pk) in document.error
    assert caplog.records[-1].levelno == logging.ERROR


def test_too_slow_printing_is_said_in_swedish(org, secretary, monkeypatch):
    document = factories.request(org, secretary)

    def too_slow(*_args, **_values):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(production.pdf, "render_pdf", too_slow)
    factories.make(document)

    assert document.error == document.words.too_slow


def test_overtaken_worker_leaves_the_job_alone(org, secretary):
    document = factories.request(org, secretary)
    now = timezone.now()
    lost = jobs.claim(Document, document.pk, "w1", now)
    mine = jobs.claim(Document, document.pk, "w2", now + LEASE * 2)

    running.run(lost)
    document.refresh_from_db()
    assert document.state == State.RUNNING
    running.run(mine)

    document.refresh_from_db()
    assert (document.state, document.attempt) == (State.READY, 2)


def test_bytes_are_refused_when_not_ready_or_changed_on_disk(org, secretary):
    document = factories.request(org, secretary)
    with pytest.raises(NotFinished):
        queries.bytes_of(document)
    factories.make(document)
    path = files.path_of(document.sha256)
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(CorruptFile):
        queries.bytes_of(document)


def test_task_makes_the_document_and_a_second_bell_changes_nothing(org, secretary):
    document = factories.request(org, secretary)

    tasks.run_job("documents.Document", document.pk)
    tasks.run_job("documents.Document", document.pk)

    document.refresh_from_db()
    assert (document.state, document.attempt) == (State.READY, 1)


def test_dead_broker_loses_nothing(org, secretary, monkeypatch, django_capture_on_commit_callbacks):
    def dead(*_args, **_values):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.run_job, "apply_async", dead)

    with django_capture_on_commit_callbacks(execute=True):
        document = factories.request(org, secretary)
        tasks.ring(document)

    document.refresh_from_db()
    assert document.state == State.QUEUED


def test_sweep_rings_once_for_the_forgotten_of_every_kind(org, secretary, monkeypatch):
    document, mail = factories.request(org, secretary), factories.mail(org, secretary)
    for kind in (Document, Mail):
        kind.objects.update(requested_at=timezone.now() - LEASE)
    rung = []
    monkeypatch.setattr(
        tasks.run_job,
        "apply_async",
        lambda args, **values: rung.append((args, values["queue"])),
    )

    tasks.sweep()
    tasks.sweep()

    assert rung == [
        (("documents.Document", document.pk), "pdf-fast"),
        (("documents.Mail", mail.pk), "pdf-fast"),
    ]
