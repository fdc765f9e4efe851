"""One function writes the history, one reads it, and it hides by default."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from governance.enums import ChangeKind
from governance.history import HIDDEN, history_of, record
from governance.models import AuditEntry

NOW = datetime(2026, 10, 4, 8, 30, tzinfo=UTC)


def test_change_says_who_what_and_where(round_state, controller, committee, org):
    record(row=round_state, told={"state": ("open", "locked")}, by=controller, now=NOW)

    entry = AuditEntry.objects.get()
    assert (entry.organisation_id, entry.body_id) == (org.pk, committee.pk)
    assert (entry.actor_id, entry.actor, entry.kind) == (controller.pk, "Controller", "typed")
    assert (entry.object_type, entry.object_id) == ("rounds.RoundState", round_state.pk)
    assert (entry.field, entry.old, entry.new) == ("state", "open", "locked")


def test_what_is_not_named_is_hidden(round_state, controller):
    told = {"state": ("open", "locked"), "number": ("6.94", "7.10"), "value": ("", "8,1")}
    record(row=round_state, told=told, by=controller)

    assert [
        (entry.field, entry.old, entry.new, entry.is_hidden)
        for entry in history_of(round_state, shown=["value"])
    ] == [
        ("value", "", "8,1", False),
        ("number", HIDDEN, HIDDEN, True),
        ("state", "open", "locked", False),
    ]
    assert [entry.new for entry in history_of(round_state, is_open=True)] == [
        "8,1", "7.10", "locked",
    ]  # fmt: skip


def test_kind_of_change_is_data(round_state, controller):
    for kind in ChangeKind:
        record(row=round_state, told={"": ("", kind.label)}, by=controller, kind=kind)

    assert [entry.kind for entry in history_of(round_state)] == [*ChangeKind][::-1]


def test_history_shows_the_organisations_own_today_with_the_clocks_time(
    org, round_state, controller
):
    org.demo_today = date(2026, 3, 10)
    org.save()
    for by in (controller, None):
        record(row=round_state, told={"": ("", "x")}, by=by, now=NOW)

    for entry in history_of(round_state):
        assert entry.at == datetime(2026, 3, 10, 9, 30, tzinfo=UTC)  # 10.30 in October
        assert entry.stamped_at == NOW


def test_history_shows_the_real_day_where_there_is_no_other(org, round_state):
    org.demo_today = None
    org.save()
    record(row=round_state, told={"": ("", "x")}, by=None, now=NOW)

    assert AuditEntry.objects.get().at == NOW


def test_text_that_cannot_be_kept_is_cleaned(round_state):
    record(row=round_state, told={"reason": ("", "a\x00b\x0bc")}, by=None)

    assert AuditEntry.objects.get().new == "abc"


STATEMENTS = {
    "update": "UPDATE governance_auditentry SET new = 'x'",
    "delete": "DELETE FROM governance_auditentry",
    "replace": "INSERT OR REPLACE INTO governance_auditentry SELECT * FROM governance_auditentry",
    "upsert": "INSERT INTO governance_auditentry SELECT * FROM governance_auditentry WHERE true "
    "ON CONFLICT (id) DO UPDATE SET new = 'x'",
    "truncate": "TRUNCATE governance_auditentry",
}
ON = {"sqlite": {"update", "delete", "replace", "upsert"},
      "postgresql": {"update", "delete", "upsert", "truncate"}}  # fmt: skip


def refused(*statements):
    with pytest.raises(DatabaseError, match="governance_auditentry is sealed"):
        run(*statements)


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_history_is_insert_only(round_state, controller):
    record(row=round_state, told={"": ("", "a")}, by=controller)
    record(row=round_state, told={"": ("", "b")}, by=controller)
    kept = [*AuditEntry.objects.values()]

    for name in ON[connection.vendor]:
        refused(STATEMENTS[name])
        if connection.vendor == "postgresql":
            refused("SET LOCAL session_replication_role = replica", STATEMENTS[name])

    assert [*AuditEntry.objects.values()] == kept


def test_a_temporary_table_does_not_stand_in_for_a_guarded_one(round_state, controller):
    """PostgreSQL looks among temporary tables first unless a function says otherwise."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's triggers belong to the schema of their table")
    record(row=round_state, told={"": ("", "a")}, by=controller)

    refused(
        "CREATE TEMP TABLE governance_auditentry (id bigint)",
        "TRUNCATE public.governance_auditentry",
    )

    assert AuditEntry.objects.count() == 1
