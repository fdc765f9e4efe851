"""The arena, once per process; nothing here runs inside another test's transaction."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.concurrency.arena import Arena, an_arena


@pytest.fixture(scope="session")
def db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The migrated database to copy from, without the transaction that other tests run in."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def arena(db, tmp_path_factory) -> Iterator[Arena]:
    folder = tmp_path_factory.mktemp("arena")
    before = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = folder / "media"
    with an_arena(folder) as made:
        yield made
    settings.MEDIA_ROOT = before
