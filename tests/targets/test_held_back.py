"""What a small group hides, no sentence, drawing or other page tells its readers."""

from decimal import Decimal

import pytest
from django.urls import reverse

from figures.enums import ValueKind
from governance.models import Unit
from governance.queries import root_unit
from targets.enums import Breakdown, Dimension, RollUp
from targets.models import Category, Outcome
from targets.outcomes.grids import OutcomeGrid


@pytest.fixture
def put(indicator, committee, period):
    def outcome(number, *, size=None, unit=None, at=None, **part):
        return Outcome.objects.create(
            indicator=indicator,
            unit=unit or root_unit(committee),
            period=at or period,
            number=None if number is None else Decimal(number),
            decimals=None if number is None else 1,
            kind=ValueKind.SUPPRESSED if number is None else ValueKind.NUMBER,
            group_size=size,
            **part,
        )

    return outcome


def rows_of(state, *, is_open):
    grid = OutcomeGrid(state)
    grid.is_open = is_open
    return list(grid.rows())


def test_warning_names_no_part_that_is_held_back(indicator, put, round_state):
    indicator.dimension, indicator.hides_small_groups = Dimension.CATEGORIES, True
    indicator.save()
    put("61.1", size=55)
    for number, size, key in (("62.2", 5, "a"), ("63.3", 20, "b"), ("64.4", 30, "c")):
        category = Category.objects.create(indicator=indicator, key=key, name=key, position=size)
        put(number, size=size, breakdown=Breakdown.CATEGORY, category=category)

    reader, writer = rows_of(round_state, is_open=False), rows_of(round_state, is_open=True)

    assert "62,2" in writer[0].warning
    assert reader[0].warning == ""


def test_trend_draws_no_value_that_is_held_back(indicator, put, round_state, period, last_year):
    indicator.dimension = Dimension.SEX
    indicator.save()
    for at in (period, last_year):
        put("5.0", at=at)
        put(None, at=at, breakdown=Breakdown.WOMEN)
        put("31.3", at=at, breakdown=Breakdown.MEN)

    reader, writer = rows_of(round_state, is_open=False), rows_of(round_state, is_open=True)

    assert "31,3" in writer[2].trend.description
    assert [row.trend is None for row in reader] == [False, True, True]


def test_indicator_page_hides_the_whole_that_the_grid_hides(
    login, reader, indicator, put, committee, round_state
):
    indicator.rollup, indicator.hides_small_groups = RollUp.SUM, True
    indicator.unit_label = "antal"
    indicator.save()
    north = Unit.objects.create(
        body=committee, parent=root_unit(committee), key="norr", name="Norr"
    )
    put("71.1")
    put("71.1", size=5, unit=north)

    page = login(reader).get(reverse("targets:indicator_detail", args=[indicator.pk]))

    assert all(row.cells[0].shown == "" for row in rows_of(round_state, is_open=False))
    assert "71,1" not in page.content.decode()
