"""One lock order for every write: the body's round states in id order, then the rows in id order.

Shared by those who write figures, exclusive by those who hand in, approve, return, lock or reopen
(wall 20). On SQLite a transaction that writes holds the whole database from its BEGIN IMMEDIATE.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def share(rows: "models.QuerySet[Row]") -> list[Row]:
    """The rows in id order, held so that others may read and share them but not change them."""
    ordered = rows.order_by("pk")
    if connection.vendor == "postgresql":
        _hold(ordered.model, ordered.values_list("pk", flat=True), "FOR SHARE")
    return list(ordered)


def exclusive(rows: "models.QuerySet[Row]") -> list[Row]:
    """The rows in id order, held alone, as they stand once they are held.

    Held first and then read: PostgreSQL reads the held row anew after a wait, but what is joined to
    it stays as it was before.
    """
    ordered = rows.order_by("pk")
    if connection.vendor == "postgresql" and ordered.query.select_related:
        _hold(ordered.model, ordered.values_list("pk", flat=True), "FOR UPDATE")
        return list(ordered)
    return list(ordered.select_for_update(of=("self",)))


def _hold(model: type[models.Model], ids: Iterable[int], how: str) -> None:
    """Django knows no FOR SHARE."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id {how}",  # noqa: S608 -- our name
            [list(ids)],
        )
