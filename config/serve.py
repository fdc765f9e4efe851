"""`make run`: the embedded installation on one machine.

Prepares `var/` (secret key, database, demo, stamp), then keeps web server, worker and clock alive.
"""

import errno
import fcntl
import io
import os
import secrets
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.error import URLError

from config.supervisor import Child, Supervisor

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 60.0
LAST_PORT = 65535


class CannotStart(Exception):
    """Something the person at the terminal can mend; the text says how."""


def port_from(environment: Mapping[str, str]) -> int:
    text = environment.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise CannotStart(
            f"PORT={text} är inget portnummer. Ange ett tal mellan 1 och {LAST_PORT}."
        )
    return int(text)


def refuse_occupied(port: int) -> None:
    """Asks before anything starts; `localhost` may mean either address family."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                continue  # a machine without IPv6
            if error.errno == errno.EACCES:
                raise CannotStart(
                    f"Port {port} får bara användas av root. Välj en annan."
                ) from error
            raise CannotStart(
                f"Port {port} används redan av ett annat program. "
                f"Stäng det, eller välj en annan port: make run PORT={port + 1}"
            ) from error


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Two servers on one data folder would share a queue; the lock ends with the process."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "serve.pid").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise CannotStart(
                f"Uppsikt körs redan på {data} (process {file.read().strip()}). Avsluta den med Ctrl-C."
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def secret_key(data: Path) -> str:
    """Made once, readable by its owner only."""
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path.read_text().strip()


def embedded(data: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The environment of an installation on this machine; what is given wins."""
    environment = {
        "SECURE": "false",  # plain http on this machine
        "SITE_URL": f"http://localhost:{given.get('PORT') or '8000'}/",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **given,
        "DATA_DIR": str(data),
        "PYTHONUNBUFFERED": "1",
    }
    if not environment.get("SECRET_KEY"):
        environment["SECRET_KEY"] = secret_key(data)
    return environment


def refuse_foreign_database() -> None:
    """A database made by migrations that are no longer here cannot be carried on."""
    from django.db import connection  # noqa: PLC0415 -- only after the environment is set
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 -- the same

    loader = MigrationLoader(connection, ignore_no_migrations=True)
    unknown = [
        f"{app}.{name}"
        for app, name in sorted(
            set(loader.applied_migrations or ()) - set(loader.disk_migrations or ())
        )
        if app in loader.migrated_apps
    ]
    if unknown:
        raise CannotStart(
            f"Databasen gjordes av en tidigare version ({unknown[0]} finns inte längre). "
            "Kör make reset för att börja om med en tom databas."
        )


def prepare() -> None:
    """Static files, database, demo in an empty one, stamp. Needs the settings' environment in place."""
    import django  # noqa: PLC0415 -- only after the environment is set
    from django.core.management import call_command  # noqa: PLC0415 -- the same

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- the same

    from config.static_files import collect  # noqa: PLC0415 -- the same
    from governance.models import Organisation  # noqa: PLC0415 -- the same

    broker = settings.BROKER_DIR
    for folder in (settings.MEDIA_ROOT, broker / "queue", broker / "control"):
        folder.mkdir(parents=True, exist_ok=True)
    refuse_foreign_database()
    collect()
    call_command("migrate", interactive=False, verbosity=0)
    if not Organisation.objects.exists():
        print("Tom databas: läser in demon …", flush=True)
        call_command("load_demo", stdout=io.StringIO())
    if not any(settings.STAMP_DIR.glob("*")):
        call_command("make_stamp", stdout=io.StringIO())


def worker_and_clock(environment: Mapping[str, str]) -> list[Child]:
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    data = Path(environment["DATA_DIR"])
    worker = [
        *celery, "worker", "--queues", "pdf-fast,pdf-long", "--concurrency", "2",
        "--max-tasks-per-child", "50", "--loglevel", "INFO",
        "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    clock = [*celery, "beat", "--pidfile", "", "--loglevel", "WARNING"]
    return [
        Child(
            "worker",
            worker,
            data / "log" / "worker.log",
            environment,
            sign=data / "worker-alive",
        ),
        Child("beat", clock, data / "log" / "beat.log", environment),
    ]


def web(environment: Mapping[str, str], *, port: int) -> Child:
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application",
        "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--graceful-timeout", "5", "--timeout", "60", "--access-logfile", "-",
        "--preload", "--no-control-socket",
    ]  # fmt: skip
    return Child("web", command, Path(environment["DATA_DIR"]) / "log" / "web.log", environment)


def wait_until_answers(url: str, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not supervisor.is_stopping and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- our own http address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    if not supervisor.is_stopping:
        tail = next(child for child in supervisor.children if child.name == "web").log_tail()
        raise CannotStart(f"Webbservern svarar inte på {url}. Sist i loggen:\n{tail}")


def stop_on_signals(supervisor: Supervisor) -> None:
    def handler(_number: int, _frame: FrameType | None) -> None:
        supervisor.request_stop()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def announce(port: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415 -- only after setup

    print(f"\nUppsikt: http://localhost:{port}/\n", flush=True)
    call_command("demo_accounts")
    print("\nAvsluta med Ctrl-C.", flush=True)


def serve(data: Path) -> None:
    port = port_from(os.environ)
    refuse_occupied(port)
    with only_one(data):
        os.environ.update(embedded(data, os.environ))
        supervisor = Supervisor()
        prepare()
        from django.urls import reverse  # noqa: PLC0415 -- only after setup

        stop_on_signals(supervisor)
        supervisor.start(web(os.environ, port=port))
        watcher = threading.Thread(target=supervisor.watch, name="supervisor")
        watcher.start()
        try:
            wait_until_answers(f"http://127.0.0.1:{port}{reverse('governance:login')}", supervisor)
            if not supervisor.is_stopping:
                supervisor.start(*worker_and_clock(os.environ))
                announce(port)
            watcher.join()
        finally:
            print("\nAvslutar …", flush=True)
            supervisor.request_stop()
            watcher.join()
            supervisor.stop()
        print("Avslutat.", flush=True)


def main() -> int:
    try:
        serve(Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve())
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
