"""Which values an indicator can have: the same in the grid, the details, a file and a target."""

from decimal import Decimal

import pytest

from figures.enums import ValueKind
from figures.rules.limits import COUNT, FREE, SHARE, Interval
from figures.rules.numbers import OutOfRange
from targets.enums import Direction, ValueRange
from targets.indicators.rules.target_values import read_target
from targets.indicators.rules.value_range import limits_of
from targets.models import Indicator
from targets.outcomes.actions.loading import within_limits
from targets.outcomes.grids import read_typed
from targets.outcomes.queries.figures import indicator_rows
from tests.factories import make_period
from tests.targets import factories

INDEX = Interval(Decimal(0), Decimal(100), "Indexet är lägst 0 och högst 100.")


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ({"unit_label": "%"}, SHARE),
        ({"unit_label": "procent"}, SHARE),
        ({"unit_label": "%", "base_year": 2021}, FREE),
        ({"unit_label": "%", "value_range": ValueRange.PERCENTAGE}, FREE),
        ({"unit_label": "", "value_range": ValueRange.SHARE}, SHARE),
        ({"unit_label": "st"}, FREE),
        ({"unit_label": "st", "value_range": ValueRange.COUNT}, COUNT),
        ({"unit_label": "kr", "value_range": ValueRange.AMOUNT}, FREE),
        ({"value_range": ValueRange.INDEX}, FREE),
        ({"value_range": ValueRange.INDEX, "lowest": Decimal("0.000"), "highest": 100}, INDEX),
    ],
)
def test_range_is_the_indicators(values, limits):
    if "highest" in values:
        values["highest"] = Decimal("100.000000")
    assert limits_of(Indicator(**values)) == limits


@pytest.mark.parametrize("text", ["−1,5", "104,2 %", "−11,9", "> 180 %", "500 av 413"])
def test_percentage_without_bounds_can_be_typed_and_a_share_cannot(text):
    indicator = Indicator(unit_label="%", value_range=ValueRange.PERCENTAGE)

    assert read_typed(indicator, text, ValueKind.NUMBER).kind in {
        ValueKind.NUMBER,
        ValueKind.INEQUALITY,
    }
    with pytest.raises(OutOfRange) as refused:
        read_typed(Indicator(unit_label="%"), text, ValueKind.NUMBER)
    assert refused.value.message.endswith("En andel ligger mellan 0 och 100 %.")


@pytest.mark.parametrize(
    ("indicator", "text", "message"),
    [
        (
            Indicator(value_range=ValueRange.COUNT, unit_label="st"),
            "-3",
            "−3 st går inte. Ett antal är noll eller mer.",
        ),
        (
            Indicator(value_range=ValueRange.INDEX, lowest=Decimal(1), highest=Decimal(4)),
            "4,1",
            "4,1 går inte. Indexet är lägst 1 och högst 4.",
        ),
        (
            Indicator(value_range=ValueRange.INDEX, highest=Decimal(4)),
            "minst 5",
            "5 går inte. Indexet är högst 4.",
        ),
        (
            Indicator(unit_label="%"),
            "694",
            "694 % går inte. En andel ligger mellan 0 och 100 %.",
        ),
    ],
)
def test_beyond_its_range_it_is_refused_with_the_reason(indicator, text, message):
    with pytest.raises(OutOfRange) as refused:
        read_typed(indicator, text, ValueKind.NUMBER)

    assert refused.value.message == message


@pytest.mark.parametrize("value", ["number", "restated_number"])
def test_file_is_held_to_the_same_range(org, committee, period, value):
    outcome = factories.make_outcome(factories.make_indicator(org), committee, period, "6.94")
    assert within_limits(outcome) == ""
    setattr(outcome, value, Decimal("-1.5"))

    with pytest.raises(OutOfRange):
        within_limits(outcome)

    outcome.indicator.value_range = ValueRange.PERCENTAGE
    assert within_limits(outcome) == ""


@pytest.mark.parametrize(
    ("text", "direction", "end"),
    [
        ("minst 105 %", Direction.HIGHER, "105"),
        ("högst −4 %", Direction.LOWER, "−4"),
        ("mindre än 0 %", Direction.LOWER, "0"),
        ("över 100 %", Direction.HIGHER, "100"),
        ("90–105 %", Direction.INSIDE, "105"),
    ],
)
def test_no_bound_lies_where_no_outcome_can(text, direction, end):
    reading = read_target(text, direction, unit_label="%", limits=SHARE)

    assert reading.target is None
    assert reading.reason == (
        f"Inga utfall ligger bortom {end}. En andel ligger mellan 0 och 100 %."
    )
    assert read_target(text, direction, unit_label="%").target is not None


def test_bound_reckoned_beyond_the_range_is_not_judged(org, plan, committee, period):
    indicator = factories.make_indicator(org)
    factories.make_place(plan, indicator, target="minskning med 6 procentenheter, basår 2021")
    factories.make_outcome(indicator, committee, make_period(org, 2021), "4")
    factories.make_outcome(indicator, committee, period, "3")

    row = indicator_rows(body=committee, period=period)[0]

    assert row.target.is_bound is False
    assert row.target_unread == (
        "Räknat från utfallet 2021: Inga utfall ligger bortom −2. "
        "En andel ligger mellan 0 och 100 %."
    )
