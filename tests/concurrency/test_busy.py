"""A database that somebody else holds is answered within five seconds: nothing is saved, and what
was typed stands on the page."""

from contextlib import contextmanager
from time import monotonic

import pytest
from django.db import connection, connections

from config.wsgi import LOCK_SECONDS
from dialogues.models import Proposal
from reports.models import Section
from tests.concurrency import acts_dialogues, acts_reports
from tests.concurrency.arena import at_once, signed_in

FIVE_SECONDS = 5
CASES = [
    (acts_dialogues.named("proposal_edit"), Proposal, "En annan rubrik"),
    (acts_dialogues.named("meeting_list"), Proposal, "2026-04-14"),
    (acts_reports.named("section_save"), Section, "Inledningen, skriven på nytt."),
]


def as_served():
    """What the web server's environment sets before the settings are read."""
    if connection.vendor == "sqlite":
        return {"timeout": LOCK_SECONDS}
    return {"options": f"-c lock_timeout={LOCK_SECONDS}s"}


@contextmanager
def held(model):
    """Somebody else's transaction: on SQLite it holds the database, on PostgreSQL the rows."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with other.cursor() as cursor:
            if other.vendor == "postgresql":
                cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN EXCLUSIVE MODE')
                cursor.execute('LOCK TABLE "dialogues_meeting" IN EXCLUSIVE MODE')
        yield
    finally:
        other.rollback()
        other.close()


@pytest.mark.parametrize(("act", "model", "typed"), CASES, ids=str)
def test_nothing_is_saved_and_what_was_typed_stands(arena, act, model, typed):
    with arena.at(act.stage, **as_served()) as w:
        request = act.request(w)
        cookies = signed_in(request)
        connection.close()
        with held(model):
            began = monotonic()
            [answer] = at_once(request, cookies=cookies)

        assert monotonic() - began < FIVE_SECONDS
        assert answer.status == 503
        assert "Inget är sparat" in answer.text
        assert typed in answer.text
        [after] = at_once(request, cookies=cookies)
        assert after.is_done, after.told
