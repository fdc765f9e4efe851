"""Acts, reads and rules take their time by argument: views and tasks alone look at the clock."""

import ast
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, project_files

# documents stamps its jobs; dialogues and reports have the last acts that look themselves.
APPS = ("governance", "targets", "economy", "internal_control", "exchange", "desk")
EDGES = {"views", "views.py", "tasks.py", "middleware.py", "management", "migrations"}
# The default of the one function that records: an act without another moment happens now.
ALLOWED = {"governance/history.py"}
CLOCKS = {"today", "now", "utcnow", "localdate", "localtime"}
HOLDERS = {"date", "datetime", "timezone"}


def clocks(source: str) -> list[int]:
    """Lines that read a clock: timezone.now(), date.today(), localdate() of nothing, auto_now."""
    nodes = list(ast.walk(ast.parse(source)))
    # timezone.localtime(value) turns a given moment; it reads no clock.
    given = {id(node.func) for node in nodes if isinstance(node, ast.Call) and node.args}
    return [
        node.lineno
        for node in nodes
        if (isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"})
        or (isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone")
        or (
            isinstance(node, ast.Attribute)
            and node.attr in CLOCKS
            and isinstance(node.value, ast.Name)
            and node.value.id in HOLDERS
            and not (node.attr.startswith("local") and id(node) in given)
        )
    ]


def is_inside(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return parts[0] in APPS and not EDGES.intersection(parts)


def test_no_act_looks_at_the_clock():
    found = {
        str(path.relative_to(ROOT)): lines
        for path in project_files(".py")
        if is_inside(path) and (lines := clocks(path.read_text()))
    }

    assert found.keys() == ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        "timezone.now()",
        "date.today()",
        "datetime.now(UTC)",
        "timezone.localdate()",
        "field(default=timezone.now)",
        "DateTimeField(auto_now_add=True)",
        "from django.utils.timezone import now",
    ],
)
def test_clock_is_found(line):
    assert clocks(line) == [1]


def test_given_moment_is_no_clock():
    assert clocks("timezone.localtime(entry.at)") == []
