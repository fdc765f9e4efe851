"""Two organisations stand from the start; actors are named for their role."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from config.static_files import collect
from governance.enums import BodyKind, Role
from governance.models import Body, Organisation, Period, User
from rounds.models import RoundState
from tests import factories, world
from tests.guards import lifted
from tests.migrated import fill, template

# A slow machine is not a fault: no test of ours is a timed one.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Pages link static files by their collected names; nothing is done where these stand."""
    collect()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
    shared: Path,
) -> Iterator[None]:
    """pytest-django's own place for this: its `migrate` finds everything done."""
    if connection.vendor == "sqlite":
        with closing(fill(connection.creation._get_test_db_name())):
            yield
        return
    with django_db_blocker.unblock(), template(shared) as name:
        connection.close()
        connection.settings_dict["TEST"]["TEMPLATE"] = name
        with django_db_blocker.block():
            yield


@pytest.fixture
def org(db: None) -> Organisation:
    return factories.make_organisation()


@pytest.fixture
def other_org(db: None) -> Organisation:
    return factories.make_organisation("region-annan", "Region Annan")


@pytest.fixture
def board(org: Organisation) -> Body:
    return factories.make_body(org, "rs", kind=BodyKind.BOARD, short_name="RS")


@pytest.fixture
def working_committee(org: Organisation, board: Body) -> Body:
    return factories.make_body(
        org, "rsau", kind=BodyKind.WORKING_COMMITTEE, short_name="RSAU", parent=board
    )


@pytest.fixture
def committee(org: Organisation) -> Body:
    return factories.make_body(org)


@pytest.fixture
def other_committee(org: Organisation) -> Body:
    return factories.make_body(org, "dnnsv", short_name="DN Närsjukvård")


@pytest.fixture
def last_year(org: Organisation) -> Period:
    return factories.make_period(org, 2024)


@pytest.fixture
def period(org: Organisation, last_year: Period) -> Period:
    return factories.make_period(org, 2025, previous=last_year)


@pytest.fixture
def round_state(period: Period, committee: Body) -> RoundState:
    return factories.make_round_state(period, committee)


@pytest.fixture
def controller(org: Organisation, committee: Body) -> User:
    return factories.make_user(org, "controller", roles={Role.CONTROLLER: committee})


@pytest.fixture
def head(org: Organisation, committee: Body) -> User:
    return factories.make_user(org, "head", roles={Role.HEAD_OF_ADMINISTRATION: committee})


@pytest.fixture
def chair(org: Organisation, committee: Body) -> User:
    return factories.make_user(org, "chair", roles={Role.CHAIR: committee})


@pytest.fixture
def reader(org: Organisation, committee: Body) -> User:
    return factories.make_user(org, "reader", roles={Role.READER: committee})


@pytest.fixture
def case_officer(org: Organisation, board: Body) -> User:
    return factories.make_user(org, "case-officer", roles={Role.CASE_OFFICER: board})


@pytest.fixture
def secretary(org: Organisation, working_committee: Body) -> User:
    return factories.make_user(org, "secretary", roles={Role.SECRETARY: working_committee})


@pytest.fixture
def presiding(org: Organisation, working_committee: Body) -> User:
    return factories.make_user(org, "presiding", roles={Role.CHAIR: working_committee})


@pytest.fixture
def member(org: Organisation, working_committee: Body) -> User:
    return factories.make_user(org, "member", roles={Role.MEMBER: working_committee})


@pytest.fixture
def registrar(org: Organisation, board: Body) -> User:
    return factories.make_user(org, "registrar", roles={Role.REGISTRAR: board})


@pytest.fixture
def outsider(org: Organisation, other_committee: Body) -> User:
    """Controller of another committee in the same region."""
    return factories.make_user(org, "outsider", roles={Role.CONTROLLER: other_committee})


@pytest.fixture
def stranger(other_org: Organisation) -> User:
    """Controller in another region."""
    body = factories.make_body(other_org)
    return factories.make_user(other_org, "stranger", roles={Role.CONTROLLER: body})


@pytest.fixture
def administrator(org: Organisation) -> User:
    """Manages accounts and sees no content, whatever mandates the person may hold."""
    user = factories.make_user(org, "administrator")
    user.is_system_administrator = True
    user.save(update_fields=["is_system_administrator"])
    return user


@pytest.fixture
def login(db: None) -> Callable[[User], Client]:
    """A test client logged in as the user."""

    def as_user(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return as_user


@pytest.fixture(scope="module")
def made_world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[world.World]:
    """The demo's region, loaded once in a transaction that a module's tests share; each test's own
    lies inside it. Every other test of the module sees its rows as well."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), world.rolled_back():
        yield world.make_world(folder, key="region-halland", name="Region Halland", prefix="")


@pytest.fixture(scope="module")
def walked_world(made_world: world.World) -> world.World:
    """The same, after the walk."""
    world.walk(made_world)
    return made_world


@pytest.fixture
def guarded_db(transactional_db: None) -> Iterator[None]:
    """A database with real commits in which rows are sealed; the guards are lifted to flush."""
    yield
    with lifted():
        call_command("flush", verbosity=0, interactive=False)
