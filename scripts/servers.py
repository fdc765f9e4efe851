"""PostgreSQL and Redis of one's own, on free ports of this machine, for as long as a script runs.

The suite never asks what happens to run here: an address given by hand, else a server started for it.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "servers"
STARTS_WITHIN, STOPS_WITHIN = 30.0, 10.0
# Nothing that a test writes needs to outlive a power cut; locks and isolation are as ever. The tables
# are small: nothing is won by compiling a question or by tidying up after it.
FORGETFUL = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal",
    "max_wal_senders=0", "jit=off", "autovacuum=off",
)  # fmt: skip


class NotToBeHad(Exception):
    """Why there is no server; the text is for the person at the terminal."""


def postgres_program(name: str) -> str:
    """Debian keeps the server's programs off PATH, a folder for each version."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4])
    )
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise NotToBeHad("the Debian package postgresql is not installed")
    return found


def redis_program() -> str:
    found = shutil.which("redis-server")
    if found is None:
        raise NotToBeHad("the Debian package redis-server is not installed")
    return found


def demoted() -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package made a user for it. Redis joins it."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError as error:
        raise NotToBeHad("there is no user postgres to run it as") from error
    return [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@contextmanager
def folder_of(name: str, *, is_kept: bool) -> Iterator[Path]:
    """Under var/ where the servers' user reaches it, else in the machine's place for such files."""
    remove_leftovers()
    folder = VAR / (name if is_kept else f"{name}-{os.getpid()}")
    folder.mkdir(parents=True, exist_ok=True)
    if not hand_over(folder):
        folder.rmdir()
        is_kept = False
        folder = Path(tempfile.mkdtemp(prefix=f"uppsikt-{name}-"))
        print(f"The user postgres does not reach {VAR}: the server's files are in {folder}.")
        hand_over(folder)
    try:
        yield folder
    finally:
        if not is_kept:
            shutil.rmtree(folder, ignore_errors=True)


def hand_over(folder: Path) -> bool:
    """Whether the servers' user may now write in the folder."""
    as_user = demoted()
    if not as_user:
        return True
    shutil.chown(folder, "postgres", "postgres")
    tried = ["setpriv", *as_user, "test", "-w", str(folder)]
    return subprocess.run(tried, cwd="/", check=False).returncode == 0


def remove_leftovers() -> None:
    """What a run that was killed outright could not take away."""
    for folder in VAR.glob("*-*"):
        pid = folder.name.rpartition("-")[2]
        if pid.isdecimal() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: list[str], log: Path, *, stop: signal.Signals, given: str = ""
) -> Iterator[Popen[bytes]]:
    """The program beside this one. Ctrl-C does not reach it; it ends with us, however we end."""
    with log.open("wb") as output:
        process = Popen(
            ["setpriv", f"--pdeathsig={stop.name.removeprefix('SIG')}", *command],
            cwd="/", stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        try:
            if process.stdin is not None:
                with contextlib.suppress(BrokenPipeError), process.stdin as line:
                    line.write(given.encode())
            yield process
        finally:
            process.send_signal(stop)
            try:
                process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(process: Popen[bytes], log: Path, ask: Callable[[], object]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(psycopg.Error, redis.RedisError):
            ask()
            return
        time.sleep(0.1)
    tail = log.read_text(errors="replace").strip().splitlines()[-3:]
    raise NotToBeHad(f"it did not start: {' / '.join(tail)}")


def make_cluster(folder: Path) -> None:
    """`initdb` with a password, so that nobody else on the machine can use the server."""
    data, unfinished, secret = (folder / name for name in ("data", "unfinished", "password"))
    for old in (data, unfinished):
        shutil.rmtree(old, ignore_errors=True)
    secret.unlink(missing_ok=True)
    secret.touch(mode=0o600)
    secret.write_text(secrets.token_urlsafe(24))
    if demoted():
        shutil.chown(secret, "postgres", "postgres")
    command = [
        "setpriv", *demoted(), postgres_program("initdb"), f"--pgdata={unfinished}",
        "--username=postgres", "--auth=scram-sha-256", f"--pwfile={secret}",
        "--encoding=UTF8", "--locale=C.UTF-8",
    ]  # fmt: skip
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotToBeHad(f"initdb: {done.stderr.strip()}")
    unfinished.rename(data)


@contextmanager
def postgres(name: str, *, is_kept: bool = False) -> Iterator[str]:
    """The address of a server of our own. One that is kept is durable and stands there next time."""
    program = postgres_program("postgres")
    with folder_of(name, is_kept=is_kept) as folder:
        data, log, port = folder / "data", folder / "log", free_port()
        if not is_of_version(data, program):
            make_cluster(folder)
        password = (folder / "password").read_text()
        address = f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        settings = () if is_kept else FORGETFUL
        command = [
            *demoted(), program, f"--port={port}", "--listen_addresses=127.0.0.1",
            "--unix_socket_directories=", *(f"--{one}" for one in settings), "-D", str(data),
        ]  # fmt: skip
        with running(command, log, stop=signal.SIGINT) as process:  # SIGINT waits for no client
            wait_for(process, log, lambda: psycopg.connect(address).close())
            yield address


def is_of_version(data: Path, program: str) -> bool:
    """A cluster made by another PostgreSQL cannot be opened by this one."""
    mark = data / "PG_VERSION"
    return mark.exists() and mark.read_text().strip() == Path(program).parts[-3]


@contextmanager
def redis_server(name: str) -> Iterator[str]:
    """The address of a Redis of our own; it keeps nothing."""
    program, port, password = redis_program(), free_port(), secrets.token_urlsafe(24)
    address = f"redis://:{password}@127.0.0.1:{port}/0"
    with folder_of(f"{name}-redis", is_kept=False) as folder:
        log = folder / "log"
        # On stdin, so that the password stands in no list of processes.
        settings = f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\nsave ''\n"
        command = [*demoted(), program, "-"]
        with running(command, log, stop=signal.SIGTERM, given=settings) as process:
            wait_for(process, log, lambda: redis.Redis.from_url(address).ping())
            yield address
