import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import serve
from config.supervisor import Child, Supervisor

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
# A parent whose child would outlive it, as a worker's pool does.
NESTING = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""
NEST = [sys.executable, "-c", NESTING]


def wait_for(condition, *, seconds=5.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def is_running(pid):
    """A zombie whose parent has not asked for it yet has ended too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def supervise(tmp_path):
    started = []

    def make(command):
        child = Child("worker", command, tmp_path / "worker.log", dict(os.environ))
        said = []
        supervisor = Supervisor(say=said.append)
        supervisor.start(child)
        started.append(supervisor)
        return supervisor, child, said

    yield make
    for supervisor in started:
        supervisor.stop()


def test_restart_dead_starts_a_killed_child_within_five_seconds(supervise):
    supervisor, child, said = supervise(SLEEPER)
    first = child.process.pid
    os.kill(first, signal.SIGKILL)

    def is_back():
        supervisor.restart_dead()
        return child.is_alive() and child.process.pid != first

    assert wait_for(is_back, seconds=5.0)
    assert said == [f"worker had ended and is started again (log: {child.log})"]


def test_restart_dead_takes_the_orphans_of_a_killed_child_with_it(supervise):
    supervisor, child, _ = supervise(NEST)
    assert wait_for(lambda: child.log.exists() and child.log.read_text().strip())
    orphan = int(child.log.read_text().split()[0])
    os.kill(child.process.pid, signal.SIGKILL)

    def is_orphan_gone():
        supervisor.restart_dead()
        return not is_running(orphan)

    assert wait_for(is_orphan_gone)


def test_restart_dead_leaves_a_living_child_alone(supervise):
    supervisor, child, said = supervise(SLEEPER)
    first = child.process.pid

    supervisor.restart_dead()

    assert child.process.pid == first
    assert said == []


def test_restart_dead_ends_a_child_that_lives_and_does_nothing(tmp_path):
    """A killed pool process can stop a worker for good while its leader lives on."""
    sign = tmp_path / "alive"
    sign.touch()
    child = Child("worker", SLEEPER, tmp_path / "log", dict(os.environ), sign=sign, stuck_after=1.5)
    said = []
    supervisor = Supervisor(say=said.append)
    supervisor.start(child)
    first = child.process.pid

    def is_new():
        supervisor.restart_dead()
        return child.is_alive() and child.process.pid != first

    try:
        for _ in range(6):
            time.sleep(0.4)
            os.utime(sign, (time.time(), time.time() + 0.001))
            assert not is_new()
        assert wait_for(is_new, seconds=15.0)
    finally:
        supervisor.stop()
    assert said == [
        f"worker did nothing any more and is ended (log: {child.log})",
        f"worker had ended and is started again (log: {child.log})",
    ]


def test_a_clock_set_forward_ends_no_worker(tmp_path):
    sign = tmp_path / "alive"
    sign.touch()
    os.utime(sign, (0, time.time() - 3600))
    child = Child("worker", SLEEPER, tmp_path / "log", dict(os.environ), sign=sign)
    child.start()

    try:
        assert not child.is_stuck()
    finally:
        child.kill_group()
        child.process.wait()


def test_stop_ends_the_whole_process_group(supervise):
    supervisor, child, _ = supervise(NEST)
    assert wait_for(lambda: child.log.exists() and child.log.read_text().strip())
    grandchild = int(child.log.read_text().split()[0])

    supervisor.stop()

    assert not child.is_alive()
    assert wait_for(lambda: not is_running(grandchild))


@pytest.fixture
def occupied():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_refuse_occupied_names_the_port_and_the_way_out(occupied):
    with pytest.raises(serve.CannotStart) as refusal:
        serve.refuse_occupied(occupied)

    assert str(refusal.value) == (
        f"Port {occupied} används redan av ett annat program. "
        f"Stäng det, eller välj en annan port: make run PORT={occupied + 1}"
    )


def test_serve_on_an_occupied_port_exits_1_before_anything_starts(occupied, tmp_path):
    data = tmp_path / "var"

    done = subprocess.run(
        [sys.executable, "-m", "config.serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(occupied), "DATA_DIR": str(data)},
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {occupied} används redan")
    assert not data.exists()


@pytest.mark.parametrize("text", ["abc", "0", "70000", "-1", "8000.5"])
def test_port_from_refuses_what_is_no_port(text):
    with pytest.raises(serve.CannotStart, match=r"är inget portnummer"):
        serve.port_from({"PORT": text})


@pytest.mark.parametrize(
    ("environment", "expected"), [({}, 8000), ({"PORT": ""}, 8000), ({"PORT": "8123"}, 8123)]
)
def test_port_from_defaults_to_8000(environment, expected):
    assert serve.port_from(environment) == expected


def test_secret_key_is_made_once_and_private(tmp_path):
    first = serve.secret_key(tmp_path)

    assert serve.secret_key(tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_only_one_refuses_a_second_server_on_the_same_data(tmp_path):
    with serve.only_one(tmp_path):
        second = serve.only_one(tmp_path)
        with pytest.raises(serve.CannotStart, match=r"körs redan"):
            second.__enter__()

    with serve.only_one(tmp_path):
        assert (tmp_path / "serve.pid").read_text() == f"{os.getpid()}\n"


def test_embedded_lets_the_given_environment_win(tmp_path):
    environment = serve.embedded(tmp_path, {"SECURE": "true", "SECRET_KEY": "given"})

    names = ("SECURE", "SECRET_KEY", "DATA_DIR")
    assert [environment[name] for name in names] == ["true", "given", str(tmp_path)]
    assert not (tmp_path / "secret_key").exists()


def test_plain_shell_finds_the_key_that_was_made(tmp_path):
    serve.secret_key(tmp_path)

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
