"""What a thing was called on a day, and what a print says of it."""

from datetime import date

import pytest

from governance.rules import NameSpan, name_on, names_fault, told_name

CHANGED = date(2025, 7, 1)
OLD = NameSpan("Område försörjning", None, date(2025, 6, 30))
NEW = NameSpan("Område närservice", CHANGED)


@pytest.mark.parametrize(
    ("on", "names", "name"),
    [
        (date(2025, 6, 30), [OLD, NEW], "Område försörjning"),
        (date(2025, 7, 1), [OLD, NEW], "Område närservice"),
        (date(2025, 7, 1), [OLD], "Eget"),
        (date(2025, 7, 1), [], "Eget"),
    ],
)
def test_name_is_that_of_the_day(on, names, name):
    assert name_on("Eget", names, on) == name


@pytest.mark.parametrize(
    ("since", "on", "told"),
    [
        (
            date(2024, 1, 1),
            date(2025, 12, 31),
            "Område närservice, tidigare Område försörjning",
        ),
        (date(2024, 1, 1), date(2025, 6, 30), "Område försörjning"),
        (date(2025, 7, 1), date(2026, 12, 31), "Område närservice"),
    ],
)
def test_former_name_is_told_as_long_as_it_is_compared_with(since, on, told):
    assert told_name("Område närservice", [NEW, OLD], since=since, on=on) == told


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([OLD, NEW], ""),
        ([OLD], ""),
        ([], ""),
        ([OLD, NameSpan("Annat", date(2025, 6, 30), date(2025, 8, 1))], "gäller samma dag"),
        ([OLD, NameSpan("Annat", CHANGED)], "”Annat” utan slut"),
    ],
)
def test_names_are_those_of_one_thing(names, said):
    fault = names_fault("Område närservice", names)

    assert (said in fault) if said else fault == ""
