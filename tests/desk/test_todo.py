from django.urls import reverse


def test_anonymous_is_sent_to_login(client, db):
    response = client.get(reverse("desk:todo"))

    assert response.status_code == 302
    assert response.url == "/konto/logga-in/?next=/"


def test_empty_list_teaches(login, registrar):
    response = login(registrar).get(reverse("desk:todo"))

    assert response.context["todo"].count == 0
    assert "Justerade paragrafer att exportera" in response.content.decode()
