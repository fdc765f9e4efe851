import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.rules.charts import ChartLine, ChartPoint, chart
from targets.enums import Direction
from targets.indicators.rules.target_values import parse_target

YEARS = ("Helår 2022", "Helår 2023", "Helår 2024")
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


def line(name, *texts):
    """A point per text; a text that is no number is said instead of drawn."""
    return ChartLine(
        name=name,
        points=tuple(
            ChartPoint(
                text=text, number=Decimal(text.replace(",", ".")) if text[-1].isdigit() else None
            )
            for text in texts
        ),
    )


def drawn(*lines, targets=(), periods=YEARS):
    return chart(title="Sjukfrånvaro", unit="%", periods=periods, lines=lines, targets=targets)


def y_of(mark):
    return Decimal(re.match(r"M-?[\d.]+ (-?[\d.]+)", mark.path)[1])


def test_a_missing_value_is_a_gap_and_is_said():
    found = drawn(line("Totalt", "7,9", "Utfall saknas", "6,94"))

    assert [stretch.count(",") for stretch in found.lines[0].stretches] == [1, 1]
    assert [mark.label for mark in found.lines[0].marks] == ["7,9", "6,94"]
    assert found.unsaid == ("Helår 2023: utfall saknas",)


def test_what_is_not_drawn_names_whose_it_is_unless_it_is_everybodys():
    found = drawn(
        line("Totalt", "7", "Utfall saknas", "8"), line("Män", "Dold", "Utfall saknas", "9")
    )

    assert found.unsaid == ("Helår 2022, män: dold", "Helår 2023: utfall saknas")


def test_text_and_inequality_are_said_and_an_empty_chart_is_known_as_empty():
    found = drawn(line("Totalt", ">80 %"), periods=("Helår 2024",))

    assert found.is_empty
    assert found.unsaid == ("Helår 2024: >80 %",)
    assert [(row.period, row.values) for row in found.rows] == [("Helår 2024", (">80 %",))]


def test_target_is_one_line_per_bound_and_unbroken_run():
    low, span = (parse_target(text, Direction.INSIDE) for text in ("77", "77–80"))
    found = drawn(line("Totalt", "76", "78", "79"), targets=(low, span, span))

    assert [(ruler.x1, ruler.text) for ruler in found.targets] == [
        ("60.0", ""),
        ("220.0", "77"),
        ("220.0", "80"),
    ]
    assert [row.target for row in found.rows] == [
        "exakt 77",
        "mellan 77 och 80",
        "mellan 77 och 80",
    ]
    assert found.legends[-1].name == "Målvärde"


def test_without_a_target_nothing_is_said_of_one():
    found = drawn(line("Totalt", "1", "2", "3"))

    assert (found.targets, found.has_target, len(found.legends)) == ((), False, 1)


@pytest.mark.parametrize(
    ("values", "ticks", "note"),
    [
        (
            ("7,9", "7,53", "6,94"),
            ["6,75", "7,00", "7,25", "7,50", "7,75", "8,00"],
            "från 6,75 till 8,00",
        ),
        (("1", "2", "9"), ["0,0", "2,5", "5,0", "7,5", "10,0"], ""),
        (("-3", "0", "5"), ["−4", "−2", "0", "2", "4", "6"], ""),
        (("5", "5", "5"), ["4,0", "4,5", "5,0", "5,5", "6,0"], "från 4,0 till 6,0"),
    ],
)
def test_scale_has_even_numbers_and_says_when_it_does_not_begin_at_zero(values, ticks, note):
    found = drawn(line("Totalt", *values))

    assert [tick.text for tick in found.ticks] == ticks
    assert found.note == (f"Skalan går {note}." if note else "")


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=2, max_size=30), st.none() | NUMBERS)
def test_a_higher_value_is_never_drawn_lower_and_all_fit(numbers, target):
    points = tuple(ChartPoint(text=str(number), number=number) for number in numbers)
    bound = parse_target(str(target), Direction.HIGHER) if target is not None else None

    found = chart(
        title="",
        unit="",
        periods=[str(number) for number in range(len(numbers))],
        lines=[ChartLine(name="Totalt", points=points)],
        targets=[bound] * len(numbers),
    )

    heights = sorted(zip(numbers, (y_of(mark) for mark in found.lines[0].marks), strict=True))
    assert all(one[1] >= other[1] for one, other in pairwise(heights))
    assert all(48 <= y <= 248 for _number, y in heights)
    assert 3 <= len(found.ticks) <= 7


def test_labels_of_one_period_do_not_cover_one_another():
    found = drawn(line("Totalt", "8,2", "8,2", "8,2"), line("Män", "8,1", "7,2", "8,2"))

    for one, other in zip(found.lines[0].marks, found.lines[1].marks, strict=True):
        assert abs(Decimal(one.y) - Decimal(other.y)) >= 12


def test_crowded_periods_keep_the_last_name_and_leave_the_numbers_to_the_table():
    periods = [f"månad {number}" for number in range(24)]
    found = drawn(line("Totalt", *["5"] * 24), periods=periods)

    assert found.periods[-1].text == "månad 23"
    assert len(found.periods) < 24
    assert {mark.label for mark in found.lines[0].marks} == {""}
    assert len(found.rows) == 24


def test_lines_differ_in_mark_and_dashes_not_in_colour_alone():
    found = drawn(*(line(name, "1", "2", "3") for name in ("Totalt", "Kvinnor", "Män", "Annat")))

    assert len({each.dash for each in found.lines}) == 4
    assert len({re.sub(r"[\d.]+", "", each.marks[0].path) for each in found.lines}) == 4


def test_template_prints_presentation_attributes_with_decimal_points():
    target = parse_target("högst 7,5", Direction.LOWER)
    found = drawn(
        line("Totalt", "7,9", "7,53", "6,94"),
        line("Kvinnor", "8,1", "8", "7"),
        targets=[target] * 3,
    )

    html = render_to_string(
        "components/chart.html", {"chart": found, "id": "c", "with_table": True}
    )

    numbers = re.findall(r'\s(?:x|y|x1|x2|y1|y2|width|height)="([^"]*)"', html)
    assert len(numbers) > 40
    assert all(re.fullmatch(r"-?\d+(\.\d)?", number) for number in numbers)
    assert 'role="img" aria-labelledby="c-title c-desc"' in html
    assert "style=" not in html
    assert html.count("<tr>") == 4
    assert "Helår 2024: totalt 6,94, kvinnor 7 (målvärde högst 7,5)" in found.description
