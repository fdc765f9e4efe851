from collections.abc import Iterator

import pytest

from governance.enums import Role
from governance.models import Body, Period, User
from governance.permissions import serves_board
from reports import permissions
from reports.enums import Access
from reports.models import Report, ReportVersion
from tests.reports import factories


@pytest.fixture
def pack(committee: Body, period: Period) -> Report:
    return factories.make_pack(committee, period)


@pytest.fixture
def handed_over(pack: Report, controller: User, head: User, chair: User) -> ReportVersion:
    return factories.hand_over(pack, controller=controller, head=head, chair=chair)


@pytest.fixture
def receiving(working_committee: Body) -> Iterator[None]:
    """What the floor above registers: the working committee's people reach what is handed over."""

    def check(user: User, report: Report, today) -> Access | None:
        if serves_board(user, working_committee, Role.CASE_OFFICER, today):
            return Access.RECEIVE
        roles = (Role.MEMBER, Role.CHAIR, Role.SECRETARY, Role.REGISTRAR)
        if any(serves_board(user, working_committee, role, today) for role in roles):
            return Access.READ
        return None

    permissions.register_reader(check)
    yield
    permissions._readers.remove(check)
