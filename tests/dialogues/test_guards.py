# ruff: noqa: S608 -- the tables are our own list
"""Signed is signed: what raw SQL may not do once a verification is finished (wall 15)."""

import pytest
from django.db import DatabaseError, connection, transaction

from dialogues.enums import SignerRole
from dialogues.models import (
    Attendance,
    FloorMotion,
    Paragraph,
    ParagraphPoint,
    Signature,
    Verification,
    VerificationParagraph,
)
from governance.declarations import tables
from tests.dialogues import factories

TABLES = [each.guard.table for each in tables() if each.app == "dialogues" and each.guard]
MODELS = {
    model._meta.db_table: model
    for model in (
        Paragraph,
        ParagraphPoint,
        FloorMotion,
        Attendance,
        Verification,
        VerificationParagraph,
        Signature,
    )
}
TEXT = {
    "dialogues_paragraph": "heading",
    "dialogues_paragraphpoint": "text",
    "dialogues_floormotion": "text",
    "dialogues_meeting": "place",
    "dialogues_attendance": "service",
    "dialogues_verification": "content_sha256",
    "dialogues_verificationparagraph": "position",
    "dialogues_signature": "comment",
}
PARENT = {
    "dialogues_paragraphpoint": "paragraph_id",
    "dialogues_floormotion": "paragraph_id",
    "dialogues_attendance": "meeting_id",
    "dialogues_verificationparagraph": "verification_id",
    "dialogues_signature": "verification_id",
}


def refused(sql, params=()):
    message, touched = "", 0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
            touched = cursor.rowcount
    except DatabaseError as error:
        message = str(error)
    assert touched or "is sealed" in message, f"{sql}: {message}"
    return not touched


def one_row(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id LIMIT 1")
        columns = [column[0] for column in cursor.description]
        row = cursor.fetchone()
    assert row is not None, table
    return columns, list(row)


def insert(table, columns, values, *, tail="", verb="INSERT"):
    marks = ", ".join(["%s"] * len(values))
    return f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({marks}) {tail}", values


def test_every_guarded_table_is_tried():
    assert set(TABLES) == set(TEXT)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_refused_before_the_last_signature(table, verification, signers):
    factories.sign(verification, SignerRole.SECRETARY, signers.secretary)

    assert not refused(f"UPDATE {table} SET {TEXT[table]} = {TEXT[table]}")


@pytest.mark.parametrize("table", TABLES)
def test_update_is_refused(table, verified):
    assert refused(f"UPDATE {table} SET {TEXT[table]} = {TEXT[table]}")


@pytest.mark.parametrize("table", TABLES)
def test_delete_is_refused(table, verified):
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_replacing_a_row_is_refused(table, verified):
    columns, values = one_row(table)
    if connection.vendor == "sqlite":
        assert refused(*insert(table, columns, values, verb="INSERT OR REPLACE"))
    text = TEXT[table]
    tail = f"ON CONFLICT (id) DO UPDATE SET {text} = EXCLUDED.{text}"
    assert refused(*insert(table, columns, values, tail=tail))


@pytest.mark.parametrize("table", sorted(PARENT))
def test_adding_a_child_is_refused(table, verified):
    columns, values = one_row(table)
    values[columns.index("id")] = 999_999

    assert refused(*insert(table, columns, values))


@pytest.fixture
def open_paragraph(verified, signers, working_committee):
    """Another meeting's paragraph, sent and not signed by everyone."""
    meeting = factories.make_meeting(working_committee, signers)
    paragraph = factories.make_paragraph(meeting, None, signers.secretary)
    ParagraphPoint.objects.create(paragraph=paragraph, key="egen", position=1, text="Egen.")
    verification = factories.send(paragraph, signers.secretary)
    factories.sign(verification, SignerRole.SECRETARY, signers.secretary)
    return paragraph


@pytest.mark.parametrize("table", sorted(PARENT))
def test_moving_a_child_out_is_refused(table, verified, open_paragraph):
    column = PARENT[table]
    parents = sorted(set(MODELS[table].objects.values_list(column, flat=True)))
    sealed, other = parents[0], parents[1]

    assert refused(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", (other, sealed))


@pytest.mark.parametrize("table", sorted(PARENT))
def test_moving_a_child_in_is_refused(table, verified, open_paragraph):
    column = PARENT[table]
    parents = sorted(set(MODELS[table].objects.values_list(column, flat=True)))
    sealed, other = parents[0], parents[1]

    assert refused(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", (sealed, other))


def test_taking_back_the_verification_is_refused(verified):
    assert refused("UPDATE dialogues_verification SET verified_at = NULL, state = 'sent'")


def test_truncate_is_refused(guarded_db, verified):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")

    assert [table for table in TABLES if not refused(f"TRUNCATE {table} CASCADE")] == []
