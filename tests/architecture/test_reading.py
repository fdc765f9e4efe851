"""GET does not write: every page is opened with a database that refuses to."""

import re

import pytest
from django.db import connection
from django.test import Client

from tests.pages import ENTRIES, address

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
# The framework's own bookkeeping of the visit.
ALLOWED = re.compile(r"django_session")


class Wrote(Exception):
    pass


def refuse_writes(execute, sql, params, many, context):
    if WRITES.match(sql) and not ALLOWED.search(sql):
        raise Wrote(sql[:200])
    return execute(sql, params, many, context)


def test_no_page_writes_when_it_is_read(walked_world, db):
    wrote = []
    for name, entry in ENTRIES.items():
        if entry.post:
            continue
        client = Client()
        if entry.by:
            client.force_login(walked_world.users[entry.by])
        try:
            with connection.execute_wrapper(refuse_writes):
                client.get(address(name, walked_world.organisation))
        except Wrote as write:
            wrote.append((name, str(write)))

    assert wrote == []


def test_the_refusal_works(db):
    with pytest.raises(Wrote), connection.execute_wrapper(refuse_writes):
        connection.cursor().execute("DELETE FROM governance_body")
