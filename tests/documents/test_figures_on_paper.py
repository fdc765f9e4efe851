"""Figures of one width stand in numeric cells alone: in a sentence or a date they pull it apart."""

import re

import pytest

from tests.architecture.house import project_files

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
NUMERIC = re.compile(r"num\b|number|value|change|grid-input")


@pytest.mark.parametrize(
    "path",
    [path for path in project_files(".css") if "vendor" not in path.parts],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_only_what_is_a_number_has_figures_of_one_width(path):
    wide = [
        selector.strip()
        for rule, body in RULE.findall(path.read_text())
        if "tabular-nums" in body
        for selector in rule.split("*/")[-1].split(",")
        if not NUMERIC.search(selector)
    ]

    assert wide == []
