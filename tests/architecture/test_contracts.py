"""import-linter's contracts, each broken on purpose: one that sees nothing would say KEPT for ever."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.architecture.house import FLOORS, ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = {each["id"]: each["name"] for each in SETTINGS["contracts"]}
# Who imports whom. A module that is missing is made, and the packages above it: the subject `planted`
# stands for every subject folder.
PLANTED = {
    "floors": [
        ("governance.rules", "targets.enums"),
        ("economy.planted.queries", "internal_control.planted.queries"),
        ("documents.models", "reports.enums"),
    ],
    "rooms": [
        ("economy.queries", "economy.views"),
        ("documents.files", "documents.actions"),
        ("targets.planted.queries.deep", "targets.planted.forms.deep"),
        ("reports.planted.actions", "reports.planted.views"),
    ],
    "declares": [
        ("economy.queries", "economy.declares"),
        ("governance.planted.rules", "targets.planted.declares"),
    ],
    "pure-rules": [
        ("economy.rules", "django"),
        ("targets.planted.rules", "smtplib"),
        ("targets.planted.rules.deep", "subprocess"),
        ("targets.planted.rules.deep", "targets.models"),
        ("reports.planted.rules", "targets.planted.queries"),
    ],
    "rows-hold-facts": [
        ("economy.models", "economy.queries"),
        ("targets.models", "targets.planted.actions"),
        ("reports.enums", "reports.planted.views"),
    ],
    "queries-gather": [
        ("economy.queries", "documents.actions"),
        ("targets.planted.queries", "targets.sown.actions"),
        ("targets.planted.queries.deep", "targets.sown.views"),
        ("documents.permissions", "documents.actions"),
    ],
    "actions-write": [
        ("documents.actions", "documents.tasks"),
        ("targets.planted.actions", "targets.sown.forms"),
        ("targets.planted.actions.deep", "targets.sown.views"),
    ],
    "forms-convert": [
        ("exchange.forms", "exchange.views"),
        ("targets.planted.forms.deep", "targets.sown.views"),
    ],
    "subjects-of-rules": [
        ("targets.plans.rules", "targets.indicators.rules"),
        ("targets.indicators.rules", "targets.outcomes.rules"),
        ("targets.outcomes.rules.deep", "targets.assessments.rules"),
    ],
    "subjects-of-actions": [
        ("targets.plans.actions", "targets.indicators.actions"),
        ("targets.indicators.actions", "targets.outcomes.actions"),
        ("targets.outcomes.actions.deep", "targets.assessments.actions"),
    ],
    "pure-readers": [
        ("documents.child", "django"),
        ("documents.readers.workbook", "governance.models"),
        ("documents.readers.planted", "documents.rules"),
    ],
    "public-face": [
        ("reports.queries", "targets.models"),
        ("desk.queries", "targets.planted.views"),
        ("dialogues.planted.queries", "documents.planted.tasks"),
    ],
}


@pytest.fixture
def tree(tmp_path) -> Path:
    """What lint-imports reads, to be spoilt."""
    for package in SETTINGS["root_packages"]:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def file_of(tree: Path, module: str) -> Path:
    """Where the module stands; a package where it did not, so that others fit below it."""
    place = tree.joinpath(*module.split("."))
    if place.with_suffix(".py").exists():
        return place.with_suffix(".py")
    for folder in (*reversed(place.parents[: module.count(".")]), place):
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    return place / "__init__.py"


def plant(tree: Path, importer: str, imported: str) -> None:
    if imported.partition(".")[0] in SETTINGS["root_packages"]:
        file_of(tree, imported)
    with file_of(tree, importer).open("a") as file:
        file.write(f"\nimport {imported}\n")


def lint(tree: Path, contract: str) -> str:
    done = subprocess.run(  # noqa: S603 -- a program of the project
        [ROOT / ".venv" / "bin" / "lint-imports", "--no-cache", "--no-logo", "--contract", contract],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def test_every_contract_is_broken_here():
    assert set(PLANTED) == set(CONTRACTS)
    assert all(PLANTED.values())


def test_every_app_is_read_and_has_a_floor():
    floors = next(each["layers"] for each in SETTINGS["contracts"] if each["id"] == "floors")

    assert set(SETTINGS["root_packages"]) == {*FLOORS, "config"}
    assert {app for layer in floors for app in re.findall(r"\w+", layer)} == {*FLOORS, "config"}


@pytest.mark.parametrize("contract", sorted(PLANTED))
def test_planted_imports_break_the_contract(contract, tree):
    for importer, imported in PLANTED[contract]:
        plant(tree, importer, imported)

    said = lint(tree, contract)

    assert f"{CONTRACTS[contract]} BROKEN" in said
    assert [pair for pair in PLANTED[contract] if " -> ".join(pair) not in said] == []
