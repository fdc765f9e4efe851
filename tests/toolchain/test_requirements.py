import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
PIN = re.compile(r"^([a-z0-9.\-]+)==([^ ]+) \\$", re.MULTILINE)


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_requirements_are_hash_locked_without_an_index_address(name):
    text = (REQUIREMENTS / name).read_text()
    blocks = re.split(r"\n(?=[a-z])", text)[1:]

    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", text) == []
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_dev_requirements_hold_the_run_requirements_at_the_same_versions():
    run = dict(PIN.findall((REQUIREMENTS / "run.txt").read_text()))
    dev = dict(PIN.findall((REQUIREMENTS / "dev.txt").read_text()))

    assert {name: dev.get(name) for name in run} == run
