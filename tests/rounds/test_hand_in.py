import pytest
from django.urls import reverse

from governance.models import AuditEntry


@pytest.fixture
def url(round_state):
    return reverse("rounds:hand_in", args=[round_state.pk])


def test_anonymous_is_sent_to_login(client, url):
    assert client.post(url).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 403), ("outsider", 404), ("stranger", 404), ("case_officer", 404)]
)
def test_only_the_controller_submits(request, login, url, round_state, who, status):
    response = login(request.getfixturevalue(who)).post(url, {"version": "1"})

    round_state.refresh_from_db()
    assert (response.status_code, round_state.state) == (status, "open")


def test_controller_submits_and_sees_the_lock(login, controller, url, round_state):
    response = login(controller).post(url, {"version": "1"}, follow=True)

    page = response.content.decode()
    assert "Perioden är inlämnad." in page
    assert "Låst: inlämnad 2026-03-10 av Controller." in page
    assert AuditEntry.objects.get().new == "submitted"


def test_second_click_is_refused_and_changes_nothing(login, controller, url, round_state):
    browser = login(controller)
    browser.post(url, {"version": "1"})

    response = browser.post(url, {"version": "1"})

    round_state.refresh_from_db()
    assert response.status_code == 409
    assert "Perioden är inlämnad och kan inte lämnas in." in response.content.decode()
    assert (round_state.version, AuditEntry.objects.count()) == (2, 1)


@pytest.mark.parametrize("version", ["", "0", "x", "7"])
def test_stale_or_broken_version_is_refused(login, controller, url, round_state, version):
    response = login(controller).post(url, {"version": version})

    round_state.refresh_from_db()
    assert (response.status_code, round_state.state) == (409, "open")
