from copy import copy
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from economy.enums import AmountKind, Measure, SignStyle
from economy.queries import address, economy_pages, economy_table, reported_periods
from governance.rules import FigureRef
from tests.economy.factories import make_amount, make_line, make_scope
from tests.factories import make_period


def test_row_holds_printed_amounts_and_where_they_came_from(committee, period, last_year):
    line = make_line(committee, scope=make_scope(committee))
    now = make_amount(line, period, "1700000")
    then = make_amount(line, last_year, "2400000")

    table = economy_table(body=committee, period=period)

    row = table.rows[0]
    assert (row.value, row.previous, row.unit, row.mark) == ("+1,7", "+2,4", "mnkr", "*")
    assert row.source == FigureRef(model="economy.Amount", id=now.pk, version=1)
    assert row.previous_source == FigureRef(model="economy.Amount", id=then.pk, version=1)
    assert (table.period, table.previous_period) == ("Helår 2025", "Helår 2024")
    assert table.footnotes == ("* Exklusive förrådsvaror",)
    assert not table.has_budget


def test_stated_percentage_is_marked(committee, period):
    line = make_line(committee, measure=Measure.PERCENT, decimals=2)
    make_amount(line, period, "0.26", is_stated=True)

    row = economy_table(body=committee, period=period).rows[0]

    assert (row.value, row.unit, row.is_stated) == ("+0,26", "%", True)


def test_line_without_amount_is_empty_not_zero(committee, period):
    make_line(committee)

    row = economy_table(body=committee, period=period).rows[0]

    assert (row.value, row.previous, row.deviation, row.source) == ("", "", "", None)


def test_deviation_from_budget(committee, period):
    line = make_line(committee, style=SignStyle.EXPENDITURE)
    make_amount(line, period, "77300000")
    make_amount(line, period, "73200000", kind=AmountKind.BUDGET)

    row = economy_table(body=committee, period=period).rows[0]

    assert (row.budget, row.deviation) == ("73,2", "−4,1")


def test_scopes_choose_lines(committee, period):
    make_line(committee, "hela")
    make_line(committee, "del", scope=make_scope(committee))

    def keys(scopes):
        rows = economy_table(body=committee, period=period, scopes=scopes).rows
        return [row.key for row in rows]

    assert keys(None) == ["hela", "del"]
    assert keys(["ordinarie"]) == ["del"]
    assert keys([""]) == ["hela"]


def test_another_bodys_lines_are_not_mixed_in(committee, other_committee, period):
    make_amount(make_line(other_committee), period, "1")

    assert economy_table(body=committee, period=period).rows == ()


def test_reported_periods_are_the_bodys_latest_first(committee, other_committee, period, last_year):
    line = make_line(committee)
    make_amount(line, last_year, "1")
    make_amount(line, period, "1")

    assert reported_periods(committee) == [period, last_year]
    assert reported_periods(other_committee) == []


def test_one_amount_per_line_period_and_kind(committee, period):
    line = make_line(committee)
    make_amount(line, period, "1")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_amount(line, period, "2")


@pytest.mark.parametrize("count", [1, 30])
def test_table_takes_the_same_queries(committee, period, count, django_assert_num_queries):
    scope = make_scope(committee)
    for number in range(count):
        make_amount(make_line(committee, f"rad-{number}", scope=scope), period, "1000000")

    with django_assert_num_queries(2):
        table = economy_table(body=committee, period=period)

    assert len(table.rows) == count


def test_forecast_is_held_against_the_years_budget(committee, org):
    year = make_period(org, 2025)
    spring = copy(year)
    spring.pk, spring.key, spring.name = None, "varen-2025", "Våren"
    spring.ends_on = date(2025, 4, 30)
    spring.save()
    line = make_line(committee)
    make_amount(line, year, "1000000", kind=AmountKind.BUDGET)
    make_amount(line, spring, "1500000", kind=AmountKind.FORECAST, is_stated=True)

    table = economy_table(body=committee, period=spring)

    row = table.rows[0]
    assert (table.year, table.has_forecast, row.value) == ("Helår 2025", True, "")
    assert (row.forecast, row.year_budget) == ("+1,5 (uppgivet)", "+1,0")
    assert row.forecast_deviation == "+0,5"
    assert [(p.name, p.has_outcome) for p in reported_periods(committee)] == [
        ("Helår 2025", False),
        ("Våren", False),
    ]


def test_body_without_lines_has_no_page_of_amounts(round_state):
    assert address(round_state) == ""
    assert list(economy_pages([round_state.body_id])) == []

    make_line(round_state.body)

    assert address(round_state) == f"/ekonomi/rapportera/{round_state.pk}/"
    assert [page.pk for page in economy_pages([round_state.body_id])] == [round_state.body_id]
