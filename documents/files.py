"""Finished files by content: the name is the hash, so one content is one file and a name cannot lie.

Order (wall 12): temporary file, fsync, rename, fsync of the folder; the row is written afterwards.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from documents.rules import CorruptFile, MissingFile

TEMPORARY: Final = ".part"
PDF: Final = ".pdf"


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str, suffix: str = PDF) -> Path:
    return _folder() / f"{sha256}{suffix}"


def store(data: bytes, suffix: str = PDF) -> str:
    """Write the bytes durably under their hash and return the hash.

    ``suffix`` is one our own code knows, never one that came with a file.
    """
    sha256 = sha256_of(data)
    target = path_of(sha256, suffix)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{sha256}-", suffix=TEMPORARY, dir=target.parent)
    with os.fdopen(handle, "wb") as temporary:
        temporary.write(data)
        temporary.flush()
        os.fsync(temporary.fileno())
    Path(name).replace(target)
    _fsync_folder(target.parent)
    return sha256


def read(sha256: str, suffix: str = PDF) -> bytes:
    try:
        data = path_of(sha256, suffix).read_bytes()
    except FileNotFoundError as error:
        raise MissingFile("Filen saknas i arkivet. Kontakta den som sköter systemet.") from error
    if sha256_of(data) != sha256:
        raise CorruptFile(
            "Den sparade filen stämmer inte med sin kontrollsumma och lämnas därför inte ut. "
            "Kontakta den som sköter systemet."
        )
    return data


def remove_temporary(*, older_than: datetime) -> int:
    """Clear what killed workers left half written."""
    removed = 0
    for path in _folder().glob(f"*{TEMPORARY}"):
        with suppress(FileNotFoundError):  # renamed or removed by another worker just now
            if path.stat().st_mtime < older_than.timestamp():
                path.unlink()
                removed += 1
    return removed


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
