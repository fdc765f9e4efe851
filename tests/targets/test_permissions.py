"""The table of architecture.md: who sees and writes a committee's outcomes."""

import pytest

from governance.enums import Role
from governance.permissions import can_read_figures
from rounds.permissions import can_record
from targets.permissions import can_read_plan
from tests.factories import TODAY, make_mandate

#                       read   write  plan
TABLE = {
    "controller": (True, True, True),
    "head": (True, False, True),
    "chair": (True, False, True),
    "reader": (True, False, True),
    "case_officer": (False, False, False),
    "secretary": (False, False, False),
    "presiding": (False, False, False),
    "member": (False, False, False),
    "registrar": (False, False, False),
    "outsider": (False, False, False),
    "stranger": (False, False, False),
    "administrator": (False, False, False),
}


@pytest.mark.parametrize("who", sorted(TABLE))
def test_who_may_what(request, committee, who):
    user = request.getfixturevalue(who)

    may = tuple(
        allows(user, committee, TODAY) for allows in (can_read_figures, can_record, can_read_plan)
    )

    assert may == TABLE[who]


def test_administrator_sees_nothing_even_with_a_mandate(administrator, committee):
    make_mandate(administrator.person, committee, Role.CONTROLLER)

    assert not can_read_figures(administrator, committee, TODAY)
    assert not can_record(administrator, committee, TODAY)
