"""Targets against outcomes: units, base years, restated values, definitions that changed."""

from datetime import date
from decimal import Decimal

import pytest

from figures.enums import ValueKind
from governance.enums import Light
from targets.declares import CONTRIBUTION
from targets.enums import Breakdown, Dimension, IndicatorKind
from targets.indicators.queries.indicator_page import indicator_page
from targets.models import Definition, Outcome, Target
from targets.outcomes.grids import OutcomeGrid
from targets.outcomes.queries.figures import indicator_rows
from targets.outcomes.queries.trend import trend_of
from tests.factories import make_period
from tests.targets import factories

RELATIVE = "minskning med 2 procentenheter, basår 2021"


def row_of(committee, period):
    return indicator_rows(body=committee, period=period)[0]


def planned(org, plan, target, **values):
    indicator = factories.make_indicator(org, **values)
    factories.make_place(plan, indicator, target=target)
    return indicator


def test_relative_target_is_held_against_the_base_years_outcome(org, plan, committee, period):
    indicator = planned(org, plan, RELATIVE)
    factories.make_outcome(indicator, committee, make_period(org, 2021), "9.10")
    factories.make_outcome(indicator, committee, period, "7.10")

    row = row_of(committee, period)

    assert (row.target_words, row.light) == ("högst 7,10 %", Light.MET)
    assert row.target_unread == ""


def test_relative_target_without_its_base_is_said_and_not_judged(
    org, plan, committee, other_committee, period
):
    indicator = planned(org, plan, RELATIVE)
    factories.make_outcome(indicator, other_committee, make_period(org, 2021), "9.10")
    factories.make_outcome(indicator, committee, period, "7.10")

    row = row_of(committee, period)

    assert (row.target_words, row.light) == (RELATIVE, Light.NOT_JUDGED)
    assert row.target_unread == "Utfallet för helår 2021 saknas, så målvärdet kan inte räknas ut."


@pytest.mark.parametrize(
    ("now", "light"), [("5.60", Light.MET), ("5.70", Light.MISSED), ("6.90", Light.MISSED)]
)
def test_a_year_in_the_target_is_its_outcome(org, plan, committee, period, now, light):
    indicator = planned(org, plan, "Lägre än 2023")
    factories.make_outcome(indicator, committee, make_period(org, 2023), "5.70")
    factories.make_outcome(indicator, committee, period, now)

    row = row_of(committee, period)

    assert (row.target_words, row.light) == ("lägre än utfallet 2023, 5,70 %", light)
    assert row.target_meaning == row.target_words


@pytest.mark.parametrize("text", ["Lägre än 2023", "minskning med 1 procentenhet, basår 2023"])
def test_what_is_said_of_the_wholes_outcome_is_not_held_against_its_parts(
    org, plan, committee, period, text
):
    indicator = planned(org, plan, text)
    indicator.dimension = Dimension.SEX
    indicator.save()
    factories.make_outcome(indicator, committee, make_period(org, 2023), "5.7")
    factories.make_outcome(indicator, committee, period, "6.9")
    factories.make_outcome(indicator, committee, period, "4.1", breakdown=Breakdown.MEN)

    row = row_of(committee, period)

    assert row.light == Light.MISSED
    assert row.parts[1].value == "4,1"
    assert row.parts[1].light == Light.NOT_JUDGED


def test_without_that_years_outcome_there_is_no_light_and_the_reason(org, plan, committee, period):
    factories.make_outcome(planned(org, plan, "minska"), committee, period, "6.90")

    row = row_of(committee, period)

    assert (row.target_words, row.light) == ("lägre än utfallet 2024", Light.NOT_JUDGED)
    assert row.target_unread == "Utfallet för helår 2024 saknas, så målvärdet kan inte räknas ut."


def test_a_small_groups_base_is_not_given_away_by_the_target(org, plan, committee, period):
    indicator = planned(org, plan, RELATIVE)
    indicator.hides_small_groups = True
    indicator.save()
    base = factories.make_outcome(indicator, committee, make_period(org, 2021), "9.10")
    base.group_size = 10
    base.save()

    assert row_of(committee, period).target_words == RELATIVE


def test_indicator_measured_as_a_change_has_the_change_as_its_bound(org, plan, committee, period):
    indicator = planned(
        org, plan, "minskning med -6 procentenheter per kvm. Basår 2021", key="energi"
    )
    indicator.base_year = 2021
    indicator.save()
    factories.make_outcome(indicator, committee, period, "-4.1")

    row = row_of(committee, period)

    assert (row.target_words, row.light) == ("högst −6 %", Light.MISSED)


