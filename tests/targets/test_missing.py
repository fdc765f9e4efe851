"""What a body's outcomes of a round are still without."""

from datetime import date

import pytest

from targets.enums import RollUp
from targets.outcomes.queries.missing import missing_comments, units_without_outcomes
from targets.outcomes.rules.lacking import lacks_words
from tests.targets.factories import make_indicator, make_outcome, make_place


def test_units_that_have_not_reported_are_named(org, committee, plan, period, round_state):
    root = committee.units.get()
    kost = committee.units.create(parent=root, key="kost", name="Kost")
    committee.units.create(parent=root, key="tvatt", name="Tvätt")
    committee.units.create(parent=root, key="nedlagd", name="Nedlagd", valid_to=date(2024, 12, 31))
    committee.units.create(parent=kost, key="kok", name="Kök under Kost")
    summed = make_indicator(org, "portioner", unit="st")
    summed.rollup = RollUp.SUM
    summed.save()
    make_place(plan, summed)
    outcome = make_outcome(summed, committee, period, "12")
    outcome.unit = kost
    outcome.save()

    assert units_without_outcomes([round_state]) == {round_state.pk: ("Tvätt",)}


def test_units_are_not_asked_where_the_whole_is_entered(committee, indicator, period, round_state):
    committee.units.create(parent=committee.units.get(), key="kost", name="Kost")

    assert units_without_outcomes([round_state]) == {round_state.pk: ()}


def test_missing_comments_are_those_the_light_asks_for(committee, indicator, period, round_state):
    outcome = make_outcome(indicator, committee, period, "9.9")
    assert missing_comments(round_state) == 1

    outcome.comment = "Vinterns influensa."
    outcome.save()

    assert missing_comments(round_state) == 0


@pytest.mark.parametrize(
    ("missing", "comments", "units", "words"),
    [
        (0, 0, (), ""),
        (2, 1, (), "2 utfall, 1 kommentar"),
        (0, 3, (), "3 kommentarer"),
        (1, 0, ("Kost", "Tvätt"), "1 utfall; Kost, Tvätt har inte rapporterat"),
        (0, 0, ("Kost",), "Kost har inte rapporterat"),
    ],
)
def test_lacks_words(missing, comments, units, words):
    assert lacks_words(missing, comments, units) == words
