"""`manage.py check --database default` fails when a guard is missing or differs (wall 15)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from governance.declarations import all_guards
from governance.guards import faulty_guards


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The database guard {name} is not the one declared.",
            hint="Run the app's latest migration with InstallGuards again; before a first installation: make reset.",
            id="governance.E001",
        )
        for alias in databases or []
        for name in faulty_guards(connections[alias], all_guards())
    ]
