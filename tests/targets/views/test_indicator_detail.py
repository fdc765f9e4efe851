from datetime import date

import pytest
from django.urls import reverse

from figures.enums import ValueKind
from governance.enums import Role
from governance.history import record
from governance.models import Period, Unit
from governance.queries import root_unit
from targets.enums import Breakdown, Dimension
from targets.models import Definition, Outcome
from tests.factories import make_mandate, make_period
from tests.targets import factories


@pytest.fixture
def url(indicator):
    return reverse("targets:indicator_detail", args=[indicator.pk])


@pytest.fixture
def years(org, last_year, period):
    """2022 to 2025, the two latest compared."""
    return [make_period(org, 2022), make_period(org, 2023), last_year, period]


def test_trend_shows_the_values_the_gap_and_the_words(
    login, controller, url, indicator, committee, years
):
    for year, number in ((0, "8.20"), (2, "7.53"), (3, "6.94")):
        factories.make_outcome(indicator, committee, years[year], number)

    response = login(controller).get(url)

    trend = response.context["page"].trend
    assert [(row.period, row.cell.value, row.cell.light_word) for row in trend.rows] == [
        ("Helår 2025", "6,94", "Når målet"),
        ("Helår 2024", "7,53", "Målvärde saknas"),
        ("Helår 2023", "", "Utfall saknas"),
        ("Helår 2022", "8,20", "Målvärde saknas"),
    ]
    assert trend.rows[0].cell.change_text == "−0,59 procentenheter"
    assert [row.values for row in trend.chart.rows] == [
        ("8,20",),
        ("Utfall saknas",),
        ("7,53",),
        ("6,94",),
    ]
    assert trend.chart.unsaid == ("Helår 2023: utfall saknas",)
    page = response.content.decode()
    assert 'role="img"' in page
    assert "högst 7,0 %" in page
    assert reverse("targets:outcome_detail", args=[Outcome.objects.latest("id").pk]) in page


def test_women_and_men_are_further_lines_and_a_small_group_is_only_said(
    login, controller, url, indicator, before, committee, period
):
    indicator.dimension, indicator.hides_small_groups = Dimension.SEX, True
    indicator.save()
    for breakdown, number, size in (
        (Breakdown.WOMEN, "7.10", 405),
        (Breakdown.MEN, "3.33", 8),
        (Breakdown.TOTAL, "6.94", 413),
    ):
        outcome = factories.make_outcome(indicator, committee, period, "1")
        Outcome.objects.filter(pk=outcome.pk).update(
            breakdown=breakdown, number=number, decimals=2, group_size=size
        )

    response = login(controller).get(url)

    chart = response.context["page"].trend.chart
    assert chart.names == ("Totalt", "Kvinnor", "Män")
    assert [len(line.marks) for line in chart.lines] == [2, 0, 0]
    page = response.content.decode()
    assert "3,33" not in page
    assert "7,10" not in page
    assert "redovisas inte (liten grupp)" in page


def test_periods_of_one_length_are_compared_and_another_may_be_chosen(
    login, controller, url, indicator, committee, org, period
):
    factories.make_outcome(indicator, committee, period, "6.94")
    for month in (1, 2):
        short = Period.objects.create(
            organisation=org,
            key=f"manad-{month}",
            name=f"Månad {month}",
            short_name=f"M{month}",
            starts_on=date(2025, month, 1),
            ends_on=date(2025, month, 28),
        )
        factories.make_outcome(indicator, committee, short, f"7.{month}")
    client = login(controller)

    longest, months = (
        client.get(url, query).context["page"].trend for query in ({}, {"langd": "1"})
    )

    assert [row.period for row in longest.rows] == ["Helår 2025"]
    assert [row.period for row in months.rows] == ["M2", "M1"]
    assert [(span.words, span.is_chosen) for span in months.spans] == [
        ("Helår", False),
        ("Månader", True),
    ]


def test_only_the_latest_periods_unless_all_are_asked_for(
    login, controller, url, indicator, committee, org
):
    for year in range(1995, 2025):
        factories.make_outcome(indicator, committee, make_period(org, year), "7.0")
    client = login(controller)

    assert len(client.get(url).context["page"].trend.rows) == 24
    assert "Visa 6 äldre perioder" in client.get(url).content.decode()
    assert len(client.get(url, {"alla": ""}).context["page"].trend.rows) == 30


def test_definitions_stand_with_their_days_and_the_comparison_warns(
    login, controller, url, indicator, before, committee, period
):
    factories.make_outcome(indicator, committee, period, "6.94")
    for key, valid_from in (("a", None), ("b", date(2025, 1, 1)), ("c", date(2027, 1, 1))):
        Definition.objects.create(
            indicator=indicator, key=key, valid_from=valid_from, text=f"Text {key}"
        )

    response = login(controller).get(url)

    versions = response.context["page"].definitions
    assert [(each.text, each.until, each.is_now, each.is_coming) for each in versions] == [
        ("Text c", None, False, True),
        ("Text b", date(2027, 1, 1), True, False),
        ("Text a", date(2025, 1, 1), False, False),
    ]
    assert "Definitionen ändrades 2025-01-01." in response.content.decode()


