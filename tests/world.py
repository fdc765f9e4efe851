"""A small complete world: the demo's region and a twin beside it, taken along the walk's steps
through the actions, without a worker. Kept open in one transaction for a module's tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from exchange.actions import DEMO_ACCOUNTS, load
from governance.models import Organisation, Person, User
from tests.architecture.house import ROOT
from tests.factories import PASSWORD

DEMO = ROOT / "demo" / "halland-regionservice-2026.yaml"
TODAY = date(2026, 3, 10)
TWIN = ("region-annan", "Region Annan", "annan-")


@dataclass(frozen=True, kw_only=True)
class World:
    organisation: Organisation
    users: dict[str, User]


def make_world(folder: Path, *, key: str, name: str, prefix: str) -> World:
    """The demo's facts under another key and name, with an account per role."""
    text = DEMO.read_text()
    text = text.replace("key: region-halland", f"key: {key}").replace("Region Halland", name)
    path = folder / f"{key}.yaml"
    path.write_text(text)
    load([path])
    organisation = Organisation.objects.get(key=key)
    return World(organisation=organisation, users=make_users(organisation, prefix))


def make_users(organisation: Organisation, prefix: str) -> dict[str, User]:
    persons = {one.key: one for one in Person.objects.filter(organisation=organisation)}
    users = {
        account: User.objects.create_user(
            username=prefix + account, password=PASSWORD, person=persons[key]
        )
        for account, key in DEMO_ACCOUNTS.items()
    }
    administrator = users["systemadministrator"]
    administrator.is_system_administrator = True
    administrator.save(update_fields=["is_system_administrator"])
    return users


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside leaves no trace, so that one world serves many attempts."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
