from decimal import Decimal

import pytest

from figures.enums import ValueKind
from governance.enums import Light, ScaleKind
from governance.models import Scale, ScaleLevel
from governance.queries import root_unit
from governance.rules import FigureRef
from targets.enums import Direction
from targets.models import Outcome
from targets.outcomes.grids import OutcomeGrid
from targets.outcomes.queries.figures import indicator_rows
from targets.plans.queries.plans import goal_table, plan_for
from tests.factories import make_body
from tests.targets import factories


def row_of(committee, period):
    return indicator_rows(body=committee, period=period)[0]


def test_row_holds_the_printed_figure_and_where_it_came_from(indicator, before, committee, period):
    outcome = factories.make_outcome(indicator, committee, period, "6.94")

    row = row_of(committee, period)

    assert (row.value, row.previous, row.change_text) == (
        "6,94",
        "7,53",
        "−0,59 procentenheter",
    )
    assert (row.light, row.light_word) == (Light.MET, "Når målet")
    assert (row.target_text, row.target_words) == ("högst 7,0 %", "högst 7,0 %")
    assert (row.period, row.previous_period) == ("Helår 2025", "Helår 2024")
    assert row.source == FigureRef(model="targets.Outcome", id=outcome.pk, version=1)
    assert row.previous_source == FigureRef(model="targets.Outcome", id=before.pk, version=1)


def test_row_without_outcome(indicator, before, committee, period):
    row = row_of(committee, period)

    assert (row.value, row.previous, row.change, row.source) == ("", "7,53", None, None)
    assert (row.light, row.light_word) == (Light.NO_OUTCOME, "Utfall saknas")


def test_row_without_target_is_not_a_row_without_outcome(org, plan, committee, period):
    hme = factories.make_indicator(org, "hme", unit="index", direction=Direction.HIGHER)
    factories.make_place(plan, hme)
    factories.make_outcome(hme, committee, period, "76")

    row = row_of(committee, period)

    assert (row.light, row.light_word) == (Light.NO_TARGET, "Målvärde saknas")
    assert row.has_target is False


def test_row_with_an_unread_target_says_that_it_is_not_judged(org, plan, committee, period):
    indicator = factories.make_indicator(org)
    factories.make_place(plan, indicator, target="bättre än riket")
    factories.make_outcome(indicator, committee, period, "6.94")

    row = row_of(committee, period)

    assert (row.light, row.light_word) == (Light.NOT_JUDGED, "Bedöms inte")
    assert (row.target_text, row.target_words) == ("bättre än riket", "")


@pytest.mark.parametrize(
    ("kind", "text", "value", "word"),
    [
        (ValueKind.TEXT, "Kartlagda", "Kartlagda", "Bedöms inte"),
        (ValueKind.INEQUALITY, ">80", ">80", "Bedöms inte"),
        (ValueKind.SUPPRESSED, "", "", "Redovisas inte (liten grupp)"),
        (ValueKind.NOT_APPLICABLE, "", "", "Ej tillämpligt"),
        (ValueKind.MISSING, "", "", "Utfall saknas"),
    ],
)
def test_row_without_number(indicator, committee, period, kind, text, value, word):
    Outcome.objects.create(
        indicator=indicator, unit=root_unit(committee), period=period, kind=kind, text=text
    )

    row = row_of(committee, period)

    assert (row.value, row.light_word, row.change) == (value, word, None)


def test_indicators_own_decimals_decide_print_and_light(org, plan, committee, period):
    indicator = factories.make_indicator(org)
    indicator.decimals = 1
    indicator.save()
    factories.make_place(plan, indicator, target="högst 2,0")
    factories.make_outcome(indicator, committee, period, "2.049")

    row = row_of(committee, period)

    assert (row.value, row.light) == ("2,0", Light.MET)


def test_near_within_the_tolerance(org, plan, committee, period):
    indicator = factories.make_indicator(org, tolerance=Decimal("0.5"))
    factories.make_place(plan, indicator, target="högst 7,0")
    factories.make_outcome(indicator, committee, period, "7.4")

    assert row_of(committee, period).light == Light.NEAR


