"""Rules run in plain Python: no settings, no database, no clock."""

import os
import re
import subprocess
import sys

from tests.architecture.house import FLOORS, ROOT, project_files, some

CLOCK = re.compile(
    r"\b(?:date\.today|datetime\.(?:now|utcnow|today)|timezone\.(?:now|localdate)|time\.time)\("
)
# Each in turn, so that the first that configures Django is the one named.
IMPORTING = """
import sys
from importlib import import_module
from django.conf import settings
for name in sys.argv[1:]:
    import_module(name)
    assert not settings.configured, name
"""


def rules() -> dict[str, str]:
    """Every module of rules, in a file or a folder, in an app or a subject of it: name and text."""
    paths = {path.relative_to(ROOT): path for path in project_files(".py")}
    return {
        ".".join(place.with_suffix("").parts): path.read_text()
        for place, path in paths.items()
        if place.parts[0] in FLOORS and "rules" in place.with_suffix("").parts
    }


def test_rules_import_without_settings():
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    done = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-c", IMPORTING, *some(rules())],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.returncode == 0


def test_rules_have_no_clock():
    assert {name: CLOCK.findall(text) for name, text in rules().items() if CLOCK.search(text)} == {}


def test_scan_finds_files_folders_and_clocks():
    """Governance has a file; targets has folders, and they are where most of the rules are."""
    found = some(rules())

    assert "governance.rules" in found
    assert len([name for name in found if name.startswith("targets.")]) > 10
    assert CLOCK.search("today = date.today()")
    assert CLOCK.search("timezone.now()")
