"""A role is somebody's: it reads something, is told what to expect and stands in the table of who
may do what."""

import pytest

from governance.declarations import Task, declared
from governance.enums import BOARD_ROLES, READING_ROLES, Role
from tests.architecture.house import ROOT

TABLE = (ROOT / "docs/architecture.md").read_text().partition("## Who may do what")[2]
ONLY_READS = (Role.READER, False)  # the page says so itself
EXPECTED = {*((role, False) for role in READING_ROLES), *((role, True) for role in BOARD_ROLES)}


def test_every_role_is_of_the_committee_or_of_the_board():
    assert {*READING_ROLES, *BOARD_ROLES} == set(Role)


def test_every_role_is_told_what_to_expect():
    told = {held for task in declared(Task) for held in task.told}

    assert EXPECTED - told == {ONLY_READS}


@pytest.mark.parametrize("role", Role)
def test_every_role_stands_in_the_table(role):
    heading = next(line for line in TABLE.splitlines() if line.startswith("| |"))

    assert role.value.replace("_", " ") in heading
