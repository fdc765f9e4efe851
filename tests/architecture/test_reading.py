"""GET does not write: every page is opened with a database that refuses to."""

import re

import pytest
from django.db import connection
from django.test import Client

from tests.pages import ENTRIES, address
from tests.world import make_world, walk

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
# The framework's own bookkeeping of the visit.
ALLOWED = re.compile(r"django_session")


class Wrote(Exception):
    pass


def refuse_writes(execute, sql, params, many, context):
    if WRITES.match(sql) and not ALLOWED.search(sql):
        raise Wrote(sql[:200])
    return execute(sql, params, many, context)


@pytest.fixture
def world(db, tmp_path):
    made = make_world(tmp_path, key="region-halland", name="Region Halland", prefix="")
    walk(made)
    return made


def test_no_page_writes_when_it_is_read(world):
    wrote = []
    for name, entry in ENTRIES.items():
        if entry.post:
            continue
        client = Client()
        if entry.by:
            client.force_login(world.users[entry.by])
        try:
            with connection.execute_wrapper(refuse_writes):
                client.get(address(name, world.organisation))
        except Wrote as write:
            wrote.append((name, str(write)))

    assert wrote == []


def test_the_refusal_works(db):
    with pytest.raises(Wrote), connection.execute_wrapper(refuse_writes):
        connection.cursor().execute("DELETE FROM governance_body")
