"""`manage.py check --database default` fails when a guard is missing (wall 15)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from governance.guards import missing_guards


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The database guard {name} is missing.",
            hint="Run the app's latest migration with InstallGuards again.",
            id="governance.E001",
        )
        for alias in databases or []
        for name in missing_guards(connections[alias])
    ]
