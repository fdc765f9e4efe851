"""Wall 9: one function rounds, and everything that prints or judges a number asks it."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.house import FLOORS, ROOT, project_files, template_files

CALLS = {"quantize", "round"}
SPEC = re.compile(r"\.\d+[fFgGeE%]")
HERE = "governance/rules.py"
GEOMETRY = {
    "figures/rules/charts.py",
    "figures/rules/sparkline.py",
}  # places in a drawing, which nobody reads
FILTER = re.compile(r"\|\s*floatformat\b")


def roundings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield from CALLS & {name}
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield from SPEC.findall(ast.unparse(node.format_spec))


def test_one_function_rounds():
    found = {
        name: list(roundings(path.read_text()))
        for path in project_files(".py")
        if (name := str(path.relative_to(ROOT))).split("/")[0] in FLOORS
    }

    rounding = {name for name, each in found.items() if each}
    assert rounding - GEOMETRY - {"exchange/demo/walk.py"} == {HERE}


def test_the_wall_says_how():
    wall = (ROOT / "docs/walls.md").read_text().partition("## 9.")[2].partition("## 10.")[0]

    assert re.findall(r"ROUND_\w+", (ROOT / HERE).read_text())[-1] in wall


def test_no_template_rounds():
    assert [path.name for path in template_files() if FILTER.search(path.read_text())] == []


def test_scan_finds_what_it_looks_for():
    assert list(roundings("round(a, 2); b.quantize(c); f'{d:.1f}'; f'{e:>8}'")) == [
        "round",
        "quantize",
        ".1f",
    ]
