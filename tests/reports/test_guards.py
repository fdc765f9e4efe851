"""Approved content and acts of clearance: the database itself refuses (wall 15)."""

import pytest
from django.db import DatabaseError, connection, transaction

from reports.models import ClearanceAct, ReportVersion

VERSION_COLUMNS = (
    "id, report_id, number, content, content_sha256, schema_version, approved_at, approved_on, "
    "approved_by, handed_over_at, handed_over_on"
)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_reportversion SET content = NULL WHERE id = {id}",
        "UPDATE reports_reportversion SET approved_by = 'Någon annan' WHERE id = {id}",
        "UPDATE reports_reportversion SET number = 9 WHERE id = {id}",
        "UPDATE reports_reportversion SET report_id = report_id WHERE id = {id}",
        "DELETE FROM reports_reportversion WHERE id = {id}",
        "DELETE FROM reports_clearanceact WHERE report_id = {report}",
        "UPDATE reports_clearanceact SET actor = 'Någon annan' WHERE report_id = {report}",
    ],
)
def test_frozen_rows_are_refused_any_change(handed_over, sql):
    before = bytes(handed_over.content)

    with pytest.raises(DatabaseError, match="is sealed"):
        run(sql.format(id=handed_over.pk, report=handed_over.report_id))

    assert bytes(ReportVersion.objects.get(pk=handed_over.pk).content) == before
    assert ClearanceAct.objects.count() == 4


def test_a_frozen_row_is_not_replaced(handed_over):
    columns = VERSION_COLUMNS.replace("approved_by", "'Någon annan'")
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    with pytest.raises(DatabaseError, match="is sealed"):
        run(
            f"{replace} INTO reports_reportversion ({VERSION_COLUMNS}) "  # noqa: S608 -- constants
            f"SELECT {columns} FROM reports_reportversion WHERE id = {handed_over.pk}"
        )


def test_truncate_is_refused(handed_over):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    connection.check_constraints()  # or the transaction's own inserts would stop it first

    with pytest.raises(DatabaseError, match="is sealed"):
        run("TRUNCATE reports_reportversion CASCADE")


def test_what_comes_after_the_freezing_can_be_written(handed_over):
    handed_over.handling.received_by = "Sofia"
    handed_over.handling.received_at = handed_over.approved_at
    handed_over.handling.save(update_fields=["received_at", "received_by"])

    assert ReportVersion.objects.get(pk=handed_over.pk).handling.received_by == "Sofia"
