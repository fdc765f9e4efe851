import pytest
from django.urls import reverse

from governance.models import AuditEntry
from rounds.enums import RoundStateName
from targets.enums import Horizon
from targets.models import Target
from tests.factories import make_round_state


@pytest.fixture
def place(plan, indicator):
    return plan.planned_indicators.get()


@pytest.fixture
def url(place):
    return reverse("targets:target_edit", args=[place.pk])


@pytest.fixture
def echo_url(place):
    return reverse("targets:target_echo", args=[place.pk])


def typed(year="högst 7,0 %", long_term="", *, year_version=1, long_version=0, note="Påhittat"):
    return {
        "year-text": year,
        "year-note": note,
        "year-version": year_version,
        "long_term-text": long_term,
        "long_term-note": "",
        "long_term-version": long_version,
    }


def texts(place):
    return dict(Target.objects.filter(planned_indicator=place).values_list("horizon", "text"))


def history(place):
    entries = AuditEntry.objects.filter(
        object_type="targets.PlannedIndicator", object_id=place.pk
    ).order_by("id")
    return [(entry.actor, entry.field, entry.old, entry.new) for entry in entries]


def test_targets_are_kept_as_written_with_their_history(login, controller, url, place):
    client = login(controller)

    answer = client.post(url, typed("max 6,5 %", "högst 5 %", note=""))

    assert (answer.status_code, answer.url) == (302, url)
    assert texts(place) == {Horizon.YEAR: "max 6,5 %", Horizon.LONG_TERM: "högst 5 %"}
    assert history(place) == [
        ("Controller", "target_year", "högst 7,0 % (Påhittat)", "max 6,5 %"),
        ("Controller", "target_long_term", "", "högst 5 %"),
    ]
    page = client.get(url).content.decode()
    assert "Tolkas som högst 6,5 %." in page
    assert "från högst 7,0 % (Påhittat) till max 6,5 %" in page


def test_nothing_written_takes_the_target_away_and_leaves_its_history(
    login, controller, url, place
):
    login(controller).post(url, typed(""))

    assert texts(place) == {}
    assert history(place) == [("Controller", "target_year", "högst 7,0 % (Påhittat)", "")]


def test_the_same_again_writes_nothing(login, controller, url, place):
    login(controller).post(url, typed())

    assert history(place) == []
    assert Target.objects.get().version == 1


def test_what_cannot_be_read_is_saved_as_text(login, controller, url, place):
    client = login(controller)

    client.post(url, typed("ska minska rejält"))

    assert texts(place) == {Horizon.YEAR: "ska minska rejält"}
    assert "Går inte att tolka; sparas som text." in client.get(url).content.decode()


def test_someone_was_first(login, controller, url, place):
    Target.objects.update(text="högst 6 %", note="", version=2)

    answer = login(controller).post(url, typed("högst 5 %", "högst 4 %", note=""))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ändrat värdet till högst 6 % sedan du öppnade sidan. Du skrev högst 5 %." in page
    assert 'value="högst 5 %"' in page
    assert 'name="year-version" value="2"' in page
    assert texts(place) == {Horizon.YEAR: "högst 6 %"}
    assert history(place) == []


def test_two_who_write_the_first_target_do_not_both_win(login, controller, url, place):
    Target.objects.create(planned_indicator=place, key="lang", horizon="long_term", text="5")

    answer = login(controller).post(url, typed(long_term="4"))

    assert answer.status_code == 409
    assert texts(place)[Horizon.LONG_TERM] == "5"


@pytest.mark.parametrize("state", [RoundStateName.SUBMITTED, RoundStateName.LOCKED])
def test_a_year_that_is_handed_in_is_closed(
    login, controller, url, place, committee, period, state
):
    make_round_state(period, committee, state)
    client = login(controller)

    answer = client.post(url, typed("högst 5 %"))

    assert answer.status_code == 409
    assert "Planen för 2025 är stängd." in answer.content.decode()
    assert texts(place) == {Horizon.YEAR: "högst 7,0 %"}
    assert "<textarea" not in client.get(url).content.decode()
    assert 'name="year-text"' not in client.get(url).content.decode()


def test_a_target_may_change_while_the_year_goes_on(
    login, controller, url, place, committee, period
):
    make_round_state(period, committee)

    assert login(controller).post(url, typed("högst 5 %")).status_code == 302
    assert texts(place) == {Horizon.YEAR: "högst 5 %"}


@pytest.mark.parametrize(
    "changed",
    [
        {"year-text": "x" * 121},
        {"year-version": "ett"},
        {"year-version": ""},
        {"year-note": "x" * 201},
    ],
)
def test_bad_input_is_refused_and_kept(login, controller, url, place, changed):
    answer = login(controller).post(url, typed("högst 5 %") | changed)

    assert answer.status_code == 422
    assert texts(place) == {Horizon.YEAR: "högst 7,0 %"}


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("controller", 200, 302),
        ("head", 200, 403),
        ("chair", 200, 403),
        ("reader", 200, 403),
        ("case_officer", 404, 404),
        ("outsider", 404, 404),
        ("stranger", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_may(request, login, url, echo_url, who, reads, writes):
    client = login(request.getfixturevalue(who))

    assert client.get(url).status_code == reads
    assert client.get(echo_url).status_code == reads
    assert client.post(url, typed("högst 5 %")).status_code == writes


def test_anonymous_goes_to_the_login_page(client, url, echo_url):
    assert client.get(url).status_code == 302
    assert client.get(echo_url).status_code == 302


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"year-text": "max 15 %"}, "Tolkas som högst 15 %."),
        ({"long_term-text": "> 5 %"}, "<p>Målet säger mer än 5, men lägre är bättre."),
        ({"year-text": "<script>"}, "<p>Går inte att tolka; sparas som text."),
        ({"year-text": "5 <b>kr</b>"}, "Målet är skrivet i &lt;b&gt;kr&lt;/b&gt;"),
        ({"year-text": " "}, ""),
        ({}, ""),
    ],
)
def test_echo_says_how_it_is_read(login, controller, echo_url, query, said):
    answer = login(controller).get(echo_url, query)

    assert answer.status_code == 200
    text = answer.content.decode()
    assert said in text if said else not text.strip()


def test_echo_reckons_a_change_from_the_base_year(
    login, controller, echo_url, indicator, before, committee
):
    said = login(controller).get(
        echo_url, {"year-text": "minskning med 1 procentenhet, basår 2024"}
    )

    assert "Tolkas som högst 6,53 %." in said.content.decode()
