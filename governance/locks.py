"""One lock order for every write: the body's round states in id order, then the rows in id order.

Shared by those who write figures, exclusive by those who hand in, approve, return, lock or reopen
(wall 20). On SQLite a transaction that writes holds the whole database from its BEGIN IMMEDIATE.
"""

from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def share(rows: "models.QuerySet[Row]") -> list[Row]:
    """The rows in id order, held so that others may read and share them but not change them."""
    ordered = rows.order_by("pk")
    if connection.vendor == "postgresql":
        _hold(ordered.values("pk"), "FOR SHARE")
    return list(ordered)


def exclusive(rows: "models.QuerySet[Row]") -> list[Row]:
    """The rows in id order, held alone, as they stand once they are held.

    Held first and then read: PostgreSQL reads the held row anew after a wait, but what is joined to
    it stays as it was before.
    """
    ordered = rows.order_by("pk")
    if connection.vendor == "postgresql" and ordered.query.select_related:
        _hold(ordered.values("pk"), "FOR UPDATE")
        return list(ordered)
    return list(ordered.select_for_update(of=("self",)))


def _hold(ids: "models.QuerySet[Any, Any]", how: str) -> None:
    """Django knows no FOR SHARE, nor a lock of the rows alone that a join has found."""
    table = connection.ops.quote_name(ids.model._meta.db_table)
    try:
        which, values = ids.query.sql_with_params()
    except EmptyResultSet:  # of no ids at all
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE id IN ({which}) ORDER BY id {how}",  # noqa: S608 -- ours
            values,
        )
