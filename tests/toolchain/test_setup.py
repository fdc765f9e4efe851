import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    """A copy of what scripts/setup reads, on a machine whose Debian packages are missing."""
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    commands = tmp_path / "commands"
    commands.mkdir()
    for name, body in (("dpkg-query", "exit 1"), ("id", "echo 1000"), ("apt-get", "exit 99")):
        path = commands / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
    return tmp_path


def run_setup(checkout, what):
    return subprocess.run(  # noqa: S603 -- our own script
        [str(checkout / "scripts" / "setup"), what],
        env={**os.environ, "PATH": f"{checkout / 'commands'}:{os.environ['PATH']}"},
        check=False,
        capture_output=True,
        text=True,
    )


def test_setup_without_root_prints_the_exact_command_and_stops(checkout):
    done = run_setup(checkout, "run")

    assert done.returncode == 1
    assert done.stderr.splitlines()[2].split() == [
        "sudo", "apt-get", "install", "--no-install-recommends", "libpango-1.0-0",
        "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0", "libfontconfig1",
    ]  # fmt: skip
    assert not (checkout / ".venv").exists()


def test_setup_is_done_when_the_requirements_are_the_installed_ones(checkout):
    (checkout / "commands" / "dpkg-query").write_text("#!/bin/sh\necho installed\n")
    hashes = [
        hashlib.sha256((checkout / "requirements" / name).read_bytes()).hexdigest()
        for name in ("run.txt", "dev.txt")
    ]
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / ".installed").write_text(" ".join(hashes))

    done = run_setup(checkout, "run")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("given", "is_asked_for"), [({}, True), ({"TEST_REDIS_URL": "redis://elsewhere"}, False)]
)
def test_setup_asks_for_a_server_only_where_none_is_named(given, is_asked_for, checkout):
    bare = checkout / "commands"  # a machine with little else
    for name in ("bash", "cat", "cut", "dirname", "flock", "grep", "ls", "mkdir", "sha256sum"):
        (bare / name).symlink_to(shutil.which(name))
    (bare / "dpkg-query").write_text("#!/bin/sh\nexit 1\n")

    done = subprocess.run(  # noqa: S603 -- our own script
        [str(bare / "bash"), str(checkout / "scripts" / "setup"), "test"],
        env={"PATH": str(bare), **given},
        check=False,
        capture_output=True,
        text=True,
    )

    assert ("redis-server" in done.stderr.split()) is is_asked_for
    assert "chromium-headless-shell" in done.stderr.split()
