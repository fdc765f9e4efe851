"""The house in figures: lines per app, how long its functions are, class names with two meanings."""

import ast
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ["config", *sorted(path.parent.name for path in ROOT.glob("*/apps.py"))]
CALLED_BY_DJANGO = {"Command"}  # every management command is
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, order=True)
class Function:
    lines: int
    name: str


def sources(app: str) -> list[Path]:
    return [path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def lines(app: str) -> int:
    return sum(len(path.read_text().splitlines()) for path in sources(app))


def functions(app: str) -> Iterator[Function]:
    """Without their decorators."""
    for path in sources(app):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, FUNCTIONS):
                place = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield Function((node.end_lineno or node.lineno) - node.lineno + 1, place)


def classes(app: str) -> Iterator[tuple[str, str]]:
    """Every class of a module's top level, and where it stands."""
    for path in sources(app):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and node.name not in CALLED_BY_DJANGO:
                yield node.name, f"{path.relative_to(ROOT)}:{node.lineno}"


def names_standing_twice() -> dict[str, list[str]]:
    """Class names of two modules, and where they stand."""
    places = defaultdict(list)
    for app in APPS:
        for name, place in classes(app):
            places[name].append(place)
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def main() -> None:
    whole = 0
    everything: list[Function] = []
    for app in APPS:
        found = sorted(functions(app))
        everything += found
        whole += lines(app)
        print(told(app, lines(app), found))
    print(told("all apps", whole, sorted(everything)))
    print("\nClass names that stand twice:")
    for name, places in names_standing_twice().items():
        print(f"  {name}: {', '.join(places)}")


def told(name: str, size: int, found: list[Function]) -> str:
    figures = [each.lines for each in found]
    middle, late = statistics.median(figures), figures[int(len(figures) * 0.95)]
    longest = found[-1]
    return (
        f"{name:17}{size:7,} lines {len(found):6,} functions: median {middle:.0f}, p95 {late}, "
        f"longest {longest.lines} ({longest.name})"
    )


if __name__ == "__main__":
    main()
