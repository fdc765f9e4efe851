"""What the database refuses, in words: one place for every constraint, guard and lock (wall 20)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.db.models import BaseConstraint, UniqueConstraint

from governance.rules import Refusal, Stale
from governance.writing import STALE

BUSY = "Någon annan sparar just nu. Inget är sparat. Vänta en stund och försök igen."
SEALED = "Uppgiften är fastställd och kan inte ändras. Inget är sparat."
# serialization failure, deadlock, lock timeout (PostgreSQL); busy, locked (SQLite)
BUSY_STATES = frozenset({"40001", "40P01", "55P03"})
BUSY_CODES = frozenset({5, 6})
IN_SQLITE = re.compile(r"(?:UNIQUE|CHECK) constraint failed: (?:index ')?([\w., ]+)")
SEAL = re.compile(r"uppsikt: \w+ is sealed")


class Busy(Refusal):
    """The database could not be had in time: nothing is saved, and the same may be tried again."""

    status = 503
    advice = ""  # said in the message


@contextmanager
def atomic(taken: Refusal | None = None) -> Iterator[None]:
    """One transaction; what the database refuses in it is a Refusal in words.

    ``taken`` is what to say where somebody else has made the same row first.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        refusal = (isinstance(error, IntegrityError) and taken) or refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: DatabaseError) -> Refusal | None:
    """What the error says to who tried; None where it is a fault of ours."""
    if isinstance(error, OperationalError):
        return Busy(BUSY) if _is_busy(error) else None
    if not isinstance(error, IntegrityError):
        return None
    if SEAL.search(str(error)):
        return Refusal(SEALED)
    found = _broken(error)
    words = _words().get(found)
    if words is not None:
        return Refusal(words)
    return Stale(STALE) if "unique" in str(error).lower() else None


def _is_busy(error: OperationalError) -> bool:
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the extended codes' low byte
    return code in BUSY_CODES or getattr(cause, "sqlstate", None) in BUSY_STATES


def _broken(error: IntegrityError) -> str:
    """The constraint's name; SQLite names a unique one by its columns."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or ""
    found = IN_SQLITE.match(str(error))
    return found[1] if found else ""


@cache
def _words() -> dict[str, str]:
    """The Swedish words of every constraint that has some, by its name and by its columns."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        for each in model._meta.constraints:
            if each.violation_error_message == BaseConstraint.default_violation_error_message:
                continue
            found[each.name] = str(each.violation_error_message)
            if isinstance(each, UniqueConstraint):
                columns = {column.name: column.column for column in model._meta.concrete_fields}
                named = [f"{model._meta.db_table}.{columns[name]}" for name in each.fields]
                found[", ".join(named)] = found[each.name]
    return found
