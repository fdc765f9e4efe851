"""Who may see a printing, and what the page is told while it waits."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents import files, jobs, tasks
from documents.enums import State
from documents.models import Document
from documents.rules import ATTEMPTS
from tests.documents import factories

HTMX = {"HTTP_HX_REQUEST": "true"}
READS = ("document_progress", "document_download")
ALL = (*READS, "document_retry")


@pytest.fixture
def document(org, secretary, owned):
    owned.append(lambda user, _document: user.username.endswith("-secretary"))
    return factories.request(org, secretary)


@pytest.fixture
def rung(monkeypatch):
    bells = []
    monkeypatch.setattr(tasks, "ring", lambda document: bells.append(document.pk))
    return bells


def url(name, document):
    return reverse(f"documents:{name}", args=[document.pk])


def fail(document):
    claim = jobs.claim(Document, document.pk, "w", timezone.now())
    jobs.fail(claim, error="Stämpelns certifikat saknas.")


@pytest.mark.parametrize("name", ALL)
def test_anonymous_is_sent_to_login(client, document, name):
    response = (
        client.post(url(name, document))
        if name == "document_retry"
        else client.get(url(name, document))
    )

    assert response.status_code == 302
    assert response.url.startswith(reverse("governance:login"))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("actor", ["controller", "stranger", "administrator"])
def test_whoever_no_owner_lets_in_gets_404(login, document, name, actor, request):
    client = login(request.getfixturevalue(actor))

    response = (
        client.post(url(name, document))
        if name == "document_retry"
        else client.get(url(name, document))
    )

    assert response.status_code == 404


@pytest.mark.parametrize("actor", ["stranger", "administrator"])
def test_an_owner_that_says_yes_to_all_opens_nothing_outside(
    login, document, owned, actor, request
):
    owned.append(lambda _user, _document: True)

    assert (
        login(request.getfixturevalue(actor)).get(url("document_progress", document)).status_code
        == 404
    )


def test_without_a_registered_owner_nobody_reads(login, org, secretary, owned):
    document = factories.request(org, secretary)

    assert login(secretary).get(url("document_progress", document)).status_code == 404


def test_fragment_asks_again_while_it_is_unfinished(login, secretary, document):
    response = login(secretary).get(url("document_progress", document), **HTMX)

    html = response.content.decode()
    assert f'hx-get="{url("document_progress", document)}"' in html
    assert 'hx-trigger="load delay:1s"' in html
    assert "Väntar på utskrift" in html
    assert "hx-swap-oob" not in html
    assert "<html" not in html


def test_fragment_asks_less_often_after_a_while(login, secretary, document):
    Document.objects.update(requested_at=document.requested_at - timedelta(seconds=30))

    html = login(secretary).get(url("document_progress", document), **HTMX).content.decode()

    assert 'hx-trigger="load delay:3s"' in html


def test_fragment_of_a_ready_document_stops_asking_and_says_so_once(login, secretary, document):
    factories.make(document)

    response = login(secretary).get(url("document_progress", document), **HTMX)

    html = response.content.decode()
    assert "hx-trigger" not in html
    assert f'href="{url("document_download", document)}"' in html
    assert "Utskriften är klar och kan hämtas." in html
    assert response["HX-Trigger"] == "document-ready"


def test_fragment_of_a_failed_document_says_why_and_offers_another_try(login, secretary, document):
    fail(document)

    html = login(secretary).get(url("document_progress", document), **HTMX).content.decode()

    assert "hx-trigger" not in html
    assert "Stämpelns certifikat saknas." in html
    assert f'action="{url("document_retry", document)}"' in html


@pytest.mark.parametrize("state", State.values)
def test_page_keeps_the_state_after_a_reload(login, secretary, document, state):
    if state == State.RUNNING:
        jobs.claim(Document, document.pk, "w", timezone.now())
    elif state == State.READY:
        factories.make(document)
    elif state == State.FAILED:
        fail(document)
    client = login(secretary)

    page = client.get(url("document_progress", document)).content.decode()
    fragment = client.get(url("document_progress", document), **HTMX).content.decode()

    state_part = fragment.partition("<p hx-swap-oob")[0]
    assert bare(state_part) in bare(page)
    assert "hx-swap-oob" not in page
    assert "{#" not in page


def bare(html):
    """Without white space and the CSRF token, which differs between two answers."""
    return re.sub(r'\s|name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def test_download_gives_the_stored_bytes(login, secretary, document):
    factories.make(document)

    response = login(secretary).get(url("document_download", document))

    assert files.sha256_of(response.content) == document.sha256
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="protokollsutdrag-58.pdf"'


def test_download_of_an_unfinished_document_is_refused(login, secretary, document):
    response = login(secretary).get(url("document_download", document))

    assert response.status_code == 409
    assert "inte färdigt" in response.content.decode()


def test_download_of_changed_bytes_is_refused(login, secretary, document):
    factories.make(document)
    files.path_of(document.sha256).write_bytes(b"annat")

    response = login(secretary).get(url("document_download", document))

    assert response.status_code == 409
    assert "kontrollsumma" in response.content.decode()


def test_failed_document_is_started_again(login, secretary, document, rung):
    fail(document)

    response = login(secretary).post(url("document_retry", document), **HTMX)

    document.refresh_from_db()
    assert (document.state, document.attempt_limit) == (State.QUEUED, 1 + ATTEMPTS)
    assert rung == [document.pk]
    assert "hx-trigger" in response.content.decode()


def test_retry_without_script_leads_to_the_page(login, secretary, document, rung):
    fail(document)

    response = login(secretary).post(url("document_retry", document))

    assert response.status_code == 302
    assert response.url == url("document_progress", document)


def test_retry_of_a_ready_document_is_refused(login, secretary, document, rung):
    factories.make(document)

    response = login(secretary).post(url("document_retry", document), **HTMX)

    assert response.status_code == 409
    assert rung == []
