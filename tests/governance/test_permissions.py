from datetime import timedelta

import pytest
from django.http import Http404

from governance import queries
from governance.enums import Role
from governance.models import Body, Mandate, User
from governance.permissions import has_any_role, has_role, holds, same_organisation, serves_board
from tests.factories import TODAY, make_mandate


def test_a_role_holds_in_its_body_alone(
    controller: User, committee: Body, other_committee: Body
) -> None:
    assert has_role(controller, committee, Role.CONTROLLER, TODAY)
    assert not has_role(controller, other_committee, Role.CONTROLLER, TODAY)
    assert not has_role(controller, committee, Role.CHAIR, TODAY)
    assert has_any_role(controller, committee, TODAY)
    assert not has_any_role(controller, committee, TODAY, Role.CHAIR, Role.READER)


def test_a_mandate_ends_with_its_last_day(controller: User, committee: Body) -> None:
    Mandate.objects.update(valid_to=TODAY)

    assert has_role(controller, committee, Role.CONTROLLER, TODAY)
    assert not has_role(controller, committee, Role.CONTROLLER, TODAY + timedelta(days=1))


def test_what_is_held_is_asked_of_each_day(controller: User) -> None:
    Mandate.objects.update(valid_to=TODAY)

    assert holds(controller, TODAY)
    assert not holds(controller, TODAY + timedelta(days=1))


def test_a_mandate_not_yet_begun_gives_nothing(controller: User, committee: Body) -> None:
    Mandate.objects.update(valid_from=TODAY + timedelta(days=1))

    assert not has_role(controller, committee, Role.CONTROLLER, TODAY)


def test_the_board_office_serves_its_working_committee(
    case_officer: User, working_committee: Body, committee: Body
) -> None:
    assert serves_board(case_officer, working_committee, Role.CASE_OFFICER, TODAY)
    assert not serves_board(case_officer, committee, Role.CASE_OFFICER, TODAY)


def test_a_system_administrator_holds_no_role(administrator: User, committee: Body) -> None:
    assert administrator.person is not None
    make_mandate(administrator.person, committee, Role.CHAIR)

    assert not has_role(administrator, committee, Role.CHAIR, TODAY)
    assert not same_organisation(administrator, committee.organisation_id)


def test_a_body_of_another_region_does_not_exist(stranger: User, committee: Body) -> None:
    with pytest.raises(Http404):
        queries.visible_body(stranger, committee.pk)
