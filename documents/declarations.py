"""What an app declares of its acts: who is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from governance.models import User


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Whom an act upon a row of the model waits for. Asked when the word is sent, not when the act
    is done: ``to`` gives the ids of persons, and ``opens`` fetches the page ``url_name`` as it does
    for its reader, so that who may not read it is not told. ``body`` leads to whose matter it is,
    where that is not the row's own body, and ``name`` to what its matter is called.
    """

    model: type[models.Model]
    act: str
    url_name: str
    to: Callable[[Any, date], Iterable[int]]
    opens: Callable[[User, int, date], object]
    body: str = ""
    name: str = ""
