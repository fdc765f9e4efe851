import pytest
from django.urls import reverse

from tests.reports import factories

URL = "/underlag/"


def test_the_controller_finds_the_draft(login, pack, controller):
    html = login(controller).get(URL).content.decode()

    assert f'href="/underlag/{pack.pk}/"' in html
    assert "Utkast, version 1" in html
    assert "Inte överlämnat" in html


@pytest.mark.parametrize("name", ["head", "reader", "outsider", "stranger"])
def test_nobody_else_finds_a_draft(request, login, pack, name):
    html = login(request.getfixturevalue(name)).get(URL).content.decode()

    assert pack.name not in html
    assert "Inga rapporter ännu" in html


def test_an_administrator_finds_no_list(login, administrator):
    assert login(administrator).get(URL).status_code == 404


def test_a_reader_finds_what_was_handed_over(login, handed_over, reader):
    html = login(reader).get(URL).content.decode()

    assert f'href="/underlag/version/{handed_over.pk}/"' in html
    assert "Överlämnat 2026-03-10 (version 1)" in html


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_equally_often(
    login, committee, controller, count, django_assert_num_queries
):
    template = factories.make_template(committee.organisation)
    for number in range(count):
        factories.make_report(committee, template, key=f"r-{number}")
    client = login(controller)
    client.get(reverse("reports:pack_list"))

    with django_assert_num_queries(QUERIES):
        client.get(reverse("reports:pack_list"))


QUERIES = 6
