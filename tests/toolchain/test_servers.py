"""The suite's own PostgreSQL and Redis: they answer their owner alone and leave nothing behind."""

import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from tests.toolchain.test_serve import ROOT, is_running, wait_for

sys.path.append(str(ROOT / "scripts"))
import servers

HOLDING = """
import pathlib, sys, time
sys.path.append(sys.argv[1])
import servers
servers.VAR = pathlib.Path(sys.argv[2])
with servers.postgres("killed") as database, servers.redis_server("killed") as broker:
    print(database, broker, flush=True)
    time.sleep(600)
"""


def missing(program) -> str:
    try:
        program()
    except servers.NotToBeHad as reason:
        return str(reason)
    return ""


pytestmark = pytest.mark.skipif(
    bool(missing(lambda: (servers.postgres_program("initdb"), servers.redis_program()))),
    reason="postgresql or redis-server is not installed",
)


@pytest.fixture
def var(monkeypatch):
    """A folder that every user reaches, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.setattr(servers, "VAR", Path(name))
        yield Path(name)


def answers(database: str, broker: str) -> bool:
    try:
        psycopg.connect(database).close()
        return redis.Redis.from_url(broker).ping()
    except (psycopg.OperationalError, redis.ConnectionError):
        return False


def without_password(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.username or ''}@127.0.0.1:{parts.port}{parts.path}"


def test_servers_answer_their_owner_alone_and_are_gone_afterwards(var):
    with ExitStack() as stack:
        database = stack.enter_context(servers.postgres("tried"))
        broker = stack.enter_context(servers.redis_server("tried"))

        assert answers(database, broker)
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(without_password(database))
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(without_password(broker)).ping()

    assert not answers(database, broker)
    assert list(var.iterdir()) == []


def test_kept_server_is_durable_and_holds_what_was_written(var):
    with servers.postgres("kept", is_kept=True) as address, psycopg.connect(address) as line:
        assert line.execute("SHOW fsync").fetchone() == ("on",)
        line.execute("CREATE TABLE built AS SELECT 5 AS figure")
        line.commit()

    with servers.postgres("kept", is_kept=True) as address, psycopg.connect(address) as line:
        assert line.execute("SELECT figure FROM built").fetchone() == (5,)


def test_servers_end_with_a_script_that_is_killed_outright(var):
    with subprocess.Popen(  # noqa: S603 -- our own interpreter
        [sys.executable, "-c", HOLDING, str(ROOT / "scripts"), str(var)],
        stdout=subprocess.PIPE,
        text=True,
    ) as script:
        addresses = script.stdout.readline().split()
        assert answers(*addresses)

        script.send_signal(signal.SIGKILL)

    assert wait_for(lambda: not answers(*addresses), seconds=20)
    assert not is_running(script.pid)
    servers.remove_leftovers()
    assert list(var.iterdir()) == []
