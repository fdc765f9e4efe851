"""The guards taken away for a test's flush; nothing in the product can do this."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from governance.declarations import all_guards
from governance.guards import install_sql, remove_sql


@contextmanager
def lifted() -> Iterator[None]:
    """Without guards; they stand again afterwards."""
    with connection.cursor() as cursor:
        for guard in all_guards():
            for statement in remove_sql(guard, connection.vendor):
                cursor.execute(statement)
    try:
        yield
    finally:
        connection.check_constraints()  # PostgreSQL alters no table that waits for its checks
        with connection.cursor() as cursor:
            for guard in all_guards():
                for statement in install_sql(guard, connection.vendor):
                    cursor.execute(statement)
