"""Every module lies in a room that a contract orders, or is named here with its reason."""

import tomllib
from pathlib import PurePath

from tests.architecture.house import FLOORS, ROOT, project_files, some

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
ROOMS = {
    room.strip(" ()")
    for contract in SETTINGS["contracts"]
    if contract["id"] == "rooms"
    for layer in contract["layers"]
    for room in layer.split(":")
}
# In no order: who may import them is said by the floors alone.
ELSEWHERE = {
    "dialogues.proposals.printing": "a proposal as HTML, asked for by actions",
    "dialogues.verification.printing": "protocol and extract as HTML, asked for by actions",
    "reports.clearance.printing": "papers as HTML, above its actions",
    "exchange.demo.walk": "the demo's whole walk, for a command",
    "governance.formats": "Django's own place for a language's formats",
}


def modules() -> list[str]:
    """Dotted names of the apps' modules, without migrations and empty package files."""
    found = [path.relative_to(ROOT) for path in project_files(".py")]
    names = sorted(
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in found
        if path.parts[0] in FLOORS and "migrations" not in path.parts and not is_bare(path)
    )
    return some(names)


def is_bare(path: PurePath) -> bool:
    return path.name == "__init__.py" and not (ROOT / path).read_text().strip()


def has_room(module: str) -> bool:
    """In the app itself or in one of its subject folders."""
    return bool(ROOMS.intersection(module.split(".")[1:3]))


def test_every_module_has_a_room():
    homeless = [
        module
        for module in modules()
        if not has_room(module) and not module.startswith(tuple(ELSEWHERE))
    ]

    assert homeless == []


def test_what_is_elsewhere_is_there():
    assert [
        name for name in ELSEWHERE if not any(module.startswith(name) for module in modules())
    ] == []


def test_rooms_are_known():
    assert {"rules", "models", "queries", "actions", "forms", "views", "enums"} <= ROOMS
    assert {app for app in FLOORS if not any(m.startswith(f"{app}.") for m in modules())} == set()
    assert has_room("targets.plans.rules.tree")
    assert not has_room("targets.helpers")
