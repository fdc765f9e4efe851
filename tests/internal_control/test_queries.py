import pytest
from django.db import IntegrityError, transaction

from governance.enums import Light
from governance.rules import FigureRef
from internal_control.queries import control_grid, reported_periods
from tests.internal_control.factories import make_area, make_level, make_plan, make_result


def test_grid_has_a_cell_per_area_and_period(org, committee, period, last_year):
    plan = make_plan(committee)
    area = make_area(plan, action="Information om regelverk")
    result = make_result(area, period, make_level(org))
    make_result(area, last_year, None)

    grid = control_grid(body=committee, year=2025, periods=[last_year, period])

    assert (grid.plan_name, grid.periods) == (
        "Internkontrollplan 2025",
        ("Helår 2024", "Helår 2025"),
    )
    unreported, passed = grid.areas[0].cells
    assert (unreported.level, unreported.tone) == ("Ej rapporterat", Light.NO_OUTCOME)
    assert (passed.level, passed.tone) == ("Utan anmärkning", Light.MET)
    assert passed.source == FigureRef(
        model="internal_control.ControlResult", id=result.pk, version=1
    )
    assert grid.areas[0].actions == ("Information om regelverk",)


def test_cell_without_a_row_has_no_source(committee, period):
    make_area(make_plan(committee))

    cell = control_grid(body=committee, year=2025, periods=[period]).areas[0].cells[0]

    assert (cell.level, cell.source) == ("Ej rapporterat", None)


def test_body_without_plan_has_an_empty_grid(committee, other_committee, period):
    make_area(make_plan(other_committee))

    grid = control_grid(body=committee, year=2025, periods=[period])

    assert (grid.plan_id, grid.areas) == (None, ())


def test_reported_periods_stand_in_time_order(org, committee, period, last_year):
    plan = make_plan(committee)
    area = make_area(plan)
    for each in (period, last_year):
        make_result(area, each, None)

    assert reported_periods(plan) == [last_year, period]


def test_one_result_per_area_and_period(committee, period):
    area = make_area(make_plan(committee))
    make_result(area, period, None)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_result(area, period, None)


@pytest.mark.parametrize("count", [1, 30])
def test_grid_takes_the_same_queries(org, committee, period, count, django_assert_num_queries):
    plan, level = make_plan(committee), make_level(org)
    for number in range(count):
        make_result(make_area(plan, f"omrade-{number}", action="Att göra"), period, level)

    with django_assert_num_queries(4):
        grid = control_grid(body=committee, year=2025, periods=[period])

    assert len(grid.areas) == count
