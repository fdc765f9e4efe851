"""The job row is the truth: claims, leases, attempts."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from documents import actions, jobs, queries
from documents.enums import State
from documents.models import Document
from documents.rules import ATTEMPTS, LEASE, LostLease, NotFinished, NotRetryable
from governance.models import AuditEntry
from tests.documents import factories

SHA = "a" * 64


def claim(document, now=None, worker="w1"):
    return jobs.claim(Document, document.pk, worker, now or timezone.now())


def test_request_is_queued_and_audited(org, secretary):
    document = factories.request(org, secretary)

    assert (document.state, document.filename) == (State.QUEUED, "protokollsutdrag-58.pdf")
    entry = AuditEntry.objects.get(object_type="documents.Document", object_id=document.pk)
    assert (entry.actor_id, entry.organisation_id, entry.new) == (secretary.pk, org.pk, "beställd")


def test_claim_takes_a_queued_job_once(org, secretary):
    document = factories.request(org, secretary)

    first, second = claim(document), claim(document, worker="w2")

    assert first is not None
    assert first.attempt == 1
    assert second is None


def test_claim_takes_over_when_the_lease_has_run_out(org, secretary):
    document = factories.request(org, secretary)
    now = timezone.now()
    claim(document, now)

    early = claim(document, now + LEASE - timedelta(seconds=1))
    late = claim(document, now + LEASE + timedelta(seconds=1))

    assert early is None
    assert late is not None
    assert late.attempt == 2


def test_progress_renews_the_lease(org, secretary):
    document = factories.request(org, secretary)
    now = timezone.now()
    mine = claim(document, now)

    jobs.report_progress(mine, step="Lägger ut sida 2", progress=40, now=now + LEASE)

    assert claim(document, now + LEASE + timedelta(seconds=5)) is None
    status = queries.document_status(document.pk)
    assert (status.state, status.step, status.progress) == (State.RUNNING, "Lägger ut sida 2", 40)


def test_nothing_is_taken_from_a_claim_that_was_overtaken(org, secretary):
    document = factories.request(org, secretary)
    now = timezone.now()
    lost = claim(document, now)
    mine = claim(document, now + LEASE * 2)

    with pytest.raises(LostLease):
        actions.finish_document(lost, sha256=SHA, size=3, now=now)
    with pytest.raises(LostLease):
        jobs.report_progress(lost, step="", progress=1, now=now)
    with pytest.raises(LostLease):
        jobs.fail(lost, error="fel")
    actions.finish_document(mine, sha256=SHA, size=3, now=now)

    document.refresh_from_db()
    assert (document.state, document.sha256, document.attempt) == (State.READY, SHA, 2)


def test_finish_is_refused_the_second_time(org, secretary):
    document = factories.request(org, secretary)
    mine = claim(document)
    actions.finish_document(mine, sha256=SHA, size=3, now=timezone.now())

    with pytest.raises(LostLease):
        actions.finish_document(mine, sha256="b" * 64, size=3, now=timezone.now())


def test_failed_job_is_started_again_with_new_attempts(org, secretary):
    document = factories.request(org, secretary)
    jobs.fail(claim(document), error="Det gick inte.")
    document.refresh_from_db()

    jobs.retry(document, by=secretary, now=timezone.now())

    assert (document.state, document.error) == (State.QUEUED, "")
    assert document.attempt_limit == 1 + ATTEMPTS
    assert claim(document).attempt == 2


def test_retry_of_anything_else_is_refused(org, secretary):
    document = factories.request(org, secretary)

    with pytest.raises(NotRetryable):
        jobs.retry(document, by=secretary, now=timezone.now())


def test_job_that_kills_every_worker_is_given_up(org, secretary):
    document = factories.request(org, secretary)
    now = timezone.now()
    for _ in range(ATTEMPTS):
        assert claim(document, now) is not None
        now += LEASE * 2

    given_up = jobs.give_up(Document, now)

    assert given_up == 1
    assert claim(document, now) is None
    document.refresh_from_db()
    assert document.state == State.FAILED
    assert "avbröts flera gånger" in document.error


def test_stamp_of_an_unfinished_document_is_refused(org, secretary):
    source = factories.request(org, secretary)

    with pytest.raises(NotFinished):
        actions.request_stamp(source=source, content=b"", title="t", filename="f", by=secretary)


def test_unattended_are_the_forgotten_and_the_abandoned(org, secretary):
    now = timezone.now()
    forgotten, abandoned, held, fresh, rung = (factories.request(org, secretary) for _ in range(5))
    Document.objects.filter(pk__in=[forgotten.pk, rung.pk]).update(
        requested_at=now - timedelta(seconds=6)
    )
    claim(abandoned, now - LEASE * 2)
    claim(held, now)
    jobs.note_rung(Document, [rung.pk], now)

    found = {document.pk for document in jobs.unattended(Document, now)}

    assert found == {forgotten.pk, abandoned.pk}
    assert fresh.state == State.QUEUED


def test_two_claimers_at_once_get_one_claim(guarded_db):
    from tests.factories import make_organisation, make_user  # noqa: PLC0415 -- after the flush

    org = make_organisation()
    document = factories.request(org, make_user(org, "secretary"))
    barrier = threading.Barrier(4)
    claims = []

    def take():
        barrier.wait()
        claims.append(claim(document))
        connections.close_all()

    if connection.vendor == "sqlite":
        pytest.skip("the test's SQLite lies in memory; the kill test claims on a file")
    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [found.attempt for found in claims if found] == [1]