def test_bases_cost_one_query_however_many(org, plan, committee, period, django_assert_num_queries):
    base_year = make_period(org, 2021)
    for number in range(3):
        indicator = planned(org, plan, RELATIVE, key=f"andel-{number}")
        factories.make_outcome(indicator, committee, base_year, "9.10")

    with django_assert_num_queries(7):
        rows = indicator_rows(body=committee, period=period)

    assert {row.target_words for row in rows} == {"högst 7,10 %"}


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("> 5 %", "Målet säger mer än 5, men lägre är bättre. Menas < 5 %?"),
        ("högst 5 kr", "Målet är skrivet i kr, men indikatorn mäts i %."),
    ],
)
def test_what_is_not_read_says_why_and_gets_no_light(org, plan, committee, period, text, unread):
    factories.make_outcome(planned(org, plan, text), committee, period, "6.94")

    row = row_of(committee, period)

    assert (row.target_text, row.target_words, row.target_unread) == (text, "", unread)
    assert (row.light, row.light_word) == (Light.NOT_JUDGED, "Bedöms inte")


@pytest.mark.parametrize(
    ("kind", "target", "light", "due"),
    [
        (IndicatorKind.KEY_FIGURE, "", Light.NOT_JUDGED, False),
        (IndicatorKind.PRODUCTION, "", Light.NOT_JUDGED, False),
        (IndicatorKind.KEY_FIGURE, "högst 7 %", Light.MET, True),
        (IndicatorKind.STEERING, "", Light.NO_TARGET, True),
    ],
)
def test_a_target_is_missed_only_where_the_kind_owes_one(
    org, plan, committee, period, kind, target, light, due
):
    indicator = planned(org, plan, target)
    indicator.kind = kind
    indicator.save()
    factories.make_outcome(indicator, committee, period, "6.94")

    row = row_of(committee, period)

    assert (row.light, row.status_is_due, row.indicator_kind) == (light, due, kind)
    (handed_in,) = CONTRIBUTION.rows(CONTRIBUTION.snapshot(committee, period))[:1]
    assert (handed_in.light, handed_in.word) == (light, light.label)


def test_restated_previous_value_is_compared_with_and_noted(indicator, before, committee, period):
    outcome = factories.make_outcome(indicator, committee, period, "6.94")
    outcome.restated_number, outcome.restated_decimals = Decimal("7.40"), 2
    outcome.restated_note = "nytt lönesystem."
    outcome.save()

    row = row_of(committee, period)

    assert (row.previous, row.change_text) == ("7,40", "−0,46 procentenheter")
    assert row.warning == "Jämförelsevärdet är omräknat: nytt lönesystem."


@pytest.fixture
def lowered(committee, period, before):
    """7,53 last year, restated as 7,40: 7,45 is lower than was printed and higher than was so."""
    Target.objects.update(text="minska")
    outcome = factories.make_outcome(before.indicator, committee, period, "7.45")
    outcome.restated_number, outcome.restated_decimals = Decimal("7.40"), 2
    outcome.restated_note = "nytt lönesystem."
    outcome.save()
    return before.indicator


def test_restated_value_is_what_a_target_of_that_year_is_held_against(
    lowered, committee, period, controller, round_state
):
    row = row_of(committee, period)

    assert (row.target_words, row.light) == ("lägre än utfallet 2024, 7,40 %", Light.MISSED)
    assert row.change_judged == "+0,05 procentenheter, sämre"
    (entry,) = OutcomeGrid(round_state).rows()
    assert entry.before[0].word.startswith(row.target_words)
    assert entry.after[0].light == row.light
    page = indicator_page(controller, lowered.pk, date(2026, 2, 1))
    assert trend_of(page.trend_facts).rows[0].cell.light == row.light


@pytest.mark.parametrize("kind", [ValueKind.INEQUALITY, ValueKind.TEXT])
def test_change_stays_open_from_words(indicator, before, committee, period, kind):
    Outcome.objects.filter(pk=before.pk).update(kind=kind, text=">7", number=None, decimals=None)
    factories.make_outcome(indicator, committee, period, "6.94")

    row = row_of(committee, period)

    assert (row.previous, row.change, row.change_text) == (">7", None, "")


@pytest.mark.parametrize(
    ("valid_from", "warning"),
    [
        (
            date(2025, 1, 1),
            "Definitionen ändrades 2025-01-01. Värdena kan inte jämföras rakt av.",
        ),
        (date(2024, 12, 31), ""),
        (date(2026, 1, 1), ""),
    ],
)
def test_comparison_across_definitions_warns(
    indicator, before, committee, period, valid_from, warning
):
    Definition.objects.create(indicator=indicator, key="forsta", text="Sjuktid.")
    Definition.objects.create(
        indicator=indicator, key="andra", valid_from=valid_from, text="Sjuktid, ny källa."
    )
    factories.make_outcome(indicator, committee, period, "6.94")

    assert row_of(committee, period).warning == warning
