"""Who reports at a period, who is shown and by which name: one rule for grid, list and block."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from governance.queries import root_unit
from targets.enums import RollUp
from targets.models import Outcome
from targets.outcomes.actions.values import roll_up
from targets.outcomes.queries.entry import Labels, entry_groups, read_values
from targets.outcomes.queries.figures import indicator_rows, light_words
from targets.outcomes.queries.frame import entry_frame
from targets.outcomes.queries.missing import units_without_outcomes
from tests.targets.factories import row_key


@pytest.fixture
def summed(indicator):
    indicator.rollup = RollUp.SUM
    indicator.save()
    return indicator


@pytest.fixture
def ended(committee):
    """A unit that ended at midsummer."""
    return committee.units.create(
        parent=root_unit(committee), key="slut", name="Slut", valid_to=date(2025, 6, 30)
    )


@pytest.fixture
def standing(committee):
    return committee.units.create(parent=root_unit(committee), key="kvar", name="Kvar")


@pytest.fixture
def report(indicator, period):
    def save(unit, number):
        return Outcome.objects.create(
            indicator=indicator, unit=unit, period=period, number=Decimal(number), decimals=0
        )

    return save


def in_grid(committee, period):
    frame = entry_frame(body=committee, period=period)
    read = read_values(frame, [period.pk])
    labels = Labels(
        lights=tuple(light_words(committee.organisation_id, period.ends_on.year).items())
    )
    groups = entry_groups(frame, read, is_open=True, labels=labels, chain=[period.pk])
    _whole, *units = [row for group in groups for row in group.rows]
    return [row.label for row in units]


def in_block(committee, period):
    (row,) = indicator_rows(body=committee, period=period, with_units=True)
    return [cell.label for cell in row.units]


def test_unit_that_ended_inside_the_period_is_shown_with_its_days(
    committee, period, round_state, summed, ended, standing, report
):
    report(ended, "7")

    for shown in (in_grid, in_block):
        assert shown(committee, period) == ["Kvar", "Slut (till 2025-06-30)"]
    assert units_without_outcomes([round_state]) == {round_state.pk: ("Kvar",)}


def test_unit_of_before_the_period_is_shown_only_with_a_row(
    committee, period, summed, ended, standing, report
):
    ended.valid_to = date(2024, 12, 31)
    ended.save()
    assert in_grid(committee, period) == in_block(committee, period) == ["Kvar"]

    report(ended, "7")

    assert in_grid(committee, period) == in_block(committee, period)
    assert in_block(committee, period) == ["Kvar", "Slut (till 2024-12-31)"]


def test_units_that_are_not_asked_are_shown_only_with_a_row(
    committee, period, indicator, ended, standing, report
):
    assert in_grid(committee, period) == in_block(committee, period) == []

    report(standing, "7")

    assert in_grid(committee, period) == in_block(committee, period) == ["Kvar"]


def test_whole_waits_for_those_asked_and_counts_what_the_ended_reported(
    committee, period, summed, ended, standing, report
):
    report(standing, "5")
    assert roll_up(indicator=summed, body=committee, period=period, by=None).number == 5

    report(ended, "7")

    assert roll_up(indicator=summed, body=committee, period=period, by=None).number == 12


def test_name_is_that_of_the_periods_end(committee, period, round_state, summed, standing):
    standing.names.create(key="forr", name="Förr", valid_to=date(2025, 6, 30))

    for shown in (in_grid, in_block):
        assert shown(committee, period) == ["Kvar, tidigare Förr"]
    assert units_without_outcomes([round_state]) == {round_state.pk: ("Kvar",)}


def test_units_have_a_position(committee, period, summed, ended, standing):
    standing.position = 1
    standing.save()

    assert in_grid(committee, period) == ["Slut (till 2025-06-30)", "Kvar"]


def test_what_an_ended_unit_reported_can_be_mended(
    login, controller, round_state, summed, ended, report
):
    report(ended, "7")

    address = reverse("targets:outcome_row", args=[round_state.pk, row_key(summed, ended)])
    page = login(controller).get(address).content.decode()

    assert "Slut (till 2025-06-30)" in page
    assert "7 %" in page