def test_units_stand_at_the_latest_period(login, controller, url, indicator, committee, period):
    factories.make_outcome(indicator, committee, period, "6.94")
    unit = Unit.objects.create(
        body=committee, parent=root_unit(committee), key="kost", name="Måltider"
    )
    Outcome.objects.create(indicator=indicator, unit=unit, period=period, number="9.1", decimals=1)

    cells = login(controller).get(url).context["page"].trend.units

    assert [(cell.label, cell.value) for cell in cells] == [("Måltider", "9,1")]


def test_targets_stand_year_by_year_with_their_history(
    login, controller, url, indicator, plan, committee, org
):
    factories.make_place(factories.make_plan(committee, 2026), indicator, target="> 5 %")
    place = plan.planned_indicators.get()
    record(row=place, told={"target_year": ("högst 8,0 %", "högst 7,0 %")}, by=controller)

    response = login(controller).get(url)

    found = response.context["page"].years
    assert [(each.place.plan.year, each.aims[0].text) for each in found] == [
        (2026, "> 5 %"),
        (2025, "högst 7,0 %"),
    ]
    page = response.content.decode()
    assert "Menas &lt; 5 %?" in page
    assert "Målvärde: från högst 8,0 % till högst 7,0 %" in page


def test_text_and_inequality_are_in_the_table_and_not_in_the_chart(
    login, controller, url, indicator, committee, period
):
    Outcome.objects.create(
        indicator=indicator,
        unit=root_unit(committee),
        period=period,
        kind=ValueKind.INEQUALITY,
        text=">80 %",
    )

    response = login(controller).get(url)

    assert response.context["page"].trend.chart.is_empty
    page = response.content.decode()
    assert "&gt;80 %" in page
    assert '<svg class="chart__drawing"' not in page


def test_shared_indicator_shows_only_the_bodies_one_may_read(
    login, controller, outsider, url, indicator, committee, other_committee, period
):
    factories.make_outcome(indicator, committee, period, "6.94")
    factories.make_outcome(indicator, other_committee, period, "5.55")

    page = login(controller).get(url).content.decode()

    assert "6,94" in page
    assert "5,55" not in page
    client = login(controller)
    assert client.get(url, {"namnd": other_committee.pk}).status_code == 404
    assert client.get(url, {"namnd": "abc"}).status_code == 404
    assert "5,55" in login(outsider).get(url).content.decode()


def test_reader_of_two_bodies_chooses(
    login, controller, url, indicator, committee, other_committee, period
):
    make_mandate(controller.person, other_committee, Role.READER)
    factories.make_outcome(indicator, other_committee, period, "5.55")
    client = login(controller)

    assert client.get(url).context["page"].body == committee
    other = client.get(url, {"namnd": other_committee.pk})
    assert other.context["page"].trend.rows[0].cell.value == "5,55"
    assert not other.context["page"].may_set_targets


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head", 200),
        ("chair", 200),
        ("reader", 200),
        ("case_officer", 200),
        ("outsider", 200),
        ("stranger", 404),
        ("member", 404),
        ("administrator", 404),
    ],
)
def test_who_may_read_a_shared_indicator(request, login, url, board, who, status):
    assert login(request.getfixturevalue(who)).get(url).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("controller", 200), ("outsider", 404), ("case_officer", 404), ("stranger", 404)],
)
def test_who_may_read_a_bodys_own_indicator(request, login, url, indicator, committee, who, status):
    indicator.body = committee
    indicator.save()

    assert login(request.getfixturevalue(who)).get(url).status_code == status


def test_case_officer_sees_the_definition_and_nobodys_values(
    login, case_officer, url, indicator, committee, period
):
    factories.make_outcome(indicator, committee, period, "6.94")

    response = login(case_officer).get(url)

    page = response.context["page"]
    assert (page.body, page.trend, page.years, page.may_define) == (None, None, (), True)
    assert "6,94" not in response.content.decode()


def test_anonymous_goes_to_the_login_page(client, url):
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("item_count", [1, 30])
def test_queries_do_not_grow(
    login, controller, url, indicator, committee, org, item_count, django_assert_num_queries
):
    period = None
    for year in range(2025 - item_count, 2025):
        period = make_period(org, year, previous=period)
        factories.make_outcome(indicator, committee, period, "7.0")
        factories.make_place(
            factories.make_plan(committee, year), indicator, target="minskning med 1, basår 1990"
        )
    client = login(controller)

    with django_assert_num_queries(9):
        client.get(url)
