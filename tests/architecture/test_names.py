"""A class name means one thing: `scripts/size.py` finds the ones that stand twice."""

import sys

from tests.architecture.house import FLOORS, ROOT

sys.path.append(str(ROOT / "scripts"))
import size

# To be settled one by one; none is added.
TWICE = {
    "AttainmentRow",
    "AttainmentSummary",
    "Change",
    "Column",
    "ControlCell",
    "Figure",
    "IndicatorLine",
    "Line",
    "Measure",
    "Named",
    "Paragraph",
    "Preview",
    "Proposal",
    "Refused",
    "Report",
    "RoundLine",
    "RoundRow",
    "Step",
    "Waiting",
}


def test_class_names_stand_once_but_for_the_list():
    assert set(size.names_standing_twice()) == TWICE


def test_every_app_is_measured():
    assert set(size.APPS) == {*FLOORS, "config"}
    assert min(size.lines(app) for app in size.APPS) > 0
    assert len(dict(size.classes("governance"))) > 10


def test_functions_are_measured_from_def_to_last_line():
    found = {each.name.partition(" ")[2]: each.lines for each in size.functions("config")}

    assert found["only_one"] == 15
