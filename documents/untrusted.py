"""The one door for files from outside: a named pure reader in a child with limits (wall 22).

The child knows neither Django nor the database; nothing of the file is parsed in this process. A
person has one child at a time, so that twenty hostile files occupy one. Call it outside any
transaction: it may take as long as BOUNDS says.
"""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Final, TypeVar, get_type_hints

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from documents import child
from documents.models import UploadTurn
from documents.rules import SKEW, HeavyFile, ReadingBusy, UnfitContent, UnreadableFile
from governance.models import Person

Options = TypeVar("Options")
Answer = TypeVar("Answer")
CHUNK: Final = 64 * 1024
GRACE: Final = timedelta(seconds=5)
TOO_SLOW: Final = "Filen tog för lång tid att läsa och läsningen avbröts. Inget är läst."
TOO_BIG: Final = "Filen kräver för mycket minne för att läsas. Inget är läst."
TOO_MUCH: Final = "Filen innehåller för mycket för att läsas. Inget är läst."
UNREADABLE: Final = "Filen går inte att läsa. Den är skadad eller av ett annat slag."
BUSY: Final = "En fil från dig läses redan. Vänta tills den är klar och försök igen."


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What one file may cost."""

    memory: int = 512 * 1024 * 1024
    cpu_seconds: int = 6
    wall_seconds: float = 20.0
    answer: int = 16 * 1024 * 1024


BOUNDS: Final = Bounds()


def read_untrusted(
    reader: Callable[[bytes, Options], Answer],
    data: bytes,
    options: Options,
    *,
    by: Person,
    bounds: Bounds = BOUNDS,
) -> Answer:
    """What the reader makes of the bytes, whatever they are.

    Raises ReadingBusy, HeavyFile, UnreadableFile, or UnfitContent in the reader's own words.
    """
    order = child.Order(
        reader=f"{reader.__module__}.{reader.__qualname__}",
        options=msgspec.Raw(msgspec.json.encode(options)),
        memory=bounds.memory,
        cpu_seconds=bounds.cpu_seconds,
    )
    with _turn(by, timedelta(seconds=bounds.wall_seconds)):
        code, out = _run(order, data, bounds)
    if code == 0:
        answer: Answer = msgspec.msgpack.decode(out, type=get_type_hints(reader)["return"])
        return answer
    raise _refusal(code, out)


@contextmanager
def _turn(person: Person, length: timedelta) -> Iterator[None]:
    """The person's one turn; a turn whose process was killed ends by itself."""
    number = _take_turn(person, length + GRACE, timezone.now())
    try:
        yield
    finally:
        UploadTurn.objects.filter(person=person, number=number).update(held_until=None)


@transaction.atomic
def _take_turn(person: Person, longest: timedelta, now: datetime) -> int:
    UploadTurn.objects.get_or_create(person=person)
    free = Q(held_until=None) | ~Q(held_until__range=(now, now + longest + SKEW))
    mine = UploadTurn.objects.filter(person=person)
    if not mine.filter(free).update(number=F("number") + 1, held_until=now + longest):
        raise ReadingBusy(BUSY)
    return mine.values_list("number", flat=True).get()


def _run(order: child.Order, data: bytes, bounds: Bounds) -> tuple[int, bytes]:
    """(exit code, answer). The file goes in as a file, so that no pipe can be left full."""
    until = time.monotonic() + bounds.wall_seconds
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            [sys.executable, "-B", "-s", "-m", child.__name__, msgspec.json.encode(order).decode()],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            start_new_session=True,
        )
    with process:
        try:
            assert process.stdout is not None  # noqa: S101 -- asked for above
            out = _read(process.stdout, bounds.answer, until)
            return process.wait(max(0.0, until - time.monotonic())), out
        except subprocess.TimeoutExpired:
            raise HeavyFile(TOO_SLOW) from None
        finally:
            process.kill()


def _read(pipe: IO[bytes], most: int, until: float) -> bytes:
    out = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while len(out) <= most:
            if not selector.select(until - time.monotonic()):
                raise HeavyFile(TOO_SLOW)
            chunk = os.read(pipe.fileno(), CHUNK)
            if not chunk:
                return bytes(out)
            out += chunk
    raise HeavyFile(TOO_MUCH)


def _refusal(code: int, out: bytes) -> Exception:
    if code == child.UNFIT:
        return UnfitContent(out.decode())
    if code == child.UNREADABLE:
        return UnreadableFile(UNREADABLE)
    out_of_time = code in {-signal.SIGXCPU, -signal.SIGKILL}
    return HeavyFile(TOO_SLOW if out_of_time else TOO_BIG)
