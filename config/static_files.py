"""Static files under the hash of their content, compressed once, and found by that name alone."""

import fcntl
import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """What a module imports has its hash in its name too."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses: dict[str, str] = {}  # by name: what was collected stays so in a process

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002 -- Django's
        if name not in self.addresses:
            self.addresses[name] = super().url(name, force)
        return self.addresses[name]


class Served(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types
    """Answers what has its hash in its name, not the lists that lie beside it."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if self.immutable_file_test(path, url):
            super().add_file_to_dictionary(url, path, stat_cache)


MAKERS = ("django", "whitenoise", "brotli")


def fingerprint() -> str:
    """Of the sources and of what makes the served files from them."""
    found = hashlib.sha256(" ".join(map(version, MAKERS)).encode())
    for maker in (Path(__file__), Path(__file__).with_name("settings.py")):
        found.update(maker.read_bytes())
    for folder in map(Path, settings.STATICFILES_DIRS):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def collect() -> None:
    """Only where the sources have changed, and one process at a time.

    What was collected before stays: a page that was opened then still finds its files.
    """
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with (root / "collected").open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        if mark.read() != (now := fingerprint()):
            call_command("collectstatic", interactive=False, verbosity=0)
            mark.truncate(0)
            mark.write(now)


def refuse_uncollected() -> None:
    """A server without them would answer every page with a fault."""
    if not Path(settings.STATIC_ROOT, Storage.manifest_name).exists():
        raise ImproperlyConfigured(
            f"No static files in {settings.STATIC_ROOT}: run python manage.py collectstatic"
        )
