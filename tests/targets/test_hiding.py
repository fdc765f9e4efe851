"""What one division of a value hides, no other gives away."""

import pytest

from figures.enums import ValueKind
from figures.rules.small_groups import held_back
from governance.models import Unit
from governance.queries import root_unit
from targets.enums import Breakdown, Dimension
from targets.models import Outcome
from targets.outcomes.queries.figures import outcomes_of
from targets.outcomes.queries.units import units_of
from targets.outcomes.rules.places import breakdown_of
from tests.targets.factories import make_indicator

T, W, M = Breakdown.TOTAL, Breakdown.WOMEN, Breakdown.MEN


@pytest.fixture
def hidden(org, committee, period):
    """The hidden (unit, breakdown) of a body with two units and their groups' sizes."""
    indicator = make_indicator(org)
    indicator.hides_small_groups, indicator.dimension = True, Dimension.SEX
    indicator.save()
    root = root_unit(committee)
    for key in ("norr", "soder"):
        Unit.objects.create(body=committee, parent=root, key=key, name=key)

    def found(sizes, suppressed=()):
        root, below = units_of(committee, period)
        units = {unit.key: unit for unit in (root, *(each.row for each in below))}
        for (key, breakdown), size in sizes.items():
            is_suppressed = (key, breakdown) in suppressed
            Outcome.objects.create(
                indicator=indicator,
                unit=units[key],
                period=period,
                breakdown=breakdown,
                kind=ValueKind.SUPPRESSED if is_suppressed else ValueKind.NUMBER,
                number=None if is_suppressed else 5,
                decimals=None if is_suppressed else 0,
                group_size=size,
            )
        now, _before = outcomes_of([indicator], units.values(), period)
        hidden = held_back(now[indicator.pk], root=root.pk, hides=True)
        keys = {unit.pk: key for key, unit in units.items()}
        return {(keys[key.unit], breakdown_of(key)) for key in hidden}

    return found


def sizes(north, south):
    """Women and men of two units, with every sum."""
    (nw, nm), (sw, sm) = north, south
    return {
        ("hela", T): nw + nm + sw + sm, ("hela", W): nw + sw, ("hela", M): nm + sm,
        ("norr", T): nw + nm, ("norr", W): nw, ("norr", M): nm,
        ("soder", T): sw + sm, ("soder", W): sw, ("soder", M): sm,
    }  # fmt: skip


def test_large_groups_are_all_shown(hidden):
    assert hidden(sizes((20, 30), (40, 50))) == set()


def test_one_small_cell_hides_its_row_and_column_and_the_corner(hidden):
    assert hidden(sizes((8, 30), (40, 50))) == {
        ("norr", W), ("norr", M), ("soder", W), ("soder", M),
    }  # fmt: skip


def test_small_unit_hides_its_parts_and_the_other_unit(hidden):
    found = hidden(sizes((4, 5), (40, 50)))

    assert {("norr", T), ("norr", W), ("norr", M), ("soder", T)} <= found
    assert ("hela", T) not in found


def test_value_held_back_by_hand_takes_another_with_it(hidden):
    found = hidden(sizes((20, 30), (40, 50)), suppressed={("hela", W)})

    assert {("hela", W), ("hela", M)} <= found
    assert ("hela", T) not in found


def test_small_whole_hides_everything_in_it(hidden):
    assert len(hidden(sizes((2, 3), (2, 2)))) == 9
