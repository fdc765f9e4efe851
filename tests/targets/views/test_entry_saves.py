"""What a save of the entry grid costs the database: as much whatever the grid, little more a cell."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Unit
from governance.queries import root_unit
from targets.enums import RollUp
from targets.models import Outcome
from tests.targets.factories import make_indicator, make_outcome, make_place, row_key
from tests.targets.views.swap import sent

HX = {"HX-Request": "true"}
AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
ONE, TWO_HUNDRED = 12, 30


def statements(browser, url, data):
    """Each statement of the save, but for those that only frame the transaction."""
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = browser.post(url, data, headers=HX)
    assert response.status_code == 200, response.content.decode()
    sql = [query["sql"] for query in captured.captured_queries]
    return [each for each in sql if not each.startswith(AROUND)]


def listed(found):
    return "\n".join(f"{number}. {sql[:300]}" for number, sql in enumerate(found, start=1))


@pytest.fixture
def url(round_state):
    return reverse("targets:entry_grid", args=[round_state.pk])


@pytest.fixture
def grid(org, plan, committee, period, last_year):
    """So many indicators with targets and outcomes of both years."""

    def made(count, **fields):
        indicators = []
        for number in range(count):
            indicator = make_indicator(org, f"indikator-{number}", unit="antal")
            for name, value in fields.items():
                setattr(indicator, name, value)
            indicator.save()
            make_place(plan, indicator, target="högst 7")
            make_outcome(indicator, committee, last_year, "8")
            make_outcome(indicator, committee, period, "6")
            indicators.append(indicator)
        return indicators

    return made


@pytest.mark.parametrize("count", [1, 30])
def test_one_save_takes_the_same_statements_whatever_the_grid(
    login, controller, committee, url, grid, count
):
    row = row_key(grid(count)[-1], committee)

    found = statements(login(controller), url, sent(row, "value", "5", "1", was="6", kind="number"))

    assert len(found) <= ONE, listed(found)


def test_units_save_takes_no_more(login, controller, committee, period, url, grid):
    root = root_unit(committee)
    units = [Unit.objects.create(body=committee, parent=root, key=key, name=key) for key in "abcde"]
    (indicator,) = grid(1, rollup=RollUp.SUM)
    for unit in units[1:]:
        Outcome.objects.create(indicator=indicator, unit=unit, period=period, number=1, decimals=0)

    found = statements(login(controller), url, sent(row_key(indicator, units[0]), "value", "3"))

    assert Outcome.objects.get(indicator=indicator, period=period, unit=root).number == 7
    assert len(found) <= ONE, listed(found)


@pytest.mark.parametrize("is_new", [False, True])
def test_two_hundred_cells_are_saved_at_once(
    login, controller, committee, period, url, grid, is_new
):
    indicators = grid(100)
    if is_new:
        Outcome.objects.filter(period=period).delete()
    data = {}
    for indicator in indicators:
        row, seen = row_key(indicator, committee), "0" if is_new else "1"
        data |= sent(row, "value", "5", seen) | sent(row, "comment", "Nytt.", seen)

    found = statements(login(controller), url, data)

    assert (
        Outcome.objects.filter(
            period=period, number=5, comment="Nytt.", version=1 + (not is_new)
        ).count()
        == 100
    )
    assert len(found) <= TWO_HUNDRED, listed(found)