def test_words_of_lights_are_the_organisations(org, indicator, committee, period):
    scale = Scale.objects.create(organisation=org, key="ljus", kind=ScaleKind.LIGHT, name="Ljus")
    ScaleLevel.objects.create(scale=scale, key="a", name="Uppnått", position=1, tone=Light.MET)
    factories.make_outcome(indicator, committee, period, "6.94")

    assert row_of(committee, period).light_word == "Uppnått"


def test_another_committees_outcome_is_not_mixed_in(indicator, committee, other_committee, period):
    factories.make_outcome(indicator, other_committee, period, "9.99")

    assert row_of(committee, period).value == ""


def test_keys_choose_and_order_planned_or_not(org, indicator, committee, other_committee, period):
    factories.make_indicator(org, "hme", unit="index")
    factories.make_indicator(org, "annans", body=other_committee)

    rows = indicator_rows(body=committee, period=period, keys=["hme", indicator.key, "annans"])

    assert [row.key for row in rows] == ["hme", indicator.key]
    assert [row.has_target for row in rows] == [False, True]


def test_another_organisations_indicator_of_the_same_key_is_not_found(
    org, other_org, committee, period
):
    factories.make_indicator(other_org, "hme")

    assert indicator_rows(body=committee, period=period, keys=["hme"]) == []


def test_indicator_planned_twice_is_entered_once(plan, indicator, committee, round_state):
    place = plan.planned_indicators.get()
    place.pk, place.key, place.position = None, "igen", 9
    place.save(force_insert=True)

    assert [row.key.what for row in OutcomeGrid(round_state).rows()] == [indicator.pk]


@pytest.mark.parametrize("count", [1, 30])
def test_rows_take_the_same_queries(
    org, plan, committee, period, last_year, count, django_assert_num_queries
):
    for number in range(count):
        indicator = factories.make_indicator(org, f"indikator-{number}")
        factories.make_place(plan, indicator, target="högst 7")
        factories.make_outcome(indicator, committee, period, "6")
        factories.make_outcome(indicator, committee, last_year, "7")

    with django_assert_num_queries(6):
        rows = indicator_rows(body=committee, period=period)

    assert len(rows) == count


def test_goal_table_keeps_the_plans_order_and_levels_may_be_skipped(org, committee):
    plan = factories.make_plan(committee, 2026)
    areas = [factories.make_area(plan, f"fokus-{number}") for number in (1, 2)]
    with_indicator = factories.make_goal(plan, "mal-1", area=areas[0])
    without = factories.make_goal(plan, "mal-2", area=areas[1])
    outside = factories.make_goal(plan, "mal-3")
    factories.make_place(plan, factories.make_indicator(org), goal=with_indicator)

    table = goal_table(plan)

    assert [area.name for area in table.areas] == ["Området fokus-1", "Området fokus-2", ""]
    assert [goal.id for area in table.areas for goal in area.goals] == [
        with_indicator.pk,
        without.pk,
        outside.pk,
    ]
    assert [item.name for item in table.areas[0].goals[0].indicators] == [
        "Indikatorn sjukfranvaro-r12"
    ]
    assert table.areas[1].goals[0].indicators == ()
    assert (table.goal_count, table.indicator_count) == (3, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_goal_table_takes_the_same_queries(org, plan, count, django_assert_num_queries):
    area = factories.make_area(plan)
    for number in range(count):
        goal = factories.make_goal(plan, f"mal-{number}", area=area)
        indicator = factories.make_indicator(org, f"indikator-{number}")
        factories.make_place(plan, indicator, goal=goal, target="1")

    with django_assert_num_queries(5):
        table = goal_table(plan)

    assert table.indicator_count == count


def test_plan_for_the_bodys_year(plan, committee, org):
    other = make_body(org, "annan")

    assert plan_for(committee, 2025) == plan
    assert plan_for(committee, 2026) is None
    assert plan_for(other, 2025) is None
