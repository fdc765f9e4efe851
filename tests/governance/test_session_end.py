"""Nothing typed is lost when a session ends, a page is old or an address is opened the wrong way."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.middleware import SIGNED_OUT
from governance.views import OUT_OF_DATE
from tests.architecture.house import url_patterns
from tests.pages import ENTRIES

HTMX = {"HX-Request": "true"}
PAGE = "http://testserver/underlag/1/"
TEXT = "Nämnden ska återkomma i maj."


def test_a_save_without_a_session_is_told_in_words(db):
    answer = Client().post("/underlag/avsnitt/1/spara/", {"text": TEXT}, headers=HTMX)

    assert answer.status_code == 404
    answer = Client().post(reverse("reports:section_save", args=[1]), {"text": TEXT}, headers=HTMX)
    assert answer.status_code == 401
    assert answer.json() == {"words": SIGNED_OUT, "login": "/konto/logga-in/?next="}


def test_login_leads_back_to_the_page_and_not_to_the_act(db):
    url = reverse("reports:pack_approve", args=[1])

    answer = Client().post(url, {"step": 1}, headers={"Referer": PAGE})
    foreign = Client().post(url, {"step": 1}, headers={"Referer": "https://elsewhere.example/x"})

    assert answer.url == "/konto/logga-in/?next=/underlag/1/"
    assert foreign.url == "/konto/logga-in/?next="


def test_what_was_typed_stands_on_the_page_that_asks_for_a_login(db):
    url = reverse("dialogues:motion_add", args=[1])

    answer = Client().post(url, {"text": TEXT, "password": "a b"}, headers={"Referer": PAGE})

    assert answer.status_code == 401
    html = answer.content.decode()
    assert f"\n{TEXT}</textarea>" in html
    assert 'href="/konto/logga-in/?next=/underlag/1/"' in html
    assert html.count("<textarea") == 1


def test_a_stale_token_is_told_to_the_script_and_on_a_page(db, controller):
    client = Client(enforce_csrf_checks=True)
    client.force_login(controller)
    url = reverse("dialogues:motion_add", args=[1])

    told = client.post(url, {"text": TEXT}, headers=HTMX)
    page = client.post(url, {"text": TEXT}, headers={"Referer": PAGE})
    foreign = client.post(url, {"text": TEXT})

    assert (told.status_code, told.json()) == (403, {"words": OUT_OF_DATE, "stale": True})
    assert (page.status_code, foreign.status_code) == (403, 403)
    assert OUT_OF_DATE in page.content.decode()
    assert TEXT in page.content.decode()
    assert TEXT not in foreign.content.decode()


def test_a_fresh_token_is_read_with_whose_it_is(client, controller):
    client = Client(enforce_csrf_checks=True)
    url = reverse("governance:session")

    assert client.get(url).json()["account"] == ""
    client.force_login(controller)
    answer = client.get(url)

    assert answer.json()["account"] == str(controller.pk)
    assert "no-store" in answer["Cache-Control"]
    sent = client.post(
        reverse("dialogues:motion_add", args=[1]),
        {"text": TEXT},
        headers={"X-CSRFToken": answer.json()["token"]},
    )
    assert sent.status_code == 404  # it was let in, and there is no such paragraph


ACTS = sorted(name for name, entry in ENTRIES.items() if entry.post)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_opened_as_a_page_says_so_in_swedish(login, controller, name):
    converters = dict(url_patterns())[name].pattern.converters
    args = [1 if kind.regex == "[0-9]+" else "1" for kind in converters.values()]

    answer = login(controller).get(reverse(name, args=args))

    assert answer.status_code == 405
    assert "Det här sker med en knapp" in answer.content.decode()
    assert "POST" in answer["Allow"]


READ = sorted(name for name, entry in ENTRIES.items() if not entry.post and not entry.objects)


@pytest.mark.parametrize("name", READ)
def test_head_answers_as_get_does(login, controller, name):
    client = login(controller)
    url = reverse(name)

    got, asked = client.get(url), client.head(url)

    assert asked.status_code == got.status_code != 405
    assert asked.content == b""
    if not got.streaming and b"csrf" not in got.content:
        assert asked["Content-Length"] == str(len(got.content))
